const NOTHING: ReadonlySet<string> = new Set();

/** Up to this many values are held as an array, which is never changed in place: a snapshot shares it for nothing. */
const SMALL = 8;

type Held = string | readonly string[] | Set<string>;

/** A copy of a {@link SetMap} that later writes do not reach. */
export type SetMapSnapshot = ReadonlyMap<string, string | readonly string[] | ReadonlySet<string>>;

/**
 * Many values under one key, in the order they came.
 *
 * One value is held bare, a few as an array, many as a set that a snapshot shares until it is written (copy on write). So
 * indexes over 100,000 rows stay small, and a snapshot costs one pass over the keys.
 */
export class SetMap {
  #entries = new Map<string, Held>();
  /** Keys whose set belongs to no snapshot. `undefined` until the first snapshot: everything is owned. */
  #owned: Set<string> | undefined;

  has(key: string, value: string): boolean {
    const held = this.#entries.get(key);
    if (held === undefined) return false;
    if (typeof held === 'string') return held === value;
    return isSmall(held) ? held.includes(value) : held.has(value);
  }

  get(key: string): ReadonlySet<string> {
    const held = this.#entries.get(key);
    if (held === undefined) return NOTHING;
    if (typeof held === 'string') return new Set([held]);
    return isSmall(held) ? new Set(held) : held;
  }

  first(key: string): string | undefined {
    const held = this.#entries.get(key);
    if (held === undefined || typeof held === 'string') return held;
    const [first] = held;
    return first;
  }

  count(key: string): number {
    const held = this.#entries.get(key);
    if (held === undefined) return 0;
    if (typeof held === 'string') return 1;
    return isSmall(held) ? held.length : held.size;
  }

  /** Returns whether the value was new. */
  add(key: string, value: string): boolean {
    const held = this.#entries.get(key);
    if (held === undefined) {
      this.#entries.set(key, value);
      return true;
    }
    if (typeof held === 'string') {
      if (held === value) return false;
      this.#entries.set(key, [held, value]);
      return true;
    }
    if (isSmall(held)) {
      if (held.includes(value)) return false;
      if (held.length < SMALL) {
        this.#entries.set(key, [...held, value]);
      } else {
        this.#entries.set(key, new Set(held).add(value));
        this.#owned?.add(key);
      }
      return true;
    }
    if (held.has(value)) return false;
    this.#writable(key, held).add(value);
    return true;
  }

  /** Adds many values, all different, at the price of one where the key is new. */
  load(key: string, values: readonly string[]): void {
    const [first] = values;
    if (first === undefined) return;
    if (this.#entries.has(key)) {
      for (const value of values) this.add(key, value);
    } else if (values.length <= SMALL) {
      this.#entries.set(key, values.length === 1 ? first : [...values]);
    } else {
      this.#entries.set(key, new Set(values));
      this.#owned?.add(key);
    }
  }

  /** Returns whether the value was there. */
  delete(key: string, value: string): boolean {
    const held = this.#entries.get(key);
    if (held === undefined) return false;
    if (typeof held === 'string') {
      if (held !== value) return false;
      this.#entries.delete(key);
      return true;
    }
    if (isSmall(held)) {
      if (!held.includes(value)) return false;
      const rest = held.filter((other) => other !== value);
      if (rest.length === 0) this.#entries.delete(key);
      else this.#entries.set(key, rest);
      return true;
    }
    if (!held.has(value)) return false;
    const set = this.#writable(key, held);
    set.delete(value);
    if (set.size === 0) this.#entries.delete(key);
    return true;
  }

  snapshot(): SetMapSnapshot {
    this.#owned = new Set();
    return new Map(this.#entries);
  }

  restore(snapshot: SetMapSnapshot): void {
    // The sets are still shared with the snapshot: `#owned` is empty, so the first write copies.
    this.#entries = new Map(snapshot as ReadonlyMap<string, Held>);
    this.#owned = new Set();
  }

  #writable(key: string, set: Set<string>): Set<string> {
    if (this.#owned === undefined || this.#owned.has(key)) return set;
    const copy = new Set(set);
    this.#entries.set(key, copy);
    this.#owned.add(key);
    return copy;
  }
}

function isSmall(held: readonly string[] | Set<string>): held is readonly string[] {
  return Array.isArray(held);
}
