import { createHash } from 'node:crypto';

/**
 * Writes a value as JSON of which there is exactly one form, so that equal values have equal texts (RFC 8785).
 *
 * Object keys are sorted by UTF-16 code units, there is no white space, and numbers are written as ECMAScript does (`-0`
 * is `0`). A property that is `undefined` is left out, as `JSON.stringify` does. Everything else that JSON cannot carry
 * as it is throws a `TypeError` that names the place and the type, never the value: a number that is not finite, a lone
 * surrogate, `undefined` in a list, a bigint, a function, a symbol, a class instance (a `Date` or a `Secret` too) and a
 * value that contains itself.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', new Set());
}

/** The SHA-256 of {@link canonicalJson} of a value, as 64 lower-case hexadecimal digits. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

function write(value: unknown, at: string, around: Set<object>): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, at);
    case 'number':
      if (!Number.isFinite(value)) throw unfit(at, 'a number that is not finite');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeObject(value, at, around);
    default:
      throw unfit(at, `of type ${typeof value}`);
  }
}

function writeString(value: string, at: string): string {
  if (LONE_SURROGATE.test(value)) throw unfit(at, 'a string with half a surrogate pair');
  return JSON.stringify(value);
}

/** With the `u` flag a whole pair is one code point above U+FFFF, so this finds halves only. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;

function writeObject(value: object, at: string, around: Set<object>): string {
  if (around.has(value)) throw unfit(at, 'an object that contains itself');
  around.add(value);
  const text = Array.isArray(value) ? writeArray(value, at, around) : writeRecord(value, at, around);
  around.delete(value);
  return text;
}

function writeArray(value: readonly unknown[], at: string, around: Set<object>): string {
  const items: string[] = [];
  for (const [index, item] of value.entries()) items.push(write(item, `${at}[${String(index)}]`, around));
  return `[${items.join(',')}]`;
}

function writeRecord(value: object, at: string, around: Set<object>): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm (a Jest sandbox) has another Object.prototype, which itself has no prototype.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw unfit(at, 'an instance of a class');

  const members: string[] = [];
  for (const [key, member] of Object.entries(value).sort(byKey)) {
    if (member === undefined) continue;
    members.push(`${writeString(key, at)}:${write(member, `${at}.${key}`, around)}`);
  }
  return `{${members.join(',')}}`;
}

/** `<` on strings compares UTF-16 code units, which is the order RFC 8785 section 3.2.3 asks for. */
function byKey([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : 1;
}

function unfit(at: string, what: string): TypeError {
  return new TypeError(`Cannot be written as canonical JSON: ${at} is ${what}`);
}
