import type { OrgDirectory } from '../clients/admin/org-directory.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import { needAdmin } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';
import type { Written } from '../plan/recent-writes.js';

/** A directory of the organization that an account is in. */
export interface DirectoryMembership {
  readonly directory: OrgDirectory;
  /**
   * `suspended` only when the account is suspended in every directory (documented): no read tells of one among several.
   * `undefined` when Atlassian did not say.
   */
  readonly status: OrgUser['membershipStatus'];
  /** What this provisioner has lately made of it: the status trails behind. */
  readonly lately: Written<'active' | 'suspended'> | undefined;
}

/** Reads the directories that an account is in. */
export async function observeDirectoryMemberships(
  { accountId, membershipStatus }: OrgUser,
  { clients, call, recent }: ObserveContext,
): Promise<readonly DirectoryMembership[]> {
  const memberships: DirectoryMembership[] = [];
  const { directories } = needAdmin(clients, 'Reading directories');
  for await (const directory of directories.list({ accountId }, call))
    memberships.push({ directory, status: membershipStatus, lately: recent.access(accountId, directory.id) });
  return memberships;
}

/** Whether there may be access to suspend. What is not known counts: to suspend twice does no harm. */
export function mayBeActive({ status, lately }: DirectoryMembership): boolean {
  return status === 'active' || status === undefined || lately === 'active' || lately === 'unknown';
}

/** Whether there may be a suspension to end. */
export function mayBeSuspended({ status, lately }: DirectoryMembership): boolean {
  if (lately !== undefined) return lately !== 'active';
  return status === 'suspended' || status === undefined;
}
