import type { JsonObject, JsonValue } from '../../../../model/json.js';
import type { ScimSwitches } from '../../../switches/scim-switches.js';
import { isObject } from '../read-user.js';
import { refuseScim } from '../scim-response.js';
import { isReadOnly, partOf, userAttribute, type UserAttribute } from '../user-schema.js';
import { parsePath, type PatchPath } from './patch-path.js';
import type { PatchOperation } from './read-operations.js';

type Switches = Pick<ScimSwitches, 'readOnlyPatch' | 'unknownPatchPath' | 'stringBooleans' | 'emptyPatchArrays'>;
type Draft = Record<string, JsonValue>;

/**
 * Applies a PATCH to the writable document of a User and returns the new one, not yet checked as a whole (RFC 7644
 * section 3.5.2).
 */
export function patchUser(document: JsonObject, operations: readonly PatchOperation[], switches: Switches): JsonObject {
  const draft: Draft = { ...document };
  for (const operation of operations) {
    if (operation.path === undefined) patchWhole(draft, operation, switches);
    else patchAt(draft, operation, operation.path, switches);
  }
  return draft;
}

/** Without a path the value is an object; each of its keys is an attribute or a path (Okta sends the former, Entra both). */
function patchWhole(draft: Draft, { op, value }: PatchOperation, switches: Switches): void {
  if (!isObject(value))
    return refuseScim(400, 'Invalid payload: an operation without a path needs an object.', 'invalidValue');
  for (const [path, part] of Object.entries(value)) patchAt(draft, { op, path, value: part }, path, switches);
}

function patchAt(draft: Draft, operation: PatchOperation, text: string, switches: Switches): void {
  const path = parsePath(text);
  if (path !== undefined && isReadOnly(path.attribute)) {
    if (switches.readOnlyPatch === 400) refuseScim(400, `${path.attribute} is read-only.`, 'mutability');
    return;
  }
  if (path === undefined) return invalidPath(text);
  const attribute = userAttribute(path.attribute);
  if (attribute === undefined) {
    unknownPath(text, switches);
    return;
  }
  if (Array.isArray(operation.value) && operation.value.length === 0 && switches.emptyPatchArrays === 400)
    return refuseScim(400, `${text} must not be empty.`, 'invalidValue');

  switch (attribute.kind) {
    case 'string':
    case 'boolean':
      if (path.part !== undefined || path.filter !== undefined) return invalidPath(text);
      setOrClear(draft, attribute.name, operation, (value) => coerce(attribute, value, switches));
      break;
    case 'complex':
      patchComplex(draft, attribute, path, operation, text, switches);
      break;
    case 'contacts':
      patchContacts(draft, attribute, path, operation, text, switches);
      break;
  }
}

function patchComplex(
  draft: Draft,
  attribute: UserAttribute,
  path: PatchPath,
  operation: PatchOperation,
  text: string,
  switches: Switches,
): void {
  if (path.filter !== undefined) return invalidPath(text);
  const current: Draft = { ...asObject(draft[attribute.name]) };
  if (path.part !== undefined) {
    const part = partOf(attribute, path.part);
    if (part === undefined) {
      unknownPath(text, switches);
      return;
    }
    setOrClear(current, part, operation, (value) => value);
    draft[attribute.name] = current;
    return;
  }
  // RFC 7644 sections 3.5.2.1 and 3.5.2.3: the sub-attributes given are set, the others stay.
  setOrClear(draft, attribute.name, operation, (value) => (isObject(value) ? { ...current, ...value } : value));
}

function patchContacts(
  draft: Draft,
  attribute: UserAttribute,
  path: PatchPath,
  operation: PatchOperation,
  text: string,
  switches: Switches,
): void {
  const { filter, part: partName } = path;
  const current = asArray(draft[attribute.name]);
  if (filter === undefined) {
    if (partName !== undefined) return invalidPath(text);
    draft[attribute.name] = replaceAll(current, operation);
    return;
  }

  const wanted = new Map<string, string | boolean>();
  for (const { attribute: name, value } of filter) {
    const filtered = partOf(attribute, name);
    if (filtered === undefined) return invalidPath(text);
    wanted.set(filtered, value);
  }
  const part = partName === undefined ? undefined : partOf(attribute, partName);
  if (partName !== undefined && part === undefined) return invalidPath(text);
  const matches = (element: JsonValue): boolean =>
    isObject(element) && [...wanted].every(([name, value]) => sameValue(element[name], value));
  const change = (element: JsonObject): JsonObject => changeElement(element, attribute, part, operation, switches);

  if (operation.op === 'remove' && part === undefined) {
    draft[attribute.name] = current.filter((element) => !matches(element));
  } else if (current.some(matches)) {
    draft[attribute.name] = onePrimary(
      current,
      current.map((element) => (isObject(element) && matches(element) ? change(element) : element)),
    );
  } else if (operation.op === 'add') {
    draft[attribute.name] = onePrimary(current, [...current, change(Object.fromEntries(wanted))]);
  } else {
    refuseScim(400, `${text} matches nothing.`, 'noTarget');
  }
}

/** The whole array: `add` appends what is new, `replace` replaces, `remove` clears. */
function replaceAll(current: readonly JsonValue[], { op, value }: PatchOperation): JsonValue[] {
  if (op === 'remove' || value === null || value === undefined) return [];
  const given = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  if (op === 'replace') return [...given];
  const isNew = (element: JsonValue): boolean =>
    !current.some((other) => JSON.stringify(other) === JSON.stringify(element));
  return onePrimary(current, [...current, ...given.filter(isNew)]);
}

/** Setting a new primary unsets the old one (RFC 7644 section 3.5.2). */
function onePrimary(before: readonly JsonValue[], after: readonly JsonValue[]): JsonValue[] {
  const isPrimary = (element: JsonValue): boolean => isObject(element) && element.primary === true;
  if (after.filter(isPrimary).length < 2) return [...after];
  const old = new Set(before.filter(isPrimary));
  return after.map((element) => (isObject(element) && old.has(element) ? { ...element, primary: false } : element));
}

function changeElement(
  element: JsonObject,
  attribute: UserAttribute,
  part: string | undefined,
  operation: PatchOperation,
  switches: Switches,
): JsonObject {
  if (part !== undefined) {
    const changed: Draft = { ...element };
    setOrClear(changed, part, operation, (value) => (part === 'primary' ? coerceBoolean(value, switches) : value));
    return changed;
  }
  if (!isObject(operation.value)) return refuseScim(400, `${attribute.name} must be an object.`, 'invalidValue');
  return { ...element, ...operation.value };
}

function setOrClear(
  draft: Draft,
  name: string,
  { op, value }: PatchOperation,
  change: (value: JsonValue) => JsonValue,
): void {
  if (op === 'remove' || value === null || value === undefined) Reflect.deleteProperty(draft, name);
  else draft[name] = change(value);
}

function coerce(attribute: UserAttribute, value: JsonValue, switches: Switches): JsonValue {
  return attribute.kind === 'boolean' ? coerceBoolean(value, switches) : value;
}

function coerceBoolean(value: JsonValue, { stringBooleans }: Switches): JsonValue {
  if (typeof value !== 'string' || stringBooleans === 400) return value;
  const text = value.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : value;
}

function sameValue(held: JsonValue | undefined, wanted: string | boolean): boolean {
  if (typeof held === 'string' && typeof wanted === 'string') return held.toLowerCase() === wanted.toLowerCase();
  return held === wanted;
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function asArray(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function unknownPath(text: string, { unknownPatchPath }: Switches): void {
  if (unknownPatchPath === 400) invalidPath(text);
}

function invalidPath(text: string): never {
  return refuseScim(400, `Invalid path: ${text}`, 'invalidPath');
}
