import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CachedLink } from './link-cache.js';
import { MemoryLinkCache } from './memory-link-cache.js';

const entry = (...keys: string[]): CachedLink => ({
  keys,
  identity: { link: 'unknown' },
  expiresAt: '2026-01-05T09:05:00.000Z',
});

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('MemoryLinkCache', () => {
  test('gives an entry under each of its keys', () => {
    const cache = new MemoryLinkCache();

    cache.set(entry('email:rosa', 'accountId:1'));

    expect(cache.get('email:rosa')?.keys).toEqual(['email:rosa', 'accountId:1']);
    expect(cache.get('accountId:1')?.keys).toEqual(['email:rosa', 'accountId:1']);
    expect(cache.get('accountId:2')).toBeUndefined();
  });

  test('forgets an entry under all its keys when any of them is deleted', () => {
    const cache = new MemoryLinkCache();
    cache.set(entry('email:rosa', 'accountId:1'));

    cache.delete(['accountId:1']);

    expect(cache.get('email:rosa')).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  test('forgets under its other keys what a new entry takes a key from', () => {
    const cache = new MemoryLinkCache();
    cache.set(entry('email:rosa', 'accountId:1'));

    cache.set(entry('email:rosa', 'accountId:2'));

    expect(cache.get('accountId:1')).toBeUndefined();
    expect(cache.get('email:rosa')?.keys).toContain('accountId:2');
  });

  test('lets the entry go that was not asked for longest', () => {
    const cache = new MemoryLinkCache({ maxEntries: 2 });
    cache.set(entry('a'));
    cache.set(entry('b'));
    cache.get('a');

    cache.set(entry('c'));

    expect([cache.get('a'), cache.get('b'), cache.get('c')].map((found) => found?.keys[0])).toEqual([
      'a',
      undefined,
      'c',
    ]);
  });

  test('is not changed by what is done to an entry it gave', () => {
    const cache = new MemoryLinkCache();
    cache.set(entry('a', 'b'));

    (cache.get('a')?.keys as string[] | undefined)?.pop();

    expect(cache.get('a')?.keys).toEqual(['a', 'b']);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses a size of %s', (maxEntries) => {
    expect(() => new MemoryLinkCache({ maxEntries })).toThrow(RangeError);
  });

  test('never keeps more than its size, and never leads a key to an entry without it', () => {
    const keys = fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 4 });
    const step = fc.oneof(
      keys.map((of) => ({ do: 'set' as const, of })),
      keys.map((of) => ({ do: 'delete' as const, of })),
    );

    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (steps, maxEntries) => {
        const cache = new MemoryLinkCache({ maxEntries });
        for (const { do: what, of } of steps) {
          if (what === 'set') cache.set(entry(...of));
          else cache.delete(of);

          const found = KEYS.map((key) => cache.get(key));
          const strays = found.filter((entryOfKey, index) => entryOfKey?.keys.includes(KEYS[index] ?? '') === false);
          const torn = found.filter(
            (entryOfKey) => entryOfKey?.keys.some((key) => cache.get(key) === undefined) === true,
          );
          expect({ strays, torn, tooMany: cache.size > maxEntries }).toEqual({ strays: [], torn: [], tooMany: false });
        }
      }),
    );
  });
});
