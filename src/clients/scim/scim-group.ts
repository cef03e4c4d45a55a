import type { ScimGroupId, ScimUserId } from '../../model/ids.js';

/** A User in a Group. */
export interface ScimGroupMember {
  readonly id: ScimUserId;
  /** What the server shows for the member; Atlassian sends the `userName` in lower case (seen). */
  readonly display?: string;
}

/** A Group in a Group. Atlassian has none; other servers may. */
export interface ScimNestedGroup {
  readonly id: ScimGroupId;
  readonly display?: string;
}

/** A Group of a directory (RFC 7643 section 4.2). Atlassian serves no id of the same group in the organization. */
export interface ScimGroup {
  readonly id: ScimGroupId;
  /** Unique in the organization without regard to case; Atlassian cannot rename a group. */
  readonly displayName: string;
  readonly externalId?: string;
  /** All users of the group, in no particular order. Empty too where the server leaves members out. */
  readonly members: readonly ScimGroupMember[];
  /** Groups of the group, where the server has such. */
  readonly nestedGroups?: readonly ScimNestedGroup[];
  /** ISO 8601 instant as the server wrote it. */
  readonly createdAt?: string;
  /** ISO 8601 instant as the server wrote it. */
  readonly lastModifiedAt?: string;
  /** URL of the record. */
  readonly location?: string;
}

/** What a Group is created or replaced with. */
export interface ScimGroupInput {
  readonly displayName: string;
  readonly externalId?: string | undefined;
  readonly memberIds?: readonly ScimUserId[] | undefined;
}
