import { describe, expect, test } from 'vitest';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { connectionError, createThing, deleteThing, errorOf, readThing, scripted } from './transport.fixture.js';

const OK = Response.json({ id: '1' });

describe('429 and 503', () => {
  test.for([429, 503])('are tried again after Retry-After in seconds, by a write too (%i)', async (status) => {
    const { transport, requests, clock } = scripted([
      new Response(null, { status, headers: { 'retry-after': '7' } }),
      OK,
    ]);

    const result = await transport.send(createThing);

    expect(result).toEqual({ id: '1' });
    expect(requests).toHaveLength(2);
    expect(clock.sleeps).toContain(7000);
  });

  test('are tried again at the date in Retry-After', async () => {
    const { transport, clock } = scripted([
      new Response(null, { status: 429, headers: { 'retry-after': 'Sun, 01 Mar 2026 00:00:09 GMT' } }),
      OK,
    ]);

    await transport.send(readThing);

    expect(clock.sleeps).toContain(9000);
  });

  test('are tried again at the ISO 8601 instant in X-RateLimit-Reset', async () => {
    const { transport, clock } = scripted([
      new Response(null, { status: 429, headers: { 'x-ratelimit-reset': '2026-03-01T00:00:31Z' } }),
      OK,
    ]);

    await transport.send(readThing);

    expect(clock.sleeps).toContain(31_000);
  });

  test("count the instant from the server's own date, so that a clock that is off does no harm", async () => {
    const { transport, clock } = scripted([
      new Response(null, {
        status: 429,
        headers: { date: 'Sun, 01 Mar 2026 05:00:00 GMT', 'x-ratelimit-reset': '2026-03-01T05:00:12Z' },
      }),
      OK,
    ]);

    await transport.send(readThing);

    expect(clock.sleeps).toContain(12_000);
  });

  test('end the call at once when the wait is over the cap, and say how long it is', async () => {
    const { transport, requests, clock } = scripted([
      new Response(null, { status: 429, headers: { 'retry-after': '61' } }),
    ]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 61_000, attempts: 1, retryable: true });
    expect(requests).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  test('hold back the next calls too while the wait is over the cap, without sending them', async () => {
    const { transport, requests, clock } = scripted([
      new Response(null, { status: 429, headers: { 'retry-after': '100' } }),
      OK,
    ]);
    await errorOf(transport.send(readThing));
    clock.advance(10_000);

    const error = await errorOf(transport.send(createThing));

    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 90_000, attempts: 0 });
    expect(requests).toHaveLength(1);
  });

  test('end the call at once when the wait is longer than the time that is left', async () => {
    const { transport, clock } = scripted([new Response(null, { status: 503, headers: { 'retry-after': '50' } })]);

    const error = await errorOf(transport.send({ ...readThing, totalTimeoutMs: 20_000 }));

    expect(error).toMatchObject({ code: 'server_error', status: 503, retryAfterMs: 50_000 });
    expect(clock.sleeps).toEqual([]);
  });

  test('give up after the last attempt', async () => {
    const { transport, requests } = scripted([new Response(null, { status: 429 })], { retry: { maxAttempts: 3 } });

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'rate_limited', attempts: 3, retryAfterMs: undefined });
    expect(requests).toHaveLength(3);
  });

  test('do not count as attempts that may have been carried out', async () => {
    const { transport } = scripted([new Response(null, { status: 503 }), new Response(null, { status: 409 })]);

    const error = await errorOf(transport.send(createThing));

    expect(error).toMatchObject({ code: 'conflict', attempts: 2, answerLost: false });
  });
});

describe.for([
  ['a 500', new Response(null, { status: 500 })],
  ['a 502', new Response(null, { status: 502 })],
  ['a connection that breaks', connectionError('ECONNRESET')],
] as const)('%s', ([, failure]) => {
  test('is tried again for a read', async () => {
    const { transport, requests } = scripted([failure, OK]);

    const result = await transport.send(readThing);

    expect(result).toEqual({ id: '1' });
    expect(requests).toHaveLength(2);
  });

  test('is tried again for an idempotent write, and a 404 then says that the write may be our own', async () => {
    const { transport } = scripted([failure, new Response(null, { status: 404 })]);

    const error = await errorOf(transport.send(deleteThing));

    expect(error).toMatchObject({ code: 'not_found', answerLost: true, attempts: 2 });
    expect(error).toHaveProperty('message', expect.stringContaining('An earlier attempt got no clear answer'));
  });

  test('is of no matter for what a read that is refused then says', async () => {
    const { transport } = scripted([failure, new Response(null, { status: 404 })]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'not_found', answerLost: false, attempts: 2 });
  });

  test('is left to the caller for a write that is not to be repeated', async () => {
    const { transport, requests } = scripted([failure, OK]);

    const error = await errorOf(transport.send(createThing));

    expect(isProvisionerError(error, 'server_error', 'network_failed')).toBe(true);
    expect(requests).toHaveLength(1);
  });
});

describe('a connection', () => {
  test('that broke after sending says so', async () => {
    const { transport } = scripted([connectionError('UND_ERR_SOCKET')]);

    const error = await errorOf(transport.send(createThing));

    expect(error).toMatchObject({
      code: 'network_failed',
      sent: true,
      systemCode: 'UND_ERR_SOCKET',
      operation: 'things.create',
      message:
        'things.create got no answer: UND_ERR_SOCKET. It may have been carried out: read back before repeating it.',
    });
  });

  test('that was never made is tried again even for a write, for nothing can have happened', async () => {
    const { transport, requests } = scripted([connectionError('ECONNREFUSED', 'connect'), OK]);

    await transport.send(createThing);

    expect(requests).toHaveLength(2);
  });

  test('that was never made in any attempt is reported as not sent', async () => {
    const { transport } = scripted([connectionError('ENOTFOUND', 'getaddrinfo')], { retry: { maxAttempts: 2 } });

    const error = await errorOf(transport.send(createThing));

    expect(error).toMatchObject({ code: 'network_failed', sent: false, attempts: 2, retryable: true });
  });

  test('that was refused after an attempt that was sent is still reported as sent', async () => {
    const { transport } = scripted([connectionError('ECONNRESET'), connectionError('ECONNREFUSED', 'connect')]);

    const error = await errorOf(transport.send(deleteThing));

    expect(error).toMatchObject({ code: 'network_failed', sent: true, attempts: 4 });
  });

  test('with a certificate that is not to be trusted is not tried again', async () => {
    const { transport, requests } = scripted([connectionError('CERT_HAS_EXPIRED')]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'network_failed', sent: false, retryable: false });
    expect(requests).toHaveLength(1);
  });
});

test('a bug in a custom fetch is shown and not tried again', async () => {
  const { transport, requests } = scripted([new Error('the fake has no route GET /things/1')]);

  const error = await errorOf(transport.send(readThing));

  expect(error).toMatchObject({ code: 'network_failed', retryable: false });
  expect(error).toHaveProperty('message', 'things.get got no answer: the fake has no route GET /things/1');
  expect(requests).toHaveLength(1);
});

test('a 4xx is not tried again', async () => {
  const { transport, requests } = scripted([new Response(null, { status: 400 }), OK]);

  const error = await errorOf(transport.send(readThing));

  expect(error).toMatchObject({ code: 'rejected', status: 400, retryable: false });
  expect(requests).toHaveLength(1);
});

test('sends the same body and the same credential each time', async () => {
  const bodies: string[] = [];
  const { transport, requests } = scripted([
    async (request) => {
      bodies.push(await request.text());
      return new Response(null, { status: bodies.length < 3 ? 503 : 204 });
    },
  ]);

  await transport.send(createThing);

  expect(bodies).toEqual(['{"name":"x"}', '{"name":"x"}', '{"name":"x"}']);
  expect(new Set(requests.map((request) => request.headers.get('authorization'))).size).toBe(1);
});

test('sends a write once, also where a fetch answers with a Response of a class of its own', async () => {
  class ForeignResponse {
    readonly ok = true;
    readonly status = 200;
    readonly headers = new Headers();
    readonly body = new Response('{"id":"1"}').body;
    readonly redirected = false;
    readonly type = 'basic';
  }
  const { transport, requests } = scripted([() => new ForeignResponse() as unknown as Response]);

  const result = await transport.send(createThing);

  expect(result).toEqual({ id: '1' });
  expect(requests).toHaveLength(1);
});
