import type { JsonObject } from '../../../model/json.js';
import {
  canAdminister,
  canBrowse,
  GLOBAL_PERMISSIONS,
  hasPermission,
  PROJECT_PERMISSIONS,
} from '../../rules/jira/jira-permissions.js';
import { hasJira, isJiraAdmin, isSiteAdmin } from '../../rules/jira/jira-people.js';
import { findProject } from '../../rules/jira/jira-projects.js';
import type { JiraProjectRow } from '../../state/jira-rows.js';
import { json } from '../respond.js';
import type { FakeResponse, RouteContext } from '../route.js';
import { callerOf, jiraJson, jiraRoute, refuseJira, siteOf } from './answers.js';
import { SCOPES } from './scopes.js';

/** The site as a whole, and what the caller may do on it. */
export const INSTANCE_ROUTES = [
  jiraRoute('jira.instance.getServerInfo', 'GET /serverInfo', 'anybody', undefined, serverInfo),
  jiraRoute('jira.instance.getMyPermissions', 'GET /mypermissions', 'anybody', SCOPES.permissions, myPermissions),
  // Withdrawn; the search that came in its place has nothing to do with access.
  ...(['GET /search', 'POST /search'] as const).map((call) =>
    jiraRoute('jira.issues.search', call, 'anybody', undefined, () =>
      json(410, {
        errorMessages: ['The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.'],
        errors: {},
      }),
    ),
  ),
];

function serverInfo(context: RouteContext): FakeResponse {
  const { url } = siteOf(context);
  // On a port of its own, the fake is the site.
  const baseUrl = context.isGateway || context.origin.endsWith('.atlassian.net') ? url : context.origin;
  return jiraJson(200, {
    baseUrl,
    displayUrl: baseUrl,
    displayUrlServicedeskHelpCenter: baseUrl,
    displayUrlConfluence: baseUrl,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_301,
    buildDate: '2026-01-01T00:00:00.000+0000',
    serverTime: new Date(context.now).toISOString().replace('Z', '+0000'),
    scmInfo: '3f0c9e5d7a1b',
    serverTitle: 'Jira',
    defaultLocale: { locale: 'en_US' },
    serverTimeZone: 'Etc/UTC',
  });
}

function myPermissions(context: RouteContext): FakeResponse {
  const asked = (context.query.get('permissions') ?? '').split(',').filter((key) => key !== '');
  if (asked.length === 0) refuseJira(400, 'The permissions query parameter is required.');
  const unknown = asked.filter((key) => !isGlobal(key) && !PROJECT_PERMISSIONS.includes(key));
  if (unknown.length > 0) refuseJira(400, `Unrecognized permission: ${unknown.join(', ')}`);
  const project = projectOfQuery(context);
  return jiraJson(200, {
    permissions: Object.fromEntries(asked.map((key, index) => [key, permissionView(context, key, index, project)])),
  });
}

function permissionView(
  context: RouteContext,
  key: string,
  index: number,
  project: JiraProjectRow | undefined,
): JsonObject {
  return {
    id: String(index),
    key,
    name: key.charAt(0) + key.slice(1).toLowerCase().replaceAll('_', ' '),
    type: isGlobal(key) ? 'GLOBAL' : 'PROJECT',
    description: '',
    havePermission: isGlobal(key) ? hasGlobal(context, key) : hasInProjects(context, key, project),
  };
}

function hasGlobal(context: RouteContext, key: string): boolean {
  const { state } = context;
  const caller = callerOf(context);
  if (caller === undefined) return false;
  const site = siteOf(context);
  if (key === 'USER_PICKER') return hasJira(state, site, caller.accountId);
  return key === 'ADMINISTER' ? isJiraAdmin(state, site, caller.accountId) : isSiteAdmin(state, site, caller.accountId);
}

/** In the project asked about, or else in any. */
function hasInProjects(context: RouteContext, key: string, project: JiraProjectRow | undefined): boolean {
  const { state } = context;
  const site = siteOf(context);
  const accountId = callerOf(context)?.accountId;
  const projects = project === undefined ? state.jira.projects.findAll('cloudId', site.cloudId) : [project];
  return projects.some(
    (one) =>
      (key === 'ADMINISTER_PROJECTS' && canAdminister(state, site, one, accountId)) ||
      (key === 'BROWSE_PROJECTS' && canBrowse(state, site, one, accountId)) ||
      hasPermission(state, site, one, key, accountId),
  );
}

function projectOfQuery(context: RouteContext): JiraProjectRow | undefined {
  const { query, state } = context;
  const idOrKey = query.get('projectId') ?? query.get('projectKey');
  if (idOrKey === null) return undefined;
  const site = siteOf(context);
  const project = findProject(state, site.cloudId, idOrKey);
  if (project === undefined || !canBrowse(state, site, project, callerOf(context)?.accountId))
    refuseJira(404, `No project could be found with key '${idOrKey}'.`);
  return project;
}

function isGlobal(key: string): boolean {
  return (GLOBAL_PERMISSIONS as readonly string[]).includes(key);
}
