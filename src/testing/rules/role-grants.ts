import type { AtlassianAccountId } from '../../model/ids.js';
import type { RoleBinding, RolePrincipal } from '../state/account-rows.js';
import { bindingKey, type FakeState } from '../state/fake-state.js';
import type { RoleTarget } from './resources.js';
import { isBillable, isRoleAt, isRoleOfOwner } from './role-catalogue.js';
import type { Refused } from './refusal-codes.js';
import { hasSeatsFor } from './seats.js';

/** Why a role does not go with a resource, whoever is to hold it. */
export function refusalOfRole(target: RoleTarget, roleId: string): Refused | undefined {
  const isPlatformRole = isRoleAt('platform', roleId);
  if (!isRoleOfOwner(roleId, target.owner) || (target.workspaces.length === 0 && !isPlatformRole))
    return { code: 'ADMIN-UAM-400-3', detail: `Role ${roleId} does not exist on ${target.resourceId}` };
  if (target.workspaces.length > 0 && target.workspaces.every(({ status }) => status !== 'online'))
    return { code: 'ADMIN-UAM-400-4', detail: `${target.resourceId} is not licensed` };
  return undefined;
}

/**
 * Why a user cannot be given a role on a product: not in its directory, suspended there or deactivated, or no seat left.
 */
export function refusalOfUserGrant(
  state: FakeState,
  accountId: AtlassianAccountId,
  target: RoleTarget,
  roleId: string,
): Refused | undefined {
  const directoryId = target.workspaces[0]?.orgDirectoryId;
  const membership = directoryId === undefined ? undefined : state.membership(directoryId, accountId);
  if (directoryId !== undefined && membership === undefined)
    return { code: 'ADMIN-UAM-404-3', detail: 'User not found in the directory of the resource' };
  if (membership?.status === 'suspended' || state.accounts.get(accountId)?.status !== 'active')
    return { code: 'ADMIN-UAM-400-2', detail: 'The user is not active' };
  return refusalForSeats(state, [accountId], target, roleId);
}

/** Why so many people cannot be given a role: it takes seats, and too few are left. */
export function refusalForSeats(
  state: FakeState,
  accountIds: readonly AtlassianAccountId[],
  target: RoleTarget,
  roleId: string,
): Refused | undefined {
  if (!isBillable(roleId)) return undefined;
  const full = target.workspaces.find((workspace) => !hasSeatsFor(state, workspace, accountIds));
  return full === undefined
    ? undefined
    : { code: 'ADMIN-UAM-409-3', detail: `The user limit of ${full.type} is reached` };
}

/** Gives a role. Returns whether it was new. */
export function grantRole(state: FakeState, binding: RoleBinding): boolean {
  if (state.roleBindings.has(bindingKey(binding))) return false;
  state.roleBindings.put(binding);
  return true;
}

/** Takes a role away. Returns whether it was held by this very principal. */
export function revokeRole(state: FakeState, binding: RoleBinding): boolean {
  return state.roleBindings.delete(bindingKey(binding)) !== undefined;
}

/** The holder of a role as a principal. */
export function userPrincipal(accountId: AtlassianAccountId): RolePrincipal & { readonly type: 'user' } {
  return { type: 'user', id: accountId };
}
