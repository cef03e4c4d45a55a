import type { OrgGroup } from '../clients/admin/org-group.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { GroupReads } from '../identity/group-reads.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId, OrgGroupId } from '../model/ids.js';
import type { ObserveContext } from '../plan/action-definition.js';
import { withClaimStatus } from './claim-status.js';
import { emailDriftNotes } from './email-drift.js';
import { ownersOf, withGroupNames, type GroupOwner } from './group-owners.js';
import { observeDirectoryMemberships, type DirectoryMembership } from './observe-directory-memberships.js';
import { withRecentState } from './recent-state.js';

/** A person's record, account, place in the organization and groups, all read now. */
export interface AccessObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly record: ScimUser | undefined;
  /** The account as the organization sees it; absent without the organization key, or when it sees none. */
  readonly account: OrgUser | undefined;
  /** Whether the organization's search shows the account as active, whatever was written since. */
  readonly shownActive: boolean;
  /**
   * Groups of the organization that the account is in, synced and local. With them those that this provisioner has
   * lately put it into: a search trails behind.
   */
  readonly groups: readonly OrgGroup[];
  /** Where an account that the organization does not manage can be suspended; not read for one that it does. */
  readonly memberships: readonly DirectoryMembership[];
  /** Who owns each synced group of `groups`. */
  readonly owners: ReadonlyMap<OrgGroupId, GroupOwner>;
  /** Why Atlassian would refuse to deactivate the account: its own key; asked only where no SCIM key could do it instead. */
  readonly locked: string | undefined;
  /** Whether synced groups cannot be left for want of the SCIM directory key. */
  readonly withoutScim: boolean;
  /** What could not be looked at for want of a credential, one sentence each. */
  readonly unseen: readonly string[];
  /** Where record and account do not agree on who the person is, one sentence each. */
  readonly doubts: readonly string[];
  /** The reads of groups of this run, so that an owner is asked for once. */
  readonly reads: GroupReads | undefined;
}

/**
 * Reads all that gives a person access, and what is needed to take it away or give it back.
 *
 * `before` is an earlier observation of the same run: what it knows of owners is not asked for again.
 *
 * @throws `identity_conflict` when the email is that of a record and of an account that goes with another.
 */
export async function observeAccess(
  ref: IdentityRef,
  context: ObserveContext,
  before?: Pick<AccessObservation, 'reads'>,
): Promise<AccessObservation> {
  const { clients, mapper, call, recent } = context;
  const found = await mapper.observe(ref, {
    ...call,
    need: [
      ...(clients.scim === undefined ? [] : ['scimUser' as const]),
      ...(clients.admin === undefined ? [] : ['orgUser' as const]),
    ],
  });
  if (found === undefined) return NOTHING;

  const { identity, orgUser } = found;
  const reads = before?.reads ?? new GroupReads(clients, call);
  const account = withRecentState(await withClaimStatus(orgUser, context), recent);
  const [doubts, record, groups, memberships, locked] = await Promise.all([
    emailDriftNotes(ref, found, context),
    found.scimUser && withGroupNames(found.scimUser, reads),
    groupsOf(identity.accountId?.value, context),
    account?.claimStatus === 'unmanaged' ? observeDirectoryMemberships(account, context) : [],
    lockOf(account, context),
  ]);
  return {
    identity,
    record,
    account,
    shownActive: orgUser?.accountStatus === 'active',
    groups,
    memberships,
    owners: await ownersOf(groups, record, reads),
    locked,
    withoutScim: clients.scim === undefined,
    unseen: unseenBy(context),
    doubts,
    reads,
  };
}

const NOTHING: AccessObservation = {
  identity: undefined,
  record: undefined,
  account: undefined,
  shownActive: false,
  groups: [],
  memberships: [],
  owners: new Map(),
  locked: undefined,
  withoutScim: false,
  unseen: [],
  doubts: [],
  reads: undefined,
};

/** Asked in advance, for the refusal of the write would tell nobody that it is `scim` that is missing. */
async function lockOf(account: OrgUser | undefined, { clients, call }: ObserveContext): Promise<string | undefined> {
  const { scim, admin } = clients;
  if (scim !== undefined || admin === undefined || account?.managementSource !== 'synced') return undefined;
  try {
    const { privileges } = await admin.managedAccounts.permissions(account.accountId, ['lifecycle.enablement'], call);
    const rule = privileges.get('lifecycle.enablement');
    return rule?.allowed === false ? rule.reason : undefined;
  } catch (error) {
    // Not to know it is no reason not to try.
    if (isProvisionerError(error) && error.code !== 'aborted') return undefined;
    throw error;
  }
}

/** What the organization alone can show; said where its key is not configured. */
export const ACCOUNT_UNSEEN =
  'Without the organization key the account and its groups in the organization are neither read nor written.';

function unseenBy({ clients }: ObserveContext): readonly string[] {
  return [
    ...(clients.scim === undefined
      ? ['Without the SCIM directory key the record and its synced groups are neither read nor written.']
      : []),
    ...(clients.admin === undefined ? [ACCOUNT_UNSEEN] : []),
  ];
}

/** Reads the groups of the organization that an account is in, with their size; none without the organization key. */
export async function groupsOf(
  accountId: AtlassianAccountId | undefined,
  { clients, call, recent }: Pick<ObserveContext, 'clients' | 'call' | 'recent'>,
): Promise<OrgGroup[]> {
  const groups: OrgGroup[] = [];
  if (accountId === undefined || clients.admin === undefined) return groups;
  for await (const group of clients.admin.groups.search({ accountIds: [accountId], expand: ['counts.users'] }, call))
    groups.push(group);
  for (const { groupId, directoryId, groupName, member } of recent.memberships(accountId))
    if (member !== false && groups.every(({ id }) => id !== groupId))
      groups.push({ id: groupId, name: groupName, directoryId });
  return groups;
}
