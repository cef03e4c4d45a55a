import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId, ScimGroupId } from '../../model/ids.js';
import { bindingKey, principalKey, type FakeState } from '../state/fake-state.js';
import type { PendingEffect } from '../state/pending-effects.js';
import type { ScimGroupRow, ScimUserRow } from '../state/scim-rows.js';
import { forgetInJira } from './jira/jira-projects.js';

/** Flags of a group that an identity provider owns: everyone may read it, and nobody here may change it. */
export const SYNCED_GROUP_ACCESS = { readable: true, modifiable: false, deletable: false } as const;

/** Lets an effect happen in the organization after the lag of the mirror: at once when there is none. */
export type Propagate = (effect: PendingEffect) => void;

/** A SCIM group appears in the organization as a group that only its identity provider edits. */
export function mirrorGroup(state: FakeState, scimGroupId: ScimGroupId, orgGroupId: OrgGroupId): void {
  const group = state.scimGroups.get(scimGroupId);
  const directory = group === undefined ? undefined : state.scimDirectories.get(group.directoryId);
  if (group === undefined || directory === undefined) return;
  state.groups.put({
    id: orgGroupId,
    directoryId: directory.orgDirectoryId,
    name: group.displayName,
    description: null,
    origin: 'synced',
    scimDirectoryId: group.directoryId,
    scimGroupId,
    managedBy: 'external',
    access: SYNCED_GROUP_ACCESS,
    type: 'GROUP',
    createdAt: state.clock.now(),
  });
}

/** Takes a group out of the organization, with its members and every role it gave. */
export function dropOrgGroup(state: FakeState, orgGroupId: OrgGroupId): void {
  state.groupMembers.dropGroup(orgGroupId);
  for (const binding of state.roleBindings.findAll('principal', principalKey({ type: 'group', id: orgGroupId })))
    state.roleBindings.delete(bindingKey(binding));
  forgetInJira(state, { type: 'group', id: orgGroupId });
  state.groups.delete(orgGroupId);
}

/** A synced group gains a member. Whoever is in a synced group is in the directory of that group. */
export function mirrorMember(state: FakeState, orgGroupId: OrgGroupId, accountId: AtlassianAccountId): void {
  const group = state.groups.get(orgGroupId);
  const account = state.accounts.get(accountId);
  if (group === undefined || account === undefined || account.status === 'closed') return;
  joinDirectory(state, group.directoryId, accountId);
  state.groupMembers.add(orgGroupId, accountId);
}

/** A synced group loses a member. */
export function unmirrorMember(state: FakeState, orgGroupId: OrgGroupId, accountId: AtlassianAccountId): void {
  state.groupMembers.remove(orgGroupId, accountId);
}

/** An account joins a directory of the organization, unless it is in it, suspended or not. */
export function joinDirectory(state: FakeState, directoryId: OrgDirectoryId, accountId: AtlassianAccountId): void {
  if (state.membership(directoryId, accountId) !== undefined || !state.accounts.has(accountId)) return;
  state.directoryMemberships.put({ directoryId, accountId, status: 'active', addedAt: state.clock.now() });
}

/** Tells the organization that a user is in a SCIM group. Nothing to tell while the user has no account. */
export function propagateMember(propagate: Propagate, group: ScimGroupRow, user: ScimUserRow): void {
  if (group.orgGroupId === undefined || user.accountId === undefined) return;
  propagate({ type: 'mirror-member', orgGroupId: group.orgGroupId, accountId: user.accountId });
}

/** Tells the organization that an account is in none of the groups that its SCIM user is in. */
export function propagateLossOfGroups(state: FakeState, propagate: Propagate, user: ScimUserRow): void {
  if (user.accountId === undefined) return;
  for (const scimGroupId of state.scimMembers.groupsOf(user.id)) {
    const orgGroupId = state.scimGroups.get(scimGroupId)?.orgGroupId;
    if (orgGroupId !== undefined) propagate({ type: 'unmirror-member', orgGroupId, accountId: user.accountId });
  }
}
