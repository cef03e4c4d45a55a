import type { Page } from '../../http/paginate.js';

/** Cursors that are positions: items move to other pages when one before them goes. */
const POSITION = /^\d+$|[?&]page=\d+(?:&|$)/u;

/** What the pages of a list say of how long it is, to find out whether something of it has not come. */
export class ListLength {
  #total: number | undefined;
  #shrank = false;
  #byPosition = false;

  /** Takes in a page, in the order of the list. */
  tell({ total, next }: Pick<Page<unknown>, 'total' | 'next'>): void {
    if (total !== undefined) {
      this.#shrank ||= this.#byPosition && this.#total !== undefined && total < this.#total;
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
