import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { RoleBinding } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';
import type { Workspace } from '../state/organization-rows.js';
import { isActiveIn, resourcesReaching } from './resources.js';
import { isBillable } from './role-catalogue.js';

/**
 * Accounts that take a seat of a product: those that can use it and hold a billable role on it, directly or through a
 * group. A suspended person and a deactivated account take none.
 */
export function seatHolders(state: FakeState, workspace: Workspace): Set<AtlassianAccountId> {
  const holders = new Set<AtlassianAccountId>();
  for (const binding of billableBindings(state, workspace)) {
    for (const accountId of accountsOf(state, binding)) {
      if (isActiveIn(state, workspace.orgDirectoryId, accountId)) holders.add(accountId);
    }
  }
  return holders;
}

/**
 * Whether the product has a seat for each of these accounts, once they hold a billable role on it. Those that have a seat
 * already need no other.
 *
 * Counting is put off while even the sum of all members cannot reach the limit: a large group costs nothing until then.
 */
export function hasSeatsFor(
  state: FakeState,
  workspace: Workspace,
  accountIds: readonly AtlassianAccountId[],
): boolean {
  const { capacity } = workspace;
  if (capacity === null) return true;
  const comers = accountIds.filter((accountId) => isActiveIn(state, workspace.orgDirectoryId, accountId));
  if (comers.length === 0 || mostSeats(state, workspace) + comers.length <= capacity) return true;

  const holders = seatHolders(state, workspace);
  const before = holders.size;
  for (const accountId of comers) holders.add(accountId);
  // Nobody new: a product that is over its limit already refuses new people only.
  return holders.size === before || holders.size <= capacity;
}

/** Whether one more person than now may take a seat of a product. */
export function hasFreeSeat(state: FakeState, workspace: Workspace): boolean {
  const { capacity } = workspace;
  if (capacity === null || mostSeats(state, workspace) < capacity) return true;
  return seatHolders(state, workspace).size < capacity;
}

/** The products on which one principal holds a billable role. */
export function billableWorkspaces(state: FakeState, bindings: Iterable<RoleBinding>): Workspace[] {
  const resources = new Set<string>();
  for (const { resourceId, roleId } of bindings) if (isBillable(roleId)) resources.add(resourceId);
  if (resources.size === 0) return [];
  return [...state.workspaces.values()].filter((workspace) =>
    resourcesReaching(workspace).some((resourceId) => resources.has(resourceId)),
  );
}

/** The products that membership of a group gives a seat of. */
export function workspacesOfGroup(state: FakeState, groupId: OrgGroupId): Workspace[] {
  return billableWorkspaces(state, state.roleBindings.findAll('principal', `group:${groupId}`));
}

/** No more seats than this can be taken: everyone counted once for each way to a seat. */
function mostSeats(state: FakeState, workspace: Workspace): number {
  let most = 0;
  for (const { principal } of billableBindings(state, workspace))
    most += principal.type === 'user' ? 1 : state.groupMembers.memberCount(principal.id);
  return most;
}

function billableBindings(state: FakeState, workspace: Workspace): RoleBinding[] {
  return resourcesReaching(workspace)
    .flatMap((resourceId) => state.roleBindings.findAll('resourceId', resourceId))
    .filter(({ roleId }) => isBillable(roleId));
}

function accountsOf(state: FakeState, { principal }: RoleBinding): Iterable<AtlassianAccountId> {
  if (principal.type === 'user') return [principal.id];
  return state.groupMembers.membersOf(principal.id) as ReadonlySet<AtlassianAccountId>;
}
