import { changeMembers, createScimGroup, deleteScimGroup, findGroupConflict } from '../../rules/scim-groups.js';
import { scimTimestamp } from '../../rules/scim-timestamp.js';
import { scimKey } from '../../state/fake-state.js';
import type { ScimDirectory, ScimGroupRow } from '../../state/scim-rows.js';
import { empty } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { readFilter } from './filter.js';
import { groupDocument } from './group-document.js';
import { logMembers, logScimGroupWrite } from './log-scim-write.js';
import { pageOf, readPage } from './page.js';
import { patchGroup, type GroupChanges } from './patch/patch-group.js';
import { readOperations, requireObject } from './patch/read-operations.js';
import { readProjection, type Projection } from './projection.js';
import { readGroup } from './read-group.js';
import { requireDirectory } from './require-directory.js';
import { created, listResponse, refuseScim, scimJson } from './scim-response.js';
import { directoryUrl } from './user-document.js';

const GROUPS = '/scim/directory/:directoryId/Groups';

/** The six operations on Groups. `attributes` and `excludedAttributes` count where the switch `groupProjections` says so. */
export const GROUP_ROUTES: readonly Route[] = [
  { operation: 'scim.groups.list', method: 'GET', path: GROUPS, effect: 'read', handle: list },
  { operation: 'scim.groups.create', method: 'POST', path: GROUPS, effect: 'write', handle: create },
  { operation: 'scim.groups.get', method: 'GET', path: `${GROUPS}/:groupId`, effect: 'read', handle: get },
  { operation: 'scim.groups.replace', method: 'PUT', path: `${GROUPS}/:groupId`, effect: 'write', handle: replace },
  { operation: 'scim.groups.patch', method: 'PATCH', path: `${GROUPS}/:groupId`, effect: 'write', handle: patch },
  { operation: 'scim.groups.delete', method: 'DELETE', path: `${GROUPS}/:groupId`, effect: 'write', handle: remove },
];

function list(context: RouteContext): FakeResponse {
  const { state, query, switches, origin } = context;
  const directory = requireDirectory(context);
  const filter = readFilter(query.get('filter'), 'GROUP', ['displayName']);
  const page = readPage(query, switches);
  const project = projectionOf(context);
  const ids =
    filter === undefined
      ? state.scimGroups.idsBy('directoryId', directory.id)
      : state.scimGroups.idsBy('displayName', scimKey(directory.id, filter.value.toLowerCase()));
  const resources = pageOf(ids, page).flatMap((id) => {
    const group = state.scimGroups.get(id);
    return group === undefined ? [] : [project(groupDocument(state, group, origin))];
  });
  return listResponse(ids.length, page, resources);
}

function create(context: RouteContext): FakeResponse {
  const { state, switches, origin } = context;
  const directory = requireDirectory(context);
  const project = projectionOf(context);
  const { displayName, externalId, memberIds = [] } = readGroup(requireObject(context.body));
  if (displayName === undefined || displayName.trim() === '')
    return refuseScim(400, 'Invalid payload: displayName is required.', 'invalidValue');

  const conflict = findGroupConflict(state, directory.id, displayName);
  const isQueued = conflict === 'organization' && switches.groupNameConflict === 'queued';
  if (conflict !== undefined && !isQueued)
    return refuseScim(409, `Resource [GROUP]: with displayName[${displayName}] already exists.`, 'uniqueness');

  const group = createScimGroup(context, directory.id, {
    displayName,
    ...(externalId !== undefined && { externalId }),
    memberIds: knownMembers(context, directory, memberIds),
    propagates: !isQueued,
  });
  logScimGroupWrite(context, 'scim_group_create', group);
  logMembers(
    context,
    group,
    [...state.scimMembers.membersOf(group.id)].map((id) => [id, true]),
  );
  const location = `${directoryUrl(origin, directory.id)}/Groups/${group.id}`;
  return created(location, project(groupDocument(state, group, origin)));
}

function get(context: RouteContext): FakeResponse {
  const group = requireGroup(context);
  return scimJson(200, projectionOf(context)(groupDocument(context.state, group, context.origin)));
}

/** The name is immutable and another one is passed over; without `members` the members stay. */
function replace(context: RouteContext): FakeResponse {
  const group = requireGroup(context);
  const { externalId, memberIds } = readGroup(requireObject(context.body));
  const members = new Map<string, boolean>();
  if (memberIds !== undefined) {
    for (const id of context.state.scimMembers.membersOf(group.id)) members.set(id, false);
    for (const id of knownMembers(context, requireDirectory(context), memberIds)) members.set(id, true);
  }
  return commit(context, group, { members, externalId });
}

function patch(context: RouteContext): FakeResponse {
  const group = requireGroup(context);
  const operations = readOperations(context.body);
  return commit(context, group, patchGroup(context.state, group, operations, context.switches));
}

function remove(context: RouteContext): FakeResponse {
  const group = requireGroup(context);
  deleteScimGroup(context, group);
  logScimGroupWrite(context, 'scim_group_delete', group);
  return empty(204);
}

function commit(context: RouteContext, group: ScimGroupRow, { members, externalId }: GroupChanges): FakeResponse {
  const project = projectionOf(context);
  const { externalId: before, ...rest } = group;
  const kept = externalId === undefined ? before : (externalId ?? undefined);
  const changed: ScimGroupRow = {
    ...rest,
    ...(kept !== undefined && { externalId: kept }),
    lastModified: scimTimestamp(context.now),
  };
  context.state.scimGroups.put(changed);
  const membersNow = context.state.scimMembers.membersOf(group.id);
  const changes = [...members].filter(([id, wanted]) => membersNow.has(id) !== wanted);
  changeMembers(context, changed, members);
  logMembers(context, changed, changes);
  return scimJson(200, project(groupDocument(context.state, changed, context.origin)));
}

function projectionOf(context: RouteContext): Projection {
  return context.switches.groupProjections === 'honoured' ? readProjection(context) : (resource) => resource;
}

function requireGroup(context: RouteContext): ScimGroupRow {
  const id = param(context, 'groupId');
  const group = context.state.scimGroups.get(id);
  return group?.directoryId === param(context, 'directoryId')
    ? group
    : refuseScim(404, `Resource Group ${id} not found.`);
}

function knownMembers(
  { state, switches: { unknownGroupMember } }: RouteContext,
  directory: ScimDirectory,
  ids: readonly string[],
): string[] {
  return ids.filter((id) => {
    if (state.scimUsers.get(id)?.directoryId === directory.id) return true;
    if (unknownGroupMember === 'ignored') return false;
    return refuseScim(unknownGroupMember, `Resource User ${id} not found.`);
  });
}
