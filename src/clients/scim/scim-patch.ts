import type { JsonObject, JsonValue } from '../../model/json.js';
import { ProvisionerError } from '../../errors/provisioner-error.js';
import type { RepeatSafety } from '../../http/transport.js';
import type { ScimUserId } from '../../model/ids.js';
import { scimString } from './scim-filter.js';
import { SCIM_ENTERPRISE_SCHEMA, SCIM_PATCH_MESSAGE, type ScimDialect } from './scim-urns.js';

/** One operation of a PATCH (RFC 7644 section 3.5.2). */
export interface ScimPatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  /** Needed for `remove`. Without it, `value` is an object of attributes. */
  readonly path?: string | undefined;
  readonly value?: JsonValue | undefined;
}

/** One attribute of a user to set or, with `null`, to clear. */
export interface ScimAttributeWrite {
  /**
   * `title`, `name.givenName`, `active`; `department` and `organization` wherever the server keeps them. `emails` and
   * `phoneNumbers` are written whole.
   */
  readonly path: string;
  readonly value: JsonValue;
}

const MULTI_VALUED = new Set(['emails', 'phoneNumbers']);
const IN_ENTERPRISE = new Set(['department', 'organization']);
const NOT_CLEARABLE = new Set(['userName', 'active']);

/**
 * One operation for each attribute: `replace` to set it, and to clear it what the server is known to take, in each place
 * where it may be kept.
 *
 * @throws `request_invalid` when `userName` or `active` would be cleared.
 */
export function attributeOperations(
  writes: readonly ScimAttributeWrite[],
  dialect: ScimDialect,
): readonly ScimPatchOperation[] {
  return writes.flatMap(({ path, value }): ScimPatchOperation[] => {
    if (value === null && NOT_CLEARABLE.has(path))
      throw new ProvisionerError('request_invalid', `${path} of a SCIM user cannot be cleared; every user has one`);

    if (dialect === 'atlassian') {
      const written = { op: 'replace', path, value: value ?? (MULTI_VALUED.has(path) ? [] : '') } as const;
      // Atlassian takes and keeps them in the enterprise extension as well (documented), where another client may have put them.
      const isTwofold = value === null && IN_ENTERPRISE.has(path);
      return isTwofold ? [written, { ...written, path: `${SCIM_ENTERPRISE_SCHEMA}:${path}` }] : [written];
    }

    const target = IN_ENTERPRISE.has(path) ? `${SCIM_ENTERPRISE_SCHEMA}:${path}` : path;
    return [value === null ? { op: 'remove', path: target } : { op: 'replace', path: target, value }];
  });
}

/** One operation that adds all these users to a group. Adding a member again changes nothing. */
export function addMembersOperation(userIds: readonly ScimUserId[]): ScimPatchOperation {
  return { op: 'add', path: 'members', value: userIds.map((id) => ({ value: id })) };
}

/** One operation for each user, by the path form of RFC 7644: a `remove` of `members` alone would empty the group. */
export function removeMembersOperations(userIds: readonly ScimUserId[]): readonly ScimPatchOperation[] {
  return userIds.map((id) => ({ op: 'remove', path: `members[value eq ${scimString(id)}]` }));
}

/** The body of a PATCH. Refuses one without operations, which no server has a use for. */
export function patchBody(operations: readonly ScimPatchOperation[]): JsonObject {
  if (operations.length === 0)
    throw new ProvisionerError('request_invalid', 'A SCIM PATCH needs at least one operation; none was given');

  return {
    schemas: [SCIM_PATCH_MESSAGE],
    Operations: operations.map(({ op, path, value }) => ({
      op,
      ...(path !== undefined && { path }),
      ...(value !== undefined && { value }),
    })),
  };
}

/**
 * Whether a PATCH ends in the same state when it arrives twice.
 *
 * It does for `replace`, for `remove`, and for `add` of group members, which are a set. Any other `add` to a
 * multi-valued attribute may append twice.
 */
export function patchRepeatSafety(operations: readonly ScimPatchOperation[]): RepeatSafety {
  return operations.every(({ op, path }) => op !== 'add' || path === 'members') ? 'idempotent' : 'once';
}
