import type { AtlassianAccountId, OrgDirectoryId } from '../../model/ids.js';
import type { DirectoryMembership } from '../state/account-rows.js';
import { bindingKey, membershipKey, principalKey, type FakeState } from '../state/fake-state.js';
import type { Workspace } from '../state/organization-rows.js';
import { bindingsReaching, isOrganizationAdmin, truthOf } from './held-roles.js';
import { forgetInJira } from './jira/jira-projects.js';
import type { Refused } from './refusal-codes.js';
import { directoryOfResource } from './resources.js';
import { billableWorkspaces, hasFreeSeat } from './seats.js';

/** Settings that {@link suspendMember} and {@link restoreMember} depend on. */
export interface SuspensionRules {
  readonly suspendOrgAdmin: 204 | 400;
  readonly repeatedSuspension: 204 | 400;
  readonly restoreWithoutSeat: 409 | 204;
}

/** Takes access and seats away; groups and roles stay for the day of the return. */
export function suspendMember(
  state: FakeState,
  membership: DirectoryMembership,
  rules: SuspensionRules,
): Refused | undefined {
  if (membership.status === 'suspended')
    return rules.repeatedSuspension === 204 ? undefined : { code: 'ADMIN-UAM-400-2', detail: 'The user is suspended' };
  if (rules.suspendOrgAdmin === 400 && isOrganizationAdmin(state, membership.accountId))
    return { code: 'ADMIN-UAM-400-1', detail: 'An organization admin cannot be suspended' };

  state.directoryMemberships.put({ ...membership, status: 'suspended' });
  return undefined;
}

/** Gives access back, with the groups and roles of before; each product they give needs a free seat. */
export function restoreMember(
  state: FakeState,
  membership: DirectoryMembership,
  rules: SuspensionRules,
): Refused | undefined {
  if (membership.status === 'active')
    return rules.repeatedSuspension === 204
      ? undefined
      : { code: 'ADMIN-UAM-400-1', detail: 'The user is not suspended' };

  const isSeated = rules.restoreWithoutSeat === 409 && state.accounts.get(membership.accountId)?.status === 'active';
  const full = isSeated ? productsOf(state, membership).find((workspace) => !hasFreeSeat(state, workspace)) : undefined;
  if (full !== undefined) return { code: 'ADMIN-UAM-409-3', detail: `The user limit of ${full.type} is reached` };

  state.directoryMemberships.put({ ...membership, status: 'active' });
  return undefined;
}

/** Takes a person out of a directory, with the groups and direct roles there. The account stays as it is. */
export function removeMember(state: FakeState, directoryId: OrgDirectoryId, accountId: AtlassianAccountId): void {
  for (const groupId of [...state.groupMembers.groupsOf(accountId)]) {
    if (state.groups.get(groupId)?.directoryId === directoryId) state.groupMembers.remove(groupId, accountId);
  }
  for (const binding of state.roleBindings.findAll('principal', principalKey({ type: 'user', id: accountId }))) {
    if (directoryOfResource(state, binding.resourceId) === directoryId) state.roleBindings.delete(bindingKey(binding));
  }
  forgetInJira(state, { type: 'user', id: accountId });
  state.directoryMemberships.delete(membershipKey({ directoryId, accountId }));
}

function productsOf(state: FakeState, { directoryId, accountId }: DirectoryMembership): Workspace[] {
  return billableWorkspaces(state, bindingsReaching(truthOf(state), accountId)).filter(
    (workspace) => workspace.orgDirectoryId === directoryId,
  );
}
