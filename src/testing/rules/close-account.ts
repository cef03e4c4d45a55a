import type { AtlassianAccountId } from '../../model/ids.js';
import { forgetInJira } from './jira/jira-projects.js';
import { membershipKey, principalKey, bindingKey, type FakeState } from '../state/fake-state.js';

/**
 * Ends the grace period of a deletion: the account closes for good, leaves every directory, group and role, and its email
 * is free again. A SCIM user that was linked meanwhile loses its link. Does nothing when the deletion was cancelled, or scheduled anew for later.
 */
export function closeAccount(state: FakeState, accountId: AtlassianAccountId): void {
  const account = state.accounts.get(accountId);
  if (account?.forDeletionAt === undefined || account.forDeletionAt > state.clock.now()) return;

  const { forDeletionAt: _ended, claimedByOrg: _released, ...rest } = account;
  state.accounts.put({ ...rest, status: 'closed', name: 'Former user', nickname: 'Former user' });
  leaveEverything(state, accountId);
  for (const row of state.scimUsers.findAll('accountId', accountId)) {
    const { accountId: _gone, ...unlinked } = row;
    state.scimUsers.put({ ...unlinked, wasUnlinked: true });
  }
}

/** Takes an account out of every directory, group and role, and revokes its tokens. */
function leaveEverything(state: FakeState, accountId: AtlassianAccountId): void {
  state.groupMembers.dropMember(accountId);
  for (const membership of state.directoryMemberships.findAll('accountId', accountId))
    state.directoryMemberships.delete(membershipKey(membership));
  for (const binding of state.roleBindings.findAll('principal', principalKey({ type: 'user', id: accountId })))
    state.roleBindings.delete(bindingKey(binding));
  forgetInJira(state, { type: 'user', id: accountId });
  for (const token of state.apiTokens.findAll('accountId', accountId)) state.apiTokens.delete(token.id);
}
