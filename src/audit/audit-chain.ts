import { canonicalJson, digestOf } from '../model/canonical-json.js';
import type { AuditEvent } from './audit-event.js';

/**
 * The end of a log: how many events it has, and the hash of the last.
 *
 * Kept elsewhere, it proves later that nothing up to it was cut off or rewritten; the log alone cannot prove that.
 */
export interface AuditLogHead {
  readonly events: number;
  /** 64 lower-case hexadecimal digits. */
  readonly hash: string;
}

/** What a line says of its place in the chain. */
interface LinkFields {
  /** From 1. */
  readonly position: number;
  readonly previousHash: string;
}

/** A line whose own hash is right. Whether it follows the line before it is another question. */
export interface ChainedLine extends LinkFields {
  readonly hash: string;
}

/** The head of a log without events. */
export const EMPTY_LOG: AuditLogHead = { events: 0, hash: '0'.repeat(64) };

/** The line that adds an event to a log, without its line feed, and the head of the log with it. */
export function chain(event: AuditEvent, head: AuditLogHead): { readonly line: string; readonly head: AuditLogHead } {
  const link: LinkFields = { position: head.events + 1, previousHash: head.hash };
  const linked = { ...event, ...link };
  const hash = digestOf(linked);
  return { line: canonicalJson({ ...linked, hash }), head: { events: link.position, hash } };
}

/**
 * Reads a line, or gives `undefined` when it is not exactly what {@link chain} wrote.
 *
 * The text must be canonical too: a repeated key or a space would else change what other readers see, unnoticed.
 */
export function readChainedLine(text: string): ChainedLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    if (!isChained(line) || canonicalJson(line) !== text) return undefined;
    const { hash, ...hashed } = line;
    return digestOf(hashed) === hash ? line : undefined;
  } catch {
    return undefined; // not JSON, or nested deeper than the stack
  }
}

function isChained(line: unknown): line is ChainedLine {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return false;
  const { position, previousHash, hash } = line as Record<string, unknown>;
  return Number.isSafeInteger(position) && typeof previousHash === 'string' && typeof hash === 'string';
}
