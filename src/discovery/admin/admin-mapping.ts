import type { ManagedUser } from '../../clients/admin/managed-user.js';
import type { OrgGroup } from '../../clients/admin/org-group.js';
import type { OrgUser } from '../../clients/admin/org-user.js';
import type { Organization } from '../../clients/admin/organization.js';
import { present } from '../../model/present.js';
import type { GroupRoleAssignment, UserRoleAssignment } from '../../clients/admin/role-assignment.js';
import type { ScimUser } from '../../clients/scim/scim-user.js';
import { isReadOnly, isSynced } from '../../identity/group-origin.js';
import type {
  AdminGroup,
  AdminRoleAssignment,
  AdminTenant,
  AdminUser,
  ScimRecord,
} from '../entities/admin-entities.js';
import type { Principal } from '../entities/principal.js';

/** The organization. */
export function toTenant({ id, name }: Organization): AdminTenant {
  return { type: 'admin.tenant', id, ...(name !== undefined && { name }) };
}

/** A person, with what the list of managed accounts adds and, of one who is deactivated, since when. */
export function toAdminUser(user: OrgUser, managed?: Pick<ManagedUser, 'billable'>, deactivatedAt?: string): AdminUser {
  return {
    type: 'admin.user',
    id: user.accountId,
    ...present({
      email: user.email,
      name: user.name,
      nickname: user.nickname,
      accountType: user.accountType,
      accountStatus: user.accountStatus,
      userType: user.claimStatus,
      membershipStatus: user.membershipStatus,
      status: user.status,
      managementSource: user.managementSource,
      mfaEnabled: user.mfaEnabled,
      emailVerified: user.emailVerified,
      jobTitle: user.jobTitle,
      department: user.department,
      organization: user.organization,
      location: user.location,
      timezone: user.timezone,
      addedAt: user.addedToOrgAt,
      deactivatedAt: deactivatedAt ?? user.deactivatedAt,
      platformRoles: user.platformRoles,
      billable: managed?.billable,
      productAccess: user.productAccess?.map(({ key, resourceId, lastActiveAt }) =>
        present({ product: key, resourceId, lastActiveAt }),
      ),
      groupIds: user.groups?.map(({ id }) => id),
    }),
  };
}

/** A group, and who may write its members. */
export function toAdminGroup(group: OrgGroup): AdminGroup {
  return {
    type: 'admin.group',
    id: group.id,
    name: group.name,
    ...originOf(group),
    ...present({
      description: group.description,
      directoryId: group.directoryId,
      managedBy: group.managedBy,
      memberCount: group.userCount,
    }),
  };
}

function originOf(group: OrgGroup): Pick<AdminGroup, 'origin' | 'writableBy'> {
  const { externalSynced, managedBy, managementAccess } = group;
  if (isSynced(group)) return { origin: 'synced', writableBy: 'scim' };
  if (isReadOnly(group)) return { origin: 'local', writableBy: 'nobody' };
  const told = externalSynced ?? managedBy ?? managementAccess?.modifiable;
  return told === undefined
    ? { origin: 'unknown', writableBy: 'unknown' }
    : { origin: 'local', writableBy: 'organization' };
}

const METHODS = new Map([
  ['direct', 'direct'],
  ['group_direct', 'group'],
  ['inferred', 'inferred'],
]);

/** A row of a person's roles: one assignment for each role. */
export function toUserRoles(principal: Principal & { readonly id: string }, row: UserRoleAssignment) {
  return (row.roleAssignments ?? []).map(({ role, methods }): AdminRoleAssignment => ({
    ...roleAssignment(principal, role, row),
    obtained: methods.map((method) => METHODS.get(method) ?? method),
  }));
}

/** A row of what a group gives. */
export function toGroupRoles(principal: Principal & { readonly id: string }, row: GroupRoleAssignment) {
  return (row.roles ?? []).map((role): AdminRoleAssignment => ({
    ...roleAssignment(principal, role, row),
    obtained: ['direct'],
  }));
}

function roleAssignment(
  principal: Principal & { readonly id: string },
  role: string,
  { resourceId, resourceOwner }: Pick<UserRoleAssignment, 'resourceId' | 'resourceOwner'>,
): Omit<AdminRoleAssignment, 'obtained'> {
  return {
    type: 'admin.roleAssignment',
    id: [principal.type, principal.id, role, resourceId ?? ''].join('|'),
    principal,
    role,
    ...present({ resourceId, resourceOwner }),
  };
}

/** A record of the SCIM directory. */
export function toScimRecord(user: ScimUser): ScimRecord {
  return {
    type: 'scim.user',
    id: user.id,
    userName: user.userName,
    active: user.active,
    groups: user.groups,
    ...present({
      externalId: user.externalId,
      email: user.primaryEmail,
      displayName: user.displayName,
      accountId: user.accountId,
      createdAt: user.createdAt,
      changedAt: user.lastModifiedAt,
    }),
  };
}
