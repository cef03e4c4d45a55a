import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId } from '../../model/ids.js';
import type { OrgGroup } from '../state/account-rows.js';
import { principalKey, type FakeState } from '../state/fake-state.js';
import { ORGANIZATION_ADMIN } from './role-catalogue.js';
import type { Refused } from './refusal-codes.js';
import { hasSeatsFor, workspacesOfGroup } from './seats.js';

/** Settings that writes on groups depend on. */
export interface GroupRules {
  readonly readdMember: 204 | 409;
  readonly addInactiveMember: 204 | 400;
  readonly lockedGroup: 403 | 400;
  readonly orgAdminGroupLocked: boolean;
}

/** Names that belong to groups of Atlassian's own. */
const DEFAULT_GROUP_NAMES: ReadonlySet<string> = new Set(['org-admins', 'site-admins', 'administrators']);
const FULL_ACCESS = { readable: true, modifiable: true, deletable: true } as const;

/** Why a group of that name cannot be created: Atlassian has one, or the directory has, in whatever case. */
export function refusalOfGroupName(state: FakeState, directoryId: OrgDirectoryId, name: string): Refused | undefined {
  if (state.groups.findAll('name', name.toLowerCase()).some((group) => group.directoryId === directoryId))
    return { code: 'ADMIN-UAM-409-2', detail: 'A group with this name already exists' };
  return DEFAULT_GROUP_NAMES.has(name.toLowerCase())
    ? { code: 'ADMIN-UAM-409-1', detail: 'The name belongs to a default group' }
    : undefined;
}

/** Creates a group that the organization edits itself. */
export function createLocalGroup(
  state: FakeState,
  group: Pick<OrgGroup, 'directoryId' | 'name' | 'description'>,
): OrgGroup {
  const created: OrgGroup = {
    ...group,
    id: state.ids.next('orgGroup') as OrgGroupId,
    origin: 'local',
    managedBy: 'admins',
    access: FULL_ACCESS,
    type: 'GROUP',
    createdAt: state.clock.now(),
  };
  state.groups.put(created);
  return created;
}

/** Why the members of a group cannot be written: an identity provider owns them, or Atlassian does. */
export function refusalOfEdit({ access, origin }: OrgGroup, { lockedGroup }: GroupRules): Refused | undefined {
  if (access.modifiable) return undefined;
  const detail =
    origin === 'local'
      ? 'The members of this group cannot be changed'
      : 'The group is synced: manage it in your identity provider';
  return { code: lockedCode(lockedGroup), detail };
}

/** Why a group cannot be deleted. */
export function refusalOfDeletion({ access }: OrgGroup, { lockedGroup }: GroupRules): Refused | undefined {
  return access.deletable ? undefined : { code: lockedCode(lockedGroup), detail: 'The group cannot be deleted' };
}

/** Why a person of the directory cannot be added to a group. Being in it already is no reason here. */
export function refusalOfMember(
  state: FakeState,
  group: OrgGroup,
  accountId: AtlassianAccountId,
  rules: GroupRules,
): Refused | undefined {
  if (rules.orgAdminGroupLocked && givesOrganizationAdmin(state, group.id))
    return { code: 'ADMIN-UAM-403-1', detail: 'Members of this group do not become organization admins any more' };
  if (state.groupMembers.has(group.id, accountId))
    return rules.readdMember === 204
      ? undefined
      : { code: 'ADMIN-UAM-409-2', detail: 'The user is already a member of the group' };
  if (rules.addInactiveMember === 400 && state.accounts.get(accountId)?.status !== 'active')
    return { code: 'ADMIN-UAM-400-2', detail: 'The account is deactivated' };
  const full = workspacesOfGroup(state, group.id).find((workspace) => !hasSeatsFor(state, workspace, [accountId]));
  return full === undefined
    ? undefined
    : { code: 'ADMIN-UAM-409-3', detail: `The user limit of ${full.type} is reached` };
}

function givesOrganizationAdmin(state: FakeState, groupId: OrgGroupId): boolean {
  return state.roleBindings
    .findAll('principal', principalKey({ type: 'group', id: groupId }))
    .some(({ roleId }) => roleId === ORGANIZATION_ADMIN);
}

function lockedCode(lockedGroup: GroupRules['lockedGroup']): Refused['code'] {
  return lockedGroup === 403 ? 'ADMIN-UAM-403-1' : 'ADMIN-UAM-400-1';
}
