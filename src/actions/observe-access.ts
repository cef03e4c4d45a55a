import type { OrgGroup } from '../clients/admin/org-group.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { isSynced } from '../identity/group-origin.js';
import { sameText } from '../identity/identity-ref.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId } from '../model/ids.js';
import type { ObserveContext } from '../plan/action-definition.js';
import { observeDirectoryMemberships, type DirectoryMembership } from './observe-directory-memberships.js';

/** A person's record, account, place in the organization and groups, all read now. */
export interface AccessObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly record: ScimUser | undefined;
  /** The account as the organization sees it; absent without the organization key, or when it sees none. */
  readonly account: OrgUser | undefined;
  /** Groups of the organization that the account is in, synced and local. */
  readonly groups: readonly OrgGroup[];
  /** Where an account that the organization does not manage can be suspended; not read for one that it does. */
  readonly memberships: readonly DirectoryMembership[];
  /**
   * Names of synced groups that the organization still shows and our directory owns: the record is out of them, and the
   * organization has not followed yet.
   */
  readonly trailingGroups: ReadonlySet<string>;
  /** What could not be looked at for want of a credential, one sentence each. */
  readonly unseen: readonly string[];
}

/** Reads all that gives a person access, and what is needed to take it away or give it back. */
export async function observeAccess(ref: IdentityRef, context: ObserveContext): Promise<AccessObservation> {
  const { clients, mapper, call } = context;
  const found = await mapper.observe(ref, {
    ...call,
    need: [
      ...(clients.scim === undefined ? [] : ['scimUser' as const]),
      ...(clients.admin === undefined ? [] : ['orgUser' as const]),
    ],
  });
  if (found === undefined) return NOTHING;

  const { identity, scimUser: record, orgUser: account } = found;
  const [groups, memberships] = await Promise.all([
    groupsOf(identity.accountId?.value, context),
    account?.claimStatus === 'unmanaged' ? observeDirectoryMemberships(account, context) : [],
  ]);
  return {
    identity,
    record,
    account,
    groups,
    memberships,
    trailingGroups: await trailingGroups(groups, record, context),
    unseen: unseenBy(context),
  };
}

const NOTHING: AccessObservation = {
  identity: undefined,
  record: undefined,
  account: undefined,
  groups: [],
  memberships: [],
  trailingGroups: new Set(),
  unseen: [],
};

function unseenBy({ clients }: ObserveContext): readonly string[] {
  return [
    ...(clients.scim === undefined
      ? ['Without the SCIM directory key the record and its synced groups are neither read nor written.']
      : []),
    ...(clients.admin === undefined
      ? ['Without the organization key the account and its groups in the organization are neither read nor written.']
      : []),
  ];
}

/** Reads the groups of the organization that an account is in, with their size; none without the organization key. */
export async function groupsOf(
  accountId: AtlassianAccountId | undefined,
  { clients, call }: ObserveContext,
): Promise<OrgGroup[]> {
  const groups: OrgGroup[] = [];
  if (accountId === undefined || clients.admin === undefined) return groups;
  for await (const group of clients.admin.groups.search({ accountIds: [accountId], expand: ['counts.users'] }, call))
    groups.push(group);
  return groups;
}

async function trailingGroups(
  groups: readonly OrgGroup[],
  record: ScimUser | undefined,
  { clients, call }: ObserveContext,
): Promise<ReadonlySet<string>> {
  const trailing = new Set<string>();
  if (clients.scim === undefined) return trailing;
  for (const group of groups) {
    if (!isSynced(group) || record?.groups.some(({ name }) => sameText(name, group.name)) === true) continue;
    const owned = await clients.scim.groups.find({ displayName: group.name }, call).catch((error: unknown) => {
      // Not to know the owner is safe: the group is then reported as one that stays.
      if (isProvisionerError(error)) return undefined;
      throw error;
    });
    if (owned !== undefined) trailing.add(group.name);
  }
  return trailing;
}
