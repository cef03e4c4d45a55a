import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Secret } from '../config/secret.js';
import { createTransport, type TransportOptions } from './create-transport.js';
import type { Credential } from './credentials.js';
import { ATTEMPT_CHANNEL, INVALID_RESPONSE_CHANNEL } from './diagnostics.js';
import { path } from './path.js';
import { createThing, errorOf, InstantClock, readThing } from './transport.fixture.js';

const PLANTED = 'q9Zr4Lw-PLANTED+8xTb/2vNc=';
const USER = 'rosa@acme.com';

const CREDENTIALS: readonly (readonly [string, Credential])[] = [
  ['a directory key', { kind: 'directory-key', token: new Secret(PLANTED) }],
  ['an organization key', { kind: 'organization-key', token: new Secret(PLANTED) }],
  ['a site token', { kind: 'site-token', user: USER, token: new Secret(PLANTED) }],
  ['a Bitbucket API token', { kind: 'bitbucket', user: USER, token: new Secret(PLANTED) }],
  ['a Bitbucket access token', { kind: 'bitbucket', token: new Secret(PLANTED) }],
  ['a Bitbucket OAuth consumer', { kind: 'bitbucket', oauthKey: 'consumer', oauthSecret: new Secret(PLANTED) }],
];

/** Everything by which the planted secret would be known, half of it included. */
const TRACES = [
  PLANTED,
  PLANTED.slice(0, 16),
  encodeURIComponent(PLANTED),
  Buffer.from(PLANTED).toString('base64').slice(0, 16),
  Buffer.from(`${USER}:${PLANTED}`).toString('base64').slice(0, 24),
  Buffer.from(`consumer:${PLANTED}`).toString('base64').slice(0, 24),
];

const HOUR = { 'retry-after': '3600' };

type Server = (echo: string, request: Request) => Response | Promise<Response>;

/** Every way in which a call can fail, each with the credential in everything a server or a network can say. */
const FAILURES: readonly (readonly [string, Server, TransportOptions?])[] = [
  ...[400, 401, 402, 403, 404, 409, 410, 418, 429, 500, 502, 503].flatMap((status): (readonly [string, Server])[] => [
    [
      `${String(status)} in an envelope`,
      (echo) => json(status, { errors: [{ id: echo, code: echo, title: echo, detail: echo }] }),
    ],
    [`${String(status)} of SCIM`, (echo) => json(status, { detail: echo, scimType: echo })],
    [
      `${String(status)} of user management`,
      (echo) => json(status, { key: echo, context: { [echo]: { reason: { key: echo } } } }),
    ],
    [`${String(status)} of the gateway`, (echo) => json(status, { error: echo, traceId: echo })],
    [`${String(status)} of the proxy`, (echo) => json(status, { code: status, message: echo })],
    [`${String(status)} in plain text`, (echo) => new Response(echo, { status })],
    [`${String(status)} in HTML`, (echo) => new Response(`<html><title>${echo}</title>`, { status })],
  ]),
  ['a wait over the cap', (echo) => new Response(echo, { status: 429, headers: HOUR })],
  ['a body that does not match', (echo) => json(200, { id: { [echo]: echo }, [echo]: echo })],
  ['a body that does not match, with a warning', (echo) => json(200, { id: [echo] }), { onInvalidResponse: 'warn' }],
  ['a body that is no JSON', (echo) => new Response(echo)],
  ['a body over the limit', (echo) => new Response(echo.repeat(10)), { maxResponseBytes: 8 }],
  [
    'a redirect',
    (echo) =>
      new Response(null, { status: 302, headers: { location: `https://evil.test/${encodeURIComponent(echo)}` } }),
  ],
  [
    'a redirect to a host named after it',
    () => new Response(null, { status: 302, headers: { location: 'https://evil.test' } }),
  ],
  ['a network error that quotes the header', (echo) => Promise.reject(new Error(echo))],
  [
    'a network error that holds the request',
    (echo, request) =>
      Promise.reject(Object.assign(new TypeError('fetch failed'), { request, cause: new Error(echo) })),
  ],
  [
    'a network error with it as its code',
    (echo) => Promise.reject(Object.assign(new Error('x'), { code: echo.replace(/\W/g, '') })),
  ],
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a careless fetch can reject with anything
  ['a rejection that is no error', (echo) => Promise.reject(echo)],
  ['an attempt that takes too long', () => new Promise(() => undefined), { timeouts: { attemptMs: 2 } }],
  ['a call that takes too long', () => new Promise(() => undefined), { timeouts: { totalMs: 2 } }],
];

function json(status: number, body: unknown): Response {
  return Response.json(body, { status });
}

const TOKEN_URL = 'https://bitbucket.org/site/oauth2/access_token';

const printed: unknown[] = [];
const listen = (event: unknown): void => void printed.push(event);

beforeAll(() => {
  subscribe(ATTEMPT_CHANNEL, listen);
  subscribe(INVALID_RESPONSE_CHANNEL, listen);
  vi.spyOn(process, 'emitWarning').mockImplementation((...args: unknown[]) => void printed.push(args));
});
afterAll(() => {
  unsubscribe(ATTEMPT_CHANNEL, listen);
  unsubscribe(INVALID_RESPONSE_CHANNEL, listen);
  vi.restoreAllMocks();
});

/** All the ways in which a program could print something. */
function prints(thing: unknown): string {
  const error = thing instanceof Error ? thing : undefined;
  return [
    inspect(thing, { depth: Infinity, showHidden: true, getters: true }),
    inspect(thing, { depth: Infinity, showHidden: true, customInspect: false }),
    JSON.stringify(thing),
    String(thing),
    error?.message,
    error?.stack,
    inspect(error?.cause, { depth: Infinity, showHidden: true }),
  ].join('\n');
}

function expectNoTrace(text: string): void {
  for (const trace of TRACES) expect(text).not.toContain(trace);
}

describe.for(CREDENTIALS)('%s', ([, credential]) => {
  const open = (server: Server, options: TransportOptions = {}, atTokenUrl = false) => {
    const events: unknown[] = [];
    const transport = createTransport({
      api: 'test',
      baseUrl: 'https://api.test',
      credential: credential as Extract<Credential, { kind: 'bitbucket' }>,
      clock: new InstantClock(),
      retry: { maxAttempts: 2 },
      onAttempt: (event) => events.push(event),
      fetch: async (request) => {
        if (request.url === TOKEN_URL && !atTokenUrl) return Response.json({ access_token: `at-${PLANTED}` });
        const header = request.headers.get('authorization') ?? '';
        const headers = [...request.headers].map(([name, value]) => `${name}: ${value}`).join(' ');
        const echo = `${header} | ${headers} | ${PLANTED} ${encodeURIComponent(PLANTED)} ${PLANTED.slice(0, 20)}`;
        const answer = await server(echo, request);
        answer.headers.set('atl-traceid', PLANTED);
        answer.headers.set('x-ratelimit-limit', PLANTED);
        return answer;
      },
      ...options,
    });
    return { transport, events };
  };

  test.for(FAILURES)('is in nothing that can be printed after %s', async ([, server, options]) => {
    const { transport, events } = open(server, options);
    const request = { ...createThing, response: z.looseObject({ id: z.string() }) };

    const outcome = await transport.send(request).catch((error: unknown) => error);

    expect(outcome).toBeDefined();
    if (options?.onInvalidResponse !== 'warn') expectNoTrace(prints(outcome));
    expectNoTrace(prints(events));
  });

  test('is in nothing that can be printed of the transport itself', () => {
    const { transport } = open(() => new Response());

    expectNoTrace(prints(transport));
    expectNoTrace(prints(credential));
  });

  test('is in nothing that can be printed after a call was aborted', async () => {
    const { transport } = open(() => new Promise(() => undefined));

    const error = await errorOf(transport.send({ ...readThing, signal: AbortSignal.timeout(2) }));

    expect(error).toMatchObject({ code: 'aborted' });
    expectNoTrace(prints(error));
  });

  test('is in nothing that can be printed when it cannot be used at all', () => {
    const broken: Credential =
      'oauthSecret' in credential
        ? { ...credential, oauthSecret: new Secret(`${PLANTED}\n`) }
        : { ...credential, token: new Secret(`Bearer ${PLANTED}`) };
    let error: unknown;

    try {
      createTransport({
        api: 'test',
        baseUrl: `https://${USER}:${encodeURIComponent(PLANTED)}@api.test`,
        credential: broken as Extract<Credential, { kind: 'bitbucket' }>,
      });
    } catch (thrown) {
      error = thrown;
    }

    expect(error).toMatchObject({ code: 'config_invalid', faults: [{ path: 'baseUrl' }, {}] });
    expectNoTrace(prints(error));
  });
});

test.for(FAILURES)(
  'a consumer is in nothing that can be printed when its token request ends with %s',
  async ([, server, options]) => {
    const transport = createTransport({
      api: 'test',
      baseUrl: 'https://api.test',
      credential: { kind: 'bitbucket', oauthKey: 'consumer', oauthSecret: new Secret(PLANTED) },
      clock: new InstantClock(),
      retry: { maxAttempts: 2 },
      fetch: async (request) => server(`${request.headers.get('authorization') ?? ''} ${PLANTED}`, request),
      ...options,
    });

    const error = await errorOf(transport.send({ ...readThing, path: path`/x` }));

    expectNoTrace(prints(error));
  },
);

test('nothing that was published or warned of holds a secret', () => {
  expect(printed.length).toBeGreaterThan(100);
  expectNoTrace(prints(printed));
});
