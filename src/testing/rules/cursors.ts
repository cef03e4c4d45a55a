import { createHash } from 'node:crypto';
import type { Place } from './page-cut.js';

/** What a page token says, once it is found genuine. */
export interface CursorContent {
  /** Everything the first request asked for: with a cursor, the server drops the other parameters. */
  readonly query: unknown;
  readonly place: Place;
}

/** How a token is bound: to one operation of one organization, at one instant. */
export interface CursorBinding {
  readonly operation: string;
  readonly now: number;
  /** Milliseconds that a token lives; `undefined` for ever. */
  readonly lifetimeMs: number | undefined;
}

interface Sealed extends CursorContent {
  readonly operation: string;
  readonly issuedAt: number;
}

const SALT = 'page token of the fake';
const PAD = createHash('sha512').update(SALT).digest();

/**
 * Makes a page token: unreadable, and with the characters `/`, `.` and `=` that the real ones have, so that a client that
 * looks inside or does not encode it is found out.
 */
export function sealCursor(content: CursorContent, { operation, now }: Omit<CursorBinding, 'lifetimeMs'>): string {
  const sealed: Sealed = { ...content, operation, issuedAt: now };
  const text = scrambled(Buffer.from(JSON.stringify(sealed), 'utf8'))
    .toString('base64')
    .replaceAll('+', '-');
  return `${text}.${checksum(text)}`;
}

/** Reads a page token; `undefined` when it is altered, of another operation, or too old. */
export function openCursor(cursor: string, binding: CursorBinding): CursorContent | undefined {
  const dot = cursor.lastIndexOf('.');
  const text = cursor.slice(0, dot);
  if (dot < 0 || cursor.slice(dot + 1) !== checksum(text)) return undefined;

  const bytes = scrambled(Buffer.from(text.replaceAll('-', '+'), 'base64'));
  const sealed = JSON.parse(bytes.toString('utf8')) as Sealed;
  if (sealed.operation !== binding.operation) return undefined;
  if (binding.lifetimeMs !== undefined && binding.now - sealed.issuedAt > binding.lifetimeMs) return undefined;
  return sealed;
}

/** Applied twice, it gives the bytes back. */
function scrambled(bytes: Buffer): Buffer {
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = (bytes[index] ?? 0) ^ (PAD[index % PAD.length] ?? 0);
  return bytes;
}

function checksum(text: string): string {
  return createHash('sha256').update(SALT).update(text).digest('hex').slice(0, 12);
}
