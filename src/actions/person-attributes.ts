import type { ScimUser, ScimUserInput } from '../clients/scim/scim-user.js';

/**
 * What is known of a person beside their email. An attribute that is not given is left as it is; `null` clears it.
 *
 * Atlassian shows `displayName`, `jobTitle`, `department`, `organization`, `timezone`, `preferredLanguage` and `nickname`
 * on a managed account. The rest is kept in the directory; `name` and its parts name the account only where
 * `displayName` is empty.
 */
export interface PersonAttributes {
  /** Whole name as the person writes it. SCIM `name.formatted`. */
  readonly name?: string | null | undefined;
  /** Full name of the account. */
  readonly displayName?: string | null | undefined;
  /** SCIM `name.givenName`. */
  readonly givenName?: string | null | undefined;
  /** SCIM `name.familyName`. */
  readonly familyName?: string | null | undefined;
  /** SCIM `title`. */
  readonly jobTitle?: string | null | undefined;
  readonly department?: string | null | undefined;
  readonly organization?: string | null | undefined;
  /** IANA name, such as `Europe/Lisbon`. */
  readonly timezone?: string | null | undefined;
  /** Language tag, such as `en-US`. */
  readonly preferredLanguage?: string | null | undefined;
  /** Public name of the account. SCIM `nickName`. */
  readonly nickname?: string | null | undefined;
  /** The caller's own id of the person; unique in the directory, compared with regard to case. */
  readonly externalId?: string | null | undefined;
}

/** The name of an attribute in inputs, in plans and in audit events. */
type PersonAttribute = keyof PersonAttributes;

/** One attribute, and where SCIM keeps it. */
export interface AttributeMapping {
  readonly attribute: PersonAttribute;
  /** SCIM path, as PATCH takes it. */
  readonly path: string;
  readonly read: (user: ScimUser) => string | undefined;
  readonly write: (user: ScimUserInput, value: string) => ScimUserInput;
}

/** Every attribute with its place in SCIM. The order is that of plans. */
export const ATTRIBUTE_MAPPINGS: readonly AttributeMapping[] = [
  top('externalId', 'externalId'),
  top('displayName', 'displayName'),
  inName('name', 'formatted'),
  inName('givenName', 'givenName'),
  inName('familyName', 'familyName'),
  top('nickname', 'nickName'),
  top('jobTitle', 'title'),
  top('department', 'department'),
  top('organization', 'organization'),
  top('timezone', 'timezone'),
  top('preferredLanguage', 'preferredLanguage'),
];

type TopAttribute =
  | 'externalId'
  | 'displayName'
  | 'nickName'
  | 'title'
  | 'department'
  | 'organization'
  | 'timezone'
  | 'preferredLanguage';

function top(attribute: PersonAttribute, path: TopAttribute): AttributeMapping {
  return {
    attribute,
    path,
    read: (user) => user[path],
    write: (user, value) => ({ ...user, [path]: value }),
  };
}

function inName(attribute: PersonAttribute, part: 'formatted' | 'givenName' | 'familyName'): AttributeMapping {
  return {
    attribute,
    path: `name.${part}`,
    read: (user) => user.name?.[part],
    write: (user, value) => ({ ...user, name: { ...user.name, [part]: value } }),
  };
}
