import { ResponseInvalidError } from '../errors/api-errors.js';

/** One page, and where the next one is. `next: undefined` ends the list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/**
 * Walks every page, one request at a time, and yields the items. `operation` names the call in an error.
 *
 * @throws {@link ResponseInvalidError} when the server sends one cursor twice: the list would not end.
 */
export async function* paginate<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
  operation = 'paginate',
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>();
  let cursor: string | undefined;

  do {
    const page = await fetchPage(cursor);
    yield* page.items;

    cursor = page.next;
    if (cursor === undefined) continue;
    if (seen.has(cursor)) throw endless(operation);
    seen.add(cursor);
  } while (cursor !== undefined);
}

function endless(operation: string): ResponseInvalidError {
  return new ResponseInvalidError(
    { operation, method: 'GET', status: 200, attempts: 1 },
    [{ path: 'next', expected: 'a cursor that was not sent before', received: 'one that was' }],
    'pagination does not end: the server sent one cursor twice',
  );
}
