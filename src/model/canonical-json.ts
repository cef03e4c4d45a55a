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
  return write(value, { path: [], around: new Set() });
}

/** The SHA-256 of {@link canonicalJson} of a value, as 64 lower-case hexadecimal digits. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

/** Where writing is: the keys that lead there, and the objects it is inside of. */
interface Place {
  readonly path: (string | number)[];
  readonly around: Set<object>;
}

function write(value: unknown, place: Place): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, place);
    case 'number':
      if (!Number.isFinite(value)) throw unfit(place, 'a number that is not finite');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeObject(value, place);
    default:
      throw unfit(place, `of type ${typeof value}`);
  }
}

function writeString(value: string, place: Place): string {
  if (LONE_SURROGATE.test(value)) throw unfit(place, 'a string with half a surrogate pair');
  return JSON.stringify(value);
}

/** With the `u` flag a whole pair is one code point above U+FFFF, so this finds halves only. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;

function writeObject(value: object, place: Place): string {
  if (place.around.has(value)) throw unfit(place, 'an object that contains itself');
  place.around.add(value);
  const text = Array.isArray(value) ? writeArray(value, place) : writeRecord(value, place);
  place.around.delete(value);
  return text;
}

function writeArray(value: readonly unknown[], place: Place): string {
  const items: string[] = [];
  for (const [index, item] of value.entries()) {
    place.path.push(index);
    items.push(write(item, place));
    place.path.pop();
  }
  return `[${items.join(',')}]`;
}

function writeRecord(value: object, place: Place): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm (a Jest sandbox) has another Object.prototype, which itself has no prototype.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw unfit(place, 'an instance of a class');

  const members: string[] = [];
  const record = value as Readonly<Record<string, unknown>>;
  // The default order of `sort` is that of UTF-16 code units, which RFC 8785 section 3.2.3 asks for.
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member === undefined) continue;
    place.path.push(key);
    members.push(`${writeString(key, place)}:${write(member, place)}`);
    place.path.pop();
  }
  return `{${members.join(',')}}`;
}

function unfit({ path }: Place, what: string): TypeError {
  const at = path.map((key) => (typeof key === 'number' ? `[${String(key)}]` : `.${key}`)).join('');
  return new TypeError(`Cannot be written as canonical JSON: $${at} is ${what}`);
}
