import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { combineSinks, functionSink, JsonlSink, MemorySink, verifyAuditLog, type AuditEvent } from '../../src/index.js';
import { test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-log-'));
  path = join(folder, 'audit.jsonl');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n');
}

describe('a log of what a provisioner did', () => {
  test('has a line for each operation, is gone on with by the next one, and verifies', async ({ fake, connect }) => {
    fake.addGroup({ name: 'crew' });
    fake.addGroup({ name: 'guests', origin: 'local' });
    const first = connect({ audit: { sink: new JsonlSink(path) } });
    const onboarded = await first.onboard({ ...ROSA, groups: ['crew', 'guests'] });
    await first.close();

    const second = connect({ audit: { sink: new JsonlSink(path) } });
    const offboarded = await second.offboard({ identity: ROSA });
    await second.close();

    const operations = [...onboarded.operations, ...offboarded.operations];
    expect(await linesOf(path)).toHaveLength(operations.length);
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true });
  });

  test.for<[string, (lines: string[]) => string[]]>([
    ['an outcome was altered in', (lines) => lines.map((line) => line.replace('"applied"', '"failed"'))],
    ['the name of a group was altered in', (lines) => lines.map((line) => line.replace('crew', 'screw'))],
    ['the first line was taken out of', (lines) => lines.slice(1)],
    ['a line in the middle was taken out of', (lines) => [...lines.slice(0, 1), ...lines.slice(2)]],
    ['a line was written twice in', (lines) => [...lines, ...lines.slice(-1)]],
  ])('is found out when %s it', async ([, tamper], { fake, connect }) => {
    fake.addGroup({ name: 'crew' });
    fake.addGroup({ name: 'guests', origin: 'local' });
    const atlassian = connect({ audit: { sink: new JsonlSink(path) } });
    await atlassian.onboard({ ...ROSA, groups: ['crew', 'guests'] });
    await atlassian.close();

    await writeFile(path, `${tamper(await linesOf(path)).join('\n')}\n`);

    expect(await verifyAuditLog(path)).toMatchObject({ ok: false });
  });

  test('can be kept in several places at once, one of them a function', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const memory = new MemorySink();
    const told: AuditEvent[] = [];
    const sink = combineSinks(
      memory,
      functionSink((event) => {
        told.push(event);
      }),
      new JsonlSink(path),
    );
    const atlassian = connect({ audit: { sink } });

    await atlassian.syncIdentity({ ...ROSA, jobTitle: 'Planner' });
    await atlassian.close();

    expect(memory.events).toHaveLength(1);
    expect(told).toEqual(memory.events);
    expect(await linesOf(path)).toHaveLength(1);
  });
});

test('a log that was altered keeps a provisioner from writing anything', async ({ fake, connect }) => {
  fake.addUser(ROSA);
  const first = connect({ audit: { sink: new JsonlSink(path) } });
  await first.syncIdentity({ ...ROSA, jobTitle: 'Planner' });
  await first.close();
  await writeFile(path, (await readFile(path, 'utf8')).replace('Planner', 'Captain'));
  fake.requests.clear();

  const result = await connect({ audit: { sink: new JsonlSink(path) } }).deprovisionIdentity(ROSA);

  expect(result.outcome).toBe('unrecorded');
  expect(result.auditFailure?.code).toBe('audit_failed');
  fake.requests.expectNoWrites();
});
