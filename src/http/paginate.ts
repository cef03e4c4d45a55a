import { ResponseInvalidError } from '../errors/api-errors.js';

/** Pages without an item that may come in a row. A filter that is applied late can empty a few; nothing empties so many. */
const MAX_EMPTY_PAGES = 100;

/** Pages in a row that may have nothing new: one item that moves under the reader comes twice. */
export const MAX_SAME_PAGES = 1;

/** One page, and where the next one is. `next: undefined` ends the list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
  /** How many items the list has in all, where the server says so. It decides nothing: the list ends when `next` does. */
  readonly total?: number;
}

/**
 * Walks every page, one request at a time, and yields the items. `operation` names the call in an error.
 *
 * @throws {@link ResponseInvalidError} when the server sends one cursor twice, or empty pages or the same page on and on: the
 * list would not end.
 */
export async function* paginate<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
  operation = 'paginate',
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<number>();
  let samePages = 0;
  for await (const { items } of paginatePages(fetchPage, operation)) {
    const page = fingerprint(items);
    samePages = items.length > 0 && seen.has(page) ? samePages + 1 : 0;
    if (samePages > MAX_SAME_PAGES) throw repeating(operation);
    seen.add(page);
    yield* items;
  }
}

/**
 * Walks every page as {@link paginate} does, and yields the pages.
 *
 * Who reads items tells whether they come again: see {@link repeating}.
 */
export async function* paginatePages<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
  operation: string,
): AsyncGenerator<Page<Item>, void, undefined> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  let emptyPages = 0;

  do {
    const page = await fetchPage(cursor);
    yield page;
    emptyPages = page.items.length === 0 ? emptyPages + 1 : 0;

    cursor = page.next;
    if (cursor === undefined) continue;
    if (seen.has(cursor))
      throw endless(operation, 'the server sent one cursor twice', 'a cursor that was not sent before', 'one that was');
    if (emptyPages >= MAX_EMPTY_PAGES)
      throw endless(operation, `the server sent ${String(emptyPages)} empty pages in a row`, 'the end', 'a cursor');
    seen.add(cursor);
  } while (cursor !== undefined);
}

/** The error of a list whose pages have nothing new. */
export function repeating(operation: string): ResponseInvalidError {
  return endless(operation, 'the server sent the same items again and again', 'items that are new', 'those before');
}

/** Tells pages apart by how long they are, and by their ends: a number (FNV-1a), for a list may have many. */
function fingerprint(items: readonly unknown[]): number {
  const text = JSON.stringify([items.length, items[0], items.at(-1)]);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

function endless(operation: string, why: string, expected: string, received: string): ResponseInvalidError {
  return new ResponseInvalidError(
    { operation, method: 'GET', status: 200, attempts: 1 },
    [{ path: 'next', expected, received }],
    `pagination does not end: ${why}`,
  );
}
