import type { FakeState } from '../state/fake-state.js';

interface Cached {
  readonly version: number;
  readonly ids: readonly string[];
}

// By state, so that fakes share nothing, and a fake that is gone leaves nothing behind.
const caches = new WeakMap<FakeState, Map<string, Cached>>();
const MOST = 20;

/**
 * Ids in the order of a long listing, made once and kept while nothing changes.
 *
 * Walking 100,000 people in pages would otherwise sort or copy all of them for each page.
 */
export function cachedIds(
  state: FakeState,
  key: string,
  version: number,
  make: () => readonly string[],
): readonly string[] {
  const cache = caches.get(state) ?? new Map<string, Cached>();
  caches.set(state, cache);
  const cached = cache.get(key);
  if (cached?.version === version) return cached.ids;

  const ids = make();
  cache.delete(key);
  if (cache.size >= MOST) cache.delete(cache.keys().next().value ?? '');
  cache.set(key, { version, ids });
  return ids;
}
