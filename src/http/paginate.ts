import { ResponseInvalidError } from '../errors/api-errors.js';

/** Pages without an item that may come in a row. A filter that is applied late can empty a few; nothing empties so many. */
const MAX_EMPTY_PAGES = 100;

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
 * @throws {@link ResponseInvalidError} when the server sends one cursor twice, or empty pages on and on: the list would not
 * end.
 */
export async function* paginate<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
  operation = 'paginate',
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  let emptyPages = 0;

  do {
    const page = await fetchPage(cursor);
    yield* page.items;
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

function endless(operation: string, why: string, expected: string, received: string): ResponseInvalidError {
  return new ResponseInvalidError(
    { operation, method: 'GET', status: 200, attempts: 1 },
    [{ path: 'next', expected, received }],
    `pagination does not end: ${why}`,
  );
}
