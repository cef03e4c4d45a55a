import type { OrgUser } from '../clients/admin/org-user.js';
import type { RecentWrites } from '../plan/recent-writes.js';

/** The account in the state that this provisioner has lately brought it into: the search can show an earlier one. */
export function withRecentState(account: OrgUser | undefined, recent: RecentWrites): OrgUser | undefined {
  // SCIM does not switch the account of somebody else, and User management cannot.
  if (account === undefined || account.claimStatus === 'unmanaged') return account;
  const deletion = recent.deletion(account.accountId);
  if (deletion === true) return { ...account, accountStatus: 'inactive', status: 'for_deletion' };

  const state = recent.state(account.accountId);
  const accountStatus = state === undefined || state === 'unknown' ? account.accountStatus : state;
  const { accountStatus: _, status, ...rest } = account;
  const isOld =
    status === 'for_deletion'
      ? deletion === false
      : (status === 'deactivated' && accountStatus === 'active') ||
        (status === 'active' && accountStatus === 'inactive');
  return {
    ...rest,
    ...(accountStatus !== undefined && { accountStatus }),
    ...(status !== undefined && !isOld && { status }),
  };
}
