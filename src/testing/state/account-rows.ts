import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  OrgGroupId,
  ResourceAri,
  ScimDirectoryId,
  ScimGroupId,
} from '../../model/ids.js';

/** Members of the profile that the User management API keeps under `extended_profile`. */
export interface ExtendedProfile {
  readonly jobTitle?: string;
  readonly organization?: string;
  readonly department?: string;
  readonly location?: string;
  readonly phoneNumber?: string;
  readonly teamType?: string;
}

/** Why Atlassian refuses to deactivate or delete an account, such as its being the last billing contact. */
export interface LifecycleBlocker {
  readonly code: string;
  readonly message?: string;
  readonly link?: string;
}

/** The last use of one product on one site. */
export interface ProductUse {
  /** Product key, such as `jira-software`. */
  readonly key: string;
  readonly resourceId: ResourceAri;
  /** Milliseconds since the epoch. */
  readonly lastActiveAt: number;
}

/**
 * An Atlassian account.
 *
 * Whether it is locked by SCIM is not a field: it is, while a user of any SCIM directory is linked to it
 * (`state.isScimLocked`).
 */
export interface Account {
  readonly accountId: AtlassianAccountId;
  readonly type: 'atlassian' | 'customer' | 'app';
  /** `inactive` = deactivated, also during the grace period of a deletion; `closed` = deleted for good. */
  readonly status: 'active' | 'inactive' | 'closed';
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
  readonly nickname: string;
  readonly picture: string;
  readonly timeZone?: string;
  readonly locale?: string;
  readonly profile: ExtendedProfile;
  /** The organization that claimed the email's domain and so manages the account. */
  readonly claimedByOrg?: OrganizationId;
  readonly managementSource: 'invited' | 'synced' | null;
  /** Bound to a Google Workspace directory as well, which locks it whatever SCIM says. */
  readonly googleLocked: boolean;
  readonly exportBlocked: boolean;
  readonly mfaEnabled: boolean;
  readonly lifecycleBlockers: readonly LifecycleBlocker[];
  readonly productUses: readonly ProductUse[];
  /** Milliseconds since the epoch, as every `…At` of a row. */
  readonly createdAt: number;
  readonly deactivatedAt?: number;
  /** The end of the grace period, when the account closes. Set while a deletion is scheduled. */
  readonly forDeletionAt?: number;
}

/** An API token of an account. */
export interface ApiToken {
  readonly id: string;
  /** Its value. */
  readonly secret: string;
  /** `null` for a token without scopes, which works on the host of the site; one with scopes works at the gateway. */
  readonly scopes: readonly string[] | null;
  readonly accountId: AtlassianAccountId;
  readonly label: string;
  readonly createdAt: number;
  readonly lastAccessAt?: number;
  readonly expiresAt?: number;
}

/** That an account is in a directory of the organization. */
export interface DirectoryMembership {
  readonly directoryId: OrgDirectoryId;
  readonly accountId: AtlassianAccountId;
  /** `suspended` keeps groups and roles, and takes access and seats away. */
  readonly status: 'active' | 'suspended';
  readonly addedAt: number;
}

/** A group of the organization. Its members are in `state.groupMembers`. */
export interface OrgGroup {
  readonly id: OrgGroupId;
  readonly directoryId: OrgDirectoryId;
  readonly name: string;
  readonly description: string | null;
  /** `synced`: mirrors `scimGroupId`; `foreign`: synced by a directory this fake has no SCIM side of. */
  readonly origin: 'local' | 'synced' | 'foreign';
  readonly scimDirectoryId?: ScimDirectoryId;
  readonly scimGroupId?: ScimGroupId;
  readonly managedBy: 'external' | 'admins' | 'team-members' | 'open';
  readonly access: { readonly readable: boolean; readonly modifiable: boolean; readonly deletable: boolean };
  readonly type: 'GROUP' | 'TEAM' | 'USERBASE_GROUP';
  readonly createdAt: number;
}

/** That a user or a group holds a role on a product of a site, or on the organization. */
export interface RoleBinding {
  readonly principal: RolePrincipal;
  /** A site ARI, or the ARI of the organization for platform roles. */
  readonly resourceId: ResourceAri;
  /** `atlassian/<name>`. */
  readonly roleId: string;
}

/** Who holds a role. */
export type RolePrincipal =
  { readonly type: 'user'; readonly id: AtlassianAccountId } | { readonly type: 'group'; readonly id: OrgGroupId };
