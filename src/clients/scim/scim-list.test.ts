import { describe, expect, test } from 'vitest';
import { otherDirectory, type Answer, type TestDirectory } from './scim-test-server.js';

const PEOPLE = Array.from({ length: 7 }, (_, index) => ({
  id: `u-${String(index)}`,
  userName: `user${String(index)}`,
}));
const PEOPLE_IDS = PEOPLE.map(({ id }) => id);

interface Habits {
  /** Most users the server puts on a page, whatever it is asked. */
  readonly pageSize?: number;
  /** What it says beside `totalResults` and `Resources`. */
  readonly says?: (startIndex: number, returned: number, asked: number) => object;
}

/** A server that pages through {@link PEOPLE} with its own habits. */
function pagingServer({ pageSize = 100, says = () => ({}) }: Habits = {}): TestDirectory {
  return otherDirectory(({ query }): Answer => {
    const startIndex = Number(query.startIndex);
    const asked = Number(query.count);
    const Resources = PEOPLE.slice(startIndex - 1, startIndex - 1 + Math.min(asked, pageSize));
    return { body: { totalResults: PEOPLE.length, Resources, ...says(startIndex, Resources.length, asked) } };
  });
}

async function idsOf(users: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of users) ids.push(id);
  return ids;
}

describe('list', () => {
  test.each<[string, Habits]>([
    ['says nothing of its pages', {}],
    ['gives the page size in force as itemsPerPage', { says: (startIndex) => ({ startIndex, itemsPerPage: 10_000 }) }],
    [
      'gives the number returned as itemsPerPage',
      { says: (startIndex, itemsPerPage) => ({ startIndex, itemsPerPage }) },
    ],
    ['sends null for both', { says: () => ({ startIndex: null, itemsPerPage: null }) }],
    ['counts its first page from 0', { says: (startIndex) => ({ startIndex: startIndex === 1 ? 0 : startIndex }) }],
  ])('gives everybody once when the server %s and gives fewer than asked for', async (_case, habits) => {
    const { scim, requests } = pagingServer({ ...habits, pageSize: 3 });

    const ids = await idsOf(scim.users.list());

    expect(ids).toEqual(PEOPLE_IDS);
    expect(requests.map(({ query }) => query.startIndex)).toEqual(['1', '4', '7']);
  });

  test('sends one request when one page holds everybody', async () => {
    const { scim, requests } = pagingServer();

    const ids = await idsOf(scim.users.list());

    expect(ids).toEqual(PEOPLE_IDS);
    expect(requests).toHaveLength(1);
  });

  test('ends with an empty page, whatever the total says', async () => {
    const { scim, requests } = otherDirectory(({ query }) => ({
      body: { totalResults: 500, Resources: query.startIndex === '1' ? PEOPLE : [] },
    }));

    const ids = await idsOf(scim.users.list());

    expect(ids).toEqual(PEOPLE_IDS);
    expect(requests).toHaveLength(2);
  });

  test('follows a total that grows on the way', async () => {
    const { scim } = otherDirectory(({ query }) => {
      const start = Number(query.startIndex) - 1;
      return { body: { totalResults: start === 0 ? 4 : 7, Resources: PEOPLE.slice(start, start + 3) } };
    });

    const ids = await idsOf(scim.users.list());

    expect(ids).toEqual(PEOPLE_IDS);
  });

  test('gives an item twice that moved from one page to the next', async () => {
    const { scim } = otherDirectory(({ query }) => {
      const start = Number(query.startIndex) - 1;
      const now = start === 0 ? PEOPLE.slice(1, 5) : PEOPLE.slice(0, 5);
      return { body: { totalResults: now.length, Resources: now.slice(start, start + 2) } };
    });

    const ids = await idsOf(scim.users.list({ count: 2 }));

    expect(ids).toEqual(['u-1', 'u-2', 'u-2', 'u-3', 'u-4']);
  });

  test('is an error when the server starts a page elsewhere', async () => {
    const { scim } = pagingServer({ pageSize: 3, says: () => ({ startIndex: 1 }) });

    const listing = idsOf(scim.users.list());

    await expect(listing).rejects.toMatchObject({
      code: 'response_invalid',
      message: expect.stringContaining('asked to start at 4, the page starts at 1') as string,
    });
  });

  test('is an error when the server sends one page for ever, and does not say which', async () => {
    const { scim, requests } = otherDirectory(() => ({ body: { totalResults: 900, Resources: PEOPLE } }));

    const listing = idsOf(scim.users.list());

    await expect(listing).rejects.toMatchObject({ code: 'response_invalid' });
    expect(requests).toHaveLength(2);
  });

  test('reads no further page than the caller takes', async () => {
    const { scim, requests } = pagingServer({ pageSize: 3 });

    for await (const user of scim.users.list()) if (user.id === 'u-2') break;

    expect(requests).toHaveLength(1);
  });

  test.each([
    ['no object', []],
    ['no total', { Resources: [] }],
    ['a total that is no number', { totalResults: '7', Resources: [] }],
    ['a negative total', { totalResults: -1, Resources: [] }],
    ['Resources that are no list', { totalResults: 1, Resources: {} }],
    ['one user among them without an id', { totalResults: 2, Resources: [PEOPLE[0], { userName: 'x' }] }],
  ])('is an error when the answer has %s', async (_case, body) => {
    const { scim } = otherDirectory(() => ({ body }));

    const listing = idsOf(scim.users.list());

    await expect(listing).rejects.toMatchObject({ code: 'response_invalid' });
  });
});

describe('listPage', () => {
  test('gives one page and where the next one starts', async () => {
    const { scim } = pagingServer({ pageSize: 3 });

    const page = await scim.users.listPage({ startIndex: 2, count: 5 });

    expect(page).toMatchObject({ totalResults: 7, startIndex: 2, nextStartIndex: 5 });
    expect(page.items.map(({ id }) => id)).toEqual(['u-1', 'u-2', 'u-3']);
  });

  test('has no next page at the end, and past it', async () => {
    const { scim } = pagingServer();

    const last = await scim.users.listPage({ startIndex: 7 });
    const past = await scim.users.listPage({ startIndex: 90 });

    expect(last.nextStartIndex).toBeUndefined();
    expect(past).toMatchObject({ items: [], totalResults: 7, nextStartIndex: undefined });
  });

  test('reads the total alone with a count of 0', async () => {
    const { scim } = pagingServer();

    const page = await scim.users.listPage({ count: 0 });

    expect(page).toMatchObject({ items: [], totalResults: 7 });
  });

  test.each([{ startIndex: 0 }, { startIndex: 1.5 }, { count: -1 }, { count: Number.NaN }])(
    'sends nothing for %o',
    async (query) => {
      const { scim, requests } = pagingServer();

      const reading = scim.users.listPage(query);

      await expect(reading).rejects.toMatchObject({ code: 'request_invalid' });
      expect(requests).toEqual([]);
    },
  );

  test('list refuses a count of 0, which would give nobody', async () => {
    const { scim, requests } = pagingServer();

    const listing = idsOf(scim.users.list({ count: 0 }));

    await expect(listing).rejects.toMatchObject({ code: 'request_invalid' });
    expect(requests).toEqual([]);
  });
});
