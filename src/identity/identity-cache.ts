import type { ResolvedIdentity } from '../model/identity.js';
import { identityKeys } from './identity-ref.js';
import type { CachedLink, LinkCache } from './link-cache.js';
import type { Now } from './seen.js';

/** Says when a look-up was begun, as far as the cache is concerned. */
export type CacheEpoch = number;

/** Keeps resolved identities in a {@link LinkCache}, and knows which of them may be kept. */
export class IdentityCache {
  readonly #store: LinkCache;
  readonly #scope: string;
  readonly #maxAgeMs: number;
  readonly #now: Now;
  #epoch: CacheEpoch = 0;

  /** Entries of different scopes can share a store. */
  constructor(store: LinkCache, scope: string, maxAgeMs: number, now: Now) {
    this.#store = store;
    this.#scope = scope;
    this.#maxAgeMs = maxAgeMs;
    this.#now = now;
  }

  /** Ask for it before a look-up is begun: what was read before an invalidation is not kept after it. */
  get epoch(): CacheEpoch {
    return this.#epoch;
  }

  async get(key: string): Promise<ResolvedIdentity | undefined> {
    let entry: CachedLink | undefined;
    try {
      entry = await this.#store.get(this.#scoped(key));
    } catch {
      return undefined; // Documented: a store that fails counts as a miss.
    }
    return entry !== undefined && Date.parse(entry.expiresAt) > this.#now() ? entry.identity : undefined;
  }

  /** Keeps an identity, and forgets what was known of these ids before. Missing links are not kept: they may come any time. */
  async put(identity: ResolvedIdentity, epoch: CacheEpoch): Promise<void> {
    if (epoch !== this.#epoch) return;
    const keys = identityKeys(identity).map((key) => this.#scoped(key));
    try {
      if (identity.accountId === undefined || identity.link === 'unlinked') await this.#store.delete(keys);
      else await this.#store.set({ keys, identity, expiresAt: this.#expiry() });
    } catch {
      // Documented: a store that fails counts as a miss.
    }
  }

  /** Forgets whoever has one of these ids, as a fresh look-up found nobody. */
  async drop(keys: readonly string[], epoch: CacheEpoch): Promise<void> {
    if (epoch !== this.#epoch) return;
    try {
      await this.#store.delete(keys.map((key) => this.#scoped(key)));
    } catch {
      // Documented: a store that fails counts as a miss.
    }
  }

  /** Forgets whoever has one of these ids, after a write. A store that fails is an error here: it would go on serving what is not so. */
  async forget(keys: readonly string[]): Promise<void> {
    this.#epoch += 1;
    await this.#store.delete(keys.map((key) => this.#scoped(key)));
  }

  #expiry(): string {
    return new Date(this.#now() + this.#maxAgeMs).toISOString();
  }

  #scoped(key: string): string {
    return `${this.#scope}/${key}`;
  }
}
