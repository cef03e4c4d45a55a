import { describe, expect, test } from 'vitest';
import { identityWorld } from '../../test/fixtures/identity-world.js';
import { atlassianAccountId } from '../model/ids.js';
import type { CachedLink, LinkCache } from './link-cache.js';
import { MemoryLinkCache } from './memory-link-cache.js';

const EMAIL = 'rosa@acme.example';

/** As a service has one that answers over the network, and keeps JSON. */
class RemoteCache implements LinkCache {
  readonly #inner = new MemoryLinkCache();
  readonly stored: string[] = [];

  async get(key: string): Promise<CachedLink | undefined> {
    return this.#inner.get(key);
  }

  async set(entry: CachedLink): Promise<void> {
    this.stored.push(JSON.stringify(entry));
    this.#inner.set(JSON.parse(JSON.stringify(entry)) as CachedLink);
  }

  async delete(keys: readonly string[]): Promise<void> {
    this.#inner.delete(keys);
  }
}

describe('resolving the same person again', () => {
  test('takes no call, whichever of their ids is given', async () => {
    const { fake, mapper, calls } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL, externalId: 'e-1' });
    const first = await mapper.resolve({ email: EMAIL });
    calls();

    const again = await Promise.all([
      mapper.resolve({ email: 'ROSA@acme.example' }),
      mapper.resolve({ externalId: 'e-1' }),
      mapper.resolve({ scimUserId: rosa.id }),
      mapper.resolve({ accountId: atlassianAccountId(rosa.accountId ?? '') }),
    ]);

    expect(again).toEqual([first, first, first, first]);
    expect(calls()).toEqual([]);
  });

  test('takes a call after it was invalidated by any of the ids', async () => {
    const { fake, mapper, calls } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });
    await mapper.resolve({ email: EMAIL });
    calls();

    await mapper.invalidate({ scimUserId: rosa.id });
    await mapper.resolve({ email: EMAIL });

    expect(calls()).toEqual(['scim.users.list']);
  });

  test('takes a call once the entry is too old', async () => {
    const { fake, mapperWith, calls } = identityWorld();
    const mapper = mapperWith({ cacheMaxAgeMs: 60_000 });
    fake.addUser({ email: EMAIL });
    await mapper.resolve({ email: EMAIL });
    fake.clock.advance(59_000);
    await mapper.resolve({ email: EMAIL });
    fake.clock.advance(1_000);

    await mapper.resolve({ email: EMAIL });

    expect(calls()).toEqual(['scim.users.list', 'scim.users.list']);
  });

  test('takes a call each time without a cache', async () => {
    const { fake, mapperWith, calls } = identityWorld();
    const mapper = mapperWith({ cache: false });
    fake.addUser({ email: EMAIL });

    await mapper.resolve({ email: EMAIL });
    await mapper.resolve({ email: EMAIL });
    await mapper.invalidate({ email: EMAIL });

    expect(calls()).toHaveLength(2);
  });

  test('takes a call while the link is missing, as it may come at any time', async () => {
    const { fake, mapper, calls } = identityWorld();
    fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });
    await mapper.resolve({ email: 'pat@partner.example' });
    calls();

    await mapper.resolve({ email: 'pat@partner.example' });

    expect(calls()).not.toEqual([]);
  });

  test('takes a call after nobody was found', async () => {
    const { fake, mapper } = identityWorld();
    await mapper.find({ email: EMAIL });

    const rosa = fake.addUser({ email: EMAIL });

    expect((await mapper.find({ email: EMAIL }))?.scimUserId?.value).toBe(rosa.id);
  });
});

describe('a fresh observation', () => {
  test('never comes from the cache, and puts right what is there', async () => {
    const { fake, mapper, scim, calls } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });
    await mapper.resolve({ email: EMAIL });
    await scim.users.patch(rosa.id, [{ op: 'replace', path: 'externalId', value: 'e-9' }]);
    calls();

    const observed = await mapper.observe({ email: EMAIL });
    const resolved = await mapper.resolve({ email: EMAIL });

    expect(observed?.identity.externalId?.value).toBe('e-9');
    expect(resolved.externalId?.value).toBe('e-9');
    expect(calls()).toEqual(['scim.users.list']);
  });

  test('that finds nobody makes the cache forget them', async () => {
    const { fake, mapper, scim } = identityWorld();
    const rosa = fake.addUser({ email: EMAIL });
    await mapper.resolve({ email: EMAIL });
    await scim.users.delete(rosa.id);

    await mapper.observe({ scimUserId: rosa.id });

    expect((await mapper.find({ email: EMAIL }))?.link).toBe('unsynced');
  });

  test('that was under way at an invalidation is not kept', async () => {
    const { fake, mapper, calls } = identityWorld();
    fake.addUser({ email: EMAIL });

    await mapper.resolve({ email: EMAIL }, { onAttempt: () => void mapper.invalidate({ email: EMAIL }) });
    calls();
    await mapper.resolve({ email: EMAIL });

    expect(calls()).toEqual(['scim.users.list']);
  });
});

describe('a cache of a service', () => {
  test('can answer later, is given JSON, and serves a second mapper', async () => {
    const { fake, mapperWith, calls } = identityWorld();
    const cache = new RemoteCache();
    const rosa = fake.addUser({ email: EMAIL });
    await mapperWith({ cache }).resolve({ email: EMAIL });
    calls();

    const identity = await mapperWith({ cache }).resolve({ accountId: atlassianAccountId(rosa.accountId ?? '') });

    expect(identity.scimUserId?.value).toBe(rosa.id);
    expect(calls()).toEqual([]);
    expect(JSON.parse(cache.stored[0] ?? '')).toMatchObject({ identity, expiresAt: '2026-01-05T09:05:00.001Z' });
  });

  test('keeps the people of two directories apart', async () => {
    const { fake, mapperWith } = identityWorld();
    const cache = new RemoteCache();
    fake.addUser({ email: EMAIL });
    await mapperWith({ cache }).resolve({ email: EMAIL });

    const identity = await mapperWith({ cache, scim: undefined }).resolve({ email: EMAIL });

    expect(identity.link).toBe('unknown');
  });

  test('that fails is as if it knew nobody, except when it was to forget', async () => {
    const { fake, mapperWith } = identityWorld();
    const broken = async (): Promise<never> => Promise.reject(new Error('the cache is down'));
    const mapper = mapperWith({ cache: { get: broken, set: broken, delete: broken } });
    const rosa = fake.addUser({ email: EMAIL });

    const identity = await mapper.resolve({ email: EMAIL });

    expect(identity.scimUserId?.value).toBe(rosa.id);
    expect(await mapper.find({ email: 'nobody@acme.example' })).toBeUndefined();
    await expect(mapper.invalidate({ email: EMAIL })).rejects.toThrow('the cache is down');
  });
});
