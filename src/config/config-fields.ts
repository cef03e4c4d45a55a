import { z } from 'zod';
import { isSecret, revealed } from './secret-input.js';
import { tokenFault, type TokenUse } from './token-fault.js';

/**
 * The building blocks of the configuration's schema.
 *
 * Every message is written here: it says what belongs in the place, and never repeats what was there.
 */
type Check<Value> = (value: Value) => string | undefined;

function field<Value>(what: string, isKind: (value: unknown) => value is Value, check: Check<Value> = () => undefined) {
  return z.unknown().superRefine((value, context) => {
    const message = value === undefined ? `is required: ${what}` : isKind(value) ? check(value) : `must be ${what}`;
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

/** An object of settings. */
export function group<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, { error: 'must be an object' });
}

/** A list of settings. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item, { error: 'must be a list' });
}

/** A text that is not empty, with a check of its own. */
export function text(what: string, check?: Check<string>) {
  return field(what, isString, (value) => (value === '' ? `must not be empty: ${what}` : check?.(value)));
}

/** A name for people, of more than white space. */
export function name(what: string) {
  return text(what, (value) => (value.trim() === '' ? `must not be blank: ${what}` : undefined));
}

/** A text, an id among others, without white space. */
export function word(what: string) {
  return text(what, (value) => (/[\s\p{Cc}]/u.test(value) ? `must not hold white space: ${what}` : undefined));
}

/** An email address, as far as a mistake of the field can be told. */
export function email(what: string) {
  return text(what, (value) => (isEmail(value) ? undefined : `must be an email address: ${what}`));
}

/** A credential whose kind can be told, as a string or wrapped. */
export function token(use: TokenUse, what: string) {
  return field(what, isCredential, (value) => tokenFault(use, revealed(value)));
}

/** A credential of any form, as a string or wrapped. */
export function secretWord(what: string) {
  return field(what, isCredential, (value) => {
    if (revealed(value) === '') return `must not be empty: ${what}`;
    return /[\s\p{Cc}]/u.test(revealed(value)) ? `must not hold white space: ${what}` : undefined;
  });
}

/** A number of things or of milliseconds. */
export function whole(least: number) {
  const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= least;
  return field(`a whole number from ${String(least)}`, isWhole);
}

/** A share of something. */
export function share() {
  const isShare = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 1;
  return field('a number over 0, up to 1', isShare);
}

/** A yes or no. */
export function flag() {
  return field('true or false', (value): value is boolean => typeof value === 'boolean');
}

/** One of a few words. */
export function oneOf(...words: readonly string[]) {
  const known = words.map((known) => `"${known}"`).join(' or ');
  return field(known, (value): value is string => isString(value) && words.includes(value));
}

/** A function of the caller. */
export function callable(what: string) {
  return field(what, isFunction);
}

/** An object of the caller with certain methods. It is used as it is, and never copied. */
export function having(what: string, ...methods: readonly string[]) {
  const hasAll = (value: unknown): value is object =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((method) => isFunction((value as Record<string, unknown>)[method]));
  return field(what, hasAll);
}

/** A day, or an instant with its zone. */
export function instant(what: string) {
  return field(what, (value): value is string | Date => toInstant(value) !== undefined);
}

/** A person, by email or by any other id. */
export function identity() {
  return field('an email, or an object with one id of a person', isIdentity);
}

const DAY_OR_INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** An ISO 8601 instant, UTC, or `undefined` when it is none. A day begins at midnight UTC. */
export function toInstant(value: unknown): string | undefined {
  const readable = value instanceof Date || (isString(value) && DAY_OR_INSTANT.test(value));
  if (!readable) return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

const ID_KEYS = ['email', 'userName', 'externalId', 'scimUserId', 'accountId'];

function isIdentity(value: unknown): value is string | object {
  if (isString(value)) return isEmail(value.trim());
  if (typeof value !== 'object' || value === null) return false;
  const [entry, ...more] = Object.entries(value as Readonly<Record<string, unknown>>);
  if (entry === undefined || more.length > 0) return false;
  const [kind, id] = entry;
  if (!ID_KEYS.includes(kind) || !isString(id)) return false;
  return kind === 'email' ? isEmail(id.trim()) : id.trim() !== '';
}

function isCredential(value: unknown): value is string | { reveal(): string } {
  return isString(value) || isSecret(value);
}

function isEmail(value: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isFunction(value: unknown): value is (...args: never) => unknown {
  return typeof value === 'function';
}
