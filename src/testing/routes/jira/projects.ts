import type { JsonObject } from '../../../model/json.js';
import { canAdminister, canBrowse } from '../../rules/jira/jira-permissions.js';
import { findProject, rolesOfProject } from '../../rules/jira/jira-projects.js';
import type { JiraProjectRow } from '../../state/jira-rows.js';
import { given } from '../presentation.js';
import { param, type FakeResponse, type RouteContext } from '../route.js';
import { API, callerOf, expansions, jiraJson, jiraRoute, pageBean, pageQuery, refuseJira, siteOf } from './answers.js';
import { SCOPES } from './scopes.js';
import { userView } from './views.js';

/** Most projects in a page (documented). */
const MAX_PROJECTS = 100;

/** Reading projects. */
export const PROJECT_ROUTES = [
  jiraRoute('jira.projects.list', 'GET /project/search', 'anybody', SCOPES.projects, list),
  jiraRoute('jira.projects.get', 'GET /project/:project', 'anybody', SCOPES.projects, get),
];

function list(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  const site = siteOf(context);
  const accountId = callerOf(context)?.accountId;
  const projects = state.jira.projects
    .findAll('cloudId', site.cloudId)
    .filter((project) => matches(context, project) && canBrowse(state, site, project, accountId))
    .sort(byOrder(context.query.get('orderBy') ?? 'key'));
  if (projects.length === 0 && switches.jiraNoProjects === 404) refuseJira(404, 'No projects were found.');
  const page = pageQuery(context, { standard: 50, cap: MAX_PROJECTS });
  return pageBean(context, projects, page, (project) => projectView(context, project));
}

function get(context: RouteContext): FakeResponse {
  const project = projectOfPath(context, 'browse');
  const { state, switches, origin } = context;
  const roles = rolesOfProject(state, project, switches.jiraTeamManagedRoles);
  return jiraJson(200, {
    ...projectView(context, project),
    description: project.description,
    ...leadOf(context, project),
    components: [],
    versions: [],
    assigneeType: 'UNASSIGNED',
    roles: Object.fromEntries(roles.map(({ id, name }) => [name, `${origin}${API}/project/${project.id}/role/${id}`])),
  });
}

function matches({ query }: RouteContext, { id, key, name, typeKey, archived }: JiraProjectRow): boolean {
  const text = query.get('query')?.toLowerCase();
  const status = query.getAll('status');
  return (
    isAmong(query.getAll('id'), id) &&
    isAmong(query.getAll('keys'), key) &&
    isAmong(
      (query.get('typeKey') ?? '').split(',').filter((one) => one !== ''),
      typeKey,
    ) &&
    (text === undefined || key.toLowerCase().includes(text) || name.toLowerCase().includes(text)) &&
    (status.length === 0 ? !archived : status.includes(archived ? 'archived' : 'live'))
  );
}

function isAmong(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

function byOrder(orderBy: string): (a: JiraProjectRow, b: JiraProjectRow) => number {
  const field = orderBy.replace(/^[+-]/u, '') === 'name' ? 'name' : 'key';
  const sign = orderBy.startsWith('-') ? -1 : 1;
  return (a, b) => sign * (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : 0);
}

function projectView(context: RouteContext, project: JiraProjectRow): JsonObject {
  const { origin, now } = context;
  const wanted = expansions(context);
  const { id, key, name, style, category } = project;
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    self: `${origin}${API}/project/${id}`,
    id,
    key,
    name,
    ...(wanted.has('description') && { description: project.description }),
    ...(wanted.has('lead') && leadOf(context, project)),
    ...(wanted.has('url') && project.url !== undefined && { url: project.url }),
    avatarUrls: { '48x48': `${origin}${API}/universal_avatar/view/type/project/avatar/10400` },
    ...given({
      projectCategory:
        category === undefined
          ? undefined
          : { self: `${origin}${API}/projectCategory/10000`, id: '10000', name: category, description: '' },
    }),
    projectTypeKey: project.typeKey,
    simplified: style === 'next-gen',
    style,
    isPrivate: project.isPrivate,
    properties: {},
    ...(project.archived && { archived: true, archivedDate: new Date(now).toISOString().replace('Z', '+0000') }),
  };
}

function leadOf(context: RouteContext, { leadId }: JiraProjectRow): JsonObject {
  const lead = leadId === undefined ? undefined : context.state.accounts.get(leadId);
  return lead === undefined ? {} : { lead: userView(context, lead) };
}

/** The project of the path, which the caller may look at, or administers; anything else is not found. */
export function projectOfPath(context: RouteContext, needed: 'browse' | 'administer'): JiraProjectRow {
  const { state } = context;
  const site = siteOf(context);
  const idOrKey = param(context, 'project');
  const project = findProject(state, site.cloudId, idOrKey);
  const allows = needed === 'browse' ? canBrowse : canAdminister;
  if (project === undefined || !allows(state, site, project, callerOf(context)?.accountId))
    refuseJira(404, `No project could be found with ${/^\d+$/u.test(idOrKey) ? 'id' : 'key'} '${idOrKey}'.`);
  return project;
}
