import type { JsonObject } from '../../../model/json.js';
import { dropOrgGroup } from '../../rules/group-mirror.js';
import {
  findJiraUser,
  groupsOfApplication,
  hasJira,
  isActiveUser,
  jiraDirectory,
  jiraProducts,
} from '../../rules/jira/jira-people.js';
import {
  createLocalGroup,
  refusalOfDeletion,
  refusalOfEdit,
  refusalOfGroupName,
} from '../../rules/org-group-writes.js';
import { hasSeatsFor, workspacesOfGroup } from '../../rules/seats.js';
import type { Account, OrgGroup } from '../../state/account-rows.js';
import type { FakeResponse, RouteContext } from '../route.js';
import {
  callerOf,
  jiraError,
  jiraJson,
  jiraRoute,
  jsonBody,
  pageBean,
  pageQuery,
  refuseJira,
  siteOf,
} from './answers.js';
import { SCOPES } from './scopes.js';
import { groupName, userDetails } from './views.js';

/** Most members in a page (documented). */
const MAX_MEMBERS = 50;
const MANAGED_BY = { external: 'EXTERNAL', admins: 'ADMINS', 'team-members': 'TEAM_MEMBERS', open: 'OPEN' } as const;

/** Groups and who is in them. */
export const GROUP_ROUTES = [
  jiraRoute('jira.groups.list', 'GET /group/bulk', 'users', SCOPES.groups, list),
  jiraRoute('jira.groups.listMembers', 'GET /group/member', 'users', SCOPES.members, listMembers),
  jiraRoute('jira.groups.find', 'GET /groups/picker', 'anybody', SCOPES.groups, find),
  jiraRoute('jira.groups.create', 'POST /group', 'site-admins', SCOPES.createGroup, create),
  jiraRoute('jira.groups.delete', 'DELETE /group', 'site-admins', SCOPES.deleteGroup, remove),
  jiraRoute('jira.groups.addMember', 'POST /group/user', 'site-admins', SCOPES.addMember, addMember),
  jiraRoute('jira.groups.removeMember', 'DELETE /group/user', 'site-admins', SCOPES.removeMember, removeMember),
];

function list(context: RouteContext): FakeResponse {
  const { state, query, switches } = context;
  const ids = query.getAll('groupId');
  const names = query.getAll('groupName');
  const giving = accessFilter(context);
  const groups = groupsOf(context).filter(
    ({ id, name }) =>
      (ids.length === 0 || ids.includes(id)) &&
      (names.length === 0 || names.includes(name)) &&
      (giving === undefined || giving.has(id)),
  );
  const page = pageQuery(context, { standard: 50, cap: switches.jiraGroupPageCap });
  return pageBean(
    context,
    groups.filter((group) => state.groups.has(group.id)),
    page,
    ({ id, name }) => ({ name, groupId: id }),
  );
}

/** The groups that give access, where the query asks for those alone. */
function accessFilter(context: RouteContext): ReadonlySet<string> | undefined {
  const accessType = context.query.get('accessType');
  const key = context.query.get('applicationKey');
  if (accessType === null && key === null) return undefined;
  const products = jiraProducts(siteOf(context)).filter(({ owner }) => key === null || owner === key);
  return new Set(products.flatMap((product) => groupsOfApplication(context.state, product)).map(({ id }) => id));
}

function listMembers(context: RouteContext): FakeResponse {
  const { state, visible, query } = context;
  const group = groupOfQuery(context);
  const inactiveToo = query.get('includeInactiveUsers') === 'true';
  const members = [...visible.membersOf(group.id)].flatMap((id): Account[] => {
    const account = visible.account(id as Account['accountId']);
    return account !== undefined && (inactiveToo || isActiveUser(state, siteOf(context), account)) ? [account] : [];
  });
  const page = pageQuery(context, { standard: 50, cap: MAX_MEMBERS });
  return pageBean(context, members, page, (account) => userDetails(context, account));
}

/** For pickers on a page: nobody who may not browse finds more than a whole name. */
function find(context: RouteContext): FakeResponse {
  const { query, state } = context;
  const text = (query.get('query') ?? '').toLowerCase();
  const caller = callerOf(context);
  const browses = caller !== undefined && hasJira(state, siteOf(context), caller.accountId);
  const groups = groupsOf(context).filter(({ name }) =>
    browses ? name.toLowerCase().includes(text) : name.toLowerCase() === text,
  );
  const shown = groups.slice(0, Number(query.get('maxResults') ?? 20));
  return jiraJson(200, {
    header: `Showing ${shown.length} of ${groups.length} matching groups`,
    total: groups.length,
    groups: shown.map(({ id, name, managedBy, type }) => ({
      name,
      groupId: id,
      html: name,
      labels: [],
      managedBy: MANAGED_BY[managedBy],
      usageType: type === 'TEAM' ? 'TEAM_COLLABORATION' : 'USERBASE_GROUP',
    })),
  });
}

function create(context: RouteContext): FakeResponse {
  const { name } = jsonBody(context);
  const directoryId = jiraDirectory(siteOf(context));
  if (typeof name !== 'string' || name.trim() === '' || directoryId === undefined)
    return jiraError(400, 'The group name is missing.');
  const refused = refusalOfGroupName(context.state, directoryId, name);
  if (refused !== undefined) return jiraError(400, `A group named '${name}' already exists.`);
  const group = createLocalGroup(context.state, { directoryId, name, description: null });
  return jiraJson(201, groupView(context, group));
}

function remove(context: RouteContext): FakeResponse {
  const group = groupOfQuery(context);
  const refused = refusalOfDeletion(group, context.switches);
  if (refused !== undefined) return jiraError(context.switches.jiraSyncedGroup, refused.detail);
  dropOrgGroup(context.state, group.id);
  return { status: 200 };
}

function addMember(context: RouteContext): FakeResponse {
  const { state } = context;
  const group = groupOfQuery(context);
  const { accountId } = jsonBody(context);
  if (typeof accountId !== 'string' || accountId === '') refuseJira(400, 'The accountId is missing.');
  const user = userOfId(context, accountId);
  refuseLocked(context, group);
  if (state.groupMembers.has(group.id, accountId))
    refuseJira(400, `Cannot add user. User is already a member of '${group.name}'.`);
  const full = workspacesOfGroup(state, group.id).find((product) => !hasSeatsFor(state, product, [user.accountId]));
  if (full !== undefined) refuseJira(400, `Cannot add user. The user limit of ${full.type} is reached.`);
  state.groupMembers.add(group.id, accountId);
  return jiraJson(201, groupView(context, group));
}

function removeMember(context: RouteContext): FakeResponse {
  const { state, query } = context;
  const group = groupOfQuery(context);
  const accountId = query.get('accountId') ?? '';
  if (accountId === '') refuseJira(400, 'The accountId is missing.');
  userOfId(context, accountId);
  refuseLocked(context, group);
  if (!state.groupMembers.remove(group.id, accountId))
    refuseJira(400, `Cannot remove user. The user is not a member of '${group.name}'.`);
  return { status: 200 };
}

function refuseLocked({ switches }: RouteContext, group: OrgGroup): void {
  const refused = refusalOfEdit(group, switches);
  if (refused !== undefined) refuseJira(switches.jiraSyncedGroup, refused.detail);
}

function userOfId(context: RouteContext, accountId: string): Account {
  return findJiraUser(context.state, siteOf(context), accountId) ?? refuseJira(404, 'The user does not exist.');
}

/** The one group that the query names, by id or by name and not by both. */
function groupOfQuery(context: RouteContext): OrgGroup {
  const id = context.query.get('groupId');
  const name = context.query.get('groupname');
  if ((id === null) === (name === null)) refuseJira(400, 'Exactly one of groupId and groupname must be provided.');
  const group = groupsOf(context).find((one) => (id === null ? one.name === name : one.id === id));
  return (
    group ?? refuseJira(404, `The group ${id === null ? `named '${name ?? ''}'` : `with id '${id}'`} does not exist.`)
  );
}

function groupsOf(context: RouteContext): OrgGroup[] {
  const directoryId = jiraDirectory(siteOf(context));
  return context.state.groups
    .findAll('directoryId', directoryId ?? '')
    .filter((group) => context.visible.isListed(group));
}

function groupView(context: RouteContext, group: OrgGroup): JsonObject {
  const size = context.state.groupMembers.memberCount(group.id);
  return {
    ...groupName(context, group),
    users: { size, items: [], 'max-results': MAX_MEMBERS, 'start-index': 0, 'end-index': 0 },
    expand: 'users',
  };
}
