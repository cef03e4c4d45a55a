import type { OrgGroupId, ScimDirectoryId, ScimGroupId } from '../../model/ids.js';
import { scimKey, type FakeState } from '../state/fake-state.js';
import type { ScimGroupRow } from '../state/scim-rows.js';
import { propagateMember } from './group-mirror.js';
import type { ProvisioningWorld } from './provisioning-world.js';
import { scimTimestamp } from './scim-timestamp.js';

/** Groups that no identity provider can take over. */
const RESERVED_NAME = /^(?:org-admins|site-admins|(?:jira|confluence)-users-.*)$/u;

/**
 * How a name stands in the way of a new SCIM group.
 *
 * - `directory`: another group of the directory has it
 * - `organization`: a group of the organization has it that this directory does not own
 * - `reserved`: a built-in group, existing or not
 */
export type GroupNameConflict = 'directory' | 'organization' | 'reserved';

/** Compares without regard to case. */
export function findGroupConflict(
  state: FakeState,
  directoryId: ScimDirectoryId,
  displayName: string,
): GroupNameConflict | undefined {
  const name = displayName.toLowerCase();
  if (state.scimGroups.count('displayName', scimKey(directoryId, name)) > 0) return 'directory';
  if (RESERVED_NAME.test(name)) return 'reserved';
  // The mirror of a SCIM group that is gone is on its way out, and stands in nobody's way.
  const inTheWay = state.groups
    .findAll('name', name)
    .some((group) => group.scimGroupId === undefined || state.scimGroups.has(group.scimGroupId));
  return inTheWay ? 'organization' : undefined;
}

/** A new SCIM group. */
export interface NewScimGroup {
  readonly displayName: string;
  readonly externalId?: string;
  readonly memberIds: Iterable<string>;
  /** False for one that is accepted and never reaches the organization, until an admin resolves the name. */
  readonly propagates: boolean;
}

/** Adds a group, which appears in the organization after the lag of the mirror. */
export function createScimGroup(
  world: ProvisioningWorld,
  directoryId: ScimDirectoryId,
  { displayName, externalId, memberIds, propagates }: NewScimGroup,
): ScimGroupRow {
  const { state, propagate } = world;
  const now = scimTimestamp(state.clock.now());
  const group: ScimGroupRow = {
    id: state.ids.next('scimGroup') as ScimGroupId,
    directoryId,
    displayName,
    ...(externalId !== undefined && { externalId }),
    ...(propagates && { orgGroupId: state.ids.next('orgGroup') as OrgGroupId }),
    created: now,
    lastModified: now,
  };
  state.scimGroups.put(group);
  if (group.orgGroupId === undefined)
    state.log({
      scimDirectoryId: directoryId,
      scimGroupId: group.id,
      message: `Failed to create group of name ${displayName} for OrgId ${state.organization.id} due to existing group with same name in organization`,
    });
  else propagate({ type: 'mirror-group', scimGroupId: group.id, orgGroupId: group.orgGroupId });
  changeMembers(world, group, new Map([...memberIds].map((id) => [id, true])));
  return group;
}

/**
 * Puts users into a group (`true`) and takes them out (`false`). Asking for what is so already changes nothing in the
 * directory; a member who is in already is told to the organization again, which brings one back who was lost there.
 */
export function changeMembers(
  world: ProvisioningWorld,
  group: ScimGroupRow,
  changes: ReadonlyMap<string, boolean>,
): void {
  const { state, propagate } = world;
  for (const [userId, wanted] of changes) {
    const user = state.scimUsers.get(userId);
    if (wanted) {
      state.scimMembers.add(group.id, userId);
      if (user !== undefined) propagateMember(propagate, group, user);
    } else if (state.scimMembers.remove(group.id, userId)) {
      if (group.orgGroupId !== undefined && user?.accountId !== undefined)
        propagate({ type: 'unmirror-member', orgGroupId: group.orgGroupId, accountId: user.accountId });
    }
  }
}

/** Deletes a group, and with it the one in the organization and every access it gave. */
export function deleteScimGroup({ state, propagate }: ProvisioningWorld, group: ScimGroupRow): void {
  state.scimMembers.dropGroup(group.id);
  state.scimGroups.delete(group.id);
  if (group.orgGroupId !== undefined) propagate({ type: 'unmirror-group', orgGroupId: group.orgGroupId });
}
