import type { AtlassianAccountId } from '../../../model/ids.js';
import { findRoleTarget, organizationAri, ownerOf, parseSiteAri } from '../../rules/resources.js';
import { isRoleAt, ORGANIZATION_ADMIN } from '../../rules/role-catalogue.js';
import { grantRole, refusalOfRole, refusalOfUserGrant, revokeRole, userPrincipal } from '../../rules/role-grants.js';
import { isPersonHere } from '../../rules/user-query.js';
import type { RoleBinding } from '../../state/account-rows.js';
import { empty } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { logWrite, roleSubject, userSubject } from '../events-of-writes.js';
import { BodyFields } from './fields.js';
import { refuseIf, refuseWith } from './refusals.js';

type UserBinding = RoleBinding & { readonly principal: { readonly type: 'user'; readonly id: AtlassianAccountId } };

const USER = '/admin/v1/orgs/:orgId/users/:accountId';

/** Giving one user a role and taking it away: on a product, and on the organization. */
export const USER_ROLE_WRITE_ROUTES: readonly Route[] = [
  { operation: 'admin.users.grantRole', method: 'POST', path: `${USER}/roles/assign`, effect: 'write', handle: grant },
  {
    operation: 'admin.users.revokeRole',
    method: 'POST',
    path: `${USER}/roles/revoke`,
    effect: 'write',
    handle: revoke,
  },
  {
    operation: 'admin.users.grantOrganizationRole',
    method: 'POST',
    path: `${USER}/role-assignments/assign`,
    effect: 'write',
    handle: (context) => grantBinding(context, organizationBinding(context)),
  },
  {
    operation: 'admin.users.revokeOrganizationRole',
    method: 'POST',
    path: `${USER}/role-assignments/revoke`,
    effect: 'write',
    handle: (context) => revokeBinding(context, organizationBinding(context)),
  },
];

function grant(context: RouteContext): FakeResponse {
  return grantBinding(context, productBinding(context));
}

function revoke(context: RouteContext): FakeResponse {
  return revokeBinding(context, productBinding(context));
}

function grantBinding(context: RouteContext, binding: UserBinding): FakeResponse {
  const { state, switches } = context;
  const { principal, resourceId, roleId } = binding;
  const accountId = principal.id;
  const target = findRoleTarget(state, resourceId) ?? { resourceId, owner: ownerOf(resourceId), workspaces: [] };
  refuseIf(context, refusalOfRole(target, roleId) ?? refusalOfUserGrant(state, accountId, target, roleId));
  const isNew = grantRole(state, binding);
  if (!isNew && switches.regrantRole === 409) refuseWith(context, 'ADMIN-UAM-409-2', 'The user already has the role');
  if (isNew) logWrite(context, 'user_granted_role', [userSubject(state, accountId), roleSubject(resourceId, roleId)]);
  return empty(204);
}

function revokeBinding(context: RouteContext, binding: UserBinding): FakeResponse {
  const { state, switches } = context;
  const { principal, resourceId, roleId } = binding;
  const accountId = principal.id;
  const wasHeld = revokeRole(state, binding);
  if (!wasHeld && switches.revokeAbsentRole === 404)
    refuseWith(context, 'ADMIN-UAM-404-3', 'The user does not have the role');
  if (wasHeld) logWrite(context, 'user_revoked_role', [userSubject(state, accountId), roleSubject(resourceId, roleId)]);
  return empty(204);
}

function productBinding(context: RouteContext): UserBinding {
  const { state } = context;
  const fields = new BodyFields(context.body);
  const roleId = fields.text('role');
  const resource = fields.text('resource');
  if (fields.fault !== undefined || roleId === undefined)
    refuseWith(context, 'ADMIN-UAM-400-1', fields.fault ?? 'role is missing');
  if (!isRoleAt('user', roleId)) refuseWith(context, 'ADMIN-UAM-400-3', `Role ${roleId} cannot be given to a user`);
  // For this role the resource is ignored (documented); for every other it has to be there (seen).
  if (roleId === ORGANIZATION_ADMIN)
    return { principal: userPrincipal(accountOfPath(context)), resourceId: organizationAri(state), roleId };
  if (resource === undefined || resource === '') refuseWith(context, 'ADMIN-UAM-400-5', 'Cloud Resource is empty');
  if (parseSiteAri(resource) === undefined) refuseWith(context, 'ADMIN-UAM-400-1', 'Invalid request body');

  const principal = userPrincipal(accountOfPath(context));
  const target = findRoleTarget(state, resource);
  if (target === undefined) refuseWith(context, 'ADMIN-UAM-404-1', 'Unknown Resource');
  return { principal, resourceId: target.resourceId, roleId };
}

function organizationBinding(context: RouteContext): UserBinding {
  const fields = new BodyFields(context.body);
  const roleId = fields.text('role', [ORGANIZATION_ADMIN]);
  if (fields.fault !== undefined || roleId === undefined)
    refuseWith(context, 'ADMIN-UAM-400-1', fields.fault ?? 'role is missing');
  return { principal: userPrincipal(accountOfPath(context)), resourceId: organizationAri(context.state), roleId };
}

function accountOfPath(context: RouteContext): AtlassianAccountId {
  const accountId = param(context, 'accountId') as AtlassianAccountId;
  if (!isPersonHere(context.state, accountId)) refuseWith(context, 'ADMIN-UAM-404-3', 'User not found');
  return accountId;
}
