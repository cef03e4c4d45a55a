import type { Scratch } from './scratch.js';

/** What one holder has on a resource, with the people who are known to be the holder: in several lists, which may share some. */
export interface Held {
  readonly lists: readonly Int32Array[];
  readonly mask: number;
  readonly bypass: boolean;
}

/** Who reaches nothing in a product, and of whom that is not known. */
export interface Blocked {
  readonly blocked: readonly number[];
  readonly doubtful: readonly number[];
}

const LISTED = 1;
const BLOCKED = 2;

/** Who reaches one resource. Everybody and every signed-in person are left out: they are no list of people. */
export class PeopleReach {
  readonly blockedPeople: readonly number[];
  readonly #doubtful: readonly number[];
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
    mark(seen, this.blockedPeople, BLOCKED);
    mark(seen, this.#doubtful, BLOCKED);
    let count = 0;
    for (const list of this.#listsWith(bits))
      for (const person of list) {
        if (seen[person] !== 0) continue;
        seen[person] = LISTED;
        count += 1;
      }
    return count;
  }

  /** How many inactive people would have one of these levels. */
  countBlocked(bits: number): number {
    const seen = this.#scratch.cleared(this.#size);
    for (const list of this.#listsWith(bits)) mark(seen, list, LISTED);
    return this.blockedPeople.reduce((count, person) => count + (seen[person] ?? 0), 0);
  }

  /** Bits of levels that are held for certain, by number of the person: all of them, or those that come by a grant. */
  certain(which: 'all' | 'granted'): Uint8Array {
    const bits = this.#marked(which);
    for (const person of this.blockedPeople) bits[person] = 0;
    for (const person of this.#doubtful) bits[person] = 0;
    return bits;
  }

  /** Bits of levels that people would hold if everybody were active, by number of the person. */
  ifActive(): Uint8Array {
    return this.#marked('all');
  }

  #marked(which: 'all' | 'granted'): Uint8Array {
    const bits = new Uint8Array(this.#size);
    for (const { lists, mask, bypass } of this.#held)
      if (which === 'all' || !bypass) for (const list of lists) mark(bits, list, mask);
    return bits;
  }

  #listsWith(bits: number): Int32Array[] {
    return this.#held.flatMap(({ lists, mask }) => ((mask & bits) === 0 ? [] : lists));
  }
}

function mark(target: Uint8Array, places: Int32Array | readonly number[], bits: number): void {
  for (const place of places) target[place] = (target[place] ?? 0) | bits;
}
