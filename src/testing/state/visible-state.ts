import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId } from '../../model/ids.js';
import type { Account, DirectoryMembership, OrgGroup, RoleBinding, RolePrincipal } from './account-rows.js';
import { membershipKey, principalKey, type FakeState } from './fake-state.js';

/** How far reads of the organization trail behind the writes, in milliseconds. All zero unless set. */
export interface FakeLags {
  /** From a SCIM write until the organization has the user in its directory, the group and its members. */
  readonly scimMirrorMs: number;
  /** Reads of accounts and of directory memberships (status, suspension). */
  readonly accountReadMs: number;
  /** Reads of who is in which group. */
  readonly groupMemberReadMs: number;
  /** Reads of role assignments. */
  readonly roleReadMs: number;
  /** From the creation of a group until a search or a list finds it. Reading it by id works at once. */
  readonly groupSearchMs: number;
}

/** No lag at all. */
export const NO_LAGS: FakeLags = {
  scimMirrorMs: 0,
  accountReadMs: 0,
  groupMemberReadMs: 0,
  roleReadMs: 0,
  groupSearchMs: 0,
};

/**
 * The state as reads of the Organizations API show it, which may trail behind the truth.
 *
 * For answers to reads only. A rule that decides about a write looks at the {@link FakeState} itself.
 */
export class VisibleState {
  readonly #state: FakeState;
  readonly #lags: FakeLags;
  /** Reads are not behind anything that was written before this instant: `flush` sets it. */
  #caughtUpAt = -Infinity;

  constructor(state: FakeState, lags: FakeLags) {
    this.#state = state;
    this.#lags = lags;
  }

  account(accountId: AtlassianAccountId): Account | undefined {
    return this.#row(this.#state.accounts.get(accountId), accountId, this.#state.accounts, this.#lags.accountReadMs);
  }

  membership(directoryId: OrgDirectoryId, accountId: AtlassianAccountId): DirectoryMembership | undefined {
    const key = membershipKey({ directoryId, accountId });
    const { directoryMemberships } = this.#state;
    return this.#row(directoryMemberships.get(key), key, directoryMemberships, this.#lags.accountReadMs);
  }

  /** The directory memberships of an account. */
  membershipsOf(accountId: AtlassianAccountId): DirectoryMembership[] {
    const memberships: DirectoryMembership[] = [];
    for (const directoryId of this.#state.orgDirectories.ids()) {
      const membership = this.membership(directoryId as OrgDirectoryId, accountId);
      if (membership !== undefined) memberships.push(membership);
    }
    return memberships;
  }

  /** Whether a search or a list finds the group yet. */
  isListed(group: OrgGroup): boolean {
    const listedAt = group.createdAt + this.#lags.groupSearchMs;
    return listedAt <= this.#state.clock.now() || group.createdAt <= this.#caughtUpAt;
  }

  /** Whether reads of group members trail: then the same rows look different as time passes. */
  get membersTrail(): boolean {
    return this.#lags.groupMemberReadMs > 0;
  }

  membersOf(groupId: OrgGroupId): ReadonlySet<string> {
    const { groupMembers } = this.#state;
    const lagMs = this.#lags.groupMemberReadMs;
    return lagMs === 0 ? groupMembers.membersOf(groupId) : groupMembers.membersAt(groupId, this.#instant(lagMs));
  }

  groupsOf(accountId: AtlassianAccountId): ReadonlySet<string> {
    const { groupMembers } = this.#state;
    const lagMs = this.#lags.groupMemberReadMs;
    return lagMs === 0 ? groupMembers.groupsOf(accountId) : groupMembers.groupsAt(accountId, this.#instant(lagMs));
  }

  /** The roles that a user holds directly, or that a group gives to its members. */
  bindingsOf(principal: RolePrincipal): RoleBinding[] {
    const key = principalKey(principal);
    return this.#bindings('principal', key, (row) => principalKey(row.principal) === key);
  }

  /** The roles that users and groups hold on a resource. */
  bindingsOn(resourceId: string): RoleBinding[] {
    return this.#bindings('resourceId', resourceId, (row) => row.resourceId === resourceId);
  }

  /** Makes every read see all that has been written up to now. */
  flush(): void {
    this.#caughtUpAt = this.#state.clock.now();
  }

  /** Forgets a flush: for restoring a snapshot. */
  reset(): void {
    this.#caughtUpAt = -Infinity;
  }

  #bindings(index: 'principal' | 'resourceId', key: string, matches: (row: RoleBinding) => boolean): RoleBinding[] {
    const rows = this.#state.roleBindings.findAll(index, key);
    const lagMs = this.#lags.roleReadMs;
    if (lagMs === 0) return rows;
    const changes = this.#state.roleBindings.changedSince(this.#instant(lagMs));
    if (changes.size === 0) return rows;
    const now = new Set(rows);
    for (const [id, earlier] of changes) {
      const current = this.#state.roleBindings.get(id);
      if (current !== undefined) now.delete(current);
      if (earlier !== undefined && matches(earlier)) now.add(earlier);
    }
    return [...now];
  }

  #row<Row>(
    current: Row | undefined,
    key: string,
    table: { changedSince(instant: number): Map<string, Row | undefined> },
    lagMs: number,
  ): Row | undefined {
    if (lagMs === 0) return current;
    const changes = table.changedSince(this.#instant(lagMs));
    return changes.has(key) ? changes.get(key) : current;
  }

  #instant(lagMs: number): number {
    return Math.max(this.#state.clock.now() - lagMs, this.#caughtUpAt);
  }
}
