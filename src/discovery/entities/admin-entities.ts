import type { LiteralUnion } from '../../model/literal-union.js';
import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  OrgGroupId,
  ResourceAri,
  ScimGroupId,
  ScimUserId,
} from '../../model/ids.js';
import type { Principal } from './principal.js';

/** The organization. Its id is the tenant's unique id. */
export interface AdminTenant {
  readonly type: 'admin.tenant';
  readonly id: OrganizationId;
  readonly name?: string;
}

/** A product that a person has used: use, not entitlement. */
export interface ProductAccess {
  readonly product?: string;
  readonly resourceId?: ResourceAri;
  /** ISO 8601 instant, up to 24 hours late. */
  readonly lastActiveAt?: string;
}

/** A person as the organization sees them, managed or not. What Atlassian does not say is absent. */
export interface AdminUser {
  readonly type: 'admin.user';
  readonly id: AtlassianAccountId;
  readonly email?: string;
  readonly name?: string;
  readonly nickname?: string;
  readonly accountType?: LiteralUnion<'atlassian' | 'app' | 'customer'>;
  readonly accountStatus?: LiteralUnion<'active' | 'inactive' | 'closed'>;
  /** `managed` by the organization, or somebody from outside. */
  readonly userType?: LiteralUnion<'managed' | 'unmanaged'>;
  readonly membershipStatus?: LiteralUnion<'active' | 'suspended' | 'no_membership'>;
  /** Account and membership in one word. */
  readonly status?: string;
  readonly managementSource?: LiteralUnion<'invited' | 'synced'>;
  readonly mfaEnabled?: boolean;
  readonly emailVerified?: boolean;
  readonly jobTitle?: string;
  readonly department?: string;
  readonly organization?: string;
  readonly location?: string;
  readonly timezone?: string;
  /** ISO 8601 instant. */
  readonly addedAt?: string;
  /** ISO 8601 instant. */
  readonly deactivatedAt?: string;
  readonly platformRoles?: readonly string[];
  /** Whether the person takes a paid seat of any product, as far as the answers tell. */
  readonly billable?: boolean;
  readonly productAccess?: readonly ProductAccess[];
  /** Groups that the person is in. Absent where memberships were not read. */
  readonly groupIds?: readonly OrgGroupId[];
}

/** A group of the organization. Its members are the users that have it among their `groupIds`. */
export interface AdminGroup {
  readonly type: 'admin.group';
  readonly id: OrgGroupId;
  readonly name: string;
  readonly description?: string;
  readonly directoryId?: OrgDirectoryId;
  /** Where its members are kept: `synced` with a SCIM directory, `local` to the organization, or not told. */
  readonly origin: 'synced' | 'local' | 'unknown';
  /** What writes its members: the SCIM directory, the Organizations API, nothing this key may use, or not told. */
  readonly writableBy: 'scim' | 'organization' | 'nobody' | 'unknown';
  /** As Atlassian names it. */
  readonly managedBy?: string;
  readonly memberCount?: number;
  /** The group of the same name in the SCIM directory, where that was read and exactly one has it. */
  readonly scimGroupId?: ScimGroupId;
}

/** A role of a person or a group, on a product or on the organization. */
export interface AdminRoleAssignment {
  readonly type: 'admin.roleAssignment';
  readonly id: string;
  readonly principal: Principal;
  /** As Atlassian names it: `atlassian/org-admin`, `atlassian/user`. */
  readonly role: string;
  /** Absent for a role on the organization itself. */
  readonly resourceId?: ResourceAri;
  /** `jira-software`, `confluence`. */
  readonly resourceOwner?: string;
  /** How it was obtained. Empty where the answer does not say. */
  readonly obtained: readonly LiteralUnion<'direct' | 'group' | 'inferred'>[];
}

/** A record of the SCIM directory: the identity as the identity provider pushed it. */
export interface ScimRecord {
  readonly type: 'scim.user';
  readonly id: ScimUserId;
  readonly userName: string;
  readonly externalId?: string;
  readonly email?: string;
  readonly displayName?: string;
  readonly active: boolean;
  /** Absent while Atlassian has linked no account. */
  readonly accountId?: AtlassianAccountId;
  /** Groups of the directory, with the names that the record has for them. */
  readonly groups: readonly { readonly id: ScimGroupId; readonly name?: string }[];
  /** ISO 8601 instants. */
  readonly createdAt?: string;
  readonly changedAt?: string;
}

/** Everything that is read of the organization. */
export type AdminEntity = AdminTenant | AdminUser | AdminGroup | AdminRoleAssignment | ScimRecord;
