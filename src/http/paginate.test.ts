import { expect, test } from 'vitest';
import { paginate, type Page } from './paginate.js';
import { errorOf } from './transport.fixture.js';

function pages(all: Readonly<Record<string, Page<number>>>): {
  readonly asked: (string | undefined)[];
  readonly fetchPage: (cursor: string | undefined) => Promise<Page<number>>;
} {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    fetchPage: async (cursor) => {
      asked.push(cursor);
      return all[cursor ?? 'first']!;
    },
  };
}

test('yields the items of all pages, also behind an empty one', async () => {
  const { fetchPage, asked } = pages({
    first: { items: [1, 2], next: 'a' },
    a: { items: [], next: 'b' },
    b: { items: [3], next: undefined },
  });

  const items: number[] = [];
  for await (const item of paginate(fetchPage)) items.push(item);

  expect(items).toEqual([1, 2, 3]);
  expect(asked).toEqual([undefined, 'a', 'b']);
});

test('asks for no page before its items are wanted', async () => {
  const { fetchPage, asked } = pages({ first: { items: [1], next: 'a' }, a: { items: [2], next: undefined } });

  const items = paginate(fetchPage);
  await items.next();

  expect(asked).toEqual([undefined]);
});

test.for([
  ['itself', { first: { items: [], next: 'a' }, a: { items: [], next: 'a' } }],
  ['an earlier one', { first: { items: [], next: 'a' }, a: { items: [], next: 'b' }, b: { items: [], next: 'a' } }],
])('ends with an error when a page leads to %s', async ([, all]) => {
  const { fetchPage } = pages(all as Record<string, Page<number>>);

  const error = await errorOf(paginate(fetchPage, 'things.list').next());

  expect(error).toMatchObject({ code: 'response_invalid', operation: 'things.list' });
  expect(String(error)).toContain('pagination does not end');
});

test('fails when empty pages come on and on', async () => {
  let asked = 0;
  const fetchPage = async (): Promise<Page<number>> => ({ items: [], next: `c${String((asked += 1))}` });

  const error = await errorOf(paginate(fetchPage, 'things.list').next());

  expect(error).toMatchObject({
    code: 'response_invalid',
    message: expect.stringContaining('100 empty pages in a row') as string,
  });
  expect(asked).toBe(100);
});

test('gives a server up that sends one page again and again, and not one whose only item moved', async () => {
  const endless = pages({
    first: { items: [1], next: 'a' },
    a: { items: [1], next: 'b' },
    b: { items: [1], next: 'c' },
  });
  const moved = pages({ first: { items: [1], next: 'a' }, a: { items: [1], next: undefined } });

  const walk = paginate(endless.fetchPage);
  const first = [await walk.next(), await walk.next()].map(({ value }) => value);
  const error = await errorOf(walk.next());
  const items: number[] = [];
  for await (const item of paginate(moved.fetchPage)) items.push(item);

  expect(error).toMatchObject({ code: 'response_invalid' });
  expect(first).toEqual([1, 1]);
  expect(items).toEqual([1, 1]);
});
