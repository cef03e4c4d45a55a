import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '../model/canonical-json.js';
import { chain, EMPTY_LOG, type AuditLogHead } from './audit-chain.js';
import type { AuditEvent } from './audit-event.js';
import { verifyAuditLog, type AuditLogVerification } from './verify-audit-log.js';

const EVENTS = 6;

function event(sequence: number, more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    version: 1,
    id: `e-${String(sequence)}`,
    sequence,
    time: '2026-10-01T08:00:00.000Z',
    actor: { type: 'service' },
    action: 'manageRelationships',
    correlationId: 'c-1',
    subject: { email: 'zoë@acme.com' },
    target: { type: 'group', name: 'crew \ufffd' },
    operation: 'org.group.addMember',
    changes: [],
    outcome: 'applied',
    durationMs: sequence,
    calls: 1,
    traceIds: [],
    ...more,
  };
}

/** A log as the sink writes it: its lines, and its head after each of them. */
function log(count = EVENTS, start: AuditLogHead = EMPTY_LOG): { lines: string[]; heads: AuditLogHead[] } {
  const lines: string[] = [];
  const heads: AuditLogHead[] = [];
  let head = start;
  for (let index = 1; index <= count; index += 1) {
    const next = chain(event(start.events + index), head);
    head = next.head;
    lines.push(next.line);
    heads.push(head);
  }
  return { lines, heads };
}

const { lines: LINES, heads: HEADS } = log();
const LAST_HEAD = HEADS[EVENTS - 1] ?? EMPTY_LOG;

/** The lines with one of them taken out, put elsewhere, replaced or doubled. */
function edited(edit: (lines: string[]) => void): string[] {
  const lines = [...LINES];
  edit(lines);
  return lines;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function verifyBytes(bytes: Buffer, expectedHead?: AuditLogHead): Promise<AuditLogVerification> {
  const path = join(folder, 'edited.jsonl');
  await writeFile(path, bytes);
  return verifyAuditLog(path, expectedHead === undefined ? {} : { expectedHead });
}

describe('a log as it was written', () => {
  test('verifies from a file and from lines', async () => {
    const expected = { ok: true, events: EVENTS, head: LAST_HEAD };

    expect(await verifyBytes(Buffer.from(`${LINES.join('\n')}\n`))).toEqual(expected);
    expect(await verifyAuditLog(LINES)).toEqual(expected);
  });

  test('verifies when it is empty', async () => {
    expect(await verifyAuditLog([])).toEqual({ ok: true, events: 0, head: EMPTY_LOG });
  });

  test('verifies over many reads of the file', async () => {
    const { lines, heads } = log(400);

    const found = await verifyBytes(Buffer.from(`${lines.join('\n')}\n`), heads[200]);

    expect(found).toMatchObject({ ok: true, events: 400 });
  });

  test('may have grown since its head was taken', async () => {
    expect(await verifyAuditLog(LINES, { expectedHead: HEADS[2]! })).toMatchObject({ ok: true, events: EVENTS });
  });
});

describe('a log that was tampered with', () => {
  test.each([
    ['an altered line', (lines: string[]) => void (lines[2] = lines[2]!.replace('applied', 'skipped')), 3, 'altered'],
    ['a space added', (lines: string[]) => void (lines[2] = lines[2]!.replace(':', ': ')), 3, 'altered'],
    [
      'a key that is repeated',
      (lines: string[]) => void (lines[2] = `{"action":"x",${lines[2]!.slice(1)}`),
      3,
      'altered',
    ],
    ['an empty line', (lines: string[]) => void lines.splice(2, 0, ''), 3, 'altered'],
    ['what is no object', (lines: string[]) => void (lines[2] = '[]'), 3, 'altered'],
    ['a first line that is missing', (lines: string[]) => void lines.shift(), 1, 'removed'],
    ['a line that is missing', (lines: string[]) => void lines.splice(2, 1), 3, 'removed'],
    ['several lines that are missing', (lines: string[]) => void lines.splice(1, 3), 2, 'removed'],
    ['a line that is doubled', (lines: string[]) => void lines.splice(3, 0, lines[2]!), 4, 'inserted'],
    ['an old line at the end', (lines: string[]) => void lines.push(lines[1]!), EVENTS + 1, 'inserted'],
    [
      'two lines that changed places',
      (lines: string[]) => void lines.splice(2, 2, lines[3]!, lines[2]!),
      3,
      'reordered',
    ],
    ['a line moved to the end', (lines: string[]) => void lines.push(...lines.splice(1, 1)), 2, 'reordered'],
  ])('shows %s', async (_case, edit, firstBadLine, problem) => {
    const found = await verifyAuditLog(edited(edit));

    expect(found).toMatchObject({
      ok: false,
      firstBadLine,
      problem,
      events: firstBadLine - 1,
      head: HEADS[firstBadLine - 2] ?? EMPTY_LOG,
    });
  });

  test('shows a forged line put in with right hashes', async () => {
    const forged = chain(event(99), HEADS[1]!);

    const found = await verifyAuditLog(edited((lines) => void lines.splice(2, 0, forged.line)));

    expect(found).toMatchObject({ ok: false, firstBadLine: 4, problem: 'inserted' });
  });

  test('shows a line that was replaced with right hashes of its own', async () => {
    const forged = chain(event(3, { outcome: 'skipped' }), HEADS[1]!);

    const found = await verifyAuditLog(edited((lines) => void (lines[2] = forged.line)));

    expect(found).toMatchObject({ ok: false, firstBadLine: 4, problem: 'altered' });
  });

  test('shows a missing end only against a head that was kept elsewhere', async () => {
    const shortened = LINES.slice(0, -2);

    expect(await verifyAuditLog(shortened)).toMatchObject({ ok: true, events: EVENTS - 2 });
    expect(await verifyAuditLog(shortened, { expectedHead: LAST_HEAD })).toMatchObject({
      ok: false,
      problem: 'truncated',
      firstBadLine: EVENTS - 1,
      message: `Line ${String(EVENTS - 1)}: the log should go on to line ${String(EVENTS)}`,
    });
  });

  test('shows a log written anew only against a head that was kept elsewhere', async () => {
    const first = chain(event(1, { outcome: 'skipped' }), EMPTY_LOG);
    const anew = [first.line, ...log(EVENTS - 1, first.head).lines];

    expect(await verifyAuditLog(anew)).toMatchObject({ ok: true, events: EVENTS });
    expect(await verifyAuditLog(anew, { expectedHead: LAST_HEAD })).toMatchObject({
      ok: false,
      problem: 'rewritten',
      firstBadLine: EVENTS,
    });
  });

  test('shows a last line without its line feed', async () => {
    const found = await verifyBytes(Buffer.from(LINES.join('\n')));

    expect(found).toMatchObject({ ok: false, problem: 'torn', firstBadLine: EVENTS });
  });

  test('shows bytes that are not UTF-8 in the place of a replacement character', async () => {
    const bytes = Buffer.from(`${LINES.join('\n')}\n`);
    const at = bytes.indexOf('\ufffd');
    // A lenient decoder reads the one wrong byte as the very character that stood there.
    const edited = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]);

    expect(await verifyBytes(edited)).toMatchObject({ ok: false, problem: 'altered', firstBadLine: 1 });
  });

  test('shows a byte order mark', async () => {
    const found = await verifyBytes(Buffer.from(`\ufeff${LINES.join('\n')}\n`));

    expect(found).toMatchObject({ ok: false, problem: 'altered', firstBadLine: 1 });
  });

  test('shows nesting deeper than the stack', async () => {
    const found = await verifyAuditLog([`${'['.repeat(200_000)}${']'.repeat(200_000)}`]);

    expect(found).toMatchObject({ ok: false, problem: 'altered', firstBadLine: 1 });
  });

  test('repeats nothing of the log in its message', async () => {
    const found = await verifyAuditLog(edited((lines) => void (lines[2] = '{"planted":1}')));

    expect(JSON.stringify(found)).not.toContain('planted');
  });

  test('shows any single edit of its bytes, in the line it was made in', async () => {
    const bytes = Buffer.from(`${LINES.join('\n')}\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.constantFrom('replace', 'insert', 'delete'),
        fc.nat({ max: 255 }),
        async (offset, kind, byte) => {
          fc.pre(!(kind === 'replace' && bytes[offset] === byte));
          const removed = kind === 'insert' ? 0 : 1;
          const added = kind === 'delete' ? [] : [byte];
          const edit = Buffer.concat([bytes.subarray(0, offset), Buffer.from(added), bytes.subarray(offset + removed)]);

          const found = await verifyBytes(edit);

          const line = bytes.subarray(0, offset).toString('latin1').split('\n').length;
          // A line feed put between two lines makes an empty line: the one after the edit.
          expect(found).toMatchObject({
            ok: false,
            firstBadLine: expect.toSatisfy((bad) => bad === line || bad === line + 1),
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  test('shows any single removal, copy or move of lines, given its head', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: EVENTS - 1 }),
        fc.integer({ min: 1, max: EVENTS }),
        fc.nat({ max: EVENTS }),
        fc.constantFrom('remove', 'copy', 'move'),
        async (from, length, to, kind) => {
          const taken = LINES.slice(from, from + length);
          const left = kind === 'copy' ? [...LINES] : [...LINES.slice(0, from), ...LINES.slice(from + length)];
          if (kind !== 'remove') left.splice(to, 0, ...taken);
          fc.pre(left.join() !== LINES.join());

          const found = await verifyAuditLog(left, { expectedHead: LAST_HEAD });

          expect(found.ok).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a line can be checked by hand: the hash is that of the line without it', () => {
  const { hash, ...rest } = JSON.parse(LINES[0] ?? '') as Record<string, unknown>;

  expect(hash).toBe(digestOf(rest));
});

test('a file that is not there is an error of the file system', async () => {
  await expect(verifyAuditLog(join(folder, 'missing.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test.for<[string, object]>([
  ['a head that is not there', { expectedHead: undefined }],
  ['an empty head', { expectedHead: {} }],
  ['a head of no events', { expectedHead: { events: -1, hash: '0'.repeat(64) } }],
  ['an option that there is not', { expectedhead: { events: 0, hash: '0'.repeat(64) } }],
])('refuses %s, which would check nothing', async ([, options]) => {
  await expect(verifyAuditLog(LINES, options)).rejects.toMatchObject({ code: 'request_invalid' });
});
