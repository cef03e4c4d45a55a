import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { RoleBinding, RolePrincipal } from '../state/account-rows.js';
import { principalKey, type FakeState } from '../state/fake-state.js';
import { ORGANIZATION_ADMIN } from './role-catalogue.js';

/** Where roles and group memberships are read: the truth, or what reads show of it. */
export interface RoleSource {
  readonly bindingsOf: (principal: RolePrincipal) => RoleBinding[];
  readonly groupsOf: (accountId: AtlassianAccountId) => ReadonlySet<string>;
}

/** How a user comes to hold a role. */
type RoleMethod = 'direct' | 'group_direct' | 'inferred';

/** A role that a user holds on a resource, and every way the user came to it. */
export interface HeldRole {
  readonly resourceId: string;
  readonly roleId: string;
  readonly methods: readonly RoleMethod[];
}

/** The truth as a source of roles. */
export function truthOf(state: FakeState): RoleSource {
  return {
    bindingsOf: (principal) => state.roleBindings.findAll('principal', principalKey(principal)),
    groupsOf: (accountId) => state.groupMembers.groupsOf(accountId),
  };
}

/** The bindings that reach a user: those of the user, and those of the user's groups. */
export function* bindingsReaching(source: RoleSource, accountId: AtlassianAccountId): Generator<RoleBinding> {
  yield* source.bindingsOf({ type: 'user', id: accountId });
  for (const groupId of source.groupsOf(accountId)) {
    yield* source.bindingsOf({ type: 'group', id: groupId as OrgGroupId });
  }
}

/** The roles of a user, one entry for each role on each resource. */
export function heldRoles(source: RoleSource, accountId: AtlassianAccountId): HeldRole[] {
  const roles = new Map<string, { resourceId: string; roleId: string; methods: Set<RoleMethod> }>();
  for (const { principal, resourceId, roleId } of bindingsReaching(source, accountId)) {
    const key = `${resourceId}\n${roleId}`;
    const held = roles.get(key) ?? { resourceId, roleId, methods: new Set<RoleMethod>() };
    held.methods.add(principal.type === 'user' ? 'direct' : 'group_direct');
    roles.set(key, held);
  }
  return [...roles.values()].map((held) => ({ ...held, methods: [...held.methods] }));
}

/** Whether the account administers the organization, by itself or through a group. */
export function isOrganizationAdmin(state: FakeState, accountId: AtlassianAccountId): boolean {
  for (const { roleId } of bindingsReaching(truthOf(state), accountId)) if (roleId === ORGANIZATION_ADMIN) return true;
  return false;
}
