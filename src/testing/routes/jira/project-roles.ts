import type { JsonObject } from '../../../model/json.js';
import { findJiraUser, isActiveUser, jiraDirectory } from '../../rules/jira/jira-people.js';
import { canAdminister } from '../../rules/jira/jira-permissions.js';
import {
  actorsOf,
  addActor,
  addRole,
  findProject,
  removeActor,
  rolesOfProject,
} from '../../rules/jira/jira-projects.js';
import type { OrgGroup, RolePrincipal } from '../../state/account-rows.js';
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
import { SCOPES } from './scopes.js';

const IN_PROJECT = '/project/:project/role';

/** Roles of projects, and who holds them. */
export const PROJECT_ROLE_ROUTES = [
  jiraRoute('jira.projectRoles.list', 'GET /role', 'admins', SCOPES.roleCatalogue, listCatalogue),
  jiraRoute('jira.projectRoles.create', 'POST /role', 'admins', SCOPES.createRole, create),
  jiraRoute('jira.projectRoles.getDefinition', 'GET /role/:role', 'admins', SCOPES.roleCatalogue, getDefinition),
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
  const role = context.state.jira.roles.get(param(context, 'role'));
  if (role?.cloudId !== siteOf(context).cloudId) refuseJira(404, 'The project role does not exist.');
  return jiraJson(200, definitionView(context, role));
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
  const principals = [
    ...texts(body, 'user').map((id) => userOf(context, id)),
    ...texts(body, 'groupId').map((id) => groupOf(context, id, undefined)),
    ...texts(body, 'group').map((name) => groupOf(context, undefined, name)),
  ];
  if (principals.length === 0) refuseJira(400, 'One of user, group and groupId must be provided.');
  const held = new Set(actorsOf(state, project.id, role.id).map(({ principal }) => principalKey(principal)));
  const again = principals.find((principal) => held.has(principalKey(principal)));
  if (again !== undefined) refuseJira(400, `'${nameOf(context, again)}' is already a member of the project role.`);
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
  const { state, query } = context;
  const { project, role } = roleToWrite(context);
  const named = ['user', 'groupId', 'group'].filter((name) => query.has(name));
  if (named.length !== 1) refuseJira(400, 'Exactly one of user, group and groupId must be provided.');
  const [kind] = named;
  const value = query.get(kind ?? '') ?? '';
  const principal: RolePrincipal =
    kind === 'user'
      ? {
          type: 'user',
          id: (findJiraUser(state, siteOf(context), value) ?? refuseJira(404, 'The user does not exist.')).accountId,
        }
      : kind === 'group'
        ? groupOf(context, undefined, value)
        : groupOf(context, value, undefined);
  removeActor(state, project.id, role.id, principal);
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

/** Unknown and inactive people are not found alike (documented). */
function userOf(context: RouteContext, accountId: string): RolePrincipal {
  const user = findJiraUser(context.state, siteOf(context), accountId);
  if (user === undefined || !isActiveUser(context.state, siteOf(context), user))
    refuseJira(404, `We can't find '${accountId}' in any accessible user directory.`);
  return { type: 'user', id: user.accountId };
}

function groupOf(context: RouteContext, id: string | undefined, name: string | undefined): RolePrincipal {
  const groups: readonly OrgGroup[] = context.state.groups.findAll('directoryId', jiraDirectory(siteOf(context)) ?? '');
  const group = groups.find((one) => (id === undefined ? one.name === name : one.id === id));
  if (group === undefined) refuseJira(404, `We can't find '${id ?? name ?? ''}' in any accessible user directory.`);
  return { type: 'group', id: group.id };
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

function principalView(context: RouteContext, principal: RolePrincipal): JsonObject {
  const displayName = nameOf(context, principal);
  return principal.type === 'user'
    ? { displayName, type: 'atlassian-user-role-actor', actorUser: { accountId: principal.id } }
    : {
        displayName,
        type: 'atlassian-group-role-actor',
        name: displayName,
        actorGroup: { name: displayName, displayName, groupId: principal.id },
      };
}

function nameOf({ state }: RouteContext, { type, id }: RolePrincipal): string {
  return (type === 'user' ? state.accounts.get(id)?.name : state.groups.get(id)?.name) ?? id;
}

function byDisplayName(a: JsonObject, b: JsonObject): number {
  return (a.displayName ?? '') < (b.displayName ?? '') ? -1 : 1;
}
