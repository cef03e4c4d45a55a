import { dropOrgGroup } from '../../rules/group-mirror.js';
import { createLocalGroup, refusalOfDeletion, refusalOfGroupName } from '../../rules/org-group-writes.js';
import type { OrgGroup } from '../../state/account-rows.js';
import { empty, json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { directoryOfRead, directoryOfWrite } from './directory-of-path.js';
import { groupSubject, logWrite } from '../events-of-writes.js';
import { BodyFields } from './fields.js';
import { groupView } from './group-view.js';
import { refuseIf, refuseWith } from './refusals.js';

const GROUPS = '/admin/v2/orgs/:orgId/directories/:directoryId/groups';
const LONGEST_NAME = 255;

/** Creating, reading and deleting one group, and the numbers about all of them. */
export const GROUP_ROUTES: readonly Route[] = [
  { operation: 'admin.groups.create', method: 'POST', path: GROUPS, effect: 'write', handle: create },
  {
    operation: 'admin.groups.get',
    method: 'GET',
    path: `${GROUPS}/:groupId`,
    effect: 'read',
    scope: 'read:groups:admin',
    handle: get,
  },
  { operation: 'admin.groups.delete', method: 'DELETE', path: `${GROUPS}/:groupId`, effect: 'write', handle: remove },
  {
    operation: 'admin.groups.stats',
    method: 'GET',
    path: `${GROUPS}/stats`,
    effect: 'read',
    scope: 'read:groups:admin',
    handle: stats,
  },
];

/** The group of the path for a read; refused when there is none, or it is in another directory. */
export function groupOfRead(context: RouteContext): OrgGroup {
  const directoryId = directoryOfRead(context);
  const group = context.state.groups.get(param(context, 'groupId'));
  if (group === undefined || (directoryId !== undefined && group.directoryId !== directoryId))
    refuseWith(context, 'ADMIN-UAM-404-3', 'Group not found');
  return group;
}

/** The group of the path for a write; refused when there is none, or it is in another directory. */
export function groupOfWrite(context: RouteContext): OrgGroup {
  const group = context.state.groups.get(param(context, 'groupId'));
  const directoryId = directoryOfWrite(context, () => group?.directoryId);
  if (group?.directoryId !== directoryId) refuseWith(context, 'ADMIN-UAM-404-3', 'Group not found');
  return group;
}

/** Answers without a body: the id of the new group has to be searched for (documented). */
function create(context: RouteContext): FakeResponse {
  const { state } = context;
  const fields = new BodyFields(context.body);
  const name = fields.text('name');
  const description = fields.text('description');
  if (fields.fault !== undefined || name === undefined || name.trim() === '' || name.length > LONGEST_NAME)
    refuseWith(context, 'ADMIN-UAM-400-1', fields.fault ?? `name must have 1 to ${LONGEST_NAME} characters`);
  const directoryId = directoryOfWrite(context, () =>
    state.orgDirectories.size === 1 ? [...state.orgDirectories.values()][0]?.id : undefined,
  );
  refuseIf(context, refusalOfGroupName(state, directoryId, name));
  const group = createLocalGroup(state, { directoryId, name, description: description ?? null });
  logWrite(context, 'group_created', [groupSubject(group)]);
  return empty(201);
}

function get(context: RouteContext): FakeResponse {
  return json(200, { data: groupView(context, groupOfRead(context)) });
}

function remove(context: RouteContext): FakeResponse {
  const group = groupOfWrite(context);
  refuseIf(context, refusalOfDeletion(group, context.switches));
  dropOrgGroup(context.state, group.id);
  logWrite(context, 'group_deleted', [groupSubject(group)]);
  return empty(204);
}

function stats(context: RouteContext): FakeResponse {
  const directoryId = directoryOfRead(context);
  const { state } = context;
  const groups =
    directoryId === undefined ? [...state.groups.values()] : state.groups.findAll('directoryId', directoryId);
  const types = new Map<string, number>();
  for (const { type } of groups) types.set(type, (types.get(type) ?? 0) + 1);
  return json(200, {
    totals: {
      all: groups.length,
      managed: groups.filter(({ managedBy }) => managedBy === 'external').length,
      synced: groups.filter(({ origin }) => origin !== 'local').length,
    },
    types: [...types].map(([type, count]) => ({ type, count })),
  });
}
