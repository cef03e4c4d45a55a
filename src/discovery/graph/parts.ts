import { ACCOUNT, type Holder, KINDS } from './holder.js';
import type { HolderPart } from './holder-parts.js';

/** What a holder is made of, to be looked up by part: a licence may be given to each of 100,000 accounts. */
export class Parts {
  /** Groups and other holders, which are few. */
  readonly wide: readonly HolderPart[];
  /** Numbers of the people whose accounts are among them, each once and ascending. */
  readonly people: Int32Array;
  /** In the order of their numbers. */
  readonly #sorted: readonly HolderPart[];

  constructor(parts: readonly HolderPart[]) {
    this.wide = parts.filter(({ holder }) => !isAccount(holder));
    this.#sorted = parts.toSorted((a, b) => a.holder - b.holder);
    const people = this.#sorted
      .filter(({ holder }) => isAccount(holder))
      .map(({ holder }) => (holder - ACCOUNT) / KINDS);
    this.people = Int32Array.from(people.filter((person, index) => person !== people[index - 1]));
  }

  get all(): readonly HolderPart[] {
    return this.#sorted;
  }

  /** Those that are one holder: several entities may say so. */
  naming(holder: Holder): readonly HolderPart[] {
    const start = this.#firstFrom(holder);
    let end = start;
    while (this.#sorted[end]?.holder === holder) end += 1;
    return this.#sorted.slice(start, end);
  }

  #firstFrom(holder: Holder): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle]?.holder ?? holder) < holder) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isAccount(holder: Holder): boolean {
  return holder % KINDS === ACCOUNT;
}
