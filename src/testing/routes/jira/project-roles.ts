import type { JsonObject } from '../../../model/json.js';
import { isActiveUser } from '../../rules/jira/jira-people.js';
import { canAdminister } from '../../rules/jira/jira-permissions.js';
import {
  actorsOf,
  addActor,
  addRole,
  findProject,
  removeActor,
  rolesOfProject,
} from '../../rules/jira/jira-projects.js';
import type { RolePrincipal } from '../../state/account-rows.js';
import { principalKey } from '../../state/fake-state.js';
import type { JiraActorRow, JiraProjectRow, JiraRoleRow } from '../../state/jira-rows.js';
import { isJsonObject } from '../json-object.js';
import { param, type FakeResponse, type RouteContext } from '../route.js';
import {
  API,
  callerOf,
  jiraError,
  jiraJson,
  jiraRoute,
  jsonBody,
  notAuthenticated,
  refuseJira,
  siteOf,
  texts,
} from './answers.js';
import { projectOfPath } from './projects.js';
import { groupOf, principalOfQuery, principalsIn, principalView, refuseHolders, userOf } from './role-principals.js';
import { SCOPES } from './scopes.js';

const IN_PROJECT = '/project/:project/role';

/** Roles of projects, and who holds them. */
export const PROJECT_ROLE_ROUTES = [
  jiraRoute('jira.projectRoles.list', 'GET /role', 'admins', SCOPES.roleCatalogue, listCatalogue),
  jiraRoute('jira.projectRoles.create', 'POST /role', 'admins', SCOPES.createRole, create),
  jiraRoute('jira.projectRoles.getDefinition', 'GET /role/:role', 'admins', SCOPES.roleCatalogue, getDefinition),
  jiraRoute(
    'jira.projectRoles.getDefaultActors',
    'GET /role/:role/actors',
    'admins',
    SCOPES.roleCatalogue,
    getDefinition,
  ),
  jiraRoute('jira.projectRoles.addDefaultActors', 'POST /role/:role/actors', 'admins', SCOPES.createRole, addDefaults),
  jiraRoute(
    'jira.projectRoles.removeDefaultActor',
    'DELETE /role/:role/actors',
    'admins',
    SCOPES.createRole,
    removeDefault,
  ),
  jiraRoute('jira.projectRoles.listOfProject', `GET ${IN_PROJECT}`, 'anybody', SCOPES.roleMap, listOfProject),
  jiraRoute(
    'jira.projectRoles.listDetails',
    'GET /project/:project/roledetails',
    'anybody',
    SCOPES.roleMap,
    listDetails,
  ),
  jiraRoute('jira.projectRoles.get', `GET ${IN_PROJECT}/:role`, 'anybody', SCOPES.role, get),
  jiraRoute('jira.projectRoles.addActors', `POST ${IN_PROJECT}/:role`, 'anybody', SCOPES.addActors, addActors),
  jiraRoute('jira.projectRoles.setActors', `PUT ${IN_PROJECT}/:role`, 'anybody', SCOPES.setActors, setActors),
  jiraRoute('jira.projectRoles.removeActor', `DELETE ${IN_PROJECT}/:role`, 'anybody', SCOPES.removeActor, remove),
];

function listCatalogue(context: RouteContext): FakeResponse {
  const roles = context.state.jira.roles.findAll('cloudId', siteOf(context).cloudId);
  return jiraJson(
    200,
    roles.map((role) => definitionView(context, role)),
  );
}

function create(context: RouteContext): FakeResponse {
  const { state } = context;
  const { cloudId } = siteOf(context);
  const { name, description } = jsonBody(context);
  if (typeof name !== 'string' || name === '' || name.trim() !== name)
    return jiraError(400, 'The name of a project role must not be empty, and not begin or end with a space.');
  if (state.jira.roles.findAll('cloudId', cloudId).some((role) => role.projectId === undefined && role.name === name))
    return jiraError(409, `A project role with the name '${name}' exists already.`);
  const role = addRole(state, { cloudId, name, description: typeof description === 'string' ? description : '' });
  return jiraJson(200, definitionView(context, role));
}

function getDefinition(context: RouteContext): FakeResponse {
  return jiraJson(200, definitionView(context, definitionOfPath(context)));
}

/** They hold the role in projects that are made from now on, and in none that is there. */
function addDefaults(context: RouteContext): FakeResponse {
  const role = definitionOfPath(context);
  const added = principalsIn(context, jsonBody(context));
  if (new Set(added.map(({ type }) => type)).size > 1) refuseJira(400, 'Users and groups cannot be given in one call.');
  refuseHolders(context, role.defaultActors, added);
  return changeDefaults(context, role, [...role.defaultActors, ...added]);
}

function removeDefault(context: RouteContext): FakeResponse {
  const role = definitionOfPath(context);
  const gone = principalKey(principalOfQuery(context));
  const left = role.defaultActors.filter((principal) => principalKey(principal) !== gone);
  return changeDefaults(context, role, left);
}

function changeDefaults(
  context: RouteContext,
  role: JiraRoleRow,
  defaultActors: readonly RolePrincipal[],
): FakeResponse {
  const changed = { ...role, defaultActors };
  context.state.jira.roles.put(changed);
  return jiraJson(200, definitionView(context, changed));
}

function definitionOfPath(context: RouteContext): JiraRoleRow {
  const role = context.state.jira.roles.get(param(context, 'role'));
  if (role?.cloudId !== siteOf(context).cloudId) refuseJira(404, 'The project role does not exist.');
  return role;
}

/** Names to addresses. Who does not administer the project is told 401 (documented). */
function listOfProject(context: RouteContext): FakeResponse {
  const { state, origin } = context;
  const site = siteOf(context);
  const project = findProject(state, site.cloudId, param(context, 'project'));
  if (project !== undefined && !canAdminister(state, site, project, callerOf(context)?.accountId))
    return notAuthenticated();
  const found = projectOfPath(context, 'administer');
  const roles = rolesOf(context, found);
  return jiraJson(
    200,
    Object.fromEntries(roles.map(({ id, name }) => [name, `${origin}${API}/project/${found.id}/role/${id}`])),
  );
}

function listDetails(context: RouteContext): FakeResponse {
  const project = projectOfPath(context, 'browse');
  return jiraJson(
    200,
    rolesOf(context, project).map((role) => ({ ...roleView(context, role, project), type: 'DEFAULT' })),
  );
}

function get(context: RouteContext): FakeResponse {
  const project = projectOfPath(context, 'administer');
  return roleAnswer(
    context,
    project,
    roleOfPath(context, project),
    context.query.get('excludeInactiveUsers') === 'true',
  );
}

function addActors(context: RouteContext): FakeResponse {
  const { state } = context;
  const { project, role } = roleToWrite(context);
  const body = jsonBody(context);
  if (state.jira.settingsOf(project.cloudId).freePlan)
    refuseJira(400, 'You cannot change the roles of people on the Jira Software Free plan.');
  const principals = principalsIn(context, body);
  refuseHolders(
    context,
    actorsOf(state, project.id, role.id).map(({ principal }) => principal),
    principals,
  );
  for (const principal of principals) addActor(state, project.id, role.id, principal);
  return roleAnswer(context, project, role);
}

function setActors(context: RouteContext): FakeResponse {
  const { state } = context;
  const { project, role } = roleToWrite(context);
  const { categorisedActors } = jsonBody(context);
  if (!isJsonObject(categorisedActors)) refuseJira(400, 'The categorisedActors must be provided.');
  const principals = [
    ...texts(categorisedActors, 'atlassian-user-role-actor').map((id) => userOf(context, id)),
    ...texts(categorisedActors, 'atlassian-group-role-actor-id').map((id) => groupOf(context, id, undefined)),
    ...texts(categorisedActors, 'atlassian-group-role-actor').map((name) => groupOf(context, undefined, name)),
  ];
  const wanted = new Set(principals.map(principalKey));
  for (const { principal } of actorsOf(state, project.id, role.id))
    if (!wanted.has(principalKey(principal))) removeActor(state, project.id, role.id, principal);
  for (const principal of principals) addActor(state, project.id, role.id, principal);
  return roleAnswer(context, project, role);
}

/** 204 also for somebody who does not hold the role (seen). */
function remove(context: RouteContext): FakeResponse {
  const { project, role } = roleToWrite(context);
  removeActor(context.state, project.id, role.id, principalOfQuery(context));
  return { status: 204 };
}

function roleToWrite(context: RouteContext): { readonly project: JiraProjectRow; readonly role: JiraRoleRow } {
  const project = projectOfPath(context, 'administer');
  return { project, role: roleOfPath(context, project) };
}

function rolesOf({ state, switches }: RouteContext, project: JiraProjectRow): JiraRoleRow[] {
  return rolesOfProject(state, project, switches.jiraTeamManagedRoles);
}

function roleOfPath(context: RouteContext, project: JiraProjectRow): JiraRoleRow {
  const id = param(context, 'role');
  const role = rolesOf(context, project).find((one) => one.id === id);
  return role ?? refuseJira(404, `Can not retrieve a role actor for project '${project.key}' and role '${id}'.`);
}

function roleAnswer(
  context: RouteContext,
  project: JiraProjectRow,
  role: JiraRoleRow,
  activeOnly = false,
): FakeResponse {
  const { state } = context;
  const actors = actorsOf(state, project.id, role.id).filter(({ principal }) => {
    const account = activeOnly && principal.type === 'user' ? state.accounts.get(principal.id) : undefined;
    return account === undefined || isActiveUser(state, siteOf(context), account);
  });
  return jiraJson(200, {
    ...roleView(context, role, project),
    actors: actors.map((actor) => actorView(context, actor)).sort(byDisplayName),
  });
}

function definitionView(context: RouteContext, role: JiraRoleRow): JsonObject {
  const actors = role.defaultActors.map((principal) => principalView(context, principal));
  return { ...roleView(context, role, undefined), actors: actors.sort(byDisplayName) };
}

function roleView({ origin, state }: RouteContext, role: JiraRoleRow, project: JiraProjectRow | undefined): JsonObject {
  const own = role.projectId === undefined ? undefined : state.jira.projects.get(role.projectId);
  const at = project === undefined ? '' : `/project/${project.id}`;
  return {
    self: `${origin}${API}${at}/role/${role.id}`,
    name: role.name,
    id: Number(role.id),
    description: role.description,
    admin: role.admin,
    default: role.isDefault,
    ...(own !== undefined && {
      scope: { type: 'PROJECT', project: { id: own.id, key: own.key, name: own.name } },
    }),
  };
}

function actorView(context: RouteContext, { id, principal }: JiraActorRow): JsonObject {
  return { id: Number(id), ...principalView(context, principal) };
}

function byDisplayName(a: JsonObject, b: JsonObject): number {
  return (a.displayName ?? '') < (b.displayName ?? '') ? -1 : 1;
}
