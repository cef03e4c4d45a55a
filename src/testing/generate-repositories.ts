import type { AtlassianAccountId, OrgGroupId } from '../model/ids.js';
import { internalsOf } from './internals.js';
import { addBitbucketProject, addRepository, attachGroup, type GrantOn } from './seeding/seed-bitbucket.js';
import type { BitbucketLevel } from './state/bitbucket-rows.js';

/** What to make, and of whom. */
interface RepositoriesToMake {
  readonly count: number;
  readonly groupIds: readonly OrgGroupId[];
  readonly accountIds: readonly AtlassianAccountId[];
  readonly random: () => number;
}

const REPOSITORIES_PER_PROJECT = 25;
const LEVELS: readonly BitbucketLevel[] = ['read', 'write', 'admin'];
/** Share of the repositories that a single person may use beside the groups. */
const PEOPLE_ON_REPOSITORIES = 0.3;
/** Share of the repositories whose branch `main` is protected. */
const PROTECTED = 0.5;
/** Share of the projects that are public, with all of their repositories. */
const PUBLIC_PROJECTS = 0.05;

/**
 * Makes repositories `repo-1` to `repo-n`, 25 in a project `P1` to `Pm`, which groups and people may use. Every group is
 * in the workspace. Returns the number of explicit grants.
 */
export function generateRepositories(fake: object, make: RepositoriesToMake): number {
  const { count, groupIds, accountIds, random } = make;
  if (count === 0) return 0;
  const { state } = internalsOf(fake);
  for (const groupId of groupIds) attachGroup(state, groupId);
  const before = state.bitbucket.grants.size;
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const noNames: GrantOn = () => undefined;
  const grant = (placeUuid: string, holder: 'user' | 'group', holderId: string | undefined): void => {
    const level = pick(LEVELS) ?? 'read';
    if (holderId !== undefined) state.bitbucket.grants.put({ placeUuid, holder, holderId, level });
  };

  let isPublic = false;
  for (let number = 1; number <= count; number += 1) {
    const key = `P${Math.ceil(number / REPOSITORIES_PER_PROJECT)}`;
    if (number % REPOSITORIES_PER_PROJECT === 1) {
      isPublic = random() < PUBLIC_PROJECTS;
      const project = addBitbucketProject(state, { key, name: `Project ${key}`, private: !isPublic }, noNames);
      grant(project.uuid, 'group', pick(groupIds));
    }
    const branchRestrictions = random() < PROTECTED ? [{ kind: 'require_approvals_to_merge', pattern: 'main' }] : [];
    const seed = { project: key, name: `repo-${number}`, private: !isPublic, branchRestrictions };
    const { uuid } = addRepository(state, seed, noNames);
    grant(uuid, 'group', pick(groupIds));
    if (random() < PEOPLE_ON_REPOSITORIES) grant(uuid, 'user', pick(accountIds));
  }
  return state.bitbucket.grants.size - before;
}
