import { expect, test } from 'vitest';
import { AuditRecorder } from './audit-recorder.js';
import { combineSinks } from './combined-sink.js';
import { functionSink } from './function-sink.js';
import { MemorySink } from './memory-sink.js';

const DRAFT = {
  action: 'syncIdentity',
  correlationId: 'c-1',
  subject: {},
  target: { type: 'identity' },
  operation: 'scim.user.create',
  changes: [],
  outcome: 'applied',
  durationMs: 1,
  calls: 1,
  traceIds: [],
} as const;

test('writes to every sink', async () => {
  const [first, second] = [new MemorySink(), new MemorySink()];
  const recorder = new AuditRecorder({ sink: combineSinks(first, second) });

  const event = await recorder.record(DRAFT);

  expect(first.events).toEqual([event]);
  expect(second.events).toEqual([event]);
});

test('writes to the others when one fails, and only to that one when the event is handed over again', async () => {
  let failing = true;
  const memory = new MemorySink();
  const written: number[] = [];
  const flaky = functionSink((event) => {
    if (failing) throw new Error('collector is down');
    written.push(event.sequence);
  });
  const recorder = new AuditRecorder({ sink: combineSinks(flaky, memory) });

  await expect(recorder.record(DRAFT)).rejects.toMatchObject({
    code: 'audit_failed',
    cause: expect.any(AggregateError),
  });
  const afterFailure = memory.events.length;
  failing = false;
  await recorder.ready();

  expect(afterFailure).toBe(1);
  expect(memory.events).toHaveLength(1);
  expect(written).toEqual([1]);
});

test('opens each sink once and closes every one, even when one of them throws', async () => {
  const calls: string[] = [];
  const sink = (name: string, failsToClose: boolean) => ({
    open: () => void calls.push(`open ${name}`),
    write: () => undefined,
    close: () => {
      calls.push(`close ${name}`);
      if (failsToClose) throw new Error('close');
    },
  });
  const combined = combineSinks(sink('a', true), sink('b', false));

  await combined.open?.();
  await combined.open?.();
  const closing = Promise.resolve(combined.close?.());

  await expect(closing).rejects.toThrow('1 of 2 sinks could not be closed');
  expect(calls).toEqual(['open a', 'open b', 'close a', 'close b']);
});

test('a memory sink forgets when told to, and gives out copies of its list', async () => {
  const memory = new MemorySink();
  const recorder = new AuditRecorder({ sink: memory });
  await recorder.record(DRAFT);
  const before = memory.events;

  memory.clear();

  expect(before).toHaveLength(1);
  expect(memory.events).toEqual([]);
});
