import type {
  AtlassianAccountId,
  OrgDirectoryId,
  OrgGroupId,
  ScimDirectoryId,
  ScimGroupId,
  ScimUserId,
} from '../../model/ids.js';
import { heldRoles, truthOf } from '../rules/held-roles.js';
import { primaryEmail, principalKey, scimKey, type FakeState } from '../state/fake-state.js';
import type { Account, ExtendedProfile, OrgGroup } from '../state/account-rows.js';
import type { ScimGroupRow, ScimUserAttributes, ScimUserRow } from '../state/scim-rows.js';

/** A user of the SCIM directory, as a plain copy. */
export interface FakeUserView {
  readonly id: ScimUserId;
  readonly directoryId: ScimDirectoryId;
  readonly email: string;
  readonly userName: string;
  readonly active: boolean;
  readonly externalId?: string;
  readonly displayName?: string;
  /** Absent when the record is not linked. */
  readonly accountId?: AtlassianAccountId;
  /** Names of the SCIM groups, sorted. */
  readonly groups: readonly string[];
  /** Everything that was set on it. */
  readonly attributes: ScimUserAttributes;
}

/** A role that an account holds. */
export interface FakeRoleView {
  readonly role: string;
  readonly resourceId: string;
  /** How the account came to it. */
  readonly methods: readonly ('direct' | 'group_direct' | 'inferred')[];
}

/** An Atlassian account, as a plain copy. */
export interface FakeAccountView {
  readonly accountId: AtlassianAccountId;
  readonly email: string;
  readonly name: string;
  readonly nickname: string;
  readonly status: 'active' | 'inactive' | 'closed';
  readonly managed: boolean;
  /** Whether a SCIM record of any directory is linked to it. */
  readonly synced: boolean;
  /** How it is in the organization directory. */
  readonly membership: 'active' | 'suspended' | 'none';
  readonly profile: ExtendedProfile;
  readonly timeZone?: string;
  readonly locale?: string;
  /** Names of all its groups in the organization, synced ones included, sorted. */
  readonly groups: readonly string[];
  readonly roles: readonly FakeRoleView[];
  /** Labels of its API tokens. */
  readonly apiTokens: readonly string[];
  /** ISO 8601 instant at which the scheduled deletion becomes final. */
  readonly forDeletionAt?: string;
}

/** A group, as a plain copy. */
export interface FakeGroupView {
  readonly name: string;
  readonly origin: 'local' | 'synced' | 'foreign' | 'scim-only';
  readonly scimGroupId?: ScimGroupId;
  readonly orgGroupId?: OrgGroupId;
  readonly orgDirectoryId?: OrgDirectoryId;
  readonly description?: string;
  /** Email addresses of the members in the organization, sorted. */
  readonly members: readonly string[];
  /** Email addresses of the members in the SCIM directory, sorted. */
  readonly scimMembers: readonly string[];
  /** Roles that it gives: `atlassian/user on ari:…`. */
  readonly grants: readonly string[];
}

/** Copies a row for a test to look at. */
export function userView(state: FakeState, row: ScimUserRow): FakeUserView {
  const { externalId, displayName, userName, active } = row.attributes;
  const groups = [...state.scimMembers.groupsOf(row.id)].map((id) => state.scimGroups.get(id)?.displayName ?? id);
  return {
    id: row.id,
    directoryId: row.directoryId,
    email: primaryEmail(row) ?? '',
    userName,
    active,
    ...(externalId !== undefined && { externalId }),
    ...(displayName !== undefined && { displayName }),
    ...(row.accountId !== undefined && { accountId: row.accountId }),
    groups: groups.sort(),
    attributes: structuredClone(row.attributes),
  };
}

/** Copies a row, with all that hangs on the account. */
export function accountView(state: FakeState, account: Account): FakeAccountView {
  const { accountId } = account;
  const memberships = state.directoryMemberships.findAll('accountId', accountId);
  const groups = [...state.groupMembers.groupsOf(accountId)].map((id) => state.groups.get(id)?.name ?? id);
  return {
    accountId,
    email: account.email,
    name: account.name,
    nickname: account.nickname,
    status: account.status,
    managed: state.isManaged(account),
    synced: state.isScimLocked(accountId),
    membership: memberships.some(({ status }) => status === 'active') ? 'active' : (memberships[0]?.status ?? 'none'),
    profile: { ...account.profile },
    ...(account.timeZone !== undefined && { timeZone: account.timeZone }),
    ...(account.locale !== undefined && { locale: account.locale }),
    groups: groups.sort(),
    roles: heldRoles(truthOf(state), accountId).map(({ roleId, resourceId, methods }) => ({
      role: roleId,
      resourceId,
      methods,
    })),
    apiTokens: state.apiTokens.findAll('accountId', accountId).map((token) => token.label),
    ...(account.forDeletionAt !== undefined && { forDeletionAt: new Date(account.forDeletionAt).toISOString() }),
  };
}

/** The user with this SCIM id, primary email or `userName`; of the first directory that has one. */
export function findUser(state: FakeState, ref: string): ScimUserRow | undefined {
  const byName = (): ScimUserRow | undefined => {
    for (const directoryId of state.scimDirectories.ids()) {
      const row = state.scimUsers.find('userName', scimKey(directoryId as ScimDirectoryId, ref.toLowerCase()));
      if (row !== undefined) return row;
    }
    return undefined;
  };
  return state.scimUsers.get(ref) ?? state.scimUsers.find('email', ref.toLowerCase()) ?? byName();
}

/** The group with these ids. */
export function groupById(
  state: FakeState,
  ids: { readonly scimGroupId?: ScimGroupId; readonly orgGroupId?: OrgGroupId },
): FakeGroupView {
  const scimGroup = ids.scimGroupId === undefined ? undefined : state.scimGroups.get(ids.scimGroupId);
  return groupView(state, scimGroup, ids.orgGroupId === undefined ? undefined : state.groups.get(ids.orgGroupId));
}

/** The group of a name: the SCIM group and its mirror as one, or the first group of the organization that has it. */
export function findGroup(state: FakeState, name: string): FakeGroupView | undefined {
  const lower = name.toLowerCase();
  for (const directoryId of state.scimDirectories.ids()) {
    const scimGroup = state.scimGroups.find('displayName', scimKey(directoryId as ScimDirectoryId, lower));
    if (scimGroup !== undefined) return groupView(state, scimGroup, mirrorOf(state, scimGroup));
  }
  const orgGroup = state.groups.find('name', lower);
  return orgGroup === undefined ? undefined : groupView(state, undefined, orgGroup);
}

function mirrorOf(state: FakeState, group: ScimGroupRow): OrgGroup | undefined {
  return group.orgGroupId === undefined ? undefined : state.groups.get(group.orgGroupId);
}

function groupView(
  state: FakeState,
  scimGroup: ScimGroupRow | undefined,
  orgGroup: OrgGroup | undefined,
): FakeGroupView {
  const members = orgGroup === undefined ? [] : [...state.groupMembers.membersOf(orgGroup.id)];
  const scimMembers = scimGroup === undefined ? [] : [...state.scimMembers.membersOf(scimGroup.id)];
  const bindings =
    orgGroup === undefined
      ? []
      : state.roleBindings.findAll('principal', principalKey({ type: 'group', id: orgGroup.id }));
  return {
    name: orgGroup?.name ?? scimGroup?.displayName ?? '',
    origin: orgGroup?.origin ?? 'scim-only',
    ...(scimGroup !== undefined && { scimGroupId: scimGroup.id }),
    ...(orgGroup !== undefined && { orgGroupId: orgGroup.id, orgDirectoryId: orgGroup.directoryId }),
    ...(typeof orgGroup?.description === 'string' && { description: orgGroup.description }),
    members: members.map((id) => state.accounts.get(id)?.email ?? id).sort(),
    scimMembers: scimMembers
      .map((id) => {
        const row = state.scimUsers.get(id);
        return (row === undefined ? undefined : primaryEmail(row)) ?? id;
      })
      .sort(),
    grants: bindings.map(({ roleId, resourceId }) => `${roleId} on ${resourceId}`),
  };
}
