import type { AtlassianAccountId, OrgDirectoryId } from '../../../model/ids.js';
import type { JsonObject } from '../../../model/json.js';
import { heldRoles, type HeldRole } from '../../rules/held-roles.js';
import { directoryOfResource, organizationAri, ownerOf } from '../../rules/resources.js';
import { isRoleAt, ORGANIZATION_ADMIN } from '../../rules/role-catalogue.js';
import type { FoundUser } from '../../rules/user-query.js';
import { refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { QueryFields, type Fields } from './fields.js';
import { badRequest, listedPage, listingRequest, pageAnswer } from './listing.js';
import { given } from '../presentation.js';
import { userOfPath } from './user-reads.js';

/** Which role assignments are asked for. */
export interface RoleFilters {
  readonly directoryIds?: readonly string[];
  readonly resourceOwners?: readonly string[];
  readonly resourceIds?: readonly string[];
  readonly roleIds?: readonly string[];
  readonly limit: number;
}

const LIST = 'admin.users.listRoleAssignments';

/** Reading the roles of one user. */
export const USER_ROLE_ROUTES: readonly Route[] = [
  {
    operation: LIST,
    method: 'GET',
    path: '/admin/v2/orgs/:orgId/directories/:directoryId/users/:accountId/role-assignments',
    effect: 'read',
    scope: 'read:directories:admin',
    handle: list,
  },
];

/** Reads the filters of role assignments, of users and of groups, from the query. */
export function roleFilters(context: RouteContext): RoleFilters {
  const fields: Fields = new QueryFields(context.query);
  const isFilterRole = (role: string): boolean => isRoleAt('filter', role);
  const filters = given({
    directoryIds: fields.words('directoryIds', { most: 10 }),
    resourceOwners: fields.words('resourceOwners', { most: 10 }),
    resourceIds: fields.words('resourceIds', { most: 20 }),
    roleIds: fields.words('roleIds', { most: 10, allows: isFilterRole }),
  });
  const limit = fields.integer('limit', 1, 100) ?? 20;
  if (fields.fault !== undefined) refuse(badRequest(context, fields.fault));
  return { ...filters, limit };
}

/** Whether a role on a resource is asked for. */
export function isAskedFor(
  { resourceOwners, resourceIds, roleIds }: RoleFilters,
  { resourceId, roleId }: Pick<HeldRole, 'resourceId' | 'roleId'>,
): boolean {
  return (
    (resourceOwners?.includes(ownerOf(resourceId)) ?? true) &&
    (resourceIds?.includes(resourceId) ?? true) &&
    (roleIds?.includes(roleId) ?? true)
  );
}

function list(context: RouteContext): FakeResponse {
  const cursor = context.query.get('cursor') ?? undefined;
  const request = listingRequest(context, LIST, cursor, () => roleFilters(context));
  const user = userOfPath(context);
  const rows = new Map<string, JsonObject>();
  for (const [resourceId, roles] of byResource(rolesOf(context, user), request.query)) {
    const row = rowOf(context, user, resourceId, roles);
    if (isInDirectories(row, request.query.directoryIds)) rows.set(resourceId, row);
  }
  const list = { candidates: [...rows.keys()], pick: (id: string) => rows.get(id), limit: request.query.limit };
  const page = listedPage(context, LIST, request, list);
  return pageAnswer(context, page.rows, page, 'cursors');
}

function rolesOf(context: RouteContext, { account }: FoundUser): HeldRole[] {
  const held = heldRoles(context.visible, account.accountId);
  return context.switches.inferredRoles ? [...held, ...inferred(context, held)] : held;
}

/** What a role brings with it. Nobody has recorded when the service infers a role: administering implies managing users. */
function inferred({ state }: RouteContext, held: readonly HeldRole[]): HeldRole[] {
  return held.flatMap(({ resourceId, roleId }): HeldRole[] => {
    if (roleId === 'atlassian/admin')
      return [{ resourceId, roleId: 'atlassian/user-access-admin', methods: ['inferred'] }];
    if (roleId !== ORGANIZATION_ADMIN) return [];
    const platform = organizationAri(state);
    return ['atlassian/site-admin', 'atlassian/user-access-admin'].map((role) => ({
      resourceId: platform,
      roleId: role,
      methods: ['inferred'],
    }));
  });
}

function byResource(roles: readonly HeldRole[], filters: RoleFilters): Map<string, HeldRole[]> {
  const rows = new Map<string, HeldRole[]>();
  for (const role of roles) {
    // The document has no such role in assignments of users, although groups can hold it (`atlassian/viewer`).
    if (!isRoleAt('filter', role.roleId) || !isAskedFor(filters, role)) continue;
    rows.set(role.resourceId, [...(rows.get(role.resourceId) ?? []), role]);
  }
  return rows;
}

function rowOf(context: RouteContext, user: FoundUser, resourceId: string, roles: readonly HeldRole[]): JsonObject {
  const directoryId = directoryOfResource(context.state, resourceId);
  return {
    directoryId: directoryId ?? null,
    userDirectoryStatus: directoryId === undefined ? null : statusIn(context, user.account.accountId, directoryId),
    resourceOwner: ownerOf(resourceId),
    resourceId,
    roles: roles.map(({ roleId }) => roleId),
    roleAssignments: roles.map(({ roleId, methods }) => ({ role: roleId, roleAssignmentMethods: methods })),
  };
}

function statusIn({ visible }: RouteContext, accountId: AtlassianAccountId, directoryId: OrgDirectoryId): string {
  return visible.membership(directoryId, accountId)?.status ?? 'no_membership';
}

function isInDirectories(row: JsonObject, directoryIds: readonly string[] | undefined): boolean {
  return directoryIds === undefined || (typeof row.directoryId === 'string' && directoryIds.includes(row.directoryId));
}
