import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, test } from 'vitest';
import { ATTEMPT_CHANNEL } from './diagnostics.js';
import type { AttemptEvent } from './transport.js';
import { connectionError, errorOf, readThing, scripted } from './transport.fixture.js';

const HEADERS = {
  'atl-traceid': 'e40ee97f819a2465',
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': '40',
  'x-ratelimit-reset': '2026-03-01T00:00:30Z',
};

describe('an event for each attempt', () => {
  test('tells what came back, the rate limit, the trace and when it goes on', async () => {
    const { transport, events } = scripted([
      new Response(null, { status: 429, headers: { ...HEADERS, 'retry-after': '3' } }),
      Response.json({}, { headers: HEADERS }),
    ]);

    await transport.send(readThing);

    const rateLimit = { limit: 100, remaining: 40, resetAt: '2026-03-01T00:00:30.000Z' };
    const common = { operation: 'things.get', method: 'GET', durationMs: 0, traceId: 'e40ee97f819a2465', rateLimit };
    expect(events).toEqual([
      { ...common, attempt: 1, status: 429, queuedMs: 0, retryInMs: 3000 },
      { ...common, attempt: 2, status: 200, queuedMs: 0 },
    ]);
  });

  test('tells that no answer came', async () => {
    const { transport, events } = scripted([connectionError('ECONNRESET')], { retry: { maxAttempts: 1 } });

    await errorOf(transport.send(readThing));

    expect(events).toEqual([
      { operation: 'things.get', method: 'GET', attempt: 1, failure: 'failed', durationMs: 0, queuedMs: 0 },
    ]);
  });

  test('is published on the diagnostics channel and to the callback of the call, the same frozen object', async () => {
    const published: unknown[] = [];
    const called: AttemptEvent[] = [];
    const listen = (event: unknown): void => void published.push(event);
    const { transport, events } = scripted([Response.json({})]);

    subscribe(ATTEMPT_CHANNEL, listen);
    await transport.send({ ...readThing, onAttempt: (event) => called.push(event) });
    unsubscribe(ATTEMPT_CHANNEL, listen);

    expect(published).toHaveLength(1);
    expect(published[0]).toBe(events[0]);
    expect(called[0]).toBe(events[0]);
    expect(Object.isFrozen(events[0])).toBe(true);
  });

  test('does not disturb the call when a listener throws or rejects', async () => {
    const { transport } = scripted([Response.json({ id: '1' })], {
      onAttempt: () => {
        throw new Error('the listener is broken');
      },
    });
    const rejecting = (async () => {
      await Promise.resolve();
      throw new Error('the listener is broken');
    }) as () => void;

    const result = await transport.send({ ...readThing, onAttempt: rejecting });

    expect(result).toEqual({ id: '1' });
  });

  test('shows a trace id only if it has the shape of one', async () => {
    const { transport, events } = scripted([Response.json({}, { headers: { 'x-request-id': 'a "quoted" thing' } })]);

    await transport.send(readThing);

    expect(events[0]).not.toHaveProperty('traceId');
  });
});
