import { paginate, type Page } from '../../http/paginate.js';

/** Cursors that are positions: items move to other pages when one before them goes. */
const POSITION = /^\d+$|[?&]page=\d+(?:&|$)/u;

/** What the pages of a list say of how long it is, to find out whether something of it has not come. */
export class ListLength {
  #total: number | undefined;
  #most: number | undefined;
  #shrank = false;
  #byPosition: boolean;

  /** Goes on with what a reading before this one had been told, and from where. */
  constructor({ total, cursor }: { readonly total?: number | undefined; readonly cursor?: string | undefined } = {}) {
    this.#most = total;
    this.#byPosition = cursor !== undefined && POSITION.test(cursor);
  }

  /** The most that it was said to be. */
  get most(): number | undefined {
    return this.#most;
  }

  /** Takes in a page, in the order of the list. */
  tell({ total, next }: Pick<Page<unknown>, 'total' | 'next'>): void {
    if (total !== undefined) {
      this.#shrank ||= this.#byPosition && this.#most !== undefined && total < this.#most;
      this.#most = Math.max(total, this.#most ?? 0);
      this.#total = total;
    }
    this.#byPosition ||= next !== undefined && POSITION.test(next);
  }

  /** Why the list may not be whole, when as many different items have come; `undefined` where nothing speaks against it. */
  doubt(came: number): string | undefined {
    if (this.#total !== undefined && came < this.#total)
      return `ended after ${String(came)} of ${String(this.#total)}: the rest is not known`;
    return this.#shrank ? 'became shorter while it was read: something may have slipped between two pages' : undefined;
  }
}

/** All of a list, and why it may not be whole. */
export interface WholeList<Item> {
  readonly items: readonly Item[];
  readonly doubt: string | undefined;
}

/** Reads a list to its end. `keyOf` tells its items apart; those without a key are each another. */
export async function readList<Item>(
  operation: string,
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
  keyOf: (item: Item) => string,
): Promise<WholeList<Item>> {
  const length = new ListLength();
  const items: Item[] = [];
  const pages = async (cursor: string | undefined): Promise<Page<Item>> => {
    const page = await fetchPage(cursor);
    length.tell(page);
    return page;
  };
  for await (const item of paginate(pages, operation)) items.push(item);
  const keys = items.map(keyOf);
  const came = new Set(keys.filter((key) => key !== '')).size + keys.filter((key) => key === '').length;
  return { items, doubt: length.doubt(came) };
}
