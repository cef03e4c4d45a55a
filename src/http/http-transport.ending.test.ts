import { describe, expect, test } from 'vitest';
import { createThing, errorOf, readThing, scripted, settle, VirtualClock } from './transport.fixture.js';

const never = (): Promise<Response> => new Promise(() => undefined);

describe('a signal of the caller', () => {
  test('that is aborted already sends nothing', async () => {
    const { transport, requests } = scripted([Response.json({})]);

    const error = await errorOf(transport.send({ ...createThing, signal: AbortSignal.abort() }));

    expect(error).toMatchObject({ code: 'aborted', sent: false, attempts: 0, operation: 'things.create' });
    expect(requests).toHaveLength(0);
  });

  test('ends an attempt, even where the fetch does not know signals', async () => {
    const controller = new AbortController();
    const { transport, requests } = scripted([never]);

    const pending = errorOf(transport.send({ ...createThing, signal: controller.signal }));
    await settle();
    controller.abort();

    expect(await pending).toMatchObject({ code: 'aborted', sent: true, attempts: 1 });
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  test('ends the wait before the next attempt', async () => {
    const controller = new AbortController();
    const clock = new VirtualClock();
    const { transport, requests } = scripted([new Response(null, { status: 429, headers: { 'retry-after': '9' } })], {
      clock,
    });

    const pending = errorOf(transport.send({ ...readThing, signal: controller.signal }));
    await settle();
    controller.abort();

    expect(await pending).toMatchObject({ code: 'aborted', attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  test('ends the wait for a turn, and those behind keep theirs', async () => {
    const controller = new AbortController();
    const release: ((response: Response) => void)[] = [];
    const { transport, requests } = scripted([() => new Promise((resolve) => release.push(resolve))], {
      rateLimit: { maxConcurrent: 1 },
    });
    const first = transport.send({ ...readThing, query: { n: 1 } });
    const second = errorOf(transport.send({ ...readThing, query: { n: 2 }, signal: controller.signal }));
    const third = transport.send({ ...readThing, query: { n: 3 } });
    await settle();

    controller.abort();
    const error = await second;
    release[0]?.(Response.json(1));
    await first;
    await settle();
    release[1]?.(Response.json(3));

    expect(error).toMatchObject({ code: 'aborted', sent: false, attempts: 0 });
    expect(await third).toBe(3);
    expect(requests.map((request) => new URL(request.url).search)).toEqual(['?n=1', '?n=3']);
  });

  test('collects no listeners when many calls use it one after another', async () => {
    const { signal } = new AbortController();
    const { transport } = scripted([Response.json({})]);
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove(...args);
    };

    for (let call = 0; call < 5; call++) await transport.send({ ...readThing, signal });

    expect(listeners).toBe(0);
  });
});

describe('the time limit', () => {
  test('of an attempt ends it and tries a read again', async () => {
    const { transport, requests } = scripted([never, Response.json({ id: '1' })], { timeouts: { attemptMs: 5 } });

    const result = await transport.send(readThing);

    expect(result).toEqual({ id: '1' });
    expect(requests).toHaveLength(2);
  });

  test('of an attempt ends a write that is not to be repeated', async () => {
    const { transport, requests } = scripted([never]);

    const error = await errorOf(transport.send({ ...createThing, attemptTimeoutMs: 5 }));

    expect(error).toMatchObject({ code: 'timed_out', limit: 'attempt', timeoutMs: 5, sent: true, attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  test('of an attempt covers the body', async () => {
    const endless = new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }));
    const { transport } = scripted([() => endless], { retry: { maxAttempts: 1 }, timeouts: { attemptMs: 5 } });

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'timed_out', limit: 'attempt' });
  });

  test('of an attempt leaves the status of an error, whose body is lost, to decide', async () => {
    const endless = new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }), { status: 404 });
    const { transport } = scripted([() => endless], { timeouts: { attemptMs: 5 } });

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'not_found', detail: undefined });
  });

  test('of the call covers all attempts', async () => {
    const { transport } = scripted([never], {
      timeouts: { attemptMs: 4, totalMs: 15 },
      retry: { maxAttempts: 99, baseDelayMs: 0 },
    });

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'timed_out', limit: 'total', timeoutMs: 15, sent: true });
  });

  test('of the call covers the wait for a turn', async () => {
    const { transport } = scripted([never], { rateLimit: { maxConcurrent: 1 } });
    const first = new AbortController();
    const held = errorOf(transport.send({ ...readThing, signal: first.signal }));

    const error = await errorOf(transport.send({ ...readThing, totalTimeoutMs: 5 }));
    first.abort();

    expect(error).toMatchObject({ code: 'timed_out', limit: 'total', sent: false, attempts: 0 });
    expect(await held).toMatchObject({ code: 'aborted' });
  });

  test('of a call must be a time', async () => {
    const { transport } = scripted([Response.json({})]);

    const error = await errorOf(transport.send({ ...readThing, totalTimeoutMs: Number.NaN }));

    expect(error).toMatchObject({ code: 'request_invalid' });
  });
});

test('throws away what a fetch that does not know signals brings too late', async () => {
  let cancelled = false;
  let answer: ((response: Response) => void) | undefined;
  const { transport } = scripted([() => new Promise((resolve) => (answer = resolve))]);
  const controller = new AbortController();
  const pending = errorOf(transport.send({ ...readThing, signal: controller.signal }));
  await settle();
  controller.abort();
  await pending;

  answer?.(new Response(new ReadableStream({ cancel: () => void (cancelled = true) })));
  await settle();

  expect(cancelled).toBe(true);
});
