import type { AtlassianAccountId, OrgGroupId } from '../model/ids.js';
import { internalsOf } from './internals.js';
import { addActor, addProject, addScheme, addGrant, globalRoles } from './rules/jira/jira-projects.js';
import type { FakeOrganization } from './seeding/fake-organization.js';
import type { RolePrincipal } from './state/account-rows.js';

/** What to make, and of whom. */
interface JiraProjectsToMake {
  readonly count: number;
  readonly groupIds: readonly OrgGroupId[];
  readonly accountIds: readonly AtlassianAccountId[];
  readonly random: () => number;
}

/** Share of the roles that are given to single people beside groups. */
const PEOPLE_IN_ROLES = 0.3;
/** Share of the projects that every logged-in user may browse. */
const OPEN_PROJECTS = 0.5;

/** Makes Jira projects whose roles groups and people hold. Returns how often somebody holds one. */
export function generateJiraProjects(fake: FakeOrganization, make: JiraProjectsToMake): number {
  const { count, groupIds, accountIds, random } = make;
  if (count === 0) return 0;
  const [everybody] = groupIds;
  const [jira] = fake.addSite('acme', ['jira-software']);
  if (jira === undefined) return 0;
  const { state } = internalsOf(fake);
  const { cloudId } = jira;
  if (everybody !== undefined) fake.addGroupRole('group-1', jira.ari);

  const roles = globalRoles(state, cloudId).slice(0, 3);
  const closed = addScheme(state, { cloudId, name: 'Closed', description: '' });
  for (const { id, admin } of roles)
    addGrant(state, closed.id, admin ? 'ADMINISTER_PROJECTS' : 'BROWSE_PROJECTS', { type: 'projectRole', value: id });
  const before = state.jira.actors.size;
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];

  for (let number = 1; number <= count; number += 1) {
    const project = addProject(state, {
      cloudId,
      key: `P${number}`,
      name: `Project ${number}`,
      typeKey: 'software',
      style: 'classic',
      isPrivate: false,
      description: '',
      archived: false,
      ...(random() >= OPEN_PROJECTS && { schemeId: closed.id }),
    });
    for (const { id } of roles) {
      const groupId = pick(groupIds);
      const accountId = random() < PEOPLE_IN_ROLES ? pick(accountIds) : undefined;
      const holders: RolePrincipal[] = [
        ...(groupId === undefined ? [] : [{ type: 'group', id: groupId } as const]),
        ...(accountId === undefined ? [] : [{ type: 'user', id: accountId } as const]),
      ];
      for (const holder of holders) addActor(state, project.id, id, holder);
    }
  }
  return state.jira.actors.size - before;
}
