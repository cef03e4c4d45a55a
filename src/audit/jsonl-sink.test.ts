import {
  appendFile,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuditEvent } from './audit-event.js';
import { AuditRecorder } from './audit-recorder.js';
import { JsonlSink } from './jsonl-sink.js';
import { verifyAuditLog } from './verify-audit-log.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  path = join(folder, 'audit.jsonl');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function event(sequence: number): AuditEvent {
  return {
    version: 1,
    id: `00000000-0000-4000-8000-${String(sequence).padStart(12, '0')}`,
    sequence,
    time: '2026-10-01T08:00:00.000Z',
    actor: { type: 'service', name: 'hr-sync' },
    action: 'syncIdentity',
    correlationId: 'c-1',
    subject: { email: 'zoë@acme.com' },
    target: { type: 'identity' },
    operation: 'scim.user.update',
    changes: [{ attribute: 'title', from: null, to: 'line\nbreak \u2028 "quoted"' }],
    outcome: 'applied',
    durationMs: 3,
    calls: 1,
    traceIds: [],
  };
}

async function writeEvents(sink: JsonlSink, count: number, from = 1): Promise<void> {
  for (let sequence = from; sequence < from + count; sequence += 1) await sink.write(event(sequence));
}

async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').slice(0, -1);
}

/** The prototype of all file handles, to make single calls of one fail. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(folder, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  return prototype;
}

describe('writing', () => {
  test('appends one line for each event: the event, its position and two hashes', async () => {
    const sink = new JsonlSink(path);

    await writeEvents(sink, 2);
    await sink.close();

    const [first, second] = (await linesOf(path)).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({ ...event(1), position: 1, previousHash: '0'.repeat(64) });
    expect(second).toMatchObject({ ...event(2), position: 2, previousHash: first?.hash });
    expect(sink.head()).toEqual({ events: 2, hash: second?.hash });
    expect(await verifyAuditLog(path)).toEqual({ ok: true, events: 2, head: sink.head() });
  });

  test('waits for the disk before an event counts as kept, each time', async () => {
    const sync = vi.spyOn(await fileHandles(), 'sync');
    const sink = new JsonlSink(path);
    await sink.open();
    const before = sync.mock.calls.length;

    await writeEvents(sink, 3);
    await sink.close();

    expect(sync.mock.calls.length - before).toBe(3);
  });

  test('keeps concurrent events apart and in order', async () => {
    const sink = new JsonlSink(path);

    await Promise.all(Array.from({ length: 25 }, (_, index) => sink.write(event(index + 1))));
    await sink.close();

    const sequences = (await linesOf(path)).map((line) => (JSON.parse(line) as AuditEvent).sequence);
    expect(sequences).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 25 });
  });

  test('makes a file that only its owner can read', async () => {
    const sink = new JsonlSink(pathToFileURL(path));

    await sink.open();
    await sink.close();

    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test('fails when the folder does not exist, before any event', async () => {
    const missing = join(folder, 'missing', 'audit.jsonl');
    const sink = new JsonlSink(missing);

    await expect(sink.open()).rejects.toMatchObject({
      code: 'audit_failed',
      message: `Cannot open ${missing}: ENOENT`,
      advice: 'Create the folder: the sink makes the file only.',
    });
  });
});

describe('an existing file', () => {
  test('is continued', async () => {
    const first = new JsonlSink(path);
    await writeEvents(first, 2);
    await first.close();

    const second = new JsonlSink(path);
    await second.open();
    const headAtOpening = second.head();
    await writeEvents(second, 2, 3);
    await second.close();

    expect(headAtOpening).toEqual(first.head());
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 4 });
  });

  test('is continued by a sink that was closed', async () => {
    const sink = new JsonlSink(path);
    await writeEvents(sink, 1);
    await sink.close();

    await writeEvents(sink, 1, 2);
    await sink.close();

    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 2 });
  });

  test('is continued after a line longer than a read', async () => {
    const first = new JsonlSink(path);
    await writeEvents(first, 1);
    await first.write({ ...event(2), reason: 'long '.repeat(40_000) });
    await first.close();

    const second = new JsonlSink(path);
    await writeEvents(second, 1, 3);
    await second.close();

    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 3 });
  });

  test('is not continued after an altered last line', async () => {
    const first = new JsonlSink(path);
    await writeEvents(first, 2);
    await first.close();
    await writeFile(path, (await readFile(path, 'utf8')).replace('"sequence":2', '"sequence":3'));

    const opening = new JsonlSink(path).open();

    await expect(opening).rejects.toMatchObject({
      code: 'audit_failed',
      message: expect.stringContaining('last line'),
    });
  });

  test('is not continued when it is something else', async () => {
    await writeFile(path, 'hello\n');

    const opening = new JsonlSink(path).open();

    await expect(opening).rejects.toMatchObject({ code: 'audit_failed' });
    expect(await readFile(path, 'utf8')).toBe('hello\n');
  });
});

describe('a last line that was cut short', () => {
  const TORN = '{"action":"syncId';

  beforeEach(async () => {
    const sink = new JsonlSink(path);
    await writeEvents(sink, 2);
    await sink.close();
    await appendFile(path, TORN);
  });

  test('is named, and nothing is written after it', async () => {
    const opening = new JsonlSink(path).open();

    await expect(opening).rejects.toMatchObject({
      code: 'audit_failed',
      message: expect.stringContaining('17 bytes'),
      advice: expect.stringContaining('set-aside'),
    });
    expect(await readFile(path, 'utf8')).toMatch(/"syncId$/);
    expect(await readdir(folder)).toEqual(['audit.jsonl']);
  });

  test('is kept beside the log when told so, and the log goes on', async () => {
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const sink = new JsonlSink(path, { onTornLine: 'set-aside' });

    await writeEvents(sink, 1, 3);
    await sink.close();

    const [aside = ''] = (await readdir(folder)).filter((name) => name.includes('.torn-'));
    expect(await readFile(join(folder, aside), 'utf8')).toBe(TORN);
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 3 });
    expect(warning).toHaveBeenCalledWith(expect.stringContaining(aside), { code: 'ATLASSIAN_AUDIT_LOG_TORN' });
  });

  test('may be the only line', async () => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await writeFile(path, TORN);
    const sink = new JsonlSink(path, { onTornLine: 'set-aside' });

    await writeEvents(sink, 1);
    await sink.close();

    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 1 });
  });
});

describe('a disk that fails', () => {
  test('leaves no half line, and the event can be written again', async () => {
    const sink = new JsonlSink(path);
    await writeEvents(sink, 1);
    vi.spyOn(await fileHandles(), 'sync').mockRejectedValueOnce(Object.assign(new Error('EIO'), { code: 'EIO' }));

    const failing = sink.write(event(2));
    await expect(failing).rejects.toMatchObject({ code: 'audit_failed', message: `Cannot append to ${path}: EIO` });
    const linesAfterFailure = await linesOf(path);
    await sink.write(event(2));
    await sink.close();

    expect(linesAfterFailure).toHaveLength(1);
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 2 });
  });

  test('stops the sink for good when half a line cannot be taken back', async () => {
    const sink = new JsonlSink(path);
    await writeEvents(sink, 1);
    const handles = await fileHandles();
    vi.spyOn(handles, 'sync').mockRejectedValueOnce(new Error('EIO'));
    vi.spyOn(handles, 'truncate').mockRejectedValueOnce(new Error('EIO'));
    await sink.write(event(2)).catch(() => undefined);

    const next = sink.write(event(3));

    await expect(next).rejects.toMatchObject({ code: 'audit_failed', message: expect.stringContaining('taken back') });
    await sink.close();
  });

  test('makes the recorder hold back changes until the event is kept', async () => {
    const sink = new JsonlSink(path);
    const recorder = new AuditRecorder({ sink });
    await recorder.ready();
    vi.spyOn(await fileHandles(), 'sync').mockRejectedValueOnce(Object.assign(new Error('EIO'), { code: 'EIO' }));
    const { version: _version, id: _id, sequence: _sequence, time: _time, ...draft } = event(1);

    const recording = recorder.record(draft);
    await expect(recording).rejects.toMatchObject({ code: 'audit_failed' });
    await recorder.ready();
    await recorder.close();

    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 1 });
  });
});

describe('two writers', () => {
  test('cannot open one file at the same time', async () => {
    const first = new JsonlSink(path);
    await first.open();

    const opening = new JsonlSink(path).open();

    await expect(opening).rejects.toMatchObject({ code: 'audit_failed', advice: expect.stringContaining('lock') });
    await first.close();
  });

  test('can open it one after the other', async () => {
    const first = new JsonlSink(path);
    await first.open();
    await first.close();

    const second = new JsonlSink(path);
    await second.open();
    await second.close();

    expect(await readdir(folder)).toEqual(['audit.jsonl']);
  });

  test.each([
    ['a process that has ended', { pid: 2 ** 22 + 1, host: hostname(), startedAt: 1 }],
    ['an earlier process with the same id', { pid: process.pid, host: hostname(), startedAt: 1 }],
  ])('are not seen in the lock of %s', async (_case, holder) => {
    await writeFile(`${path}.lock`, JSON.stringify({ id: 'left-over', ...holder }));
    const sink = new JsonlSink(path);

    await writeEvents(sink, 1);
    await sink.close();

    expect(await readdir(folder)).toEqual(['audit.jsonl']);
  });

  test.each([
    ['a running process', JSON.stringify({ id: 'x', pid: process.ppid, host: hostname(), startedAt: 1 })],
    ['a process on another host', JSON.stringify({ id: 'x', pid: 1, host: 'elsewhere', startedAt: 1 })],
    ['something unreadable', ''],
  ])('are assumed behind the lock of %s', async (_case, content) => {
    await writeFile(`${path}.lock`, content);

    const opening = new JsonlSink(path).open();

    await expect(opening).rejects.toMatchObject({ code: 'audit_failed' });
    expect(await readFile(`${path}.lock`, 'utf8')).toBe(content);
  });

  test('are noticed without a lock, before the next event is written', async () => {
    const first = new JsonlSink(path, { lock: false });
    const second = new JsonlSink(path, { lock: false });
    await first.open();
    await second.open();
    await second.write(event(1));

    const writing = first.write(event(1));

    await expect(writing).rejects.toMatchObject({
      code: 'audit_failed',
      message: expect.stringContaining('wrote to it'),
    });
    await first.close();
    await second.close();
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 1 });
  });

  test('the lock of another is not removed on closing', async () => {
    const sink = new JsonlSink(path);
    await sink.open();
    const other = JSON.stringify({ id: 'other', pid: 1, host: 'elsewhere', startedAt: 1 });
    await writeFile(`${path}.lock`, other);

    await sink.close();

    expect(await readFile(`${path}.lock`, 'utf8')).toBe(other);
  });
});

test.each([
  ['deleted', () => rm(path)],
  ['moved away', () => rename(path, `${path}.1`)],
])('a file that was %s takes no further event', async (_case, lose) => {
  const sink = new JsonlSink(path);
  await writeEvents(sink, 1);
  await lose();

  const writing = sink.write(event(2));

  await expect(writing).rejects.toMatchObject({
    code: 'audit_failed',
    message: expect.stringContaining('moved or deleted'),
  });
  await sink.close();
});

describe('a sink that goes on after it was closed', () => {
  test.for<[string, (text: string) => string]>([
    ['cut', (text) => text.slice(0, text.indexOf('\n') + 1)],
    ['emptied', () => ''],
  ])('refuses a log that was %s meanwhile', async ([, change]) => {
    const sink = new JsonlSink(path);
    await sink.write(event(1));
    await sink.write(event(2));
    await sink.close();
    await writeFile(path, change(await readFile(path, 'utf8')));

    const writing = sink.write(event(3));

    await expect(writing).rejects.toMatchObject({ code: 'audit_failed' });
  });

  test('takes a log that another has continued, and begins anew where it was moved away', async () => {
    const sink = new JsonlSink(path);
    await sink.write(event(1));
    await sink.close();
    const other = new JsonlSink(path);
    await other.write(event(2));
    await other.close();

    await sink.write(event(3));
    await sink.close();
    await rename(path, `${path}.1`);
    await sink.write(event(4));
    await sink.close();

    expect(await verifyAuditLog(`${path}.1`)).toMatchObject({ ok: true, events: 3 });
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, events: 1 });
  });
});
