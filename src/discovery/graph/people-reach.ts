import { countUnmarked, mark, type Scratch } from './scratch.js';

/** What one holder has on a resource, with the people who are known to be the holder: in several lists, which may share some. */
export interface Held {
  readonly lists: readonly Int32Array[];
  readonly mask: number;
  readonly bypass: boolean;
}

/** Bits of levels by number of the person: all of them, and those that come by a grant. */
export interface LevelsOfPeople {
  readonly all: Uint8Array;
  readonly granted: Uint8Array;
}

/** Who reaches nothing in a product, and of whom that is not known. */
export interface Blocked {
  readonly blocked: Int32Array;
  readonly doubtful: Int32Array;
}

/** Who reaches one resource. Everybody and every signed-in person are left out: they are no list of people. */
export class PeopleReach {
  readonly blockedPeople: Int32Array;
  readonly #doubtful: Int32Array;
  readonly #held: readonly Held[];
  readonly #size: number;
  readonly #scratch: Scratch;

  constructor(held: readonly Held[], { blocked, doubtful }: Blocked, size: number, scratch: Scratch) {
    this.#held = held;
    this.blockedPeople = blocked;
    this.#doubtful = doubtful;
    this.#size = size;
    this.#scratch = scratch;
  }

  /** How many people have one of these levels for certain. */
  count(bits: number): number {
    const seen = this.#scratch.cleared(this.#size);
    mark(seen, this.blockedPeople, 1);
    mark(seen, this.#doubtful, 1);
    return this.#listsWith(bits).reduce((count, list) => count + countUnmarked(seen, list), 0);
  }

  /** How many inactive people would have one of these levels. */
  countBlocked(bits: number): number {
    const seen = this.#scratch.cleared(this.#size);
    for (const list of this.#listsWith(bits)) mark(seen, list, 1);
    return this.blockedPeople.reduce((count, person) => count + (seen[person] ?? 0), 0);
  }

  /** Whether one of these levels is held by somebody of whom it is not known whether they reach anything. */
  hasDoubtful(bits: number): boolean {
    if (this.#doubtful.length === 0) return false;
    const seen = this.#scratch.cleared(this.#size);
    for (const list of this.#listsWith(bits)) mark(seen, list, 1);
    return this.#doubtful.some((person) => seen[person] === 1);
  }

  /** What is held for certain. */
  certain(): LevelsOfPeople {
    const { all, granted } = this.ifActive();
    for (const people of [this.blockedPeople, this.#doubtful])
      for (const person of people) {
        all[person] = 0;
        granted[person] = 0;
      }
    return { all, granted };
  }

  /** The same if everybody were active. */
  ifActive(): LevelsOfPeople {
    const all = this.#marked(this.#held);
    const bypasses = this.#held.some(({ bypass, lists }) => bypass && lists.some(({ length }) => length > 0));
    const granted = bypasses ? this.#marked(this.#held.filter(({ bypass }) => !bypass)) : all;
    return { all, granted };
  }

  #marked(held: readonly Held[]): Uint8Array {
    const bits = new Uint8Array(this.#size);
    for (const { lists, mask } of held) for (const list of lists) mark(bits, list, mask);
    return bits;
  }

  #listsWith(bits: number): Int32Array[] {
    return this.#held.flatMap(({ lists, mask }) => ((mask & bits) === 0 ? [] : lists));
  }
}
