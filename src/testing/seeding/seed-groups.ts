import type { OrgDirectoryId, OrgGroupId, ScimDirectoryId } from '../../model/ids.js';
import { joinDirectory, SYNCED_GROUP_ACCESS } from '../rules/group-mirror.js';
import { changeMembers, createScimGroup } from '../rules/scim-groups.js';
import { scimKey, type FakeState } from '../state/fake-state.js';
import type { Account, OrgGroup } from '../state/account-rows.js';
import type { ScimGroupRow } from '../state/scim-rows.js';
import type { SeedWorld } from './seed-world.js';

/** A group to add. */
export interface GroupSeed {
  readonly name: string;
  /**
   * - `synced` (default): a SCIM group, and its mirror in the organization, which only SCIM writes
   * - `local`: of the organization alone
   * - `foreign`: synced by a directory that the fake has no SCIM side of; nothing writes it
   * - `scim-only`: a SCIM group that never reached the organization
   */
  readonly origin?: 'synced' | 'local' | 'foreign' | 'scim-only';
  /** Email addresses of its members, who exist. */
  readonly members?: readonly string[];
  readonly description?: string;
  /** Default: as its origin has it. */
  readonly managedBy?: 'external' | 'admins' | 'team-members' | 'open';
  /** Default: as its origin has it. `{ deletable: false }` makes a built-in group. */
  readonly access?: { readonly readable?: boolean; readonly modifiable?: boolean; readonly deletable?: boolean };
  readonly type?: 'GROUP' | 'TEAM' | 'USERBASE_GROUP';
  /** SCIM directory of a synced group. Default: the one the fake starts with. */
  readonly directoryId?: ScimDirectoryId;
  /** Directory of a local or foreign group. Default: the one the fake starts with. */
  readonly orgDirectoryId?: OrgDirectoryId;
}

/** Ids of an added group: each absent on a side that it is not on. */
export interface SeededGroupIds {
  readonly scimGroupId?: ScimGroupRow['id'];
  readonly orgGroupId?: OrgGroupId;
}

/** Adds a group with its members. A local group may have a name that another group has: organizations do. */
export function addGroup(world: SeedWorld, seed: GroupSeed): SeededGroupIds {
  const { origin = 'synced', name } = seed;
  if (origin === 'local' || origin === 'foreign') return { orgGroupId: addOrgGroup(world, seed, origin).id };

  const { state } = world;
  const directoryId = seed.directoryId ?? world.scimDirectoryId;
  if (state.scimGroups.count('displayName', scimKey(directoryId, name.toLowerCase())) > 0)
    throw new Error(`The fake has a SCIM group "${name}" already`);
  const group = createScimGroup(world, directoryId, {
    displayName: name,
    memberIds: (seed.members ?? []).map((email) => scimUserIdOf(state, directoryId, email)),
    propagates: origin === 'synced',
  });
  const mirror = group.orgGroupId === undefined ? undefined : state.groups.get(group.orgGroupId);
  if (mirror !== undefined) state.groups.put({ ...mirror, ...overrides(seed, mirror) });
  return { scimGroupId: group.id, ...(mirror !== undefined && { orgGroupId: mirror.id }) };
}

function addOrgGroup(world: SeedWorld, seed: GroupSeed, origin: 'local' | 'foreign'): OrgGroup {
  const { state } = world;
  const group: OrgGroup = {
    id: state.ids.next('orgGroup') as OrgGroupId,
    directoryId: seed.orgDirectoryId ?? world.orgDirectoryId,
    name: seed.name,
    description: null,
    origin,
    managedBy: origin === 'local' ? 'admins' : 'external',
    access: origin === 'local' ? { readable: true, modifiable: true, deletable: true } : SYNCED_GROUP_ACCESS,
    type: 'GROUP',
    createdAt: state.clock.now(),
  };
  state.groups.put({ ...group, ...overrides(seed, group) });
  for (const email of seed.members ?? []) {
    const { accountId } = requireAccount(state, email);
    joinDirectory(state, group.directoryId, accountId);
    state.groupMembers.add(group.id, accountId);
  }
  return group;
}

function overrides(seed: GroupSeed, group: OrgGroup): Partial<OrgGroup> {
  return {
    ...(seed.description !== undefined && { description: seed.description }),
    ...(seed.managedBy !== undefined && { managedBy: seed.managedBy }),
    ...(seed.type !== undefined && { type: seed.type }),
    access: { ...group.access, ...seed.access },
  };
}

/** Puts a person into groups by name: into the synced group through SCIM, into another one directly. */
export function joinGroups(world: SeedWorld, email: string, names: readonly string[]): void {
  const { state, scimDirectoryId } = world;
  for (const name of names) {
    const scimGroup = state.scimGroups.find('displayName', scimKey(scimDirectoryId, name.toLowerCase()));
    const orgGroup = state.groups.find('name', name.toLowerCase());
    if (scimGroup !== undefined && state.scimUsers.count('email', email.toLowerCase()) > 0)
      changeMembers(world, scimGroup, new Map([[scimUserIdOf(state, scimGroup.directoryId, email), true]]));
    else if (orgGroup !== undefined) state.groupMembers.add(orgGroup.id, requireAccount(state, email).accountId);
    else throw new Error(`The fake has no group "${name}" for ${email} to join: add it first`);
  }
}

/** The account that holds an address; throws when there is none. */
export function requireAccount(state: FakeState, email: string): Account {
  const account = state.accountByEmail(email);
  if (account === undefined) throw new Error(`The fake has no account with ${email}: add it first`);
  return account;
}

function scimUserIdOf(state: FakeState, directoryId: ScimDirectoryId, email: string): string {
  const user = state.scimUsers.findAll('email', email.toLowerCase()).find((row) => row.directoryId === directoryId);
  if (user === undefined) throw new Error(`The fake has no SCIM user with ${email}: add it with addUser first`);
  return user.id;
}
