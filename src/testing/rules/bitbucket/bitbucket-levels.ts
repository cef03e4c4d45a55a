import type { AtlassianAccountId } from '../../../model/ids.js';
import type { BitbucketLevel, BitbucketRepositoryRow } from '../../state/bitbucket-rows.js';
import type { FakeState } from '../../state/fake-state.js';
import { cachedIds } from '../listing-cache.js';
import { bitbucketPeople, bitbucketPerson, bitbucketRole, versionOf } from './bitbucket-people.js';

/** What somebody can do in a repository in the end. */
export type EffectiveLevel = 'read' | 'write' | 'admin';

const RANKS: Readonly<Record<BitbucketLevel, number>> = { read: 1, write: 2, 'create-repo': 2, admin: 3 };
const LEVELS: readonly EffectiveLevel[] = ['read', 'write', 'admin'];

/** The level of a rank; `undefined` for none. The right to create repositories counts as `write` in each. */
function levelOfRank(rank: number): EffectiveLevel | undefined {
  return LEVELS[rank - 1];
}

/**
 * What one person holds, on whichever repository: the highest of their own grants and of those of their groups, on the
 * repository and on its project; everything, as an owner of the workspace.
 */
export function levelsOfPerson(
  state: FakeState,
  accountId: AtlassianAccountId,
): (repository: BitbucketRepositoryRow) => EffectiveLevel | undefined {
  if (bitbucketPerson(state, accountId) === undefined) return () => undefined;
  if (bitbucketRole(state, accountId) === 'owner') return () => 'admin';
  const ranks = new Map<string, number>();
  const holders = [
    `user:${accountId}`,
    ...[...state.groupMembers.groupsOf(accountId)]
      .filter((id) => state.bitbucket.groups.has(id))
      .map((id) => `group:${id}`),
  ];
  for (const holder of holders)
    for (const { placeUuid, level } of state.bitbucket.grants.findAll('holder', holder))
      ranks.set(placeUuid, Math.max(ranks.get(placeUuid) ?? 0, RANKS[level]));
  return ({ uuid, projectUuid }) => levelOfRank(Math.max(ranks.get(uuid) ?? 0, ranks.get(projectUuid) ?? 0));
}

/** Whether a person administers a project: by a grant on it, or as an owner of the workspace. */
export function administersProject(state: FakeState, accountId: AtlassianAccountId, projectUuid: string): boolean {
  const level = levelsOfPerson(state, accountId)({ uuid: '', projectUuid } as BitbucketRepositoryRow);
  return level === 'admin';
}

/** Everybody with some access to a repository, and what it comes to, in the order of their account ids. */
export function effectiveLevels(
  state: FakeState,
  { uuid, projectUuid }: BitbucketRepositoryRow,
): (readonly [AtlassianAccountId, EffectiveLevel])[] {
  const ranks = new Map<string, number>();
  const raise = (accountId: string, rank: number): void => {
    if (bitbucketPerson(state, accountId) !== undefined)
      ranks.set(accountId, Math.max(ranks.get(accountId) ?? 0, rank));
  };
  for (const placeUuid of [uuid, projectUuid])
    for (const { holder, holderId, level } of state.bitbucket.grants.findAll('placeUuid', placeUuid))
      for (const accountId of holder === 'user' ? [holderId] : state.groupMembers.membersOf(holderId))
        raise(accountId, RANKS[level]);
  for (const owner of owners(state)) raise(owner, RANKS.admin);
  const levels: (readonly [AtlassianAccountId, EffectiveLevel])[] = [];
  for (const accountId of [...ranks.keys()].sort()) {
    const level = levelOfRank(ranks.get(accountId) ?? 0);
    if (level !== undefined) levels.push([accountId as AtlassianAccountId, level]);
  }
  return levels;
}

function owners(state: FakeState): readonly string[] {
  return cachedIds(state, 'bitbucket owners', versionOf(state), () =>
    bitbucketPeople(state).filter((accountId) => bitbucketRole(state, accountId) === 'owner'),
  );
}
