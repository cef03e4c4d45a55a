import type { AtlassianAccountId } from '../../../model/ids.js';
import type { JsonObject } from '../../../model/json.js';
import { groupsGiving, groupsOfSite } from '../../rules/confluence/confluence-people.js';
import { cachedIds } from '../../rules/listing-cache.js';
import { hasSeatsFor, workspacesOfGroup } from '../../rules/seats.js';
import type { Account, OrgGroup } from '../../state/account-rows.js';
import { empty, json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { bodyOf, productOf, requireSiteAdmin, requireUse } from './confluence-access.js';
import { offsetPage, wikiOf } from './confluence-pages.js';
import { refuseV1 } from './confluence-refusals.js';
import { userMakerV1 } from './user-documents.js';

const READ_GROUP = [['read:confluence-groups'], ['read:group:confluence']];
const WRITE_GROUP = [['write:confluence-groups'], ['write:group:confluence']];
const PAGE = { defaultLimit: 200, cap: 200 };

const MANAGED_BY = { admins: 'ADMINS', external: 'EXTERNAL', 'team-members': 'TEAM_MEMBERS', open: 'OPEN' } as const;

/** Groups and who is in them, by version 1, which alone has them. */
export const GROUP_ROUTES: readonly Route[] = [
  {
    operation: 'confluence.groups.list',
    method: 'GET',
    path: '/wiki/rest/api/group',
    effect: 'read',
    scopes: READ_GROUP,
    handle: listGroups,
  },
  {
    operation: 'confluence.groups.get',
    method: 'GET',
    path: '/wiki/rest/api/group/by-id',
    effect: 'read',
    scopes: READ_GROUP,
    handle: (context) => {
      requireUse(context);
      const id = context.query.get('id') ?? '';
      const group = findGroup(context, id);
      if (group === undefined) refuseV1(404, `No group found with id: ${id}`);
      return json(200, groupDocument(context, group));
    },
  },
  {
    operation: 'confluence.groups.listMembers',
    method: 'GET',
    path: '/wiki/rest/api/group/:groupId/membersByGroupId',
    effect: 'read',
    scopes: [['read:confluence-groups'], ['read:group:confluence', 'read:user:confluence']],
    handle: listMembers,
  },
  {
    operation: 'confluence.groups.addMember',
    method: 'POST',
    path: '/wiki/rest/api/group/userByGroupId',
    effect: 'write',
    scopes: WRITE_GROUP,
    handle: addMember,
  },
  {
    operation: 'confluence.groups.removeMember',
    method: 'DELETE',
    path: '/wiki/rest/api/group/userByGroupId',
    effect: 'write',
    scopes: WRITE_GROUP,
    handle: (context) => {
      requireSiteAdmin(context);
      const group = writableGroup(context);
      const account = memberOf(context, context.query.get('accountId'));
      context.state.groupMembers.remove(group.id, account.accountId);
      return empty(204);
    },
  },
];

/** A group of version 1. */
export function groupDocument(context: RouteContext, group: OrgGroup): JsonObject {
  return {
    type: 'group',
    name: group.name,
    id: group.id,
    usageType: group.type === 'TEAM' ? 'TEAM_COLLABORATION' : 'USERBASE_GROUP',
    managedBy: MANAGED_BY[group.managedBy],
    _links: { self: `${wikiOf(context)}/rest/api/group/by-id?id=${group.id}` },
  };
}

function listGroups(context: RouteContext): FakeResponse {
  const { state, query } = context;
  requireUse(context);
  const product = productOf(context);
  const accessType = query.get('accessType') ?? '';
  if (!['', 'user', 'admin', 'site-admin'].includes(accessType)) refuseV1(400, 'The accessType is not known.');
  const ids = cachedIds(state, `confluence groups ${product.ari}`, state.groups.version, () =>
    groupsOfSite(state, product).map(({ id }) => id),
  );
  const giving =
    accessType === '' ? undefined : groupsGiving(state, product, accessType as 'user' | 'admin' | 'site-admin');
  const groups = giving === undefined ? ids : ids.filter((id) => giving.has(id));
  const show = (id: string): JsonObject => {
    const group = state.groups.get(id);
    if (group === undefined) throw new Error('The fake lists a group that it does not have');
    return groupDocument(context, group);
  };
  return offsetPage(context, groups, show, PAGE);
}

function listMembers(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  requireUse(context);
  const group = findGroup(context, param(context, 'groupId'));
  const members = group === undefined ? [] : membersOf(context, group);
  const document = userMakerV1(context, { isList: true });
  const show = (id: string): JsonObject => {
    const account = state.accounts.get(id);
    if (account === undefined) throw new Error('The fake has a member without an account');
    return document(account);
  };
  const listed = switches.confluenceInactiveMembers
    ? members
    : members.filter((id) => state.accounts.get(id)?.status === 'active');
  return offsetPage(context, listed, show, { ...PAGE, refuses: true });
}

function membersOf({ state, visible }: RouteContext, group: OrgGroup): readonly string[] {
  if (visible.membersTrail) return [...visible.membersOf(group.id)];
  return cachedIds(state, `confluence members ${group.id}`, state.groupMembers.version, () => [
    ...state.groupMembers.membersOf(group.id),
  ]);
}

function addMember(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  requireSiteAdmin(context);
  const group = writableGroup(context);
  const { accountId } = bodyOf(context);
  const account = memberOf(context, typeof accountId === 'string' ? accountId : null);
  if (state.groupMembers.has(group.id, account.accountId)) {
    if (switches.confluenceReaddMember === 400) refuseV1(400, 'The user is already a member of the group.');
    return empty(201);
  }
  const comers: AtlassianAccountId[] = [account.accountId];
  if (workspacesOfGroup(state, group.id).some((product) => !hasSeatsFor(state, product, comers)))
    refuseV1(400, 'The licence has no seat left.');
  state.groupMembers.add(group.id, account.accountId);
  return empty(201);
}

function findGroup(context: RouteContext, id: string): OrgGroup | undefined {
  const group = context.state.groups.get(id);
  return group?.directoryId === productOf(context).orgDirectoryId ? group : undefined;
}

/** The group of a write; whether an identity provider owns its members is asked before who is meant. */
function writableGroup(context: RouteContext): OrgGroup {
  const id = context.query.get('groupId') ?? '';
  if (id === '') refuseV1(400, 'The groupId is missing.');
  const group = findGroup(context, id);
  if (group === undefined) refuseV1(404, `No group found with id: ${id}`);
  if (!group.access.modifiable)
    refuseV1(context.switches.confluenceSyncedGroup, 'The group is managed by an identity provider.');
  return group;
}

function memberOf(context: RouteContext, accountId: string | null): Account {
  const { state } = context;
  if (accountId === null || accountId === '') refuseV1(400, 'The accountId is missing.');
  const account = state.accounts.get(accountId);
  const isHere =
    account !== undefined && state.membership(productOf(context).orgDirectoryId, account.accountId) !== undefined;
  if (!isHere) refuseV1(404, `No user found with account id: ${accountId}`);
  return account;
}
