import type { ScimDirectoryId } from '../../model/ids.js';
import type { FakeState } from '../state/fake-state.js';

/**
 * Takes a SCIM directory away, as deleting the provisioning configuration does: its users and groups are gone, accounts
 * stay as they are and are no longer locked, and synced groups become local ones with their members.
 */
export function endProvisioning(state: FakeState, directoryId: ScimDirectoryId): void {
  for (const id of [...state.scimUsers.idsBy('directoryId', directoryId)]) {
    state.scimMembers.dropMember(id);
    state.scimUsers.delete(id);
  }
  for (const id of [...state.scimGroups.idsBy('directoryId', directoryId)]) {
    const orgGroupId = state.scimGroups.delete(id)?.orgGroupId;
    const group = orgGroupId === undefined ? undefined : state.groups.get(orgGroupId);
    if (group === undefined) continue;
    const { scimDirectoryId: _directory, scimGroupId: _group, ...rest } = group;
    const access = { readable: true, modifiable: true, deletable: true };
    state.groups.put({ ...rest, origin: 'local', managedBy: 'admins', access });
  }
  for (const key of [...state.keys.values()])
    if (key.scimDirectoryId === directoryId) state.keys.put({ ...key, revoked: true });
  state.scimDirectories.delete(directoryId);
}
