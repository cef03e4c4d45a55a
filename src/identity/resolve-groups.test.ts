import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityWorld } from '../../test/fixtures/identity-world.js';
import { orgGroupId, scimGroupId } from '../model/ids.js';
import type { GroupRef } from '../model/group.js';

const named = (name: string): GroupRef => ({ name });
const many = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('a group by name', () => {
  test('that is synced has both ids, whatever the case of the name, and is written through SCIM', async () => {
    const { fake, mapper, calls } = identityWorld();
    fake.addUser({ email: 'rosa@acme.example' });
    const crew = fake.addGroup({ name: 'Berth-Crew', members: ['rosa@acme.example'] });

    const group = await mapper.resolveGroup({ name: 'BERTH-crew' });

    expect(group).toEqual({
      name: 'Berth-Crew',
      origin: 'synced',
      route: 'scim',
      scimGroupId: crew.scimGroupId,
      orgGroupId: crew.orgGroupId,
      orgDirectoryId: fake.orgDirectoryId,
      memberCount: 1,
    });
    expect(crew.scimGroupId).not.toBe(crew.orgGroupId);
    expect(calls()).toEqual(['admin.groups.search', 'scim.groups.list']);
  });

  test('that is local is written through the organization, and SCIM is not asked', async () => {
    const { fake, mapper, calls } = identityWorld();
    fake.addAccount({ email: 'rosa@acme.example' });
    const guests = fake.addGroup({ name: 'guests', origin: 'local', members: ['rosa@acme.example'] });

    const group = await mapper.resolveGroup({ name: 'guests' });

    expect(group).toEqual({
      name: 'guests',
      origin: 'local',
      route: 'organization',
      orgGroupId: guests.orgGroupId,
      orgDirectoryId: fake.orgDirectoryId,
      memberCount: 1,
    });
    expect(calls()).toEqual(['admin.groups.search']);
  });

  test('that another identity provider syncs has no route, and says why', async () => {
    const { fake, mapper } = identityWorld();
    fake.addGroup({ name: 'theirs', origin: 'foreign' });

    expect(await mapper.resolveGroup({ name: 'theirs' })).toMatchObject({
      origin: 'foreign',
      route: undefined,
      unwritableBecause: expect.stringContaining('another identity provider'),
    });
  });

  test('that is in the directory alone is written through SCIM', async () => {
    const { fake, mapper } = identityWorld();
    const fresh = fake.addGroup({ name: 'fresh', origin: 'scim-only' });

    const group = await mapper.resolveGroup({ name: 'fresh' });

    expect(group).toEqual({
      name: 'fresh',
      origin: 'scim-only',
      route: 'scim',
      scimGroupId: fresh.scimGroupId,
      memberCount: 0,
    });
  });

  test('that both sides have by chance is local, and marked as a conflict where both sides are read', async () => {
    const { fake, mapper } = identityWorld();
    const parked = fake.addGroup({ name: 'guests', origin: 'scim-only' });
    const guests = fake.addGroup({ name: 'guests', origin: 'local' });

    const byName = await mapper.resolveGroup({ name: 'guests' });
    const both = await mapper.resolveGroup({ name: 'guests' }, { bothSides: true });
    const byScimId = await mapper.resolveGroup({ scimGroupId: scimGroupId(parked.scimGroupId ?? '') });

    expect(byName).toMatchObject({ origin: 'local', route: 'organization', orgGroupId: guests.orgGroupId });
    expect(byName).not.toHaveProperty('scimGroupId');
    expect(both).toMatchObject({ origin: 'local', route: 'organization', scimGroupId: parked.scimGroupId });
    expect(both.conflict).toContain('parked');
    expect(byScimId).toEqual(both);
  });

  test('that is nowhere is an error naming it and where it was looked for', async () => {
    const { mapper } = identityWorld();

    await expect(mapper.resolveGroup({ name: 'nowhere' })).rejects.toMatchObject({
      code: 'group_not_found',
      message: 'Group "nowhere" is not in the SCIM directory and not in the organization',
    });
  });

  test('is whole: a part of a name is another name', async () => {
    const { fake, mapper } = identityWorld();
    fake.addGroup({ name: 'berth-crew' });

    const [resolution] = await mapper.resolveGroups([{ name: 'berth' }]);

    expect(resolution?.status).toBe('not_found');
  });

  test('that two directories of the organization have is an error that lists both', async () => {
    const { fake, mapper } = identityWorld();
    const site = fake.addOrgDirectory('Old site');
    const one = fake.addGroup({ name: 'guests', origin: 'local' });
    const two = fake.addGroup({ name: 'Guests', origin: 'local', orgDirectoryId: site });

    await expect(mapper.resolveGroup({ name: 'guests' })).rejects.toMatchObject({
      code: 'group_ambiguous',
      candidates: [
        { name: 'guests', orgGroupId: one.orgGroupId, orgDirectoryId: fake.orgDirectoryId, foundIn: 'organization' },
        { name: 'Guests', orgGroupId: two.orgGroupId, orgDirectoryId: site, foundIn: 'organization' },
      ],
    });
    expect(await mapper.resolveGroup({ orgGroupId: orgGroupId(two.orgGroupId ?? '') })).toMatchObject({
      name: 'Guests',
      orgDirectoryId: site,
      route: 'organization',
    });
  });

  test('that the directory has twice is an error that lists both', async () => {
    const { fake, mapper } = identityWorld();
    const groups = ['scim-1', 'scim-2'].map((id) => ({ id, displayName: 'crew', members: [] }));
    const body = { totalResults: 2, startIndex: 1, itemsPerPage: 100, Resources: groups };
    fake.failNext('scim.groups.list', { status: 200, body });

    await expect(mapper.resolveGroup({ name: 'crew' })).rejects.toMatchObject({
      code: 'group_ambiguous',
      candidates: [
        { name: 'crew', scimGroupId: 'scim-1', foundIn: 'scim' },
        { name: 'crew', scimGroupId: 'scim-2', foundIn: 'scim' },
      ],
    });
  });
});

describe('a group by id', () => {
  test('is the same group as by name', async () => {
    const { fake, mapper } = identityWorld();
    const crew = fake.addGroup({ name: 'crew' });

    const groups = await Promise.all([
      mapper.resolveGroup({ name: 'crew' }),
      mapper.resolveGroup({ scimGroupId: scimGroupId(crew.scimGroupId ?? '') }),
      mapper.resolveGroup({ orgGroupId: orgGroupId(crew.orgGroupId ?? '') }),
    ]);

    expect(groups[1]).toEqual(groups[0]);
    expect(groups[2]).toEqual(groups[0]);
  });

  test('is ambiguous when two identity providers sync a group of its name', async () => {
    const { fake, mapper } = identityWorld();
    const ours = fake.addGroup({ name: 'crew' });
    const theirs = fake.addGroup({ name: 'crew', origin: 'foreign', orgDirectoryId: fake.addOrgDirectory('Second') });

    const resolutions = await mapper.resolveGroups([
      { orgGroupId: orgGroupId(theirs.orgGroupId ?? '') },
      { scimGroupId: scimGroupId(ours.scimGroupId ?? '') },
    ]);

    expect(resolutions.map(({ status }) => status)).toEqual(['ambiguous', 'ambiguous']);
  });

  test.each<[string, GroupRef]>([
    ['SCIM', { scimGroupId: scimGroupId('5c16f000-0000-4000-8000-00000000ffff') }],
    ['organization', { orgGroupId: orgGroupId('5c16f000-0000-4000-8000-00000000ffff') }],
  ])('that the %s does not have is not found', async (_, ref) => {
    const { mapper } = identityWorld();

    await expect(mapper.resolveGroup(ref)).rejects.toMatchObject({ code: 'group_not_found', ref });
  });
});

describe('many groups', () => {
  test('are searched for 100 names at a time, and each synced one asked for in the directory', async () => {
    const { fake, mapper, calls } = identityWorld();
    const local = many(150, 'local');
    for (const name of local) fake.addGroup({ name, origin: 'local' });
    const synced = many(3, 'synced');
    for (const name of synced) fake.addGroup({ name });

    const resolutions = await mapper.resolveGroups([...local, ...synced].map(named));

    expect(resolutions.map((resolution) => resolution.status === 'resolved' && resolution.group.route)).toEqual([
      ...local.map(() => 'organization'),
      ...synced.map(() => 'scim'),
    ]);
    expect(calls().toSorted()).toEqual([
      ...many(Math.ceil(153 / 100), 'admin.groups.search').map(() => 'admin.groups.search'),
      ...synced.map(() => 'scim.groups.list'),
    ]);
  });

  test('are listed in the directory where that takes fewer calls', async () => {
    const { fake, mapper, calls } = identityWorld();
    const synced = many(120, 'synced');
    for (const name of synced) fake.addGroup({ name });

    const resolutions = await mapper.resolveGroups(synced.slice(-30).map(named));

    expect(resolutions.every(({ status }) => status === 'resolved')).toBe(true);
    expect(calls()).toEqual(['admin.groups.search', 'scim.groups.list', 'scim.groups.list']);
  });

  test('are asked for one by one in a directory that is much larger', async () => {
    const { fake, mapper, calls } = identityWorld();
    const synced = many(1000, 'synced');
    for (const name of synced) fake.addGroup({ name });

    await mapper.resolveGroups(synced.slice(-6).map(named));

    expect(calls()).toHaveLength(1 + 1 + 6);
  });

  test('are asked for one by one when a page of them is too large', async () => {
    const { fake, mapper, calls } = identityWorld();
    const synced = many(8, 'synced');
    for (const name of synced) fake.addGroup({ name });
    fake.failNext('scim.groups.list', { status: 200, body: 'x'.repeat(34_000_000) });

    const resolutions = await mapper.resolveGroups(synced.map(named));

    expect(resolutions.every(({ status }) => status === 'resolved')).toBe(true);
    expect(calls()).toHaveLength(1 + 1 + 8);
  });

  test('cost once when named twice', async () => {
    const { fake, mapper, calls } = identityWorld();
    const crew = fake.addGroup({ name: 'crew' });

    const resolutions = await mapper.resolveGroups([named('crew'), named('CREW'), named('crew')]);

    expect(resolutions.map((each) => each.status === 'resolved' && each.group.scimGroupId)).toEqual([
      crew.scimGroupId,
      crew.scimGroupId,
      crew.scimGroupId,
    ]);
    expect(calls()).toHaveLength(2);
  });

  test('have an outcome each, and one that fails does not stop the others', async () => {
    const { fake, mapper } = identityWorld();
    fake.addGroup({ name: 'local', origin: 'local' });
    fake.addGroup({ name: 'synced' });
    fake.failNext('scim.groups.list', { status: 403 });

    const resolutions = await mapper.resolveGroups([named('synced'), named('local'), named(''), named('nowhere')]);

    expect(resolutions).toMatchObject([
      { ref: { name: 'synced' }, status: 'failed', error: { code: 'forbidden' } },
      { ref: { name: 'local' }, status: 'resolved' },
      { status: 'failed', error: { code: 'request_invalid' } },
      { status: 'not_found', error: { code: 'group_not_found' } },
    ]);
  });

  test('can be cancelled', async () => {
    const { fake, mapper, calls } = identityWorld();
    fake.addGroup({ name: 'synced' });
    const controller = new AbortController();

    const resolving = mapper.resolveGroups([named('synced')], {
      signal: controller.signal,
      onAttempt: () => controller.abort(),
    });

    await expect(resolving).rejects.toMatchObject({ code: 'aborted' });
    expect(calls()).toEqual(['admin.groups.search']);
  });

  test('always have a route that fits their origin', async () => {
    const origin = fc.constantFrom('synced' as const, 'local' as const, 'foreign' as const, 'scim-only' as const);

    await fc.assert(
      fc.asyncProperty(fc.array(origin, { maxLength: 12 }), async (origins) => {
        const { fake, mapper } = identityWorld();
        for (const [index, each] of origins.entries()) fake.addGroup({ name: `g-${index}`, origin: each });

        const resolutions = await mapper.resolveGroups(origins.map((_, index) => named(`G-${index}`)));

        const route = { synced: 'scim', 'scim-only': 'scim', local: 'organization', foreign: undefined };
        expect(resolutions).toMatchObject(
          origins.map((each, index) => ({
            status: 'resolved',
            group: { name: `g-${index}`, origin: each, route: route[each] },
          })),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('with one client alone', () => {
  test('the directory routes what it has through SCIM', async () => {
    const { fake, mapperWith } = identityWorld();
    const mapper = mapperWith({ admin: undefined });
    fake.addGroup({ name: 'synced' });
    fake.addGroup({ name: 'local', origin: 'local' });

    const resolutions = await mapper.resolveGroups([
      named('synced'),
      named('local'),
      { orgGroupId: orgGroupId('org-1') },
    ]);

    expect(resolutions).toMatchObject([
      { status: 'resolved', group: { origin: 'scim-only', route: 'scim' } },
      { status: 'not_found', error: { message: 'Group "local" is not in the SCIM directory' } },
      { status: 'failed', error: { code: 'capability_missing' } },
    ]);
  });

  test('the organization routes local groups, and says of synced ones that it has no directory key', async () => {
    const { fake, mapperWith } = identityWorld();
    const mapper = mapperWith({ scim: undefined });
    fake.addGroup({ name: 'synced' });
    fake.addGroup({ name: 'local', origin: 'local' });

    const resolutions = await mapper.resolveGroups([
      named('synced'),
      named('local'),
      { scimGroupId: scimGroupId('scim-1') },
    ]);

    expect(resolutions).toMatchObject([
      {
        status: 'resolved',
        group: {
          origin: 'foreign',
          route: undefined,
          unwritableBecause: expect.stringContaining('no SCIM directory key'),
        },
      },
      { status: 'resolved', group: { origin: 'local', route: 'organization' } },
      { status: 'failed', error: { code: 'capability_missing' } },
    ]);
  });
});
