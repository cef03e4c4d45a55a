import type { SpacePermissionRow, SpacePrincipal, SpaceRow } from '../../state/confluence-rows.js';
import type { FakeState } from '../../state/fake-state.js';
import { permissionsOf } from './space-access.js';
import { ADMINISTER, READ, SPACE_OPERATIONS } from './space-operations.js';

/** Why a classic permission cannot be added, or `undefined`. */
export function refusalOfPermission(
  state: FakeState,
  space: SpaceRow,
  principal: SpacePrincipal,
  operation: string,
): string | undefined {
  if (!SPACE_OPERATIONS.has(operation)) return `The operation ${operation.replace('/', ' on ')} is not supported`;
  const held = operationsOf(state, space.id, principal);
  if (held.has(operation)) return 'Permission already exists for the subject';
  return operation === READ || held.has(READ)
    ? undefined
    : 'The subject needs the permission to read the space before any other';
}

/** Adds a classic permission. */
export function addPermission(
  state: FakeState,
  spaceId: string,
  principal: SpacePrincipal,
  operation: string,
): SpacePermissionRow {
  const number = Number.parseInt(state.ids.next('spacePermission').slice(-12), 16);
  const row: SpacePermissionRow = { id: String(1_463_877_000 + number), spaceId, principal, operation };
  state.confluence.permissions.put(row);
  return row;
}

/** Why a classic permission cannot be removed, or `undefined`. */
export function refusalOfRemoval(state: FakeState, row: SpacePermissionRow): string | undefined {
  const left = remaining(state, row);
  return left.some(({ operation }) => operation === ADMINISTER) ||
    !permissionsOf(state, row.spaceId).some(({ operation }) => operation === ADMINISTER)
    ? undefined
    : 'A space needs somebody who administers it';
}

/** Removes a classic permission; that of reading the space takes all others of its principal along. */
export function removePermission(state: FakeState, row: SpacePermissionRow): void {
  const left = new Set(remaining(state, row).map(({ id }) => id));
  for (const { id } of permissionsOf(state, row.spaceId)) if (!left.has(id)) state.confluence.permissions.delete(id);
}

function remaining(state: FakeState, row: SpacePermissionRow): SpacePermissionRow[] {
  return permissionsOf(state, row.spaceId).filter((other) =>
    row.operation === READ ? !isSame(other.principal, row.principal) : other.id !== row.id,
  );
}

function operationsOf(state: FakeState, spaceId: string, principal: SpacePrincipal): ReadonlySet<string> {
  return new Set(
    permissionsOf(state, spaceId)
      .filter((row) => isSame(row.principal, principal))
      .map(({ operation }) => operation),
  );
}

function isSame(a: SpacePrincipal, b: SpacePrincipal): boolean {
  return a.type === b.type && a.id === b.id;
}
