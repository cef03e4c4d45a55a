import { hasJira, isJiraAdmin, isSiteAdmin, jiraProducts } from '../../rules/jira/jira-people.js';
import type { ApiFamily, FakeResponse, Route, RouteContext } from '../route.js';
import { gatewayRefusal, loginHeaders } from '../site/site-access.js';
import { callerOf, jiraError, notAuthenticated, type JiraAccess, type JiraRoute } from './answers.js';
import { APPLICATION_ROUTES } from './application-roles.js';
import { GROUP_ROUTES } from './groups.js';
import { INSTANCE_ROUTES } from './instance.js';
import { PERMISSION_SCHEME_ROUTES } from './permission-schemes.js';
import { PROJECT_ROLE_ROUTES } from './project-roles.js';
import { PROJECT_ROUTES } from './projects.js';
import { USER_ROUTES } from './users.js';

const ROUTES: readonly JiraRoute[] = [
  ...INSTANCE_ROUTES,
  ...USER_ROUTES,
  ...GROUP_ROUTES,
  ...PROJECT_ROUTES,
  ...PROJECT_ROLE_ROUTES,
  ...PERMISSION_SCHEME_ROUTES,
  ...APPLICATION_ROUTES,
];

const ACCESS: ReadonlyMap<Route, JiraAccess> = new Map(ROUTES.map((route) => [route, route.access]));

/** What Jira has to say about access. */
export const JIRA_FAMILY: ApiFamily = {
  name: 'jira',
  at: 'site',
  gateway: 'jira',
  routes: ROUTES,
  authorize,
  headers: loginHeaders,
  tooManyRequests: () => jiraError(429, 'The request has been rate-limited. Please try again later.'),
};

/**
 * Refuses, in this order: what the gateway refuses; a site without Jira; nobody, where nobody may call; somebody who
 * cannot use Jira, or does not administer it where that is needed.
 */
function authorize(context: RouteContext, route: Route): FakeResponse | undefined {
  const { site, state } = context;
  const refused = gatewayRefusal(context, route);
  if (refused !== undefined) return refused;
  if (site === undefined || jiraProducts(site).length === 0)
    return { status: 404, text: 'Jira is not on this site', headers: { 'content-type': 'text/html;charset=UTF-8' } };

  const access = ACCESS.get(route);
  const caller = callerOf(context);
  if (caller === undefined) {
    if (access === 'anybody') return undefined;
    return route.operation === 'jira.users.myself' ? noLogin() : notAuthenticated();
  }
  const { accountId } = caller;
  if (!hasJira(state, site, accountId)) return jiraError(403, 'You do not have access to Jira.');
  if (access === 'admins' && !isJiraAdmin(state, site, accountId))
    return jiraError(403, 'Only Jira administrators can perform this operation.');
  if (access === 'site-admins' && !isSiteAdmin(state, site, accountId))
    return jiraError(403, 'You are not authorized to perform this action. Administrator privileges are required.');
  return undefined;
}

/** No JSON (documented). */
function noLogin(): FakeResponse {
  return {
    status: 401,
    text: 'Client must be authenticated to access this resource.',
    headers: { 'www-authenticate': 'OAuth realm="https%3A%2F%2Facme.atlassian.net"' },
  };
}
