import type { AtlassianAccountId } from '../../../model/ids.js';
import type { Account } from '../../state/account-rows.js';
import type { FakeState } from '../../state/fake-state.js';
import { cachedIds } from '../listing-cache.js';
import { bitbucketUserUuid } from './bitbucket-uuid.js';

/** A role in the workspace. */
export type BitbucketRole = 'owner' | 'member' | 'collaborator';

/** The account, while it is active and not suspended: nobody else is listed or holds anything. */
export function bitbucketPerson(state: FakeState, accountId: string): Account | undefined {
  const account = state.accounts.get(accountId);
  if (account?.status !== 'active') return undefined;
  const memberships = state.directoryMemberships.findAll('accountId', accountId);
  const suspended = memberships.length > 0 && memberships.every(({ status }) => status === 'suspended');
  return suspended ? undefined : account;
}

/**
 * The role of a person; `undefined` for somebody who is not in the workspace.
 *
 * Groups make members, and owners where they administer the workspace; a grant alone makes a collaborator.
 */
export function bitbucketRole(state: FakeState, accountId: AtlassianAccountId): BitbucketRole | undefined {
  const { members, groups, grants } = state.bitbucket;
  if (bitbucketPerson(state, accountId) === undefined) return undefined;
  const own = members.get(accountId)?.role;
  if (own === 'owner') return own;
  const held = [...state.groupMembers.groupsOf(accountId)].flatMap((id) => groups.get(id) ?? []);
  if (held.some(({ administers }) => administers)) return 'owner';
  if (own !== undefined || held.length > 0) return 'member';
  return grants.count('holder', `user:${accountId}`) > 0 ? 'collaborator' : undefined;
}

/** Everybody in the workspace, in the order of their account ids. */
export function bitbucketPeople(state: FakeState): readonly AtlassianAccountId[] {
  const { members, groups, grants } = state.bitbucket;
  const version = versionOf(state);
  return cachedIds(state, 'bitbucket people', version, () => {
    const found = new Set<string>(members.ids());
    for (const { groupId } of groups.values())
      for (const member of state.groupMembers.membersOf(groupId)) found.add(member);
    for (const { holder, holderId } of grants.values()) if (holder === 'user') found.add(holderId);
    return [...found].filter((accountId) => bitbucketPerson(state, accountId) !== undefined).sort();
  }) as readonly AtlassianAccountId[];
}

/** Goes up with every change to who is in the workspace, and to what they hold. */
export function versionOf(state: FakeState): number {
  const { members, groups, grants, repositories } = state.bitbucket;
  const { accounts, directoryMemberships, groupMembers } = state;
  return [members, groups, grants, repositories, accounts, directoryMemberships, groupMembers].reduce(
    (sum, { version }) => sum + version,
    0,
  );
}

/** The account that a path names, by account id or by UUID in braces. */
export function accountOfRef(state: FakeState, ref: string): Account | undefined {
  if (!ref.startsWith('{')) return state.accounts.get(ref);
  for (const account of state.accounts.values()) if (bitbucketUserUuid(account.accountId) === ref) return account;
  return undefined;
}
