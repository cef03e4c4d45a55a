import { describe, expect, test } from 'vitest';
import { confluenceSession, resultsOf, type ConfluenceSession } from './confluence-session.js';

const V1 = '/wiki/rest/api';

function crew(session: ConfluenceSession): { readonly rosa: string; readonly crewId: string } {
  const { fake } = session;
  fake.addGroup({ name: 'berth-crew', origin: 'local' });
  const rosa = fake.addAccount({ email: 'rosa@acme.com', groups: ['confluence-users', 'berth-crew'] }).accountId;
  return { rosa, crewId: fake.group('berth-crew')!.orgGroupId! };
}

function addGuest({ fake }: ConfluenceSession): string {
  const [confluence] = fake.addSite('acme', ['confluence']);
  const { accountId } = fake.addAccount({ email: 'guest@partner.example' });
  fake.addRole('guest@partner.example', confluence!.ari, 'atlassian/guest');
  return accountId;
}

const idsIn = (answer: Parameters<typeof resultsOf>[0]): unknown[] =>
  resultsOf<{ user: { accountId: string } }>(answer).map(({ user }) => user.accountId);

describe('who calls', () => {
  test('a credential that is none, or no credential, is refused with 401', async () => {
    const { send } = confluenceSession();

    const nobody = await send('GET', `${V1}/user/current`, { as: null });
    const stranger = await send('GET', '/wiki/api/v2/spaces', { headers: { authorization: 'Bearer x' } });

    expect([nobody.status, stranger.status]).toEqual([401, 401]);
    expect(stranger.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED');
  });

  test('who has no access to Confluence gets 403 of version 1 and 404 of version 2', async () => {
    const session = confluenceSession();
    session.fake.addAccount({ email: 'ben@acme.com' });

    const v1 = await session.send('GET', `${V1}/group`, { as: 'ben@acme.com' });
    const v2 = await session.send('GET', '/wiki/api/v2/space-role-mode', { as: 'ben@acme.com' });

    expect(v1).toMatchObject({
      status: 403,
      body: { statusCode: 403, message: expect.stringMatching(/^com\.atlassian\..*\.PermissionException: /) as string },
    });
    expect(v2).toMatchObject({ status: 404, body: { errors: [{ status: 404, code: 'NOT_FOUND', detail: null }] } });
  });

  test('the gateway wants a token with the scopes of the call', async () => {
    const { fake } = confluenceSession();
    crew({ fake } as ConfluenceSession);
    const scoped = fake.addUserToken('rosa@acme.com', { scopes: ['read:space:confluence'] });
    const call = async (path: string): Promise<unknown> => {
      const url = `https://api.atlassian.com/ex/confluence/${fake.site.cloudId}${path}`;
      const authorization = `Basic ${btoa(`rosa@acme.com:${scoped}`)}`;
      const response = await fake.fetch(url, { headers: { authorization } });
      return { status: response.status, body: await response.json() };
    };

    expect(await call('/wiki/api/v2/spaces')).toMatchObject({
      status: 200,
      body: { _links: { base: 'https://acme.atlassian.net/wiki' } },
    });
    expect(await call('/wiki/api/v2/space-roles')).toEqual({
      status: 401,
      body: { code: 401, message: 'Unauthorized; scope does not match' },
    });
  });
});

describe('the user search', () => {
  test.each([
    ['', ['rosa']],
    ['&sitePermissionTypeFilter=externalCollaborator', ['guest']],
    ['&sitePermissionTypeFilter=all', ['rosa', 'guest']],
  ])('with the filter "%s" finds the licensed, the guests, or both', async (filter, expected) => {
    const session = confluenceSession();
    const people = { rosa: crew(session).rosa, guest: addGuest(session) };

    const answer = await session.send('GET', `${V1}/search/user?cql=type=user${filter}`);

    const found = idsIn(answer);
    expect(Object.entries(people).flatMap(([name, id]) => (found.includes(id) ? [name] : []))).toEqual(expected);
  });

  test('does not find the deactivated, who are still among the members and can do nothing', async () => {
    const session = confluenceSession();
    const { rosa, crewId } = crew(session);
    session.fake.changeAccount('rosa@acme.com', { status: 'inactive' });

    const search = await session.send('GET', `${V1}/search/user?cql=type=user`);
    const members = await session.send('GET', `${V1}/group/${crewId}/membersByGroupId?expand=operations`);
    const bulk = await session.send('POST', '/wiki/api/v2/users-bulk', { body: { accountIds: [rosa, 'nobody'] } });

    expect(idsIn(search)).not.toContain(rosa);
    expect(resultsOf(members)).toMatchObject([{ accountId: rosa, operations: [] }]);
    expect(resultsOf(bulk)).toMatchObject([{ accountId: rosa, accountStatus: 'inactive' }]);
  });

  test.each([
    ['user="ROSA"', true],
    ['user in ("ROSA", "x")', true],
    ['type=user and user.fullname~"ro"', true],
    ['user not in ("ROSA")', false],
  ])('understands %s', async (cql, isFound) => {
    const session = confluenceSession();
    const { rosa } = crew(session);

    const query = encodeURIComponent(cql.replace('ROSA', rosa));
    const answer = await session.send('GET', `${V1}/search/user?cql=${query}`);

    expect(idsIn(answer).includes(rosa)).toBe(isFound);
  });

  test.each(['', 'type=page', 'user=', 'space=FIN', 'user in "x"'])('refuses the query "%s"', async (cql) => {
    const { send } = confluenceSession();

    const answer = await send('GET', `${V1}/search/user?cql=${encodeURIComponent(cql)}`);

    expect(answer).toMatchObject({ status: 400, body: { statusCode: 400 } });
  });

  test('caps the page and says so, and tells the size of the page for the total', async () => {
    const session = confluenceSession({ switches: { confluenceSearchCap: 2 } });
    for (const name of ['a', 'b', 'c'])
      session.fake.addAccount({ email: `${name}@acme.com`, groups: ['confluence-users'] });

    const { body } = await session.send('GET', `${V1}/search/user?cql=type=user&limit=200`);

    expect(body).toMatchObject({
      start: 0,
      limit: 2,
      size: 2,
      totalSize: 2,
      _links: { next: '/rest/api/search/user?start=2&limit=2' },
    });
  });
});

describe('a user', () => {
  test('who hides the email has an empty one', async () => {
    const session = confluenceSession();
    const guest = addGuest(session);
    crew(session);

    const asked = await session.send('GET', `${V1}/user?accountId=${guest}`);
    const own = await session.send('GET', `${V1}/user/current`, { as: 'guest@partner.example' });

    expect(asked.body).toMatchObject({ email: '', isGuest: true });
    expect(own.body).toMatchObject({ email: 'guest@partner.example' });
  });

  test('that there is not is 404; of a bulk, what is over a hundred is ignored', async () => {
    const session = confluenceSession();
    const { rosa } = crew(session);

    const single = await session.send('GET', `${V1}/user?accountId=nobody`);
    const ids = [...Array.from({ length: 100 }, () => 'nobody'), rosa];
    const bulk = await session.send('GET', `${V1}/user/bulk?accountId=${ids.join(',')}`);
    const few = await session.send('GET', `${V1}/user/bulk?accountId=nobody&accountId=${rosa}`);

    expect(single.status).toBe(404);
    expect([resultsOf(bulk).length, resultsOf(few).length]).toEqual([0, 1]);
  });

  test('that is anonymous is shown only on a site that is open to everybody', async () => {
    const { fake, send } = confluenceSession();

    const closed = await send('GET', `${V1}/user/anonymous`);
    fake.changeConfluence({ anonymousAccess: true });
    const open = await send('GET', `${V1}/user/anonymous`);

    expect(closed.status).toBe(403);
    expect(open).toMatchObject({ status: 200, body: { type: 'anonymous' } });
    expect(open.body).not.toHaveProperty('accountId');
  });
});

describe('groups', () => {
  test('come by name, and by what they give', async () => {
    const session = confluenceSession();
    crew(session);

    const all = await session.send('GET', `${V1}/group`);
    const giving = await session.send('GET', `${V1}/group?accessType=user`);

    expect(resultsOf(all).map(({ name }) => name)).toEqual(['berth-crew', 'confluence-users']);
    expect(resultsOf(giving).map(({ name }) => name)).toEqual(['confluence-users']);
  });

  test('a group that there is not has no members, and 404 as such', async () => {
    const { send } = confluenceSession();

    const members = await send('GET', `${V1}/group/nowhere/membersByGroupId`);
    const group = await send('GET', `${V1}/group/by-id?id=nowhere`);

    expect([members.status, resultsOf(members), group.status]).toEqual([200, [], 404]);
  });

  test('more than 200 members at once are refused', async () => {
    const session = confluenceSession();
    const { crewId } = crew(session);

    const answer = await session.send('GET', `${V1}/group/${crewId}/membersByGroupId?limit=201`);

    expect(answer.status).toBe(400);
  });

  test('a page may be short before the end', async () => {
    const session = confluenceSession({ switches: { confluenceShortPages: 1 } });
    for (const name of ['a', 'b', 'c']) session.fake.addGroup({ name, origin: 'local' });

    const { body } = await session.send('GET', `${V1}/group?limit=3`);

    expect(body).toMatchObject({ limit: 3, size: 2, _links: { next: '/rest/api/group?start=2&limit=3' } });
  });

  test('their members are those of the organization, and written once', async () => {
    const session = confluenceSession();
    const { rosa, crewId } = crew(session);
    const path = `${V1}/group/userByGroupId?groupId=${crewId}`;

    const again = await session.send('POST', path, { body: { accountId: rosa } });
    const removed = await session.send('DELETE', `${path}&accountId=${rosa}`);
    const absent = await session.send('DELETE', `${path}&accountId=${rosa}`);
    const nobody = await session.send('DELETE', `${path}&accountId=nobody`);

    expect([again.status, removed.status, absent.status, nobody.status]).toEqual([201, 204, 204, 404]);
    expect(session.fake.group('berth-crew')?.members).toEqual([]);
  });

  test.each([
    ['without the header against forgery', { headers: { 'x-atlassian-token': '' } }, 'XSRF check failed'],
    ['by who is no administrator', { as: 'rosa@acme.com' }, 'administrator'],
  ])('are not written %s', async (_how, request, said) => {
    const session = confluenceSession();
    const { rosa, crewId } = crew(session);

    const path = `${V1}/group/userByGroupId?groupId=${crewId}`;
    const answer = await session.send('POST', path, { body: { accountId: rosa }, ...request });

    expect(answer).toMatchObject({ status: 403, body: { message: expect.stringContaining(said) as string } });
  });

  test('one that an identity provider syncs is not written', async () => {
    const session = confluenceSession();
    const { rosa } = crew(session);
    session.fake.addGroup({ name: 'synced' });
    const groupId = session.fake.group('synced')!.orgGroupId!;

    const path = `${V1}/group/userByGroupId?groupId=${groupId}`;
    const answer = await session.send('POST', path, { body: { accountId: rosa } });

    expect(answer.status).toBe(400);
  });
});
