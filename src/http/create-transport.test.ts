import { describe, expect, test } from 'vitest';
import { Secret } from '../config/secret.js';
import { createTransport } from './create-transport.js';
import type { Credential } from './credentials.js';
import { RateLimiter } from './rate-limiter.js';
import { errorOf, InstantClock, readThing, scripted } from './transport.fixture.js';

const token = new Secret('token-with-some-length');

function open(options: Partial<Parameters<typeof createTransport<'bitbucket'>>[0]> = {}, credential?: Credential) {
  return createTransport<'bitbucket'>({
    api: 'test',
    baseUrl: 'https://api.test',
    credential: (credential ?? { kind: 'bitbucket', token }) as Extract<Credential, { kind: 'bitbucket' }>,
    ...options,
  });
}

describe('the header of', () => {
  test.for([
    ['a directory key', { kind: 'directory-key', token }, `Bearer ${token.reveal()}`],
    ['an organization key', { kind: 'organization-key', token }, `Bearer ${token.reveal()}`],
    ['a site token', { kind: 'site-token', user: 'zoë@acme.com', token }, basic(`zoë@acme.com:${token.reveal()}`)],
    [
      'a Bitbucket API token',
      { kind: 'bitbucket', user: 'rosa@acme.com', token },
      basic(`rosa@acme.com:${token.reveal()}`),
    ],
    ['a Bitbucket access token', { kind: 'bitbucket', token }, `Bearer ${token.reveal()}`],
  ] satisfies [string, Credential, string][])('%s is the one its API takes', async ([, credential, header]) => {
    const requests: Request[] = [];
    const transport = open(
      {
        fetch: async (request) => {
          requests.push(request);
          return new Response();
        },
      },
      credential,
    );

    await transport.send(readThing);

    expect(transport.credentialKind).toBe(credential.kind);
    expect(requests[0]?.headers.get('authorization')).toBe(header);
  });
});

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

describe('the settings', () => {
  test('are refused with every fault at once', () => {
    expect(() =>
      open(
        {
          baseUrl: 'http://acme.com',
          retry: { maxAttempts: 0, maxWaitMs: Number.NaN, baseDelayMs: -1, maxDelayMs: -1 },
          timeouts: { attemptMs: 0, totalMs: -1 },
          maxResponseBytes: 0,
          rateLimit: { maxConcurrent: 1.5, budget: { requests: 0, intervalMs: 0 } },
        },
        { kind: 'site-token', user: 'a:b', token: new Secret('ATCTTabc') },
      ),
    ).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        faults: [
          'baseUrl',
          'credential.user',
          'credential.token',
          'retry.maxAttempts',
          'retry.baseDelayMs',
          'retry.maxDelayMs',
          'retry.maxWaitMs',
          'timeouts.attemptMs',
          'timeouts.totalMs',
          'maxResponseBytes',
          'rateLimit.maxConcurrent',
          'rateLimit.budget.requests',
          'rateLimit.budget.intervalMs',
        ].map((path) => ({ path, message: expect.any(String) })),
      }),
    );
  });

  test('may lift the time limits', async () => {
    const { transport } = scripted([Response.json(1)], { timeouts: { attemptMs: Infinity, totalMs: Infinity } });

    const result = await transport.send(readThing);

    expect(result).toBe(1);
  });
});

test('makes nothing but a transport: no request, no timer', () => {
  let sent = 0;

  open({
    fetch: async () => {
      sent++;
      return new Response();
    },
  });

  expect(sent).toBe(0);
});

test('keeps to the documented budget of the calls Atlassian counts apart', async () => {
  const { transport, requests, clock } = scripted([Response.json({})], { api: 'admin' });
  const startedAt = clock.now();

  for (let call = 0; call < 11; call++) await transport.send({ ...readThing, operation: 'admin.events.list' });
  const eventsTook = clock.now() - startedAt;
  for (let call = 0; call < 30; call++) await transport.send({ ...readThing, operation: 'admin.users.get' });

  expect(requests).toHaveLength(41);
  expect(eventsTook).toBe(60_000);
  expect(clock.now() - startedAt).toBe(60_000);
});

test.each([
  ['counts each operation of Jira by itself', undefined, 1_000],
  ['counts all of Jira together where a budget is set', { requests: 100, intervalMs: 1_000 }, 3_000],
])('%s', async (_, budget, expected) => {
  const { transport, clock } = scripted([Response.json({})], { api: 'jira', ...(budget && { rateLimit: { budget } }) });
  const startedAt = clock.now();

  for (let call = 0; call < 200; call++)
    for (const operation of ['jira.projectRoles.get', 'jira.groups.listMembers'])
      await transport.send({ ...readThing, operation });

  expect(clock.now() - startedAt).toBe(expected);
});

test('shares a limiter with another transport', async () => {
  const clock = new InstantClock();
  const rateLimit = new RateLimiter({ clock });
  const first = scripted([new Response(null, { status: 429, headers: { 'retry-after': '600' } })], {
    clock,
    rateLimit,
  });
  const second = scripted([Response.json({})], { clock, rateLimit });
  await errorOf(first.transport.send(readThing));

  const error = await errorOf(second.transport.send(readThing));

  expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 600_000 });
  expect(second.requests).toHaveLength(0);
});

describe('a request', () => {
  test('has a query as RFC 3986 has it, with lists as repeated names', async () => {
    const { transport, requests } = scripted([Response.json({})]);

    await transport.send({
      ...readThing,
      query: {
        filter: 'userName eq "a+b@acme.com"',
        count: 5,
        all: false,
        ids: ['1', '2'],
        none: undefined,
        empty: [],
      },
    });

    expect(requests[0]?.url).toBe(
      'https://api.test/things/1?filter=userName%20eq%20%22a%2Bb%40acme.com%22&count=5&all=false&ids=1&ids=2',
    );
  });

  test('says who sends it, and takes JSON', async () => {
    const { transport, requests } = scripted([Response.json({})]);

    await transport.send(readThing);

    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      accept: 'application/json',
      authorization: expect.any(String),
      'user-agent': expect.stringMatching(/^atlassian-provisioner\/\d/),
    });
  });

  test.for([
    ['a GET with a body', { body: {} }],
    ['half a character in its query', { query: { q: '\ud800' } }],
    ['a body that is no JSON', { method: 'POST', body: 1n as unknown as null }],
    ['a path that does not start with a slash', { path: 'evil.test' as typeof readThing.path }],
  ] as const)('with %s is refused and not sent', async ([, change]) => {
    const { transport, requests } = scripted([Response.json({})]);

    const error = await errorOf(transport.send({ ...readThing, ...change }));

    expect(error).toMatchObject({
      code: 'request_invalid',
      message: expect.stringContaining('things.get was not sent'),
    });
    expect(requests).toHaveLength(0);
  });
});
