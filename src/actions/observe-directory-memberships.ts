import type { OrgDirectory } from '../clients/admin/org-directory.js';
import type { OrgUser } from '../clients/admin/org-user.js';
import { needAdmin } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';

/** A directory of the organization that an account is in. */
export interface DirectoryMembership {
  readonly directory: OrgDirectory;
  /**
   * `suspended` only when the account is suspended in every directory (documented): no read tells of one among several.
   */
  readonly status: OrgUser['membershipStatus'];
}

/** Reads the directories that an account is in. */
export async function observeDirectoryMemberships(
  { accountId, membershipStatus }: OrgUser,
  { clients, call }: ObserveContext,
): Promise<readonly DirectoryMembership[]> {
  const memberships: DirectoryMembership[] = [];
  const { directories } = needAdmin(clients, 'Reading directories');
  for await (const directory of directories.list({ accountId }, call))
    memberships.push({ directory, status: membershipStatus });
  return memberships;
}
