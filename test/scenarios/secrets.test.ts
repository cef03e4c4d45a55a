import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  ATTEMPT_CHANNEL,
  AtlassianProvisioner,
  checkConfiguration,
  combineSinks,
  configFromEnvironment,
  INVALID_RESPONSE_CHANNEL,
  JsonlSink,
  MemorySink,
  requireSuccess,
  type ActionOptions,
  type AtlassianProvisionerOptions,
  type ProvisionerSettings,
} from '../../src/index.js';
import { FakeAtlassian } from '../../src/testing/index.js';

const DIRECTORY_KEY = 'dQ9Zr4Lw-PLANTED-SCIM+8xTb/2vNc=';
const ORGANIZATION_KEY = 'ATCTT3xFfG0w7Yk2-PLANTED-ORG+9pLs/4mRe=';
const ROSA = { email: 'rosa@acme.com' };

/** Everything by which a planted key would be known: whole or its first half, as it is or in another form. */
const TRACES = [DIRECTORY_KEY, ORGANIZATION_KEY].flatMap((key) => [
  key,
  key.slice(0, 16),
  key.slice(-16),
  encodeURIComponent(key),
  Buffer.from(key).toString('base64').slice(0, 20),
  Buffer.from(key).toString('base64url').slice(0, 20),
  Buffer.from(`Bearer ${key}`).toString('base64').slice(0, 30),
  Buffer.from(key).toString('hex').slice(0, 24),
]);

/** All the ways in which a program could print something. */
function prints(thing: unknown): string {
  return [
    inspect(thing, { depth: Infinity, showHidden: true, getters: true, maxArrayLength: null, maxStringLength: null }),
    inspect(thing, { depth: Infinity, showHidden: true, customInspect: false, maxArrayLength: null }),
    JSON.stringify(thing),
    String(thing),
    ...errorChain(thing).flatMap((error) => [error.message, error.stack ?? '', JSON.stringify(error)]),
  ].join('\n');
}

/** An error and its causes. */
function errorChain(thing: unknown): Error[] {
  return thing instanceof Error ? [thing, ...errorChain(thing.cause)] : [];
}

function expectNoTrace(thing: unknown): void {
  const text = typeof thing === 'string' ? thing : prints(thing);
  for (const trace of TRACES) expect(text).not.toContain(trace);
}

/** What a server or a network does that has seen the credential, and quotes it wherever it can. */
type Mischief = (echo: string, request: Request) => Response | Promise<Response>;

const MISCHIEF: readonly (readonly [string, Mischief])[] = [
  ...[400, 401, 403, 404, 409, 429, 500].flatMap((status): (readonly [string, Mischief])[] => [
    [
      `${String(status)} of the organization`,
      (echo) => Response.json({ errors: [{ id: echo, code: echo, title: echo, detail: echo }] }, { status }),
    ],
    [`${String(status)} of SCIM`, (echo) => Response.json({ detail: echo, scimType: echo }, { status })],
    [
      `${String(status)} of user management`,
      (echo) => Response.json({ key: echo, context: { [echo]: { reason: { key: echo } } } }, { status }),
    ],
  ]),
  ['401 in plain text', (echo) => new Response(echo, { status: 401 })],
  ['403 in HTML', (echo) => new Response(`<html><title>${echo}</title>`, { status: 403 })],
  ['HTML instead of an answer', (echo) => new Response(`<!doctype html><p>${echo}</p>`)],
  ['an answer cut off in the middle', (echo) => new Response(`{"id":"${echo}`)],
  ['an answer of other types', (echo) => Response.json({ [echo]: [echo], id: { [echo]: echo }, totalResults: echo })],
  ['a redirect', (echo) => new Response(null, { status: 307, headers: { location: `/${encodeURIComponent(echo)}` } })],
  ['a network error that quotes the header', (echo) => Promise.reject(new TypeError(echo))],
  [
    'a network error that holds the request',
    (echo, request) =>
      Promise.reject(Object.assign(new TypeError('fetch failed', { cause: new Error(echo) }), { request })),
  ],
];

type Call = (atlassian: AtlassianProvisioner, options: ActionOptions) => Promise<unknown>;

const CALLS: readonly (readonly [string, Call])[] = [
  ['syncIdentity', (atlassian, options) => atlassian.syncIdentity({ ...ROSA, jobTitle: 'Planner' }, options)],
  ['a creation', (atlassian, options) => atlassian.syncIdentity({ email: 'new@acme.com' }, options)],
  [
    'manageRelationships',
    (atlassian, options) =>
      atlassian.manageRelationships(
        { identity: ROSA, add: ['deck', 'guild', 'nobodys'], remove: ['crew', 'club'] },
        options,
      ),
  ],
  [
    'deprovisionIdentity',
    (atlassian, options) => atlassian.deprovisionIdentity(ROSA, { revokeApiTokens: true, ...options }),
  ],
  [
    'deleteIdentity',
    (atlassian, options) => atlassian.deleteIdentity(ROSA, { scope: 'account', confirm: ROSA.email, ...options }),
  ],
  ['suspendAccess', (atlassian, options) => atlassian.suspendAccess(ROSA, options)],
];

const published: unknown[] = [];
const listen = (event: unknown): void => void published.push(event);

beforeAll(() => {
  subscribe(ATTEMPT_CHANNEL, listen);
  subscribe(INVALID_RESPONSE_CHANNEL, listen);
  vi.spyOn(process, 'emitWarning').mockImplementation((...args: unknown[]) => void published.push(args));
});

afterAll(() => {
  unsubscribe(ATTEMPT_CHANNEL, listen);
  unsubscribe(INVALID_RESPONSE_CHANNEL, listen);
  vi.restoreAllMocks();
});

/** A provisioner with both planted keys, everything it lets be seen, and a server that can turn to mischief. */
function plant(options: ProvisionerSettings = {}) {
  const fake = new FakeAtlassian();
  fake.addDomain('acme.com');
  fake.addKey({ kind: 'directory', secret: DIRECTORY_KEY });
  fake.addKey({ kind: 'organization', secret: ORGANIZATION_KEY });
  fake.addUser(ROSA);
  fake.addApiToken(ROSA.email);
  fake.addGroup({ name: 'crew', origin: 'synced', members: [ROSA.email] });
  fake.addGroup({ name: 'club', origin: 'local', members: [ROSA.email] });
  fake.addGroup({ name: 'deck', origin: 'synced' });
  fake.addGroup({ name: 'guild', origin: 'local' });
  const seen: unknown[] = [];
  const audit = new MemorySink();
  let mischief: ((request: Request) => Mischief | undefined) | undefined;
  const connection = fake.connection();
  const atlassian = new AtlassianProvisioner({
    ...connection,
    scim: { ...connection.scim, token: DIRECTORY_KEY },
    admin: { ...connection.admin, apiKey: ORGANIZATION_KEY },
    audit: { sink: audit },
    http: { retry: { maxAttempts: 2 }, onAttempt: (event) => void seen.push(event) },
    waits: { linkMs: 0, readBackMs: 1_000, verifyMs: 0 },
    fetch: (request) => {
      const chosen = mischief?.(request);
      if (chosen === undefined) return fake.fetch(request);
      const header = request.headers.get('authorization') ?? '';
      const key = header.replace(/^Bearer /, '');
      return Promise.resolve(
        chosen(`${header} | ${key} ${encodeURIComponent(key)} ${Buffer.from(key).toString('base64')}`, request),
      );
    },
    ...options,
  } as AtlassianProvisionerOptions);
  return {
    fake,
    atlassian,
    audit,
    seen,
    /** From now on, the requests that `when` picks are answered so. */
    answer: (how: Mischief, when: (request: Request) => boolean) => {
      mischief = (request) => (when(request) ? how : undefined);
    },
    calling: {
      onProgress: (event) => void seen.push(event),
      onAttempt: (event) => void seen.push(event),
    } satisfies ActionOptions,
  };
}

const isRead = ({ method, url }: Request): boolean => method === 'GET' || url.endsWith('/search');
const WHERE = [
  ['every request', () => true],
  ['every write', (request: Request) => !isRead(request)],
] as const;

describe.for(CALLS)('%s shows neither key', ([, call]) => {
  test('when all goes well', async () => {
    const world = plant();

    const result = await call(world.atlassian, world.calling);

    expect(world.fake.requests.length).toBeGreaterThan(0);
    expectNoTrace([result, world.seen, world.audit.events]);
  });

  describe.for(WHERE)('when %s meets', ([, when]) => {
    test.for(MISCHIEF)('%s', async ([, how]) => {
      const world = plant();
      world.answer(how, when);

      const outcome = await call(world.atlassian, world.calling).catch((error: unknown) => error);

      expect(world.seen.length).toBeGreaterThan(0);
      expectNoTrace(outcome);
      for (const error of errorsIn(outcome)) expectNoTrace(error);
      expectNoTrace([world.seen, world.audit.events, world.atlassian, world.atlassian.scim, world.atlassian.admin]);
    });
  });
});

/** The errors inside a result: of its operations, and the one that `requireSuccess` makes of it. */
function errorsIn(outcome: unknown): unknown[] {
  if (outcome instanceof Error || typeof outcome !== 'object' || outcome === null) return [];
  const result = outcome as Parameters<typeof requireSuccess>[0];
  let thrown: unknown;
  try {
    requireSuccess(result);
  } catch (error) {
    thrown = error;
  }
  return [thrown, ...result.operations.map(({ error }) => error)];
}

test.for(MISCHIEF)('a check of the configuration shows neither key when it meets %s', async ([, how]) => {
  const world = plant();
  world.answer(how, () => true);

  const report = await world.atlassian.checkConfiguration();
  const alone = await checkConfiguration({ scim: world.atlassian.scim, admin: world.atlassian.admin });

  expectNoTrace([report, alone, world.seen]);
});

test('the provisioner, its parts and the configuration of the environment print without either key', () => {
  const { atlassian } = plant();
  const config = configFromEnvironment({
    ATLASSIAN_ORGANIZATION_ID: 'b2c1a6de-0000-4000-8000-000000000001',
    ATLASSIAN_SCIM_URL: 'https://api.atlassian.com/scim/directory/7c1f0000-0000-4000-8000-000000000001',
    ATLASSIAN_SCIM_TOKEN: DIRECTORY_KEY,
    ATLASSIAN_ADMIN_API_KEY: ORGANIZATION_KEY,
  });

  for (const thing of [atlassian, atlassian.scim, atlassian.admin, atlassian.ids, config]) expectNoTrace(thing);
});

test.for<[string, ProvisionerSettings]>([
  ['in each other’s place', { scim: { url: 'https://api.atlassian.com/scim/directory/1', token: ORGANIZATION_KEY } }],
  ['with more around it', { admin: { apiKey: `Bearer ${ORGANIZATION_KEY}` } }],
  ['in a URL', { admin: { apiKey: 'x', baseUrl: `https://api.test/?key=${encodeURIComponent(ORGANIZATION_KEY)}` } }],
  ['as an organization', { organizationId: ORGANIZATION_KEY }],
])('a configuration that is refused does not show a key %s', ([, options]) => {
  let error: unknown;

  try {
    plant(options);
  } catch (thrown) {
    error = thrown;
  }

  expect(error).toMatchObject({ code: 'config_invalid' });
  expectNoTrace(error);
});

test('a key in the words of the caller is not kept in any audit log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atlassian-provisioner-'));
  const file = new JsonlSink(join(folder, 'audit.jsonl'));
  const memory = new MemorySink();
  const { atlassian } = plant({ audit: { sink: combineSinks(memory, file) } });

  await atlassian.syncIdentity(
    { ...ROSA, jobTitle: `holds ${ORGANIZATION_KEY}` },
    {
      reason: `with ${DIRECTORY_KEY}`,
      correlationId: ORGANIZATION_KEY,
      actor: { type: 'user', name: DIRECTORY_KEY },
      approve: () => ({ approved: true, approvedBy: 'ops', comment: DIRECTORY_KEY }),
    },
  );
  await atlassian.close();
  const lines = await readFile(join(folder, 'audit.jsonl'), 'utf8');
  await rm(folder, { recursive: true });

  expect(memory.events).toHaveLength(1);
  expect(lines).toContain('scim.user.update');
  expectNoTrace([memory.events, lines]);
});

test('nothing that was published or warned of holds a key', () => {
  expect(published.length).toBeGreaterThan(100);
  expectNoTrace(published);
});
