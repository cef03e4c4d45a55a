import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scimGroupId, scimUserId, type AtlassianProvisioner, type JsonObject } from '../../src/index.js';
import { startHostileServer, withBody, type HostileServer, type Twist } from './hostile-server.js';

const ROSA = { email: 'rosa@acme.com' };
const MIA = { email: 'mia@acme.com' };

let server: HostileServer;

beforeEach(async () => {
  server = await startHostileServer();
  const { fake } = server;
  fake.addUser({ ...ROSA, externalId: 'e-rosa' });
  fake.addUser({ ...MIA, externalId: 'e-mia' });
  fake.addAccount({ email: 'solo@acme.com' });
  fake.addGroup({ name: 'crew', origin: 'synced', members: [MIA.email] });
  fake.addGroup({ name: 'club', origin: 'local', members: [MIA.email] });
});

afterEach(() => {
  server.close();
});

/** The record of a person, as an honest server gives it. */
async function recordOf(email: string): Promise<JsonObject> {
  const { fake } = server;
  const url = `https://api.atlassian.com/scim/directory/${fake.directoryId}/Users/${fake.user(email)?.id ?? ''}`;
  const answer = await fake.fetch(new Request(url, { headers: { authorization: `Bearer ${fake.directoryKey}` } }));
  return (await answer.json()) as JsonObject;
}

const isUserList = ({ method, url }: Request): boolean => method === 'GET' && new URL(url).pathname.endsWith('/Users');
const isOneUser = ({ method, url }: Request): boolean => method === 'GET' && /\/Users\/[^/]+$/.test(url);
const isOneGroup = ({ method, url }: Request): boolean => method === 'GET' && /\/Groups\/[^/]+$/.test(url);
const isUserSearch = ({ method, url }: Request): boolean => method === 'POST' && url.endsWith('/users/search');

/** Answers a list of users with these alone, whatever was asked for. */
function listing(users: () => Promise<JsonObject[]>): Twist {
  return async (request) => {
    if (!isUserList(request)) return undefined;
    const Resources = await users();
    return Response.json({ totalResults: Resources.length, startIndex: 1, Resources });
  };
}

/** Every action on Rosa that finds her by her email. */
const ACTIONS: readonly (readonly [string, (atlassian: AtlassianProvisioner) => Promise<unknown>])[] = [
  ['deprovisionIdentity', (atlassian) => atlassian.deprovisionIdentity(ROSA)],
  ['suspendAccess', (atlassian) => atlassian.suspendAccess(ROSA)],
  ['manageRelationships', (atlassian) => atlassian.manageRelationships({ identity: ROSA, remove: ['crew', 'club'] })],
  ['deleteIdentity', (atlassian) => atlassian.deleteIdentity(ROSA, { scope: 'account', confirm: ROSA.email })],
  ['revokeApiTokens', (atlassian) => atlassian.revokeApiTokens(ROSA)],
  ['syncIdentity', (atlassian) => atlassian.syncIdentity({ ...ROSA, jobTitle: 'Planner', createAllowed: false })],
];

/** What there is to know of Mia, whom nobody asked for. */
function factsOfMia(): unknown {
  const { fake } = server;
  return { record: fake.user(MIA.email), account: fake.account(MIA.email) };
}

describe.for(ACTIONS)('%s does nothing to somebody else', ([, act]) => {
  test.for<[string, () => Twist]>([
    ['the filter is ignored and somebody else comes', () => listing(async () => [await recordOf(MIA.email)])],
    [
      'everybody is said to be somebody else',
      () => async (request) => (isOneUser(request) ? Response.json(await recordOf(MIA.email)) : undefined),
    ],
    [
      'a search for an email finds the account of somebody else',
      () => async (request) => {
        if (isUserList(request)) return Response.json({ totalResults: 0, startIndex: 1, Resources: [] });
        if (request.url.endsWith('/get-scim-links-for-email')) return Response.json({ scimLinks: [] });
        const isForEmail = isUserSearch(request) && (await request.clone().text()).includes('"emails"');
        if (!isForEmail) return undefined;
        return server.fake.fetch(new Request(request, { body: JSON.stringify({ emails: [MIA.email] }) }));
      },
    ],
  ])('when %s', async ([, lie]) => {
    server.twist(lie());
    const before = factsOfMia();

    const outcome = await act(server.connect()).catch((error: unknown) => error);

    expect(outcome).toBeDefined();
    expect(factsOfMia()).toEqual(before);
  });
});

test('two records for one filter are an error that names both, and nothing is written', async () => {
  const rosa = await recordOf(ROSA.email);
  server.twist(listing(() => Promise.resolve([rosa, { ...rosa, id: 'another' }])));

  const ended = server.connect().deprovisionIdentity(ROSA);

  await expect(ended).rejects.toMatchObject({
    code: 'identity_ambiguous',
    candidates: [{ scimUserId: rosa.id }, { scimUserId: 'another' }],
  });
  server.fake.requests.expectNoWrites();
});

describe('an answer about somebody else than was asked for', () => {
  test('to a read of one record is an error', async () => {
    const mia = await recordOf(MIA.email);
    server.twist((request) => Promise.resolve(isOneUser(request) ? Response.json(mia) : undefined));

    const read = server.connect().scim.users.get(scimUserId(server.fake.user(ROSA.email)?.id ?? ''));

    await expect(read).rejects.toMatchObject({ code: 'response_invalid', operation: 'scim.users.get' });
  });

  test('to a read of one group is an error', async () => {
    server.fake.addGroup({ name: 'other', origin: 'synced' });
    const { scimGroupId: id } = server.fake.group('crew') ?? {};
    const { scimGroupId: other } = server.fake.group('other') ?? {};
    server.twist(async (request, honest) =>
      isOneGroup(request) ? withBody(honest, (body) => ({ ...body, id: other })) : undefined,
    );

    const read = server.connect().scim.groups.get(scimGroupId(id ?? ''));

    await expect(read).rejects.toMatchObject({ code: 'response_invalid', operation: 'scim.groups.get' });
  });

  test('to the creation of a record gives nobody else the groups that were meant for it', async () => {
    const mia = await recordOf(MIA.email);
    server.fake.addGroup({ name: 'guild', origin: 'local' });
    server.twist(async (request, honest) => {
      if (request.method !== 'POST' || !request.url.endsWith('/Users')) return undefined;
      await honest();
      return Response.json(mia, { status: 201 });
    });

    const result = await server.connect().onboard({ email: 'new@acme.com', groups: ['guild'] });

    expect(server.fake.group('guild')?.members).not.toContain(MIA.email);
    expect(result.operations[0]).toMatchObject({ outcome: 'applied', confirmedBy: 'read-back' });
    expect(server.fake.group('guild')?.members).toEqual(['new@acme.com']);
  });

  test('to a change of a record gives nobody else the groups that were meant for it', async () => {
    const mia = await recordOf(MIA.email);
    server.fake.addGroup({ name: 'guild', origin: 'local' });
    server.twist(async (request, honest) => {
      if (request.method !== 'PATCH' || !request.url.includes('/Users/')) return undefined;
      await honest();
      return Response.json(mia);
    });

    await server.connect().changeRole({ identity: ROSA, attributes: { jobTitle: 'Mate' }, add: ['guild'] });

    expect(server.fake.group('guild')?.members).toEqual([ROSA.email]);
  });
});

describe('ids that are made to leave the path', () => {
  test.for(['../../../admin/v1/orgs', '..', '.', 'a/b', 'x?y=z', 'x#y', '%2e%2e%2f', 'a\\b'])(
    'as %s reach nothing outside their directory',
    async (id) => {
      const rosa = await recordOf(ROSA.email);
      server.twist(listing(() => Promise.resolve([{ ...rosa, id }])));

      const outcome = await server
        .connect({ admin: undefined, organizationId: undefined })
        .deprovisionIdentity(ROSA)
        .catch((error: unknown) => error);

      const prefix = `/scim/directory/${server.fake.directoryId}/`;
      const paths = server.received.map((line) => new URL(line.split(' ')[1] ?? '', server.origin).pathname);
      expect(outcome).not.toMatchObject({ outcome: 'deprovisioned' });
      expect(paths.filter((path) => !path.startsWith(prefix))).toEqual([]);
      expect(paths.filter((path) => path.slice(prefix.length).split('/').length > 2)).toEqual([]);
    },
  );
});

describe('JSON that is made to pollute prototypes', () => {
  test('changes neither a prototype nor what a person is', async () => {
    server.twist(async (request, honest) => {
      if (!isUserList(request)) return undefined;
      const body = JSON.stringify(await (await honest()).json());
      const poison = '"__proto__":{"active":false,"polluted":1},"constructor":{"prototype":{"polluted":1}},"schemas":';
      return new Response(body.replaceAll('"schemas":', poison), { headers: { 'content-type': 'application/json' } });
    });

    const result = await server.connect().syncIdentity({ ...ROSA, jobTitle: 'Planner' });

    expect(result.outcome).toBe('updated');
    expect({} as object).not.toHaveProperty('polluted');
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
    expect(server.fake.user(ROSA.email)?.active).toBe(true);
  });
});

describe('lists that do not end', () => {
  test.for<[string, (page: number) => JsonObject]>([
    ['say the same cursor again and again', () => ({ next: 'same' })],
    ['alternate between two cursors', (page) => ({ next: `c${String(page % 2)}` })],
    ['give empty pages with ever new cursors', (page) => ({ next: `c${String(page)}` })],
  ])('because they %s end in an error that says so', async ([, links]) => {
    let page = 0;
    server.twist((request) => {
      if (!request.url.includes('/groups/search')) return Promise.resolve(undefined);
      page += 1;
      return Promise.resolve(Response.json({ data: [], links: links(page) }));
    });

    const ended = server.connect().deprovisionIdentity(MIA);

    await expect(ended).rejects.toMatchObject({
      code: 'response_invalid',
      message: expect.stringContaining('does not end') as string,
    });
    expect(page).toBeLessThan(2_000);
    server.fake.requests.expectNoWrites();
  });

  test('because a total is huge and the pages are empty end in an error, and nobody is created twice', async () => {
    server.twist((request) =>
      Promise.resolve(
        isUserList(request) ? Response.json({ totalResults: 2 ** 40, startIndex: 1, Resources: [] }) : undefined,
      ),
    );

    const ended = server.connect().syncIdentity({ ...ROSA, jobTitle: 'Planner' });

    await expect(ended).rejects.toMatchObject({ code: 'response_invalid' });
    server.fake.requests.expectNoWrites();
  });
});

describe('another origin', () => {
  test.for<[string, (elsewhere: string) => Twist]>([
    [
      'a next link',
      (elsewhere) => async (request, honest) =>
        request.url.includes('/groups/search')
          ? withBody(honest, (body) => ({ ...body, links: { next: `${elsewhere}/?cursor=x` } }))
          : undefined,
    ],
    [
      'a redirect',
      (elsewhere) => (request) =>
        Promise.resolve(isUserList(request) ? Response.redirect(`${elsewhere}/scim`, 307) : undefined),
    ],
  ])('that %s points at is sent nothing, and the action ends in an error', async ([, lie]) => {
    let visits = 0;
    const elsewhere = createServer((_request, response) => {
      visits += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    server.twist(lie(`http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`));

    const ended = await server
      .connect()
      .deprovisionIdentity(MIA)
      .catch((error: unknown) => error);
    elsewhere.close();

    expect(ended).toMatchObject({ code: expect.stringMatching(/response_invalid|redirect_refused/) as string });
    expect(visits).toBe(0);
    server.fake.requests.expectNoWrites();
  });
});

/** Answers with a body that never ends, or never comes. */
function streaming(pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void): Response {
  return new Response(new ReadableStream<Uint8Array>({ pull }), { headers: { 'content-type': 'application/json' } });
}

const BAD_ANSWERS: readonly (readonly [string, () => Response])[] = [
  ['a body that does not end', () => streaming((controller) => controller.enqueue(new Uint8Array(65_536).fill(32)))],
  ['a body that does not come', () => streaming(() => undefined)],
  ['malformed JSON', () => new Response('{"totalResults": 1, "Resources": [')],
  ['HTML', () => new Response('<!doctype html><title>Log in</title>')],
  ['nothing', () => new Response(null)],
  ['a list in the place of an object', () => Response.json([])],
  ['other types', () => Response.json({ totalResults: '1', Resources: { id: 7 }, data: 'x', id: 7, userName: [] })],
];

describe('an action', () => {
  test.for(BAD_ANSWERS)('whose reads get %s ends in a clear error and writes nothing', async ([, bad]) => {
    server.twist((request) => Promise.resolve(isUserList(request) ? bad() : undefined));

    const ended = server.connect({ http: { timeouts: { attemptMs: 30 } } }).deprovisionIdentity(ROSA);

    await expect(ended).rejects.toMatchObject({
      code: expect.stringMatching(/response_invalid|response_too_large|timed_out/) as string,
      message: expect.stringContaining('scim.users.list') as string,
    });
    server.fake.requests.expectNoWrites();
  });

  test.for(BAD_ANSWERS)('whose write is answered with %s looks whether it happened', async ([, bad]) => {
    server.twist(async (request, honest) => {
      if (request.method !== 'PATCH') return undefined;
      await honest();
      return bad();
    });

    const result = await server
      .connect({ http: { timeouts: { attemptMs: 500 } } })
      .syncIdentity({ ...ROSA, jobTitle: 'Planner' });

    expect(server.fake.user(ROSA.email)?.attributes.title).toBe('Planner');
    expect(result.operations).toMatchObject([{ outcome: 'applied' }]);
  });
});
