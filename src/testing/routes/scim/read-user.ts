import type { JsonObject, JsonValue } from '../../../model/json.js';
import type { ScimContact, ScimName, ScimUserAttributes } from '../../state/scim-rows.js';
import { refuseScim } from './scim-response.js';
import { partOf, userAttribute, type UserAttribute } from './user-schema.js';
import { URN } from './urns.js';

/** Whether a value is a JSON object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a User that a client sent: keeps what clients may write, passes over the rest, and refuses what is of a wrong type
 * or lacks `userName` or the one primary email. Without `active` the user is active.
 */
export function readUser(body: JsonObject): ScimUserAttributes {
  const found = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(body)) {
    const attribute = userAttribute(key);
    if (attribute === undefined || value === null) continue;
    found.set(attribute.name, readValue(attribute, value));
  }

  const userName = found.get('userName');
  if (typeof userName !== 'string' || userName.trim() === '')
    return refuseScim(400, 'Invalid payload: userName is required.', 'invalidValue');
  const emails = (found.get('emails') ?? []) as unknown as readonly ScimContact[];
  requireOnePrimary(emails);

  const name = found.get('name') as ScimName | undefined;
  const enterprise = found.get(URN.enterprise) as ScimUserAttributes['enterprise'];
  const phoneNumbers = found.get('phoneNumbers') as unknown as readonly ScimContact[] | undefined;
  const custom = found.get(URN.atlassianCustom) as { readonly basedIn?: string } | undefined;
  return {
    userName,
    emails,
    active: found.get('active') !== false,
    ...strings(found),
    ...(name !== undefined && Object.keys(name).length > 0 && { name }),
    ...(phoneNumbers !== undefined && phoneNumbers.length > 0 && { phoneNumbers }),
    ...(enterprise !== undefined && Object.keys(enterprise).length > 0 && { enterprise }),
    ...(custom?.basedIn !== undefined && { basedIn: custom.basedIn }),
  };
}

const OPTIONAL_STRINGS = [
  'externalId',
  'displayName',
  'nickName',
  'title',
  'department',
  'organization',
  'timezone',
  'preferredLanguage',
] as const;

function strings(found: ReadonlyMap<string, JsonValue>): Partial<Record<(typeof OPTIONAL_STRINGS)[number], string>> {
  const texts: Partial<Record<(typeof OPTIONAL_STRINGS)[number], string>> = {};
  for (const name of OPTIONAL_STRINGS) {
    const value = found.get(name);
    if (typeof value === 'string') texts[name] = value;
  }
  return texts;
}

function requireOnePrimary(emails: readonly ScimContact[]): void {
  const primaries = emails.filter((email) => email.primary === true);
  if (primaries.length === 0)
    refuseScim(400, 'Invalid payload: One email address need to be marked as primary.', 'invalidValue');
  if (primaries.length > 1)
    refuseScim(400, 'Invalid payload: Only one email address can be marked as primary.', 'invalidValue');
  const address = primaries[0]?.value ?? '';
  if (!/^[^@\s]+@[^@\s]+$/u.test(address))
    refuseScim(400, 'Invalid payload: The primary email is not an email address.', 'invalidValue');
}

function readValue(attribute: UserAttribute, value: JsonValue): JsonValue {
  switch (attribute.kind) {
    case 'string':
      return typeof value === 'string' ? value : wrongType(attribute.name, 'a string');
    case 'boolean':
      return typeof value === 'boolean' ? value : wrongType(attribute.name, 'a boolean');
    case 'complex':
      return isObject(value) ? readParts(attribute, value) : wrongType(attribute.name, 'an object');
    case 'contacts':
      if (!Array.isArray(value)) return wrongType(attribute.name, 'an array');
      return value.map((element: JsonValue) =>
        isObject(element) ? readContact(attribute, element) : wrongType(attribute.name, 'an array of objects'),
      );
  }
}

function readParts(attribute: UserAttribute, value: JsonObject): JsonObject {
  const parts: Record<string, JsonValue> = {};
  for (const [key, part] of Object.entries(value)) {
    const name = partOf(attribute, key);
    if (name === undefined || part === null) continue;
    const expected = name === 'primary' ? 'boolean' : 'string';
    parts[name] = typeof part === expected ? part : wrongType(`${attribute.name}.${name}`, `a ${expected}`);
  }
  return parts;
}

function readContact(attribute: UserAttribute, value: JsonObject): JsonObject {
  const contact = readParts(attribute, value);
  return typeof contact.value === 'string' ? contact : wrongType(`${attribute.name}.value`, 'a string');
}

function wrongType(name: string, expected: string): never {
  return refuseScim(400, `Invalid payload: ${name} must be ${expected}.`, 'invalidValue');
}
