import type { JsonObject } from '../../model/json.js';
import type { AtlassianAccountId, ScimGroupId, ScimUserId } from '../../model/ids.js';

/** An email address of a User. Atlassian takes `work`, `home` and `other` for `type`, and needs exactly one primary. */
export interface ScimEmail {
  readonly value: string;
  readonly type?: string | undefined;
  readonly primary?: boolean | undefined;
}

/** A phone number of a User. Atlassian keeps it in the directory and does not show it on the account. */
export interface ScimPhoneNumber {
  readonly value: string;
  readonly type?: string | undefined;
  readonly primary?: boolean | undefined;
}

/** The parts of a person's name. Atlassian uses them only where `displayName` is empty. */
export interface ScimName {
  readonly formatted?: string | undefined;
  readonly familyName?: string | undefined;
  readonly givenName?: string | undefined;
  readonly middleName?: string | undefined;
  readonly honorificPrefix?: string | undefined;
  readonly honorificSuffix?: string | undefined;
}

/** A group that a User says it is in. */
export interface ScimGroupMembership {
  readonly id: ScimGroupId;
  /** `displayName` of the group, where the server sent it. */
  readonly name?: string;
}

/**
 * A User of a directory (RFC 7643 section 4.1), with the account Atlassian linked to it.
 *
 * An attribute that was never set is absent; one that was set to `""` is `""` (seen: Atlassian keeps empty strings).
 * After a narrowed read, `emails`, `phoneNumbers` and `groups` are also empty where they were not asked for.
 */
export interface ScimUser {
  /** Given by the server. Another one after delete and create; never the account id. */
  readonly id: ScimUserId;
  /** Unique in the directory without regard to case. Need not be an email address. */
  readonly userName: string;
  /** `true` where the server sent nothing (documented default). */
  readonly active: boolean;
  /** The client's own id for the person, compared with regard to case. */
  readonly externalId?: string;
  /** Becomes the full name of the account. */
  readonly displayName?: string;
  /** Becomes the public name of the account. */
  readonly nickName?: string;
  /** Job title. */
  readonly title?: string;
  /** The User's own attribute where it is set, else the one of the enterprise extension. */
  readonly department?: string;
  /** The User's own attribute where it is set, else the one of the enterprise extension. */
  readonly organization?: string;
  /** IANA name, such as `Europe/Vienna`. */
  readonly timezone?: string;
  /** Language tag, such as `en-US`. */
  readonly preferredLanguage?: string;
  readonly name?: ScimName;
  readonly emails: readonly ScimEmail[];
  /** The address marked primary, or the only one where none is marked. */
  readonly primaryEmail?: string;
  readonly phoneNumbers: readonly ScimPhoneNumber[];
  /** Read-only: membership is written on the group. */
  readonly groups: readonly ScimGroupMembership[];
  /** Absent until Atlassian has linked an account, and again after it unlinked it. */
  readonly accountId?: AtlassianAccountId;
  /** ISO 8601 instant as the server wrote it; Atlassian writes microseconds. */
  readonly createdAt?: string;
  /** ISO 8601 instant as the server wrote it. */
  readonly lastModifiedAt?: string;
  /** URL of the record. */
  readonly location?: string;
  /** Extensions that have no attribute here, by URN, as read. `department` and `organization` are left out of them. */
  readonly extensions?: Readonly<Record<string, JsonObject>>;
}

/** What a User is created with. The server gives `id`, `groups`, the account id and the times. */
export interface ScimUserInput {
  readonly userName: string;
  /** Atlassian needs exactly one with `primary: true`; it becomes the address of the account. */
  readonly emails: readonly ScimEmail[];
  /** `true` unless given. */
  readonly active?: boolean | undefined;
  readonly externalId?: string | undefined;
  readonly displayName?: string | undefined;
  readonly nickName?: string | undefined;
  readonly title?: string | undefined;
  readonly department?: string | undefined;
  readonly organization?: string | undefined;
  readonly timezone?: string | undefined;
  readonly preferredLanguage?: string | undefined;
  readonly name?: ScimName | undefined;
  readonly phoneNumbers?: readonly ScimPhoneNumber[] | undefined;
  /** Further extensions by URN, sent as they are. */
  readonly extensions?: Readonly<Record<string, JsonObject>> | undefined;
}

/**
 * What a User is replaced with. A {@link ScimUser} that was read whole can be given, changed where wanted.
 *
 * `active` must be said: a replacement without it activates a suspended person (documented default `true`).
 */
export interface ScimUserReplacement extends ScimUserInput {
  readonly active: boolean;
}
