import type { RolePrincipal } from '../../state/account-rows.js';
import { principalKey, type FakeState } from '../../state/fake-state.js';
import type { IdKind } from '../../state/id-sequence.js';
import type { JiraActorRow, JiraHolder, JiraProjectRow, JiraRoleRow, JiraSchemeRow } from '../../state/jira-rows.js';
import { projectRoleKey } from '../../state/jira-state.js';

/** Name of the role that apps hold in every project. */
const ADD_ONS_ROLE = 'atlassian-addons-project-access';
const FIRST_ID = 10_000;

/** The next id of a kind, in digits: ids of Jira count. */
function nextJiraId(state: FakeState, kind: IdKind): string {
  return String(FIRST_ID - 1 + Number.parseInt(state.ids.next(kind).slice(-12), 16));
}

/** Gives the Jira of a site what each starts with: roles, and the scheme of projects that name no other. */
export function startJira(state: FakeState, cloudId: string): void {
  if (state.jira.roles.count('cloudId', cloudId) > 0) return;
  const administrators = addRole(state, {
    cloudId,
    name: 'Administrators',
    description: 'Administer a project',
    admin: true,
  });
  addRole(state, { cloudId, name: 'Member', description: 'Work in a project', isDefault: true });
  addRole(state, { cloudId, name: 'Viewer', description: 'Look at a project' });
  addRole(state, { cloudId, name: ADD_ONS_ROLE, description: 'Holds the access of apps' });
  const scheme = addScheme(state, {
    cloudId,
    name: 'Default Permission Scheme',
    description: 'The scheme of projects that were given no other',
  });
  addGrant(state, scheme.id, 'ADMINISTER_PROJECTS', { type: 'projectRole', value: administrators.id });
  addGrant(state, scheme.id, 'BROWSE_PROJECTS', { type: 'applicationRole' });
  addGrant(state, scheme.id, 'CREATE_ISSUES', { type: 'applicationRole' });
}

/** The scheme of projects that name no other: the first of the site. */
export function defaultScheme(state: FakeState, cloudId: string): JiraSchemeRow {
  const scheme = state.jira.schemes.find('cloudId', cloudId);
  if (scheme === undefined) throw new Error('The fake has no Jira on this site');
  return scheme;
}

/** Adds a role. One with a `projectId` is of that team-managed project alone. */
export function addRole(
  state: FakeState,
  role: Pick<JiraRoleRow, 'cloudId' | 'name'> & Partial<JiraRoleRow>,
): JiraRoleRow {
  const row: JiraRoleRow = {
    id: nextJiraId(state, 'jiraRole'),
    description: '',
    admin: false,
    isDefault: false,
    defaultActors: [],
    ...role,
  };
  state.jira.roles.put(row);
  return row;
}

/** Adds a permission scheme, with no grants. */
export function addScheme(
  state: FakeState,
  scheme: Pick<JiraSchemeRow, 'cloudId' | 'name' | 'description' | 'projectId'>,
): JiraSchemeRow {
  const row = { id: nextJiraId(state, 'jiraScheme'), ...scheme };
  state.jira.schemes.put(row);
  return row;
}

/** Grants a permission. Returns `undefined` when it is granted so already. */
export function addGrant(state: FakeState, schemeId: string, permission: string, holder: JiraHolder) {
  const isThere = state.jira.grants
    .findAll('schemeId', schemeId)
    .some(
      (grant) =>
        grant.permission === permission && grant.holder.type === holder.type && grant.holder.value === holder.value,
    );
  if (isThere) return undefined;
  const row = { id: nextJiraId(state, 'jiraGrant'), schemeId, permission, holder };
  state.jira.grants.put(row);
  return row;
}

/**
 * Adds a project.
 *
 * A company-managed one starts with the default holders of each role of the site. A team-managed one makes roles and a
 * scheme for itself, which nothing else uses.
 */
export function addProject(
  state: FakeState,
  project: Omit<JiraProjectRow, 'id' | 'schemeId' | 'formerKeys'> & { readonly schemeId?: string },
): JiraProjectRow {
  const id = nextJiraId(state, 'jiraProject');
  const { cloudId, style } = project;
  const schemeId =
    style === 'next-gen' ? ownScheme(state, id, project) : (project.schemeId ?? defaultScheme(state, cloudId).id);
  const row: JiraProjectRow = { ...project, id, schemeId, formerKeys: [] };
  state.jira.projects.put(row);
  if (style === 'classic')
    for (const role of globalRoles(state, cloudId))
      for (const principal of role.defaultActors) addActor(state, id, role.id, principal);
  return row;
}

function ownScheme(
  state: FakeState,
  projectId: string,
  { cloudId, name, isPrivate }: Pick<JiraProjectRow, 'cloudId' | 'name' | 'isPrivate'>,
): string {
  const administrator = addRole(state, { cloudId, projectId, name: 'Administrator', admin: true });
  const member = addRole(state, { cloudId, projectId, name: 'Member', isDefault: true });
  addRole(state, { cloudId, projectId, name: 'Viewer' });
  const scheme = addScheme(state, { cloudId, projectId, name: `${name} permissions`, description: '' });
  addGrant(state, scheme.id, 'ADMINISTER_PROJECTS', { type: 'projectRole', value: administrator.id });
  addGrant(state, scheme.id, 'BROWSE_PROJECTS', { type: 'projectRole', value: member.id });
  if (!isPrivate) addGrant(state, scheme.id, 'BROWSE_PROJECTS', { type: 'applicationRole' });
  return scheme.id;
}

/** The roles of every company-managed project. */
export function globalRoles(state: FakeState, cloudId: string): JiraRoleRow[] {
  return state.jira.roles.findAll('cloudId', cloudId).filter(({ projectId }) => projectId === undefined);
}

/** The roles of a project. */
export function rolesOfProject(
  state: FakeState,
  project: JiraProjectRow,
  teamManaged: 'own' | 'own-and-global' = 'own',
): JiraRoleRow[] {
  if (project.style === 'classic') return globalRoles(state, project.cloudId);
  const own = state.jira.roles.findAll('projectId', project.id);
  return teamManaged === 'own' ? own : [...own, ...globalRoles(state, project.cloudId)];
}

/** The project of an id, or of a key: case counts in it. */
export function findProject(state: FakeState, cloudId: string, idOrKey: string): JiraProjectRow | undefined {
  const byId = state.jira.projects.get(idOrKey);
  if (byId?.cloudId === cloudId) return byId;
  const all = state.jira.projects.findAll('cloudId', cloudId);
  return all.find(({ key }) => key === idOrKey) ?? all.find(({ formerKeys }) => formerKeys.includes(idOrKey));
}

/** Who holds a role in a project. */
export function actorsOf(state: FakeState, projectId: string, roleId: string): JiraActorRow[] {
  return state.jira.actors.findAll('role', projectRoleKey(projectId, roleId));
}

/** Gives a role in a project. Returns whether it was new. */
export function addActor(state: FakeState, projectId: string, roleId: string, principal: RolePrincipal): boolean {
  if (findActor(state, projectId, roleId, principal) !== undefined) return false;
  state.jira.actors.put({ id: nextJiraId(state, 'jiraActor'), projectId, roleId, principal });
  return true;
}

/** Takes a role in a project away. */
export function removeActor(state: FakeState, projectId: string, roleId: string, principal: RolePrincipal): void {
  const actor = findActor(state, projectId, roleId, principal);
  if (actor !== undefined) state.jira.actors.delete(actor.id);
}

function findActor(
  state: FakeState,
  projectId: string,
  roleId: string,
  principal: RolePrincipal,
): JiraActorRow | undefined {
  const key = principalKey(principal);
  return actorsOf(state, projectId, roleId).find((actor) => principalKey(actor.principal) === key);
}

/** Takes everything in Jira from a person or a group that is gone. */
export function forgetInJira(state: FakeState, principal: RolePrincipal): void {
  const key = principalKey(principal);
  for (const { id } of state.jira.actors.findAll('principal', key)) state.jira.actors.delete(id);
  for (const { id } of state.jira.grants.findAll('principal', key)) state.jira.grants.delete(id);
  for (const role of state.jira.roles.values()) {
    const defaultActors = role.defaultActors.filter((one) => principalKey(one) !== key);
    if (defaultActors.length < role.defaultActors.length) state.jira.roles.put({ ...role, defaultActors });
  }
}
