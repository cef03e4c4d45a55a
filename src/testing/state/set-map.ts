const NOTHING: ReadonlySet<string> = new Set();

/** A copy of a {@link SetMap} that later writes do not reach. */
export type SetMapSnapshot = ReadonlyMap<string, string | ReadonlySet<string>>;

/**
 * Many values under one key.
 *
 * A single value is held bare, and a snapshot shares the sets until one is written (copy on write), so that indexes over
 * 100,000 rows stay small and a snapshot costs one pass over the keys.
 */
export class SetMap {
  #entries = new Map<string, string | Set<string>>();
  /** Keys whose set belongs to no snapshot. `undefined` until the first snapshot: everything is owned. */
  #owned: Set<string> | undefined;

  get keyCount(): number {
    return this.#entries.size;
  }

  has(key: string, value: string): boolean {
    const held = this.#entries.get(key);
    return typeof held === 'string' ? held === value : held?.has(value) === true;
  }

  get(key: string): ReadonlySet<string> {
    const held = this.#entries.get(key);
    if (held === undefined) return NOTHING;
    return typeof held === 'string' ? new Set([held]) : held;
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
    return typeof held === 'string' ? 1 : held.size;
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
      this.#entries.set(key, new Set([held, value]));
      this.#owned?.add(key);
      return true;
    }
    if (held.has(value)) return false;
    this.#writable(key, held).add(value);
    return true;
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
    this.#entries = new Map(snapshot as ReadonlyMap<string, string | Set<string>>);
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
