import type { Account, DirectoryMembership } from '../state/account-rows.js';

/** What the directory memberships of an account come to. */
export type MembershipStatus = 'active' | 'suspended' | 'no_membership';

/** The one word that the Organizations API has for the state of a user. */
export type UserStatus = 'active' | 'suspended' | 'not_invited' | 'deactivated' | 'for_deletion';

/** `suspended` only where every directory has suspended the person (documented). */
export function membershipStatus(memberships: readonly DirectoryMembership[]): MembershipStatus {
  if (memberships.length === 0) return 'no_membership';
  return memberships.every(({ status }) => status === 'suspended') ? 'suspended' : 'active';
}

/** Account and memberships in one word: what is wrong with the account wins. */
export function userStatus(account: Account, membership: MembershipStatus): UserStatus {
  if (account.forDeletionAt !== undefined && account.status !== 'closed') return 'for_deletion';
  if (account.status !== 'active') return 'deactivated';
  return membership === 'no_membership' ? 'not_invited' : membership;
}
