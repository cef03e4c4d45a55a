import { createReadStream } from 'node:fs';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { EMPTY_LOG, readChainedLine, type AuditLogHead, type ChainedLine } from './audit-chain.js';

/**
 * What is wrong with an audit log.
 *
 * - `altered`: a line is not as it was written, or the one before it was written anew
 * - `removed`: lines are missing before this one
 * - `inserted`: a line does not belong here; it may be a copy of another
 * - `reordered`: a line stands before one that it follows
 * - `torn`: the last line does not end: its writing, or the file, was cut short
 * - `truncated`: the log ends before the head that was expected
 * - `rewritten`: it is consistent, yet not the log that the expected head was taken from
 */
export type AuditLogProblem = 'altered' | 'removed' | 'inserted' | 'reordered' | 'torn' | 'truncated' | 'rewritten';

/** What {@link verifyAuditLog} found. */
export type AuditLogVerification =
  | {
      readonly ok: true;
      /** Number of events. */
      readonly events: number;
      /** The end of the log, for keeping elsewhere. */
      readonly head: AuditLogHead;
    }
  | {
      readonly ok: false;
      /** Number of events before the first bad line; these verify. */
      readonly events: number;
      /** The end of the part that verifies. */
      readonly head: AuditLogHead;
      readonly problem: AuditLogProblem;
      /** From 1. With `truncated`, the first line that is missing. */
      readonly firstBadLine: number;
      /** What was found, in words, without any content of the log. */
      readonly message: string;
    };

/** Settings of {@link verifyAuditLog}. */
export interface VerifyAuditLogOptions {
  /** A head taken from `JsonlSink.head()` or an earlier verification and kept elsewhere. The log may have grown since. */
  readonly expectedHead?: AuditLogHead;
}

/**
 * Checks the log of a `JsonlSink` from its first line: that no line was altered, removed, inserted or moved.
 *
 * Without `expectedHead` it cannot see that the last lines were cut off, nor that somebody wrote the whole log anew.
 *
 * @param log - Path of the file, or its lines without their line feeds.
 * @throws `request_invalid` for options that do not fit: an `expectedHead` that is there and `undefined`, such as that of a
 * sink that was never opened, would check nothing. The file system's error when the file cannot be read.
 */
export async function verifyAuditLog(
  log: string | URL | Iterable<string> | AsyncIterable<string>,
  options: VerifyAuditLogOptions = {},
): Promise<AuditLogVerification> {
  const expectedHead = checkedHead(options);
  const lines = typeof log === 'string' || log instanceof URL ? linesOfFile(log) : linesOf(log);
  let head = EMPTY_LOG;

  for await (const line of lines) {
    if (!line.isComplete) return bad(head, 'torn', 'it does not end with a line feed');
    const chained = line.text === undefined ? undefined : readChainedLine(line.text);
    if (chained === undefined) return bad(head, 'altered', 'it is not as it was written');
    // Awaited here: returning the promise would close `lines` before the rest is read.
    if (!follows(chained, head)) return await explainBreak(head, chained, lines);
    if (chained.position === expectedHead?.events && chained.hash !== expectedHead.hash)
      return bad(head, 'rewritten', 'its hash is not that of the expected head');
    head = { events: chained.position, hash: chained.hash };
  }

  if (expectedHead !== undefined && head.events < expectedHead.events)
    return bad(head, 'truncated', `the log should go on to line ${String(expectedHead.events)}`);
  return { ok: true, events: head.events, head };
}

const HASH = /^[0-9a-f]{64}$/;

function checkedHead(options: VerifyAuditLogOptions): AuditLogHead | undefined {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) throw unfit('options must be an object');
  const unknown = Object.keys(given).filter((key) => key !== 'expectedHead');
  if (unknown.length > 0) throw unfit(`there is no option ${unknown.map((key) => `"${key}"`).join(', ')}`);
  if (!Object.hasOwn(given, 'expectedHead')) return undefined;

  const { events, hash } = Object(options.expectedHead) as Partial<AuditLogHead>;
  if (!Number.isSafeInteger(events) || (events ?? -1) < 0 || !HASH.test(String(hash)))
    throw unfit('expectedHead must hold `events`, a whole number from 0, and `hash`, 64 hexadecimal digits');
  return options.expectedHead;
}

function unfit(fault: string): ProvisionerError {
  return new ProvisionerError('request_invalid', `verifyAuditLog: ${fault}`, {
    advice: 'Leave `expectedHead` out, or pass a head that was kept elsewhere.',
  });
}

interface Line {
  /** `undefined` when the bytes are not UTF-8. */
  readonly text: string | undefined;
  readonly isComplete: boolean;
}

function follows(line: ChainedLine, head: AuditLogHead): boolean {
  return line.position === head.events + 1 && line.previousHash === head.hash;
}

/** Reads on: whether the line that should be here comes later tells a moved line from a missing one. */
async function explainBreak(
  head: AuditLogHead,
  found: ChainedLine,
  rest: AsyncIterable<Line>,
): Promise<AuditLogVerification> {
  let isExpectedLater = false;
  for await (const { text } of rest) {
    const line = text === undefined ? undefined : readChainedLine(text);
    isExpectedLater ||= line !== undefined && follows(line, head);
    if (isExpectedLater) break;
  }

  const expected = head.events + 1;
  if (found.position > expected)
    return isExpectedLater
      ? bad(head, 'reordered', `it is event ${String(found.position)}, and event ${String(expected)} comes later`)
      : bad(head, 'removed', `it is event ${String(found.position)}, and event ${String(expected)} is not there`);
  if (found.position < expected || isExpectedLater)
    return bad(head, 'inserted', `it is event ${String(found.position)}, and does not follow the line before it`);
  return bad(head, 'altered', 'it does not follow the line before it: one of the two was written anew');
}

function bad(head: AuditLogHead, problem: AuditLogProblem, what: string): AuditLogVerification {
  const firstBadLine = head.events + 1;
  const message = `Line ${String(firstBadLine)}: ${what}`;
  return { ok: false, events: head.events, head, problem, firstBadLine, message };
}

async function* linesOf(lines: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Line, void, undefined> {
  for await (const text of lines) yield { text, isComplete: true };
}

const LINE_FEED = 0x0a;

async function* linesOfFile(path: string | URL): AsyncGenerator<Line, void, undefined> {
  const parts: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      parts.push(chunk.subarray(start, end));
      yield { text: decode(Buffer.concat(parts.splice(0))), isComplete: true };
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
  }
  const last = Buffer.concat(parts);
  if (last.length > 0) yield { text: decode(last), isComplete: false };
}

/** Strict, so that no two files of different bytes read the same. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
