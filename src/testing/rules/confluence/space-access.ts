import type { Account } from '../../state/account-rows.js';
import type {
  ConfluenceMode,
  SpacePermissionRow,
  SpacePrincipal,
  SpaceRoleAssignmentRow,
  SpaceRow,
} from '../../state/confluence-rows.js';
import { adminKeyKey, spaceKey } from '../../state/confluence-state.js';
import type { FakeState } from '../../state/fake-state.js';
import type { Workspace } from '../../state/organization-rows.js';
import { levelOf, type ConfluenceLevel } from './confluence-people.js';
import { EVERYTHING, READ } from './space-operations.js';
import { rolesOf } from './space-roles.js';

/** Somebody who calls Confluence. */
export interface ConfluenceCaller {
  /** `undefined` for nobody. */
  readonly account: Account | undefined;
  readonly level: ConfluenceLevel | undefined;
  /** Whether an admin key of theirs counts for this request. */
  readonly hasAdminKey: boolean;
  /** What they hold things in spaces as, each as `type:id`. */
  readonly principals: ReadonlySet<string>;
}

/** The caller of a request, who says whether to use an admin key. */
export function confluenceCaller(
  state: FakeState,
  product: Workspace,
  account: Account | undefined,
  usesAdminKey: boolean,
): ConfluenceCaller {
  const level = account && levelOf(state, product, account);
  const principals = new Set<string>();
  if (state.confluence.settingsOf(product.cloudId).anonymousAccess) principals.add('access-class:anonymous-users');
  if (account !== undefined) {
    principals.add('access-class:authenticated-users');
    if (level !== undefined) {
      principals.add(`user:${account.accountId}`);
      for (const groupId of state.groupMembers.groupsOf(account.accountId)) principals.add(`group:${groupId}`);
    }
    if (level === 'user' || level === 'admin') principals.add('access-class:all-licensed-users');
    if (level === 'admin') principals.add('access-class:all-product-admins');
  }
  const key = account && state.confluence.adminKeys.get(adminKeyKey({ ...product, accountId: account.accountId }));
  const hasAdminKey = usesAdminKey && key !== undefined && key.expiresAt > state.clock.now();
  return { account, level, hasAdminKey, principals };
}

/** Whether classic permissions count in this mode. */
export function countsPermissions(mode: ConfluenceMode): boolean {
  return mode !== 'ROLES';
}

/** Whether roles count in this mode. */
export function countsRoles(mode: ConfluenceMode): boolean {
  return mode === 'ROLES' || mode === 'ROLES_TRANSITION';
}

/** The classic permissions of a space, but for those of groups that there are no more. */
export function permissionsOf(state: FakeState, spaceId: string): SpacePermissionRow[] {
  return state.confluence.permissions.findAll('spaceId', spaceId).filter(({ principal }) => isThere(state, principal));
}

/** The role assignments of a space, but for those of groups that there are no more. */
export function assignmentsOf(state: FakeState, spaceId: string): SpaceRoleAssignmentRow[] {
  return state.confluence.assignments.findAll('spaceId', spaceId).filter(({ principal }) => isThere(state, principal));
}

/** What a caller may do in a space, by the mode of its site. */
export function operationsIn(state: FakeState, space: SpaceRow, caller: ConfluenceCaller): ReadonlySet<string> {
  if (caller.hasAdminKey) return new Set(EVERYTHING);
  const { mode } = state.confluence.settingsOf(space.cloudId);
  const holds = ({ principal }: { readonly principal: SpacePrincipal }): boolean =>
    caller.principals.has(`${principal.type}:${principal.id}`);
  const operations = new Set<string>();
  if (countsPermissions(mode))
    for (const row of permissionsOf(state, space.id)) if (holds(row)) operations.add(row.operation);
  if (countsRoles(mode)) {
    const held = new Set(
      assignmentsOf(state, space.id)
        .filter(holds)
        .map(({ roleId }) => roleId),
    );
    if (held.size > 0)
      for (const { id, permissions } of rolesOf(state, space.cloudId))
        if (held.has(id)) for (const operation of permissions) operations.add(operation);
  }
  return operations;
}

/** Whether a caller may see a space. */
export function canView(state: FakeState, space: SpaceRow, caller: ConfluenceCaller): boolean {
  return operationsIn(state, space, caller).has(READ);
}

/** A space of a site by its key, in whatever case. */
export function findSpace(state: FakeState, cloudId: string, key: string): SpaceRow | undefined {
  return state.confluence.spaces.find('key', spaceKey(cloudId, key));
}

function isThere(state: FakeState, { type, id }: SpacePrincipal): boolean {
  return type !== 'group' || state.groups.has(id);
}
