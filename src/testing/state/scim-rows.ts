import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  OrgGroupId,
  ScimDirectoryId,
  ScimGroupId,
  ScimUserId,
} from '../../model/ids.js';

/** A SCIM directory: one identity provider of the organization. */
export interface ScimDirectory {
  readonly id: ScimDirectoryId;
  readonly organizationId: OrganizationId;
  /** The organization directory that its users and groups are mirrored into. */
  readonly orgDirectoryId: OrgDirectoryId;
}

/** One value of `emails` or `phoneNumbers`. */
export interface ScimContact {
  readonly value: string;
  readonly type?: string;
  readonly primary?: boolean;
  readonly display?: string;
}

/** Parts of `name` (RFC 7643 section 4.1.1). */
export interface ScimName {
  readonly formatted?: string;
  readonly familyName?: string;
  readonly givenName?: string;
  readonly middleName?: string;
  readonly honorificPrefix?: string;
  readonly honorificSuffix?: string;
}

/** What a client has set on a User. An attribute never set is absent; an empty string is kept. */
export interface ScimUserAttributes {
  readonly userName: string;
  readonly externalId?: string;
  readonly emails: readonly ScimContact[];
  readonly name?: ScimName;
  readonly displayName?: string;
  readonly nickName?: string;
  readonly title?: string;
  readonly department?: string;
  readonly organization?: string;
  readonly timezone?: string;
  readonly preferredLanguage?: string;
  readonly phoneNumbers?: readonly ScimContact[];
  readonly active: boolean;
  /** The enterprise extension. Atlassian stores these beside the top-level ones. */
  readonly enterprise?: { readonly organization?: string; readonly department?: string };
  /** The custom extension of Atlassian: where the person is based. */
  readonly basedIn?: string;
}

/** A User of a SCIM directory. */
export interface ScimUserRow {
  readonly id: ScimUserId;
  readonly directoryId: ScimDirectoryId;
  readonly attributes: ScimUserAttributes;
  /** The linked account. Absent when unlinked; never the SCIM id. */
  readonly accountId?: AtlassianAccountId;
  /** It had an account once: a new link does not bring its groups back into the products. */
  readonly wasUnlinked?: true;
  /** Timestamps as they go over the wire, with microseconds. */
  readonly created: string;
  readonly lastModified: string;
}

/** A Group of a SCIM directory. Its members are in `state.scimMembers`. */
export interface ScimGroupRow {
  readonly id: ScimGroupId;
  readonly directoryId: ScimDirectoryId;
  readonly displayName: string;
  readonly externalId?: string;
  /** The mirror in the organization. Absent when the name was taken at site level and the group never propagates. */
  readonly orgGroupId?: OrgGroupId;
  readonly created: string;
  readonly lastModified: string;
}

/** One line of the provisioning log that the admin console shows. */
export interface ProvisioningLogLine {
  readonly at: number;
  readonly scimDirectoryId: ScimDirectoryId;
  readonly scimUserId?: ScimUserId;
  readonly scimGroupId?: ScimGroupId;
  readonly message: string;
}
