import { ProvisionerError } from '../errors/provisioner-error.js';

/** One page, and where the next one is. `next: undefined` ends the list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Walks every page, one request at a time, and yields the items. */
export async function* paginate<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>();
  let cursor: string | undefined;

  do {
    const page = await fetchPage(cursor);
    yield* page.items;

    cursor = page.next;
    if (cursor === undefined) continue;
    if (seen.has(cursor))
      throw new ProvisionerError('response_invalid', 'Pagination does not end: the server sent one cursor twice');
    seen.add(cursor);
  } while (cursor !== undefined);
}
