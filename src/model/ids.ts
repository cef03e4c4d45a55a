import type { Tagged } from './tagged.js';

/** Id of an Atlassian organization: opaque, shaped like a UUID, yet not always hexadecimal. */
export type OrganizationId = Tagged<string, 'OrganizationId'>;

/** Id of a SCIM directory, the last segment of the SCIM base URL. Not an {@link OrgDirectoryId}. */
export type ScimDirectoryId = Tagged<string, 'ScimDirectoryId'>;

/** Id of a User in a SCIM directory. A user that is deleted and created again gets another one. */
export type ScimUserId = Tagged<string, 'ScimUserId'>;

/** Id of a Group in a SCIM directory. Never the id of the same group in the organization. */
export type ScimGroupId = Tagged<string, 'ScimGroupId'>;

/** Id of an Atlassian account, the same in every product: `712020:<uuid>`, `557058:<uuid>` or 24 hexadecimal digits. */
export type AtlassianAccountId = Tagged<string, 'AtlassianAccountId'>;

/** Id of a directory of the Organizations API (`/v2/orgs/{orgId}/directories/{directoryId}`). */
export type OrgDirectoryId = Tagged<string, 'OrgDirectoryId'>;

/** Id of a group in the organization. */
export type OrgGroupId = Tagged<string, 'OrgGroupId'>;

/** Atlassian resource identifier of a product on a site: `ari:cloud:<owner>::site/<cloudId>`. */
export type ResourceAri = Tagged<string, 'ResourceAri'>;

const ID = /^[^\s\p{Cc}]{1,256}$/u;

function checked(kind: string, value: string): string {
  if (!ID.test(value))
    throw new TypeError(`${kind} must be 1 to 256 characters without white space or control characters`);
  return value;
}

/** Marks a string as an {@link OrganizationId}. Throws a `TypeError` when it is empty or holds white space. */
export function organizationId(value: string): OrganizationId {
  return checked('organizationId', value) as OrganizationId;
}

/** Marks a string as a {@link ScimDirectoryId}. Throws a `TypeError` when it is empty or holds white space. */
export function scimDirectoryId(value: string): ScimDirectoryId {
  return checked('scimDirectoryId', value) as ScimDirectoryId;
}

/** Marks a string as a {@link ScimUserId}. Throws a `TypeError` when it is empty or holds white space. */
export function scimUserId(value: string): ScimUserId {
  return checked('scimUserId', value) as ScimUserId;
}

/** Marks a string as a {@link ScimGroupId}. Throws a `TypeError` when it is empty or holds white space. */
export function scimGroupId(value: string): ScimGroupId {
  return checked('scimGroupId', value) as ScimGroupId;
}

/** Marks a string as an {@link AtlassianAccountId}. Throws a `TypeError` when it is empty or holds white space. */
export function atlassianAccountId(value: string): AtlassianAccountId {
  return checked('atlassianAccountId', value) as AtlassianAccountId;
}

/** Marks a string as an {@link OrgDirectoryId}. Throws a `TypeError` when it is empty or holds white space. */
export function orgDirectoryId(value: string): OrgDirectoryId {
  return checked('orgDirectoryId', value) as OrgDirectoryId;
}

/** Marks a string as an {@link OrgGroupId}. Throws a `TypeError` when it is empty or holds white space. */
export function orgGroupId(value: string): OrgGroupId {
  return checked('orgGroupId', value) as OrgGroupId;
}

/** Marks a string as a {@link ResourceAri}. Throws a `TypeError` when it is empty or holds white space. */
export function resourceAri(value: string): ResourceAri {
  return checked('resourceAri', value) as ResourceAri;
}
