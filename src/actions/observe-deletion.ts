import type { OrgGroup } from '../clients/admin/org-group.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimLink } from '../clients/admin/scim-link.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { GroupReads } from '../identity/group-reads.js';
import { refParts } from '../identity/identity-ref.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId } from '../model/ids.js';
import { needAdmin, needScim } from '../operations/capabilities.js';
import { readAccount } from '../operations/read-account.js';
import type { ObserveContext } from '../plan/action-definition.js';
import { refuseEmailDrift } from './email-drift.js';
import { withGroupNames } from './group-owners.js';
import { groupsOf } from './observe-access.js';
import { withRecentState } from './recent-state.js';
import type { CheckedDeletionInput, DeletionScope } from './delete-identity-input.js';

/** What Atlassian says in advance of deleting an account. */
export type DeletionPermission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reasonKey: string | undefined }
  /** The account is closed or unknown: there is nothing to delete. */
  | { readonly allowed: 'gone' };

/** What {@link deleteIdentity} reads before it decides. */
export interface DeletionObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly record: ScimUser | undefined;
  readonly account: OrgUser | undefined;
  /** Groups of the organization that the account is in. Not read where only the record is to go, and is in no group. */
  readonly groups: readonly OrgGroup[];
  /** Records of the account in every directory of the organization. Empty unless they keep the account from going. */
  readonly links: readonly ScimLink[];
  /** `undefined` unless the account is to go. */
  readonly permission: DeletionPermission | undefined;
}

/** Reads the record and, where the account is to go, what Atlassian allows and who else has records of it. */
export async function observeDeletion(
  input: Pick<CheckedDeletionInput, 'identity' | 'scope' | 'confirm'>,
  context: ObserveContext,
): Promise<DeletionObservation> {
  const { mapper, call, clients, recent } = context;
  needClientsFor(input.scope, context);
  const wholeAccount = input.scope === 'account';

  const found = await mapper.observe(input.identity, {
    ...call,
    need: [
      ...(clients.scim === undefined ? [] : ['scimUser' as const]),
      ...(wholeAccount ? ['accountId' as const, 'orgUser' as const] : []),
    ],
  });
  if (found === undefined) {
    await refuseConfirmOfAnother(input, context);
    return NOBODY;
  }
  const { identity, scimUser } = found;
  const account = found.orgUser ?? (await accountOfRecord(scimUser, context));
  refuseEmailDrift({ identity, ...(account !== undefined && { orgUser: account }) }, context);
  const record = scimUser && (await withGroupNames(scimUser, new GroupReads(clients, call)));
  const needsGroups = wholeAccount || (record !== undefined && record.groups.length > 0);
  const groups = needsGroups ? await groupsOf(identity.accountId?.value, context) : [];
  return withRights({ identity, record, account: withRecentState(account, recent), groups }, input.scope, context);
}

const NOBODY: DeletionObservation = {
  identity: undefined,
  record: undefined,
  account: undefined,
  groups: [],
  links: [],
  permission: undefined,
};

/** The account that is deactivated when a record goes, to see whose it is. */
async function accountOfRecord(
  record: ScimUser | undefined,
  { clients, call }: ObserveContext,
): Promise<OrgUser | undefined> {
  if (record?.accountId === undefined || clients.admin === undefined) return undefined;
  return readAccount(record.accountId, { clients }, call);
}

/**
 * Throws `confirmation_mismatch` where nobody has the id, and somebody who could be deleted has the email of `confirm`.
 *
 * An id with a slip in it looks like that of somebody who is gone.
 */
export async function refuseConfirmOfAnother(
  { identity, scope, confirm }: Pick<CheckedDeletionInput, 'identity' | 'scope' | 'confirm'>,
  { clients, mapper, call, recent }: ObserveContext,
): Promise<void> {
  const { kind } = refParts(identity);
  if (kind === 'email') return;
  const found = await mapper.observe(
    { email: confirm },
    {
      ...call,
      need: [
        ...(clients.scim === undefined ? [] : ['scimUser' as const]),
        ...(scope === 'account' ? ['accountId' as const, 'orgUser' as const] : []),
      ],
    },
  );
  const account = withRecentState(found?.orgUser, recent);
  const isAccountThere =
    scope === 'account' &&
    found?.identity.accountId !== undefined &&
    account?.status !== 'for_deletion' &&
    account?.accountStatus !== 'closed';
  if (found?.scimUser === undefined && !isAccountThere) return;
  throw new ProvisionerError(
    'confirmation_mismatch',
    `Nobody has the given ${kind}, and somebody with another one has the email in \`confirm\``,
    { advice: 'Check the id, or name the person by email. Nothing was written.' },
  );
}

/** Throws `capability_missing` unless the credential for a deletion is configured. */
export function needClientsFor(scope: DeletionScope, { clients }: ObserveContext): void {
  if (scope === 'account') needAdmin(clients, 'Deleting an account');
  else needScim(clients, 'Deleting a record');
}

/** Reads the account again: all that shows whether its deletion is scheduled. */
export async function observeScheduledDeletion<Before extends Pick<DeletionObservation, 'identity' | 'account'>>(
  before: Before,
  context: ObserveContext,
): Promise<Before> {
  const accountId = before.identity?.accountId?.value;
  return accountId === undefined ? before : { ...before, account: await readAccount(accountId, context, context.call) };
}

/** Adds to what was read of a person what Atlassian allows, where the account is to go. */
export async function withRights(
  person: Pick<DeletionObservation, 'identity' | 'record' | 'account' | 'groups'>,
  scope: DeletionScope,
  context: ObserveContext,
): Promise<DeletionObservation> {
  const accountId = person.identity?.accountId?.value;
  const { identity, record, account, groups } = person;
  const unasked = { identity, record, account, groups, links: [], permission: undefined };
  if (scope === 'directory' || accountId === undefined) return unasked;
  if (account?.status === 'for_deletion') return { ...unasked, permission: { allowed: true } };

  const permission = await permissionFor(accountId, context);
  // Only a lock of a directory makes it matter which directories have records of the account.
  const isLocked = permission.allowed === false && isSyncLock(permission.reasonKey);
  return { ...unasked, permission, links: isLocked ? await linksOf(accountId, context) : [] };
}

/** Whether a reason is the lock of a synced account. It was seen without a reason too. */
export function isSyncLock(reasonKey: string | undefined): boolean {
  return reasonKey === undefined || reasonKey === 'externalDirectory.scim';
}

async function linksOf(accountId: AtlassianAccountId, { clients, call }: ObserveContext): Promise<readonly ScimLink[]> {
  return needAdmin(clients, 'Reading provisioning links').provisioningLinks.forAccount(accountId, call);
}

/** What Atlassian says of deleting an account; cancelling a deletion takes the same privilege. */
export async function permissionFor(
  accountId: AtlassianAccountId,
  { clients, call }: ObserveContext,
): Promise<DeletionPermission> {
  const { managedAccounts } = needAdmin(clients, 'Asking what is allowed');
  try {
    // Of a locked account the rule about deletion was seen without a reason; the one about deactivation has it.
    const asked = ['lifecycle.delete', 'lifecycle.enablement'] as const;
    const { privileges } = await managedAccounts.permissions(accountId, asked, call);
    const rule = privileges.get('lifecycle.delete');
    if (rule?.allowed === true) return { allowed: true };
    return { allowed: false, reasonKey: rule?.reason ?? privileges.get('lifecycle.enablement')?.reason };
  } catch (error) {
    if (isProvisionerError(error, 'not_found') && error.atlassianCode === 'accountNotFound') return { allowed: 'gone' };
    // `forbidden` is Atlassian's answer for an account that the organization does not manage.
    if (isProvisionerError(error, 'forbidden') && error.atlassianCode === 'forbidden')
      return { allowed: false, reasonKey: 'forbidden' };
    throw error;
  }
}
