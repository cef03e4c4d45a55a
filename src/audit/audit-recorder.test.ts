import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Secret } from '../config/secret.js';
import type { AuditEvent } from './audit-event.js';
import { AuditFailedError } from './audit-failed-error.js';
import { AuditRecorder, type AuditEventDraft } from './audit-recorder.js';
import type { AuditSink } from './audit-sink.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { combineSinks } from './combined-sink.js';
import { functionSink } from './function-sink.js';
import { MemorySink } from './memory-sink.js';

function draft(more: Partial<AuditEventDraft> = {}): AuditEventDraft {
  return {
    action: 'syncIdentity',
    correlationId: 'c-1',
    subject: { email: 'rosa@acme.com' },
    target: { type: 'identity', id: 'u-1' },
    operation: 'scim.user.update',
    changes: [{ attribute: 'title', from: 'Clerk', to: 'Planner' }],
    outcome: 'applied',
    durationMs: 12,
    calls: 1,
    traceIds: ['t-1'],
    ...more,
  };
}

/** A sink that fails as long as it is told to. */
class FlakySink extends MemorySink {
  failing = false;
  failingToOpen = false;
  openings = 0;

  open(): void {
    this.openings += 1;
    if (this.failingToOpen) throw systemError('EACCES');
  }

  override write(event: AuditEvent): void {
    if (this.failing) throw systemError('ENOSPC');
    super.write(event);
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: the disk said no`), { code });
}

async function failureOf(work: Promise<unknown>): Promise<AuditFailedError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AuditFailedError) return error;
  throw new Error('it did not fail as expected', { cause: error });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('an event', () => {
  test('is what the executor said, completed with id, sequence, time and actor', async () => {
    const sink = new MemorySink();
    const recorder = new AuditRecorder({ sink, actor: { type: 'service', name: 'hr-sync' }, now: () => 1_000 });

    const event = await recorder.record(draft());

    expect(event).toEqual({
      ...draft(),
      version: 1,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sequence: 1,
      time: '1970-01-01T00:00:01.000Z',
      actor: { type: 'service', name: 'hr-sync' },
    });
    expect(sink.events).toEqual([event]);
  });

  test('names the actor of the call rather than that of the recorder', async () => {
    const recorder = new AuditRecorder({ actor: { type: 'service' } });

    const event = await recorder.record(draft({ actor: { type: 'user', id: 'dana' } }));

    expect(event.actor).toEqual({ type: 'user', id: 'dana' });
  });

  test('cannot be changed once it is recorded', async () => {
    const event = await new AuditRecorder().record(draft());

    expect(Object.isFrozen(event)).toBe(true);
    expect(Object.isFrozen(event.changes[0])).toBe(true);
  });

  test('holds no credential, even when the caller or a value brought one', async () => {
    const inUse = 'planted-directory-key-1f0c';
    const recorder = new AuditRecorder({ secrets: [new Secret(inUse), new Secret('planted-directory')] });

    const event = await recorder.record(
      draft({
        reason: `rotating ${inUse}, see ticket`,
        changes: [{ attribute: 'title', from: null, to: 'ATATT3xFfGF0planted_token-value=AB12' }],
        subject: { email: new Secret('planted-object') as unknown as string },
      }),
    );

    expect(event.reason).toBe('rotating [secret], see ticket');
    expect(JSON.stringify(event)).not.toContain('planted');
  });

  test('can be kept even with half a surrogate pair in a name', async () => {
    const event = await new AuditRecorder().record(draft({ reason: 'x\ud83dy \ud83d\ude00' }));

    expect(event.reason).toBe('x\ufffdy \ud83d\ude00');
  });
});

describe('a recorder', () => {
  test('hands events over one at a time and in order, however they come in', async () => {
    const written: number[] = [];
    let inside = 0;
    const sink: AuditSink = {
      async write(event) {
        inside += 1;
        expect(inside).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        written.push(event.sequence);
        inside -= 1;
      },
    };
    const recorder = new AuditRecorder({ sink });

    await Promise.all(Array.from({ length: 20 }, () => recorder.record(draft())));

    expect(written).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('opens the sink once, before the first change', async () => {
    const sink = new FlakySink();
    const recorder = new AuditRecorder({ sink });

    await recorder.ready();
    await recorder.record(draft());
    await recorder.ready();

    expect(sink.openings).toBe(1);
  });

  test('says that nothing was changed when the sink cannot be opened', async () => {
    const sink = new FlakySink();
    sink.failingToOpen = true;

    const error = await failureOf(new AuditRecorder({ sink }).ready());

    expect(error.message).toBe('The audit sink could not be opened, and nothing was changed: EACCES');
    expect(error.unrecorded).toEqual([]);
  });

  test("says the sink's own words and advice where it failed with an error of this SDK", async () => {
    const sink: AuditSink = {
      open: () => {
        throw new ProvisionerError('audit_failed', 'The log is torn', { advice: 'Set it aside.' });
      },
      write: () => undefined,
    };

    const error = await failureOf(new AuditRecorder({ sink }).ready());

    expect(error.message).toBe('The audit sink could not be opened, and nothing was changed: The log is torn');
    expect(error.advice).toBe('Set it aside. Then call again: what the sink missed is written first.');
  });

  test('says the words of each of several sinks that failed together', async () => {
    const torn = functionSink(() => {
      throw new ProvisionerError('audit_failed', 'The log is torn', { advice: 'Set it aside.' });
    });
    const full = new FlakySink();
    full.failing = true;

    const error = await failureOf(new AuditRecorder({ sink: combineSinks(torn, full) }).record(draft()));

    expect(error.message).toBe(
      'The audit sink did not keep 1 event(s), the first of scim.user.update with the outcome applied: ' +
        'The log is torn; ENOSPC',
    );
    expect(error.advice).toContain('Set it aside.');
  });

  test('does not sound as if a change were lost when none was sent', async () => {
    const sink = new FlakySink();
    sink.failing = true;

    const error = await failureOf(new AuditRecorder({ sink }).record(draft({ outcome: 'skipped' })));

    expect(error.message).toBe(
      'The audit sink does not work, so the changes it was to record were not sent: ' +
        '1 event(s), the first of scim.user.update: ENOSPC',
    );
  });

  test('closes the sink, after it has what it missed', async () => {
    const sink = Object.assign(new FlakySink(), { close: vi.fn() });
    const recorder = new AuditRecorder({ sink });
    sink.failing = true;
    await failureOf(recorder.record(draft()));
    sink.failing = false;

    await recorder.close();

    expect(sink.events).toHaveLength(1);
    expect(sink.close).toHaveBeenCalledOnce();
  });

  test('makes events without a sink', async () => {
    const recorder = new AuditRecorder();

    await recorder.ready();
    const event = await recorder.record(draft());

    expect(event.sequence).toBe(1);
  });
});

describe('a failing sink', () => {
  test('stops further changes until it has the event it missed', async () => {
    const sink = new FlakySink();
    const recorder = new AuditRecorder({ sink });
    sink.failing = true;

    const first = await failureOf(recorder.record(draft()));
    const second = await failureOf(recorder.ready());
    sink.failing = false;
    await recorder.ready();
    await recorder.record(draft());

    expect(first.message).toContain('scim.user.update with the outcome applied: ENOSPC');
    expect(first.unrecorded.map(({ sequence }) => sequence)).toEqual([1]);
    expect(second.unrecorded).toEqual(first.unrecorded);
    expect(sink.events.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('keeps the order when several operations end while it fails', async () => {
    const sink = new FlakySink();
    const recorder = new AuditRecorder({ sink });
    sink.failing = true;
    await Promise.allSettled([recorder.record(draft()), recorder.record(draft()), recorder.record(draft())]);
    sink.failing = false;

    await recorder.record(draft());

    expect(sink.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  test('fails only the call whose event it did not keep', async () => {
    const sink = new FlakySink();
    const write = sink.write.bind(sink);
    vi.spyOn(sink, 'write').mockImplementation((event) => {
      if (event.sequence === 2) throw systemError('ENOSPC');
      write(event);
    });
    const recorder = new AuditRecorder({ sink });

    const results = await Promise.allSettled([recorder.record(draft()), recorder.record(draft())]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('gives the events to the caller, and does not print them', async () => {
    const sink = new FlakySink();
    sink.failing = true;

    const error = await failureOf(new AuditRecorder({ sink }).record(draft()));

    expect(error.unrecorded[0]?.subject.email).toBe('rosa@acme.com');
    expect(inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)).not.toContain('rosa');
  });

  test('does not stop changes when told to continue, and each lost event is told', async () => {
    const sink = new FlakySink();
    const lost: number[] = [];
    const recorder = new AuditRecorder({
      sink,
      onFailure: 'continue',
      onUnrecorded: ({ sequence }) => lost.push(sequence),
    });
    sink.failing = true;
    await recorder.record(draft());
    await recorder.ready();
    sink.failing = false;

    await recorder.record(draft());

    expect(lost).toEqual([1]);
    expect(sink.events.map(({ sequence }) => sequence)).toEqual([2]);
  });

  test('warns the process of a lost event, without its content, when nobody listens', async () => {
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const sink = new FlakySink();
    sink.failing = true;

    await new AuditRecorder({ sink, onFailure: 'continue' }).record(draft());

    expect(warning).toHaveBeenCalledOnce();
    expect(warning.mock.calls[0]?.[0]).toContain('scim.user.update');
    expect(warning.mock.calls[0]?.[0]).not.toContain('rosa');
  });

  test('still warns when the listener itself throws', async () => {
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const sink = new FlakySink();
    sink.failing = true;
    const onUnrecorded = (): void => {
      throw new Error('listener');
    };

    await new AuditRecorder({ sink, onFailure: 'continue', onUnrecorded }).record(draft());

    expect(warning).toHaveBeenCalledOnce();
  });
});
