import { beforeEach, describe, expect, test } from 'vitest';
import { errorWith, pageOf, pick } from './admin-session.js';
import { organizationWorld, segment, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;

beforeEach(() => {
  session = organizationWorld();
});

describe('pages', () => {
  beforeEach(() => {
    for (let index = 1; index <= 5; index += 1) session.fake.addAccount({ email: `p${index}@acme.com` });
  });

  const all = ['rosa@acme.com', 'p1@acme.com', 'p2@acme.com', 'p3@acme.com', 'p4@acme.com', 'p5@acme.com'];

  test('a search leads on by a bare cursor in the body, and ends with none', async () => {
    const search = session.everywhere('/users/search');
    const seen: unknown[] = [];
    let cursor: string | null | undefined;
    do {
      const answer = await session.send('POST', search, { limit: 4, ...(typeof cursor === 'string' && { cursor }) });
      seen.push(pick(answer, 'email'));
      cursor = pageOf(answer).links.next;
    } while (typeof cursor === 'string');

    expect(seen).toEqual([all.slice(0, 4), all.slice(4)]);
    expect(cursor).toBeNull();
  });

  test('a cursor stands for everything that was asked: the server drops the other parameters', async () => {
    const first = await session.send('GET', session.everywhere('/users?limit=2&emailDomains=acme.com'));
    const cursor = encodeURIComponent(pageOf(first).links.next!);

    const second = await session.send('GET', session.everywhere(`/users?cursor=${cursor}&limit=50&searchTerm=nobody`));

    expect(pick(second, 'email')).toEqual(all.slice(2, 4));
  });

  test('`prev` leads back', async () => {
    const first = await session.send('GET', session.everywhere('/users?limit=2'));
    const second = await session.send(
      'GET',
      session.everywhere(`/users?cursor=${encodeURIComponent(pageOf(first).links.next!)}`),
    );

    const back = await session.send(
      'GET',
      session.everywhere(`/users?cursor=${encodeURIComponent(pageOf(second).links.prev!)}`),
    );

    expect(pageOf(first).links.prev).toBeNull();
    expect(pick(back, 'email')).toEqual(pick(first, 'email'));
  });

  test('people who leave between two pages do not hide others', async () => {
    const first = await session.send('GET', session.directory('/users?limit=3'));
    const gone = session.fake.account('p1@acme.com')!;
    await session.send('DELETE', session.directory(`/users/${segment(gone)}`));

    const next = encodeURIComponent(pageOf(first).links.next!);
    const second = await session.send('GET', session.directory(`/users?cursor=${next}`));

    expect(pick(second, 'email')).toEqual(all.slice(3));
  });

  test.each([
    ['altered', (cursor: string) => cursor.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
    ['made up', () => 'kloHX1ZQVasDAkx_P48NYQ'],
    ['not encoded, so that it arrives in pieces', (cursor: string) => cursor.slice(0, -5)],
  ])('a cursor that is %s is refused with ADMIN-400-1', async (_what, change) => {
    const first = await session.send('GET', session.everywhere('/users?limit=2'));
    const cursor = change(pageOf(first).links.next!);

    const answer = await session.send('GET', session.everywhere(`/users?cursor=${encodeURIComponent(cursor)}`));

    expect(answer).toMatchObject(errorWith('ADMIN-400-1'));
  });

  test('a cursor of another operation is refused', async () => {
    const first = await session.send('GET', session.everywhere('/users?limit=2'));

    const answer = await session.send('POST', session.everywhere('/users/search'), {
      cursor: pageOf(first).links.next,
    });

    expect(answer).toMatchObject(errorWith('ADMIN-400-1'));
  });

  test('a cursor gets too old on the clock', async () => {
    session.fake.switches.cursorLifetimeMs = 60_000;
    const first = await session.send('GET', session.everywhere('/users?limit=2'));
    const next = session.everywhere(`/users?cursor=${encodeURIComponent(pageOf(first).links.next!)}`);

    session.fake.clock.advance(59_000);
    expect((await session.send('GET', next)).status).toBe(200);
    session.fake.clock.advance(2_000);
    expect(await session.send('GET', next)).toMatchObject(errorWith('ADMIN-400-1'));
  });

  test('with the switch, a search forgets its filters unless they come again', async () => {
    session.fake.switches.searchCursor = 'place';
    const search = session.everywhere('/users/search');
    const first = await session.send('POST', search, { limit: 1, searchTerm: 'p' });
    const cursor = pageOf(first).links.next;

    const alone = await session.send('POST', search, { cursor });
    const again = await session.send('POST', search, { cursor, limit: 1, searchTerm: 'p' });

    expect(pick(alone, 'email')).toHaveLength(4);
    expect(pick(again, 'email')).toEqual(['p2@acme.com']);
  });

  test('with the switch, what is not there is left out', async () => {
    session.fake.switches.absentValues = 'omit';

    const answer = await session.send('GET', session.everywhere('/users'));

    expect(Object.keys(pageOf(answer).links)).toEqual(['self']);
    expect(pageOf(answer).data[0]).not.toHaveProperty('department');
  });

  test('v1 lists lead on by the full URL, and have no `next` at the end', async () => {
    for (let index = 0; index < 100; index += 1) session.fake.addAccount({ email: `m${index}@acme.com` });

    const first = await session.send('GET', session.v1('/users'));
    const next = new URL(pageOf(first).links.next!);
    const second = await session.send('GET', `${next.pathname}${next.search}`);

    expect(first.body).toMatchObject({
      meta: { total: 106 },
      links: { self: `https://api.atlassian.com${session.v1('/users')}` },
    });
    expect(pageOf(first).data).toHaveLength(100);
    expect(pageOf(second).data).toHaveLength(6);
    expect(pageOf(second).links).not.toHaveProperty('next');
  });
});
