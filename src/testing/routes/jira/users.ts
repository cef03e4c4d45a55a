import type { JsonObject } from '../../../model/json.js';
import { applicationsOf, findJiraUser, hasJira, jiraUserIds } from '../../rules/jira/jira-people.js';
import type { Account } from '../../state/account-rows.js';
import type { FakeResponse, RouteContext } from '../route.js';
import { applicationView } from './application-roles.js';
import {
  callerOf,
  expansions,
  jiraJson,
  jiraRoute,
  notAuthenticated,
  pageBean,
  pageQuery,
  refuseJira,
  siteOf,
} from './answers.js';
import { SCOPES } from './scopes.js';
import { groupName, userView } from './views.js';

/** Most users in a page (documented). */
const MAX_USERS = 1000;

/** Reading users. */
export const USER_ROUTES = [
  jiraRoute('jira.users.myself', 'GET /myself', 'users', SCOPES.users, myself),
  jiraRoute('jira.users.list', 'GET /users/search', 'anybody', SCOPES.users, list),
  jiraRoute('jira.users.listAll', 'GET /users', 'anybody', SCOPES.users, list),
  jiraRoute('jira.users.get', 'GET /user', 'anybody', SCOPES.users, get),
  jiraRoute('jira.users.bulk', 'GET /user/bulk', 'users', SCOPES.users, bulk),
  jiraRoute('jira.users.listGroups', 'GET /user/groups', 'anybody', SCOPES.groups, listGroups),
];

function myself(context: RouteContext): FakeResponse {
  const caller = callerOf(context);
  return caller === undefined ? notAuthenticated() : jiraJson(200, wholeUser(context, caller));
}

/** A bare array, and no word about its end. */
function list(context: RouteContext): FakeResponse {
  requireUserPicker(context, 403);
  const { state, switches } = context;
  const { startAt, maxResults } = pageQuery(context, { standard: 50, cap: MAX_USERS });
  const ids = jiraUserIds(state, siteOf(context));
  const isShort = switches.jiraShortUserPages && maxResults > 1 && startAt + maxResults < ids.length;
  const shown = ids.slice(startAt, startAt + (isShort ? maxResults - 1 : maxResults));
  return jiraJson(
    200,
    shown.flatMap((id) => {
      const account = context.visible.account(id as Account['accountId']);
      return account === undefined ? [] : [userView(context, account)];
    }),
  );
}

function get(context: RouteContext): FakeResponse {
  requireUserPicker(context, 401);
  return jiraJson(200, wholeUser(context, userOfQuery(context)));
}

function bulk(context: RouteContext): FakeResponse {
  const ids = context.query.getAll('accountId');
  if (ids.length === 0) refuseJira(400, 'At least one accountId must be provided.');
  const users = ids.flatMap((id) => findJiraUser(context.state, siteOf(context), id) ?? []);
  return pageBean(context, users, pageQuery(context, { standard: 10, cap: 200 }), (user) => userView(context, user));
}

function listGroups(context: RouteContext): FakeResponse {
  requireUserPicker(context, 401);
  return jiraJson(200, groupsOf(context, userOfQuery(context)));
}

function userOfQuery(context: RouteContext): Account {
  const accountId = context.query.get('accountId') ?? '';
  const user = findJiraUser(context.state, siteOf(context), accountId);
  return user ?? refuseJira(404, 'Specified user does not exist or you do not have required permissions');
}

/** A user read alone: the lists in it have their size, and are empty unless they were asked for (seen). */
function wholeUser(context: RouteContext, account: Account): JsonObject {
  const wanted = expansions(context);
  const groups = groupsOf(context, account);
  const applications = applicationsOf(context.state, siteOf(context), account.accountId);
  return {
    ...userView(context, account),
    groups: { size: groups.length, items: wanted.has('groups') ? groups : [] },
    applicationRoles: {
      size: applications.length,
      items: wanted.has('applicationRoles') ? applications.map((product) => applicationView(context, product)) : [],
    },
    expand: 'groups,applicationRoles',
  };
}

function groupsOf(context: RouteContext, { accountId }: Account): JsonObject[] {
  return [...context.visible.groupsOf(accountId)].flatMap((id) => {
    const group = context.state.groups.get(id);
    return group === undefined ? [] : [groupName(context, group)];
  });
}

/** Browse users and groups, which whoever can use Jira has. */
function requireUserPicker(context: RouteContext, anonymous: 401 | 403): void {
  const caller = callerOf(context);
  if (caller !== undefined && hasJira(context.state, siteOf(context), caller.accountId)) return;
  refuseJira(caller === undefined ? anonymous : 403, 'Browse users and groups permission is required to view users.');
}
