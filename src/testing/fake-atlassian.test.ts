import { beforeEach, describe, expect, test } from 'vitest';
import { FakeAtlassian } from './fake-atlassian.js';
import { DOCUMENTED_RATE_LIMITS } from './faults/rate-limits.js';

let fake: FakeAtlassian;
beforeEach(() => {
  fake = new FakeAtlassian();
});

/** Sends to the SCIM directory of a fake, or to another URL, with the key that opens it. */
async function send(method: string, path: string, body?: unknown, of: FakeAtlassian = fake): Promise<Response> {
  const { scim, admin } = of.connection();
  const isScim = path.startsWith('/Users') || path.startsWith('/Groups');
  return of.fetch(isScim ? scim.url + path : admin.baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${isScim ? scim.token : admin.apiKey}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const rosa = { userName: 'rosa@acme.com', emails: [{ value: 'rosa@acme.com', primary: true }] };
const deactivate = { Operations: [{ op: 'replace', path: 'active', value: false }] };

describe('fetch', () => {
  test('throws on a path it does not have, naming it', async () => {
    await expect(send('GET', '/admin/v3/nothing')).rejects.toThrow(
      'FakeAtlassian has no route GET /admin/v3/nothing: the path is unknown',
    );
  });

  test('throws on a method that a path does not have, naming those it has', async () => {
    await expect(send('DELETE', '/Users')).rejects.toThrow('the path has GET, POST only');
  });

  test('throws on another host', async () => {
    await expect(fake.fetch('https://api.atlassian.example/scim')).rejects.toThrow(
      'FakeAtlassian serves https://api.atlassian.com, its sites and Bitbucket, and was asked for https://api.atlassian.example/scim',
    );
  });

  test('can be given away without its owner, and takes a Request', async () => {
    const { fetch, scim } = fake.connection();

    const response = await fetch(
      new Request(`${scim.url}/Users`, { headers: { authorization: `Bearer ${scim.token}` } }),
    );

    expect(response.status).toBe(200);
    expect(response.url).toBe(`${scim.url}/Users`);
  });

  test('rejects with the reason of a signal that was aborted before, and serves nothing', async () => {
    const reason = new Error('enough');

    await expect(fake.fetch(fake.connection().scim.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(fake.requests).toHaveLength(0);
  });

  test('serves under the base URL it was given, with links that begin with it', async () => {
    const proxied = new FakeAtlassian({ baseUrl: 'https://proxy.example/atlassian/' });
    proxied.addUser();

    const response = await send('GET', '/Users', undefined, proxied);

    const { Resources } = (await response.json()) as { Resources: { meta: { location: string } }[] };
    expect(Resources[0]?.meta.location).toMatch(/^https:\/\/proxy\.example\/atlassian\/scim\/directory\//u);
  });
});

describe('the request log', () => {
  test('has operation, query, body, status and kind of credential, and never the credential', async () => {
    await send('POST', '/Users?attributes=id&x=1&x=2', rosa);

    expect(fake.requests.at(-1)).toEqual({
      number: 1,
      at: '2026-01-05T09:00:00.001Z',
      operation: 'scim.users.create',
      effect: 'write',
      method: 'POST',
      path: `/scim/directory/${fake.directoryId}/Users`,
      query: { attributes: 'id', x: ['1', '2'] },
      body: rosa,
      credential: 'directory-key',
      status: 201,
      faulted: false,
    });
    expect(JSON.stringify(fake.requests.toArray())).not.toContain(fake.directoryKey);
  });

  test('tells kinds of credentials apart', async () => {
    const url = `${fake.connection().scim.url}/Users`;
    const credentials = [undefined, 'Bearer x', 'Basic eDp5', `Bearer ${fake.organizationKey}`];

    for (const authorization of credentials)
      await fake.fetch(url, { headers: authorization === undefined ? {} : { authorization } });

    expect(fake.requests.map(({ credential }) => credential)).toEqual([
      'none',
      'unknown',
      'site-token',
      'organization-key',
    ]);
  });
});

describe('faults', () => {
  test('answer with a status, body and headers in place of the operation, once', async () => {
    fake.failNext('scim.users.create', { status: 500, body: { oops: true }, headers: { 'x-why': 'test' } });

    const failed = await send('POST', '/Users', rosa);
    const passed = await send('POST', '/Users', rosa);

    expect([failed.status, failed.headers.get('x-why'), await failed.json()]).toEqual([500, 'test', { oops: true }]);
    expect(passed.status).toBe(201);
    expect(fake.requests.map(({ status, faulted }) => [status, faulted])).toEqual([
      [500, true],
      [201, false],
    ]);
  });

  test('let the operation happen where they are to', async () => {
    fake.fail('scim.users.create', { status: 502, takesEffect: true });

    const failed = await send('POST', '/Users', rosa);

    expect(failed.status).toBe(502);
    expect(fake.user('rosa@acme.com')).toBeDefined();
  });

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('cut the connection %s the effect', async (reset, happened) => {
    fake.failNext('scim.users.create', { reset });

    const error: unknown = await send('POST', '/Users', rosa).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    expect(fake.user('rosa@acme.com') !== undefined).toBe(happened);
    expect(fake.requests.at(-1)?.status).toBeUndefined();
  });

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('hang %s the effect until the caller gives up', async (hang, happened) => {
    fake.failNext('scim.users.create', { hang });
    const controller = new AbortController();
    const { scim } = fake.connection();

    const answer = fake.fetch(`${scim.url}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${scim.token}` },
      body: JSON.stringify(rosa),
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error('too long')), 5);

    await expect(answer).rejects.toThrow('too long');
    expect(fake.user('rosa@acme.com') !== undefined).toBe(happened);
  });

  test('cut an answer off in the middle, after the effect', async () => {
    fake.failNext('scim.users.create', { malformed: true });

    const response = await send('POST', '/Users', rosa);

    await expect(response.json()).rejects.toThrow(SyntaxError);
    expect(response.status).toBe(201);
    expect(fake.user('rosa@acme.com')).toBeDefined();
  });

  test('make an empty answer one that is no JSON', async () => {
    const { id } = fake.addUser();
    fake.failNext('scim.users.delete', { malformed: true });

    const response = await send('DELETE', `/Users/${id}`);

    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('say when to come back', async () => {
    fake.failNext('*', { status: 429, retryAfter: 7 });

    expect((await send('GET', '/Users')).headers.get('retry-after')).toBe('7');
  });

  test('delay on the clock of the fake, and take no real time', async () => {
    fake.failNext('*', { delayMs: 60_000 });

    const response = await send('GET', '/Users');

    expect(response.status).toBe(200);
    expect(new Date(fake.clock.now()).toISOString()).toBe('2026-01-05T09:01:00.001Z');
  });

  test('strike as often as they are to, after as many as they are to let pass, by the wire or by a pattern', async () => {
    const byPath = fake.fail({ method: 'GET', path: /\/Users$/u }, { status: 500, skip: 1, times: 2 });
    const byPattern = fake.fail('scim.groups.*', { times: Infinity });

    const users = [];
    for (let index = 0; index < 4; index += 1) users.push((await send('GET', '/Users')).status);
    const groups = [(await send('GET', '/Groups')).status, (await send('GET', '/Groups')).status];

    expect(users).toEqual([200, 500, 500, 200]);
    expect(groups).toEqual([503, 503]);
    expect([byPath.hits, byPattern.hits]).toEqual([2, 2]);
  });

  test('can be taken back', async () => {
    const one = fake.fail('*');
    one.cancel();
    fake.fail('*');
    fake.clearFaults();

    expect((await send('GET', '/Users')).status).toBe(200);
  });

  test('are refused for an operation that does not exist, with those near it', () => {
    expect(() => fake.fail('scim.user.create')).toThrow(
      /The fake has no operation "scim.user.create". Near it: scim\.users\.create/u,
    );
  });
});

describe('rate limits', () => {
  test('count down in headers, refuse with the body of the gateway, and begin anew with the window', async () => {
    fake.limitRates([{ operations: 'scim.*', limit: 2, windowMs: 60_000, retryAfter: true }]);

    const answers = [];
    for (let index = 0; index < 3; index += 1) answers.push(await send('GET', '/Users'));
    fake.clock.advance(60_000);
    const later = await send('GET', '/Users');

    expect(answers.map((answer) => [answer.status, answer.headers.get('x-ratelimit-remaining')])).toEqual([
      [200, '1'],
      [200, '0'],
      [429, '0'],
    ]);
    expect(answers[2]?.headers.get('x-ratelimit-limit')).toBe('2');
    expect(answers[2]?.headers.get('x-ratelimit-reset')).toBe('2026-01-05T09:01:00.000Z');
    expect(answers[2]?.headers.get('retry-after')).toBe('60');
    expect(await answers[2]?.json()).toEqual({ code: 429, message: 'Too Many Requests' });
    expect(later.status).toBe(200);
  });

  test('are kept for each key unless they are shared, and leave other operations alone', async () => {
    fake.limitRates([{ operations: 'scim.users.list', limit: 1, windowMs: 60_000 }]);
    const other = fake.addKey({ kind: 'directory' });
    const url = `${fake.connection().scim.url}/Users`;

    const first = await send('GET', '/Users');
    const second = await send('GET', '/Users');
    const ofOther = await fake.fetch(url, { headers: { authorization: `Bearer ${other}` } });
    const groups = await send('GET', '/Groups');

    expect([first.status, second.status, ofOther.status, groups.status]).toEqual([200, 429, 200, 200]);
    expect(groups.headers.has('x-ratelimit-limit')).toBe(false);
  });

  test('can be those that Atlassian documents: ten reads of events a minute', async () => {
    fake.limitRates(DOCUMENTED_RATE_LIMITS);

    const statuses = [];
    for (let index = 0; index < 11; index += 1)
      statuses.push((await send('GET', `/admin/v1/orgs/${fake.organizationId}/events`)).status);

    expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
  });
});

describe('lags', () => {
  test('let a SCIM group, its members and a new account reach the organization later', async () => {
    fake.lags.scimMirrorMs = 30_000;
    fake.addDomain('acme.com');
    await send('POST', '/Users', rosa);
    const id = fake.user('rosa@acme.com')?.id;
    await send('POST', '/Groups', { displayName: 'berth-crew', members: [{ value: id }] });

    const before = [fake.group('berth-crew')?.origin, fake.account('rosa@acme.com')?.membership];
    fake.clock.advance(30_000);
    const after = [fake.group('berth-crew')?.origin, fake.account('rosa@acme.com')?.membership];

    expect(before).toEqual(['scim-only', 'none']);
    expect(after).toEqual(['synced', 'active']);
    expect(fake.group('berth-crew')?.members).toEqual(['rosa@acme.com']);
  });

  test('end at once with a flush', async () => {
    fake.lags.scimMirrorMs = 30_000;
    await send('POST', '/Groups', { displayName: 'berth-crew' });

    fake.flush();

    expect(fake.group('berth-crew')?.origin).toBe('synced');
  });

  test('do not hold back what is seeded', () => {
    const lagging = new FakeAtlassian({ lags: { scimMirrorMs: 30_000, groupSearchMs: 30_000 } });

    lagging.addUser({ email: 'rosa@acme.com' });

    expect(lagging.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] })).toMatchObject({
      origin: 'synced',
      members: ['rosa@acme.com'],
    });
  });
});

describe('snapshot and restore', () => {
  test('bring back people, groups, keys, ids and the clock, as often as one likes', async () => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
    const id = fake.user('rosa@acme.com')?.id ?? '';
    const snapshot = fake.snapshot();
    const told = () => [
      fake.user('rosa@acme.com'),
      fake.account('rosa@acme.com'),
      fake.group('berth-crew'),
      fake.clock.now(),
    ];
    const before = told();

    for (let round = 0; round < 2; round += 1) {
      await send('PATCH', `/Users/${id}`, deactivate);
      await send('DELETE', `/Groups/${fake.group('berth-crew')?.scimGroupId}`);
      fake.revokeKey(fake.organizationKey);
      fake.clock.advance(1000);
      expect(told()).not.toEqual(before);

      fake.restore(snapshot);

      expect(told()).toEqual(before);
      expect(fake.requests).toHaveLength(0);
      expect(fake.addUser({ email: 'noor@acme.com' }).id).toBe('5c100000-0000-4000-8000-000000000002');
    }
  });

  test('takes back scripted faults', async () => {
    const snapshot = fake.snapshot();
    fake.fail('*', { times: Infinity });

    fake.restore(snapshot);

    expect((await send('GET', '/Users')).status).toBe(200);
  });

  test('reset leaves an organization with nobody in it, and the same keys', async () => {
    fake.addUser();

    fake.reset();

    expect(await (await send('GET', '/Users')).json()).toMatchObject({ totalResults: 0 });
  });
});

describe('two fakes', () => {
  test('know nothing of each other, and make the same ids', () => {
    const other = new FakeAtlassian();

    expect(fake.addUser().id).toBe(other.addUser().id);
    expect(fake.addUser({ email: 'rosa@acme.com' })).toBeDefined();
    expect(other.user('rosa@acme.com')).toBeUndefined();
  });
});
