import { URN } from './urns.js';

/** How the value of an attribute looks. */
type AttributeKind = 'string' | 'boolean' | 'complex' | 'contacts';

/** An attribute of a User that clients may write. */
export interface UserAttribute {
  /** As it goes over the wire. */
  readonly name: string;
  readonly kind: AttributeKind;
  /** Sub-attributes, as they go over the wire. */
  readonly parts: readonly string[];
}

const NAME_PARTS = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'];
const CONTACT_PARTS = ['value', 'type', 'primary', 'display'];

const ATTRIBUTES: readonly UserAttribute[] = [
  ...[
    'userName',
    'externalId',
    'displayName',
    'nickName',
    'title',
    'department',
    'organization',
    'timezone',
    'preferredLanguage',
  ].map((name): UserAttribute => ({ name, kind: 'string', parts: [] })),
  { name: 'active', kind: 'boolean', parts: [] },
  { name: 'name', kind: 'complex', parts: NAME_PARTS },
  { name: 'emails', kind: 'contacts', parts: CONTACT_PARTS },
  { name: 'phoneNumbers', kind: 'contacts', parts: CONTACT_PARTS },
  { name: URN.enterprise, kind: 'complex', parts: ['organization', 'department'] },
  { name: URN.atlassianCustom, kind: 'complex', parts: ['basedIn'] },
];

/** Names have no case (RFC 7643 section 2.1): the keys are lower case. */
const BY_NAME: ReadonlyMap<string, UserAttribute> = new Map(
  ATTRIBUTES.map((attribute) => [attribute.name.toLowerCase(), attribute]),
);

const READ_ONLY: ReadonlySet<string> = new Set(['id', 'meta', 'groups', 'schemas', URN.atlassianExternal]);

/** A writable attribute of a User, by name. */
export function userAttribute(name: string): UserAttribute | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Whether the server alone writes the attribute. */
export function isReadOnly(name: string): boolean {
  return READ_ONLY.has(name.toLowerCase());
}

/** The name of a sub-attribute as it goes over the wire; `undefined` when the attribute has no such part. */
export function partOf(attribute: UserAttribute, name: string): string | undefined {
  return attribute.parts.find((part) => part.toLowerCase() === name.toLowerCase());
}
