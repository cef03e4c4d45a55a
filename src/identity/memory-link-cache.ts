import type { CachedLink, LinkCache } from './link-cache.js';

/** Size of a {@link MemoryLinkCache}. */
export interface MemoryLinkCacheOptions {
  /** Identities to keep; beyond that the one not asked for longest goes. Default 10,000. */
  readonly maxEntries?: number | undefined;
}

/** Keeps identities in memory, the last used ones. */
export class MemoryLinkCache implements LinkCache {
  readonly #maxEntries: number;
  readonly #entryOfKey = new Map<string, CachedLink>();
  /** In the order of their last use. */
  readonly #entries = new Set<CachedLink>();

  constructor({ maxEntries = 10_000 }: MemoryLinkCacheOptions = {}) {
    if (!Number.isSafeInteger(maxEntries) || maxEntries < 1)
      throw new RangeError('maxEntries of a MemoryLinkCache must be a whole number from 1');
    this.#maxEntries = maxEntries;
  }

  /** Number of identities kept. */
  get size(): number {
    return this.#entries.size;
  }

  /** The entry a key leads to, as a copy. Counts as a use. */
  get(key: string): CachedLink | undefined {
    const entry = this.#entryOfKey.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(entry);
    this.#entries.add(entry);
    return structuredClone(entry);
  }

  /** Stores a copy, and lets the entry go that was not asked for longest where there are too many. */
  set(entry: CachedLink): void {
    this.delete(entry.keys);
    const kept = structuredClone(entry);
    this.#entries.add(kept);
    for (const key of kept.keys) this.#entryOfKey.set(key, kept);

    for (const oldest of this.#entries) {
      if (this.#entries.size <= this.#maxEntries) break;
      this.#drop(oldest);
    }
  }

  /** Forgets each entry that any of the keys leads to. */
  delete(keys: readonly string[]): void {
    for (const key of keys) {
      const entry = this.#entryOfKey.get(key);
      if (entry !== undefined) this.#drop(entry);
    }
  }

  #drop(entry: CachedLink): void {
    this.#entries.delete(entry);
    for (const key of entry.keys) this.#entryOfKey.delete(key);
  }
}
