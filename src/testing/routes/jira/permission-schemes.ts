import type { JsonObject, JsonValue } from '../../../model/json.js';
import { findJiraUser, isJiraAdmin } from '../../rules/jira/jira-people.js';
import { addGrant, addScheme, defaultScheme } from '../../rules/jira/jira-projects.js';
import type { JiraGrantRow, JiraHolder, JiraSchemeRow } from '../../state/jira-rows.js';
import { given } from '../presentation.js';
import { isJsonObject } from '../json-object.js';
import { param, type FakeResponse, type RouteContext } from '../route.js';
import { API, callerOf, expansions, jiraError, jiraJson, jiraRoute, jsonBody, refuseJira, siteOf } from './answers.js';
import { projectOfPath } from './projects.js';
import { SCOPES } from './scopes.js';

const SCHEME = '/permissionscheme/:scheme';
const OF_PROJECT = '/project/:project/permissionscheme';
/** Any of them makes the grants appear. */
const EXPANSIONS = ['permissions', 'user', 'group', 'projectRole', 'field', 'all'];
/** Holders that are named by a value. */
const NAMED: ReadonlySet<string> = new Set(['group', 'user', 'projectRole', 'userCustomField', 'groupCustomField']);

/** Permission schemes, their grants, and the schemes of projects. */
export const PERMISSION_SCHEME_ROUTES = [
  jiraRoute('jira.permissionSchemes.list', 'GET /permissionscheme', 'users', SCOPES.schemes, list),
  jiraRoute('jira.permissionSchemes.create', 'POST /permissionscheme', 'admins', SCOPES.createScheme, create),
  jiraRoute('jira.permissionSchemes.get', `GET ${SCHEME}`, 'users', SCOPES.schemes, get),
  jiraRoute('jira.permissionSchemes.listGrants', `GET ${SCHEME}/permission`, 'users', SCOPES.schemes, listGrants),
  jiraRoute('jira.permissionSchemes.createGrant', `POST ${SCHEME}/permission`, 'admins', SCOPES.createGrant, grant),
  jiraRoute(
    'jira.permissionSchemes.deleteGrant',
    `DELETE ${SCHEME}/permission/:grant`,
    'admins',
    SCOPES.deleteGrant,
    revoke,
  ),
  jiraRoute('jira.permissionSchemes.getOfProject', `GET ${OF_PROJECT}`, 'users', SCOPES.schemes, getOfProject),
  jiraRoute('jira.permissionSchemes.assign', `PUT ${OF_PROJECT}`, 'users', SCOPES.assignScheme, assign),
];

function list(context: RouteContext): FakeResponse {
  const schemes = context.state.jira.schemes.findAll('cloudId', siteOf(context).cloudId);
  const withGrants = wantsGrants(context);
  return jiraJson(200, { permissionSchemes: schemes.map((scheme) => schemeView(context, scheme, withGrants)) });
}

function create(context: RouteContext): FakeResponse {
  const { name, description } = jsonBody(context);
  if (typeof name !== 'string' || name.trim() === '') return jiraError(400, 'The permission scheme name is missing.');
  const scheme = addScheme(context.state, {
    cloudId: siteOf(context).cloudId,
    name,
    description: typeof description === 'string' ? description : '',
  });
  return jiraJson(201, schemeView(context, scheme, true));
}

/** With its grants, whether they are asked for or not (seen). */
function get(context: RouteContext): FakeResponse {
  return jiraJson(200, schemeView(context, schemeOf(context, param(context, 'scheme')), true));
}

function listGrants(context: RouteContext): FakeResponse {
  const scheme = schemeOf(context, param(context, 'scheme'));
  return jiraJson(200, { permissions: grantsOf(context, scheme), expand: EXPANSIONS.slice(1).join(',') });
}

function grant(context: RouteContext): FakeResponse {
  const scheme = schemeOf(context, param(context, 'scheme'));
  const wanted = expansions(context);
  if ([...wanted].some((name) => name !== '' && !EXPANSIONS.includes(name)))
    refuseJira(400, 'Invalid expand parameter.');
  const { permission, holder } = jsonBody(context);
  if (typeof permission !== 'string' || permission === '' || !isJsonObject(holder))
    refuseJira(400, 'The permission and its holder must be provided.');
  const row = addGrant(context.state, scheme.id, permission, holderOf(context, holder));
  if (row === undefined) return jiraError(400, 'The permission is granted to this holder already.');
  return jiraJson(201, grantView(context, row));
}

/** What is not there is a bad request, and not unknown (documented). */
function revoke(context: RouteContext): FakeResponse {
  const { state } = context;
  const row = state.jira.grants.get(param(context, 'grant'));
  const scheme = row === undefined ? undefined : state.jira.schemes.get(row.schemeId);
  if (row === undefined || scheme?.id !== param(context, 'scheme') || scheme.cloudId !== siteOf(context).cloudId)
    return jiraError(400, 'The permission scheme has no such grant.');
  state.jira.grants.delete(row.id);
  return { status: 204 };
}

function getOfProject(context: RouteContext): FakeResponse {
  const { schemeId, cloudId } = projectOfPath(context, 'administer');
  const scheme = context.state.jira.schemes.get(schemeId) ?? defaultScheme(context.state, cloudId);
  return jiraJson(200, schemeView(context, scheme, wantsGrants(context)));
}

function assign(context: RouteContext): FakeResponse {
  const { state } = context;
  const project = projectOfPath(context, 'administer');
  const caller = callerOf(context);
  if (caller === undefined || !isJiraAdmin(state, siteOf(context), caller.accountId))
    refuseJira(403, 'Only Jira administrators can perform this operation.');
  if (state.jira.settingsOf(project.cloudId).freePlan)
    refuseJira(403, 'Permission schemes cannot be changed on the Free plan.');
  const { id } = jsonBody(context);
  const scheme = schemeOf(context, typeof id === 'number' ? String(id) : '');
  if (scheme.projectId !== undefined || project.style === 'next-gen')
    refuseJira(404, 'The permission scheme cannot be used by this project.');
  state.jira.projects.put({ ...project, schemeId: scheme.id });
  return jiraJson(200, schemeView(context, scheme, wantsGrants(context)));
}

function wantsGrants(context: RouteContext): boolean {
  return [...expansions(context)].some((name) => EXPANSIONS.includes(name));
}

function schemeOf(context: RouteContext, id: string): JiraSchemeRow {
  const scheme = context.state.jira.schemes.get(id);
  if (scheme?.cloudId !== siteOf(context).cloudId) refuseJira(404, 'The permission scheme does not exist.');
  return scheme;
}

/** A group may be named by its id in `value`, or by its name in `parameter`; the others by either. */
function holderOf(context: RouteContext, holder: JsonObject): JiraHolder {
  const { state } = context;
  const { type } = holder;
  const value = text(holder.value);
  const parameter = text(holder.parameter);
  if (typeof type !== 'string' || type === '') refuseJira(400, 'The type of the holder must be provided.');
  if (type === 'group') {
    const group =
      value === undefined ? state.groups.find('name', (parameter ?? '').toLowerCase()) : state.groups.get(value);
    return { type, value: (group ?? refuseJira(400, 'The group does not exist.')).id };
  }
  const named = value ?? parameter;
  if (NAMED.has(type) && named === undefined) refuseJira(400, `The ${type} must be provided.`);
  if (type === 'user' && findJiraUser(state, siteOf(context), named ?? '') === undefined)
    refuseJira(400, 'The user does not exist.');
  if (type === 'projectRole' && state.jira.roles.get(named ?? '') === undefined)
    refuseJira(400, 'The project role does not exist.');
  return { type, ...(named !== undefined && { value: named }) };
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function schemeView(context: RouteContext, scheme: JiraSchemeRow, withGrants: boolean): JsonObject {
  const { origin, state } = context;
  const own = scheme.projectId === undefined ? undefined : state.jira.projects.get(scheme.projectId);
  return {
    expand: EXPANSIONS.join(','),
    id: Number(scheme.id),
    self: `${origin}${API}/permissionscheme/${scheme.id}`,
    name: scheme.name,
    description: scheme.description,
    ...(own !== undefined && { scope: { type: 'PROJECT', project: { id: own.id, key: own.key, name: own.name } } }),
    ...(withGrants && { permissions: grantsOf(context, scheme) }),
  };
}

function grantsOf(context: RouteContext, scheme: JiraSchemeRow): JsonObject[] {
  return context.state.jira.grants.findAll('schemeId', scheme.id).map((row) => grantView(context, row));
}

function grantView({ origin, state }: RouteContext, { id, schemeId, permission, holder }: JiraGrantRow): JsonObject {
  const { type, value } = holder;
  const parameter = type === 'group' ? state.groups.get(value ?? '')?.name : value;
  return {
    id: Number(id),
    self: `${origin}${API}/permissionscheme/${schemeId}/permission/${id}`,
    permission,
    holder: { type, ...given({ parameter, value }), ...(NAMED.has(type) && { expand: type }) },
  };
}
