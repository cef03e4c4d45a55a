import type { JsonObject, JsonValue } from '../../../model/json.js';
import {
  addPermission,
  refusalOfPermission,
  refusalOfRemoval,
  removePermission,
} from '../../rules/confluence/permission-writes.js';
import { assignmentsOf, countsRoles, operationsIn, permissionsOf } from '../../rules/confluence/space-access.js';
import { ADMINISTER } from '../../rules/confluence/space-operations.js';
import { findRole } from '../../rules/confluence/space-roles.js';
import type { SpacePermissionRow, SpacePrincipal, SpaceRow } from '../../state/confluence-rows.js';
import { isJsonObject } from '../json-object.js';
import { empty, json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { bodyOf, callerOf, productOf, requireNoCheck, requireUse, spaceOfPath } from './confluence-access.js';
import { cursorPage, wikiOf } from './confluence-pages.js';
import { refuseV1 } from './confluence-refusals.js';
import { spaceOfKey } from './space-routes.js';

const WRITE = 'write:space.permission:confluence';

/** Classic permissions: read by version 2, written by version 1. */
export const PERMISSION_ROUTES: readonly Route[] = [
  {
    operation: 'confluence.spacePermissions.list',
    method: 'GET',
    path: '/wiki/api/v2/spaces/:spaceId/permissions',
    effect: 'read',
    scopes: [['read:space:confluence']],
    handle: (context) => {
      const space = spaceOfPath(context, callerOf(context));
      return cursorPage(context, permissionsOfMode(context, space), (row) => permissionDocument(context, row));
    },
  },
  {
    operation: 'confluence.spacePermissions.add',
    method: 'POST',
    path: '/wiki/rest/api/space/:spaceKey/permission',
    effect: 'write',
    scopes: [['read:space.permission:confluence', WRITE]],
    handle: add,
  },
  {
    operation: 'confluence.spacePermissions.remove',
    method: 'DELETE',
    path: '/wiki/rest/api/space/:spaceKey/permission/:permissionId',
    effect: 'write',
    scopes: [[WRITE]],
    handle: (context) => {
      const space = writableSpace(context);
      const row = context.state.confluence.permissions.get(param(context, 'permissionId'));
      if (row?.spaceId !== space.id) refuseV1(404, 'There is no such permission in the space.');
      const refusal = refusalOfRemoval(context.state, row);
      if (refusal !== undefined) refuseV1(400, refusal);
      removePermission(context.state, row);
      return empty(204);
    },
  },
];

/** In the mode of roles alone there are none; on the way to it, roles may show as the things that they allow. */
function permissionsOfMode({ state, switches }: RouteContext, space: SpaceRow): SpacePermissionRow[] {
  const { mode } = state.confluence.settingsOf(space.cloudId);
  const rows = mode === 'ROLES' ? [] : permissionsOf(state, space.id);
  if (!countsRoles(mode) || switches.confluenceRoleRows === 'none') return rows;
  const flattened = assignmentsOf(state, space.id).flatMap(({ principal, roleId }, place) =>
    (findRole(state, space.cloudId, roleId)?.permissions ?? []).map((operation, index) => ({
      id: `${space.id}${String(place).padStart(4, '0')}${String(index).padStart(2, '0')}`,
      spaceId: space.id,
      principal,
      operation,
    })),
  );
  return [...rows, ...flattened];
}

function permissionDocument({ switches }: RouteContext, row: SpacePermissionRow): JsonObject | undefined {
  const principal = principalDocument(row.principal, switches.confluenceOpenRows);
  if (principal === undefined) return undefined;
  const [key = '', targetType = ''] = row.operation.split('/');
  const id = switches.confluencePermissionIds === 'same' ? row.id : `9${row.id}`;
  return { id, principal, operation: { key, targetType } };
}

const OPEN_USERS: ReadonlyMap<string, string> = new Map([
  ['anonymous-users', 'anonymous'],
  ['authenticated-users', 'unlicensed'],
]);

function principalDocument(
  { type, id }: SpacePrincipal,
  openRows: RouteContext['switches']['confluenceOpenRows'],
): JsonValue | undefined {
  const openUser = type === 'access-class' ? OPEN_USERS.get(id) : undefined;
  if (openUser !== undefined && openRows !== 'access-class') {
    if (openRows === 'omitted') return undefined;
    return openRows === 'null' ? null : { type: 'user', id: openUser };
  }
  return { type, id: type === 'access-class' ? id.toUpperCase().replaceAll('-', '_') : id };
}

function add(context: RouteContext): FakeResponse {
  const { state } = context;
  const space = writableSpace(context);
  const { subject, operation } = bodyOf(context);
  if (!isJsonObject(subject) || !isJsonObject(operation)) refuseV1(400, 'The subject or the operation is missing.');
  const { key, target } = operation;
  if (typeof key !== 'string' || typeof target !== 'string') refuseV1(400, 'The key or the target is missing.');
  const named = `${key}/${target}`;
  const principal = principalOf(context, subject);
  const refusal = refusalOfPermission(state, space, principal, named);
  if (refusal !== undefined) refuseV1(400, refusal);

  const { id } = addPermission(state, space.id, principal, named);
  const self = `${wikiOf(context)}/rest/api/space/${space.key}/permission/${id}`;
  return json(200, { id: Number(id), subject, operation, _links: { self } });
}

function principalOf(context: RouteContext, { type, identifier }: JsonObject): SpacePrincipal {
  const { state } = context;
  if (typeof identifier !== 'string' || identifier === '') refuseV1(400, 'The identifier of the subject is missing.');
  if (type === 'user') {
    if (identifier === 'anonymous') return { type: 'access-class', id: 'anonymous-users' };
    if (!state.accounts.has(identifier)) refuseV1(400, `No user found with account id: ${identifier}`);
    return { type, id: identifier };
  }
  if (type !== 'group') refuseV1(400, 'The type of the subject is not known.');
  const group = state.groups.get(identifier) ?? state.groups.find('name', identifier.toLowerCase());
  if (group === undefined) refuseV1(400, `No group found: ${identifier}`);
  return { type, id: group.id };
}

/** The space of a classic write: the mode is asked before the right. */
function writableSpace(context: RouteContext): SpaceRow {
  requireNoCheck(context);
  const caller = requireUse(context);
  const space = spaceOfKey(context, caller);
  const { mode } = context.state.confluence.settingsOf(productOf(context).cloudId);
  const isRefused =
    mode === 'ROLES' || (mode === 'ROLES_TRANSITION' && context.switches.confluenceTransitionWrites === 'refused');
  if (isRefused)
    refuseV1(
      400,
      'Space permission updates that are not from RBAC are not supported in roles-only mode',
      'InvalidRbacOperationException',
    );
  if (!operationsIn(context.state, space, caller).has(ADMINISTER))
    refuseV1(403, "User isn't authorized to modify permissions.");
  return space;
}
