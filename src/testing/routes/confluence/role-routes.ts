import type { JsonObject, JsonValue } from '../../../model/json.js';
import { assignmentsOf, countsRoles, operationsIn } from '../../rules/confluence/space-access.js';
import { ADMINISTER, READ, SPACE_OPERATIONS } from '../../rules/confluence/space-operations.js';
import { findRole, rolesOf } from '../../rules/confluence/space-roles.js';
import type { SpacePrincipal, SpaceRoleAssignmentRow, SpaceRoleRow } from '../../state/confluence-rows.js';
import { assignmentKey } from '../../state/confluence-state.js';
import { isJsonObject } from '../json-object.js';
import { json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { callerOf, productOf, requireUseHidden, spaceOfPath } from './confluence-access.js';
import { cursorPage, wikiOf } from './confluence-pages.js';
import { refuseHidden, refuseParameter } from './confluence-refusals.js';

const READ_ROLES = [['read:space.permission:confluence']];

const ACCESS_CLASSES: ReadonlySet<string> = new Set([
  'anonymous-users',
  'authenticated-users',
  'all-licensed-users',
  'all-product-admins',
  'jsm-project-admins',
]);

/** Roles of spaces, by version 2. */
export const ROLE_ROUTES: readonly Route[] = [
  {
    operation: 'confluence.spaceRoles.getMode',
    method: 'GET',
    path: '/wiki/api/v2/space-role-mode',
    effect: 'read',
    scopes: [['read:configuration:confluence']],
    handle: (context) => {
      requireUseHidden(context);
      const { mode } = context.state.confluence.settingsOf(productOf(context).cloudId);
      if (mode === 'absent') refuseHidden();
      return json(200, { mode });
    },
  },
  {
    operation: 'confluence.spaceRoles.list',
    method: 'GET',
    path: '/wiki/api/v2/space-roles',
    effect: 'read',
    scopes: READ_ROLES,
    handle: listRoles,
  },
  {
    operation: 'confluence.spaceRoles.get',
    method: 'GET',
    path: '/wiki/api/v2/space-roles/:roleId',
    effect: 'read',
    scopes: READ_ROLES,
    handle: (context) => {
      requireRoles(context);
      const id = param(context, 'roleId');
      const role = rolesOf(context.state, productOf(context).cloudId).find((one) => one.id === id);
      return role === undefined ? refuseHidden() : json(200, roleDocument(role));
    },
  },
  {
    operation: 'confluence.spaceRoles.listPermissions',
    method: 'GET',
    path: '/wiki/api/v2/space-permissions',
    effect: 'read',
    scopes: READ_ROLES,
    handle: (context) => {
      requireRoles(context);
      return cursorPage(context, [...SPACE_OPERATIONS], ([id, displayName]) => ({
        id,
        displayName,
        description: displayName,
        requiredPermissionIds: id === READ ? [] : [READ],
      }));
    },
  },
  {
    operation: 'confluence.spaceRoles.listAssignments',
    method: 'GET',
    path: '/wiki/api/v2/spaces/:spaceId/role-assignments',
    effect: 'read',
    scopes: READ_ROLES,
    handle: listAssignments,
  },
  {
    operation: 'confluence.spaceRoles.setAssignments',
    method: 'POST',
    path: '/wiki/api/v2/spaces/:spaceId/role-assignments',
    effect: 'write',
    scopes: [['write:space.permission:confluence']],
    handle: setAssignments,
  },
];

/** A site that does not know roles answers 404 to all about them; one in classic mode has them and does not use them. */
function requireRoles(context: RouteContext): void {
  requireUseHidden(context);
  requireKnown(context);
}

function requireKnown(context: RouteContext): void {
  const { mode } = context.state.confluence.settingsOf(productOf(context).cloudId);
  if (!countsRoles(mode)) refuseHidden();
}

function listRoles(context: RouteContext): FakeResponse {
  requireRoles(context);
  const { query, state } = context;
  const type = query.get('role-type');
  const principal = principalOfQuery(context);
  const spaceId = query.get('space-id');
  const assigned =
    principal === undefined && spaceId === null
      ? undefined
      : new Set(
          [...state.confluence.assignments.values()]
            .filter((row) => (spaceId === null || row.spaceId === spaceId) && isOf(row, principal))
            .map(({ roleId }) => roleId),
        );
  const { cloudId } = productOf(context);
  return cursorPage(context, rolesOf(state, cloudId), (role) =>
    (type === null || role.type === type) && (assigned?.has(role.id) ?? true) ? roleDocument(role) : undefined,
  );
}

function listAssignments(context: RouteContext): FakeResponse {
  const space = spaceOfPath(context, callerOf(context));
  requireKnown(context);
  const { query, state } = context;
  const roleId = query.get('role-id');
  const roleType = query.get('role-type');
  const principal = principalOfQuery(context);
  return cursorPage(context, assignmentsOf(state, space.id), (row) =>
    isOf(row, principal) &&
    (roleId === null || row.roleId === roleId) &&
    (roleType === null || findRole(state, space.cloudId, row.roleId)?.type === roleType)
      ? assignmentDocument(row)
      : undefined,
  );
}

/** Checks every entry first, and then applies all: an entry without a role takes the role away. */
function setAssignments(context: RouteContext): FakeResponse {
  const { state, body } = context;
  const caller = callerOf(context);
  const space = spaceOfPath(context, caller);
  requireKnown(context);
  const operations = operationsIn(state, space, caller);
  if (!operations.has(ADMINISTER)) refuseHidden();
  if (body.kind !== 'json' || !Array.isArray(body.value) || body.value.length === 0)
    refuseParameter('The body must be a list of role assignments');

  const changes = (body.value as readonly JsonValue[]).map((entry) => {
    const principal = isJsonObject(entry) ? principalOf(context, entry.principal) : undefined;
    if (!isJsonObject(entry) || principal === undefined) refuseParameter('A principal is not known');
    if (entry.roleId === undefined || entry.roleId === null) return { principal, role: undefined };
    const role = rolesOf(state, space.cloudId).find(({ id }) => id === entry.roleId);
    if (role === undefined) refuseParameter('A role is not known');
    if (role.permissions.some((operation) => !operations.has(operation)))
      refuseParameter('A role allows more than the caller may do');
    return { principal, role };
  });
  const assigned = changes.flatMap(({ principal, role }): SpaceRoleAssignmentRow[] => {
    const row = { spaceId: space.id, principal };
    state.confluence.assignments.delete(assignmentKey(row));
    if (role === undefined) return [];
    const assignment = { ...row, roleId: role.id };
    state.confluence.assignments.put(assignment);
    return [assignment];
  });
  return json(200, { results: assigned.map(assignmentDocument), _links: { base: wikiOf(context) } });
}

function roleDocument({ id, type, name, description, permissions }: SpaceRoleRow): JsonObject {
  return { id, type, name, description, spacePermissions: [...permissions] };
}

function assignmentDocument({ principal, roleId }: SpaceRoleAssignmentRow): JsonObject {
  const principalType = principal.type.toUpperCase().replaceAll('-', '_');
  return { principal: { principalType, principalId: principal.id }, roleId };
}

function isOf({ principal }: SpaceRoleAssignmentRow, wanted: SpacePrincipal | undefined): boolean {
  return wanted === undefined || (principal.type === wanted.type && principal.id === wanted.id);
}

/** The filter by principal: both of its parts, or neither. */
function principalOfQuery({ query }: RouteContext): SpacePrincipal | undefined {
  const type = query.get('principal-type');
  const id = query.get('principal-id');
  if (type === null && id === null) return undefined;
  const known = typeOf(type);
  if (known === undefined || id === null) refuseParameter("'principal-type' and 'principal-id' go together");
  return { type: known, id };
}

function principalOf({ state }: RouteContext, value: JsonValue | undefined): SpacePrincipal | undefined {
  if (!isJsonObject(value)) return undefined;
  const type = typeOf(value.principalType);
  const id = value.principalId;
  if (type === undefined || typeof id !== 'string') return undefined;
  const known = { user: state.accounts, group: state.groups, 'access-class': ACCESS_CLASSES }[type].has(id);
  return known ? { type, id } : undefined;
}

function typeOf(type: JsonValue | undefined): SpacePrincipal['type'] | undefined {
  switch (type) {
    case 'USER':
      return 'user';
    case 'GROUP':
      return 'group';
    case 'ACCESS_CLASS':
      return 'access-class';
    default:
      return undefined;
  }
}
