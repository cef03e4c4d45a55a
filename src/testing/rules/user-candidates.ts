import type { OrgGroupId } from '../../model/ids.js';
import type { FakeState } from '../state/fake-state.js';
import { cachedIds } from './listing-cache.js';
import type { Reads, UserQuery } from './user-query.js';

/**
 * Account ids to look through for a query, in the order of its answer: by nickname where it is sorted, else the oldest
 * first. Takes the narrowest index that the query allows.
 */
export function userCandidates(reads: Reads, query: UserQuery): readonly string[] {
  const narrow = narrowCandidates(reads.state, query);
  if (narrow !== undefined) return query.sort === undefined ? narrow : sorted(reads.state, narrow, query.sort);
  return query.sort === undefined ? wideCandidates(reads, query) : allSorted(reads.state, query.sort);
}

function narrowCandidates(state: FakeState, { accountIds, emails }: UserQuery): readonly string[] | undefined {
  if (accountIds !== undefined) return [...new Set(accountIds)];
  if (emails === undefined) return undefined;
  const found = new Set<string>();
  for (const email of emails) {
    const account = state.accountByEmail(email);
    if (account !== undefined) found.add(account.accountId);
  }
  // Reads may trail: an address can still show for the account that held it a moment ago.
  for (const accountId of state.accounts.changedSince(-Infinity).keys()) found.add(accountId);
  return [...found];
}

function wideCandidates({ state, visible }: Reads, { groupIds, directoryId }: UserQuery): readonly string[] {
  if (groupIds !== undefined) {
    const union = (): readonly string[] => [
      ...new Set(groupIds.flatMap((groupId) => [...visible.membersOf(groupId as OrgGroupId)])),
    ];
    return visible.membersTrail
      ? union()
      : cachedIds(state, `groups:${groupIds.join()}`, state.groupMembers.version, union);
  }
  if (directoryId === undefined) return state.accounts.ids();

  const { directoryMemberships: rows } = state;
  return cachedIds(state, `directory:${directoryId}`, rows.version, () => {
    const earlier = [...rows.changedSince(-Infinity).values()].filter((row) => row?.directoryId === directoryId);
    const ids = [
      ...rows.idsBy('directoryId', directoryId).map(accountIdOf),
      ...earlier.map((row) => row?.accountId ?? ''),
    ];
    return [...new Set(ids)];
  });
}

function allSorted(state: FakeState, direction: 'asc' | 'desc'): readonly string[] {
  return cachedIds(state, `nickname:${direction}`, state.accounts.version, () =>
    sorted(state, state.accounts.ids(), direction),
  );
}

function sorted(state: FakeState, ids: readonly string[], direction: 'asc' | 'desc'): readonly string[] {
  const sign = direction === 'asc' ? 1 : -1;
  const keyed = ids.map((id) => ({ id, nickname: (state.accounts.get(id)?.nickname ?? '').toLowerCase() }));
  keyed.sort((a, b) => (a.nickname === b.nickname ? 0 : a.nickname < b.nickname ? -sign : sign));
  return keyed.map(({ id }) => id);
}

function accountIdOf(membershipId: string): string {
  return membershipId.slice(membershipId.indexOf('\n') + 1);
}
