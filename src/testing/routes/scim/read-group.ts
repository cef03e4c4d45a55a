import type { JsonObject, JsonValue } from '../../../model/json.js';
import { valueOf } from './caseless.js';
import { isObject } from './read-user.js';
import { refuseScim } from './scim-response.js';

/** A Group as a client sent it. */
export interface SentGroup {
  readonly displayName: string | undefined;
  readonly externalId: string | undefined;
  /** `undefined` when the client said nothing about members. */
  readonly memberIds: readonly string[] | undefined;
}

/** Reads a Group; what only the server writes is passed over. */
export function readGroup(body: JsonObject): SentGroup {
  const displayName = valueOf(body, 'displayName');
  const externalId = valueOf(body, 'externalId');
  const members = valueOf(body, 'members');
  return {
    displayName: optionalString(displayName, 'displayName'),
    externalId: optionalString(externalId, 'externalId'),
    memberIds: members === undefined || members === null ? undefined : readMemberIds(members),
  };
}

/** The ids of `[{value}, …]`, or of one such object alone. */
export function readMemberIds(value: JsonValue): string[] {
  const elements: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return elements.map((element) => {
    const id = isObject(element) ? valueOf(element, 'value') : undefined;
    return typeof id === 'string' && id !== ''
      ? id
      : refuseScim(400, 'Invalid payload: each of members must be an object with a value.', 'invalidValue');
  });
}

function optionalString(value: JsonValue | undefined, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string'
    ? value
    : refuseScim(400, `Invalid payload: ${name} must be a string.`, 'invalidValue');
}
