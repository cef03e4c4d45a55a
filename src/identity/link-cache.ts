import type { ResolvedIdentity } from '../model/identity.js';

/** An identity as a cache keeps it. JSON throughout. */
export interface CachedLink {
  /** Every key that leads to the entry, one for each id of the person. Keys of email and `userName` are personal data. */
  readonly keys: readonly string[];
  readonly identity: ResolvedIdentity;
  /** ISO 8601 instant, UTC. The mapper ignores the entry from then on, and the store may drop it. */
  readonly expiresAt: string;
}

/**
 * Keeps identities between calls, so that one is not looked up again and again.
 *
 * An entry lives and dies as one, under all its keys: a store that lets one key go and keeps another would go on serving
 * what a write has invalidated. Each method may answer later, so that a service can keep the entries where several
 * processes see them. A `get` or `set` that fails counts as a miss; a `delete` that fails is an error of the caller.
 */
export interface LinkCache {
  /** The entry a key leads to. */
  get(key: string): CachedLink | undefined | Promise<CachedLink | undefined>;
  /** Stores an entry, and forgets whatever any of its keys led to before. */
  set(entry: CachedLink): void | Promise<void>;
  /** Forgets each entry that any of the keys leads to, under all the keys of that entry. */
  delete(keys: readonly string[]): void | Promise<void>;
}
