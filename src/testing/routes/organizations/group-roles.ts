import type { AtlassianAccountId } from '../../../model/ids.js';
import type { JsonObject } from '../../../model/json.js';
import { findRoleTarget, ownerOf, parseSiteAri } from '../../rules/resources.js';
import { isRoleAt } from '../../rules/role-catalogue.js';
import { grantRole, refusalForSeats, refusalOfRole, revokeRole } from '../../rules/role-grants.js';
import type { OrgGroup } from '../../state/account-rows.js';
import { empty } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { groupSubject, logWrite, roleSubject } from '../events-of-writes.js';
import { BodyFields } from './fields.js';
import { groupOfRead, groupOfWrite } from './groups.js';
import { listedPage, listingRequest, pageAnswer } from './listing.js';
import { refuseIf, refuseWith } from './refusals.js';
import { isAskedFor, roleFilters } from './user-roles.js';

const ROLES = '/admin/v2/orgs/:orgId/directories/:directoryId/groups/:groupId/role-assignments';
const LIST = 'admin.groups.listRoleAssignments';

/** Reading, giving and taking away the roles of a group. */
export const GROUP_ROLE_ROUTES: readonly Route[] = [
  { operation: LIST, method: 'GET', path: ROLES, effect: 'read', scope: 'read:groups:admin', handle: list },
  { operation: 'admin.groups.grantRole', method: 'POST', path: `${ROLES}/assign`, effect: 'write', handle: grant },
  { operation: 'admin.groups.revokeRole', method: 'POST', path: `${ROLES}/revoke`, effect: 'write', handle: revoke },
];

function list(context: RouteContext): FakeResponse {
  const cursor = context.query.get('cursor') ?? undefined;
  const { query, ...rest } = listingRequest(context, LIST, cursor, () => roleFilters(context));
  const group = groupOfRead(context);
  const isInDirectories = query.directoryIds?.includes(group.directoryId) ?? true;
  const held = context.visible
    .bindingsOf({ type: 'group', id: group.id })
    .filter((binding) => isInDirectories && isAskedFor(query, binding));

  const rows = new Map<string, JsonObject>();
  for (const { resourceId } of held) {
    const roles = held.filter((binding) => binding.resourceId === resourceId).map(({ roleId }) => roleId);
    rows.set(resourceId, { resourceId, resourceOwner: ownerOf(resourceId), defaultRole: null, roles });
  }
  const list = { candidates: [...rows.keys()], pick: (id: string) => rows.get(id), limit: query.limit };
  const page = listedPage(context, LIST, { query, ...rest }, list);
  return pageAnswer(context, page.rows, page, 'cursors');
}

/** Giving a role again changes nothing: this behaves as an upsert (seen). */
function grant(context: RouteContext): FakeResponse {
  const { state } = context;
  const { group, target, roleId } = roleOfBody(context);
  const members = [...state.groupMembers.membersOf(group.id)] as AtlassianAccountId[];
  refuseIf(context, refusalOfRole(target, roleId) ?? refusalForSeats(state, members, target, roleId));
  const { resourceId } = target;
  if (grantRole(state, { principal: { type: 'group', id: group.id }, resourceId, roleId }))
    logWrite(context, 'group_granted_role', [groupSubject(group), roleSubject(resourceId, roleId)]);
  // 200 here and 204 for taking away, both without a body (documented).
  return empty(200);
}

function revoke(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  const { group, target, roleId } = roleOfBody(context);
  const { resourceId } = target;
  if (revokeRole(state, { principal: { type: 'group', id: group.id }, resourceId, roleId }))
    logWrite(context, 'group_revoked_role', [groupSubject(group), roleSubject(resourceId, roleId)]);
  else if (switches.revokeAbsentRole === 404)
    refuseWith(context, 'ADMIN-UAM-404-3', 'The group does not have the role');
  return empty(204);
}

interface AskedRole {
  readonly group: OrgGroup;
  readonly target: NonNullable<ReturnType<typeof findRoleTarget>>;
  readonly roleId: string;
}

function roleOfBody(context: RouteContext): AskedRole {
  const fields = new BodyFields(context.body);
  const roleId = fields.text('roleId');
  const resourceId = fields.text('resourceId');
  if (fields.fault !== undefined || roleId === undefined || resourceId === undefined)
    refuseWith(context, 'ADMIN-UAM-400-1', 'Invalid request body');
  if (parseSiteAri(resourceId) === undefined) refuseWith(context, 'ADMIN-UAM-400-1', 'Invalid request body');
  if (!isRoleAt('group', roleId)) refuseWith(context, 'ADMIN-UAM-400-3', `Role ${roleId} cannot be given to a group`);

  const group = groupOfWrite(context);
  const target = findRoleTarget(context.state, resourceId);
  if (target === undefined) refuseWith(context, 'ADMIN-UAM-404-1', 'Unknown Resource');
  return { group, target, roleId };
}
