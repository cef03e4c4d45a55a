import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { FakeAtlassian } from '../../src/testing/index.js';
import { AtlassianProvisioner } from '../../src/index.js';
import { outcomesOf, test } from './support.js';

/** Seeds people in one group, and gives their emails. */
function crew(fake: FakeAtlassian, size: number, origin: 'synced' | 'local' = 'synced'): string[] {
  const members = Array.from({ length: size }, (_, index) => `p${String(index)}@acme.com`);
  for (const email of members) fake.addUser({ email });
  fake.addGroup({ name: 'crew', origin, members });
  return members;
}

describe('the guard', () => {
  test('stages removals over the count, over several actions, and with them the end of access', async ({
    fake,
    connect,
    audit,
  }) => {
    const members = crew(fake, 4);
    const atlassian = connect({ guard: { maxRemovals: { count: 2 } } });

    const results = [];
    for (const email of members) results.push(await atlassian.deprovisionIdentity({ email }));

    expect(results.map(({ outcome }) => outcome)).toEqual(['deprovisioned', 'deprovisioned', 'staged', 'staged']);
    expect(fake.group('crew')?.scimMembers).toEqual(['p2@acme.com', 'p3@acme.com']);
    expect(members.map((email) => fake.user(email)?.active)).toEqual([false, false, true, true]);
    expect(results[2]?.staged[0]?.reason).toContain('may lose 2 members');
    expect(audit.events.filter(({ outcome }) => outcome === 'staged').map(({ guard }) => guard)).toEqual([
      ...Array<unknown>(4).fill(expect.stringContaining('may lose 2 members')),
    ]);
  });

  test.for(['synced', 'local'] as const)(
    'counts a share of the members a %s group had at first',
    async (origin, { fake, connect }) => {
      const members = crew(fake, 10, origin);
      const atlassian = connect({ guard: { maxRemovals: { share: 0.3, minimumMembers: 10 } } });

      for (const email of members.slice(0, 5))
        await atlassian.manageRelationships({ identity: { email }, remove: ['crew'] });

      expect(fake.group('crew')?.members).toHaveLength(7);
    },
  );

  test('does not count a share of a small group', async ({ fake, connect }) => {
    const [first = ''] = crew(fake, 2);
    const atlassian = connect({ guard: { maxRemovals: { share: 0.1, minimumMembers: 10 } } });

    const result = await atlassian.manageRelationships({ identity: { email: first }, remove: ['crew'] });

    expect(result.outcome).toBe('changed');
  });

  test('lets exactly the share through, whatever floating point makes of it', async ({ fake, connect }) => {
    const members = crew(fake, 100, 'local');
    const atlassian = connect({ guard: { maxRemovals: { share: 0.29 } } });

    for (const email of members.slice(0, 31))
      await atlassian.manageRelationships({ identity: { email }, remove: ['crew'] });

    expect(fake.group('crew')?.members).toHaveLength(71);
  });

  test('stages a removal from a group of unknown size when a share is set', async ({ fake, connect }) => {
    const [first = ''] = crew(fake, 20);
    const atlassian = connect({ admin: undefined, guard: { maxRemovals: { share: 0.5 } } });

    const result = await atlassian.deprovisionIdentity({ email: first });

    expect(result.outcome).toBe('staged');
    expect(result.staged[0]?.reason).toContain('is not known');
    fake.requests.expectNoWrites();
  });

  test.for(['one after the other', 'all at once'] as const)(
    'stops a wrong list of people %s',
    async (how, { fake, connect }) => {
      const people = Array.from({ length: 12 }, (_, index) => `q${String(index)}@acme.com`);
      for (const email of people) fake.addUser({ email });
      fake.addGroup({ name: 'crew', members: people });
      const atlassian = connect({ guard: { maxDeprovisions: { count: 3 } } });

      const results =
        how === 'all at once' ? await Promise.all(people.map((email) => atlassian.deprovisionIdentity({ email }))) : [];
      if (how === 'one after the other')
        for (const email of people) results.push(await atlassian.deprovisionIdentity({ email }));

      expect(people.filter((email) => fake.user(email)?.active === false)).toHaveLength(3);
      expect(fake.group('crew')?.scimMembers).toHaveLength(9);
      const staged = results.filter(({ outcome }) => outcome === 'staged');
      expect(staged).toHaveLength(9);
      for (const result of staged) {
        expect(result.operations.map(({ outcome }) => outcome)).toEqual(['staged', 'staged']);
        expect(result.staged[0]?.reason).toContain('3 people may lose all access');
      }
    },
  );

  test('counts a person who loses all access once, and deletions as well', async ({ fake, connect }) => {
    for (const email of ['rosa@acme.com', 'mia@acme.com', 'tam@acme.com']) fake.addUser({ email });
    const atlassian = connect({ guard: { maxDeprovisions: { count: 2 } } });
    const remove = (email: string) => atlassian.deleteIdentity({ email }, { scope: 'directory', confirm: email });

    const outcomes = [
      await atlassian.deprovisionIdentity({ email: 'rosa@acme.com' }),
      await remove('rosa@acme.com'),
      await remove('mia@acme.com'),
      await remove('tam@acme.com'),
    ].map(({ outcome }) => outcome);

    expect(outcomes).toEqual(['deprovisioned', 'deleted', 'deleted', 'staged']);
  });

  test('does not count a person whose access did not end', async ({ fake, connect }) => {
    for (const email of ['rosa@acme.com', 'mia@acme.com']) fake.addUser({ email });
    const atlassian = connect({ guard: { maxDeprovisions: { count: 1, windowMs: 60_000 } } });
    fake.failNext('scim.users.patch', { status: 400 });

    const failed = await atlassian.deprovisionIdentity({ email: 'rosa@acme.com' });
    const first = await atlassian.deprovisionIdentity({ email: 'rosa@acme.com' });
    const second = await atlassian.deprovisionIdentity({ email: 'mia@acme.com' });
    fake.clock.advance(60_001);
    const later = await atlassian.deprovisionIdentity({ email: 'mia@acme.com' });

    expect([failed, first, second, later].map(({ outcome }) => outcome)).toEqual([
      'failed',
      'deprovisioned',
      'staged',
      'deprovisioned',
    ]);
  });

  test('does not count a removal of somebody who was gone already', async ({ fake, connect }) => {
    const [first = '', second = ''] = crew(fake, 2, 'local');
    const atlassian = connect({ guard: { maxRemovals: { count: 1 } } });

    const gone = await atlassian.manageRelationships(
      { identity: { email: first }, remove: ['crew'] },
      {
        onProgress: ({ type }) => {
          if (type === 'operation-started') fake.failNext('admin.groups.removeMember', { status: 404 });
        },
      },
    );
    const result = await atlassian.manageRelationships({ identity: { email: second }, remove: ['crew'] });

    expect(outcomesOf(gone)).toEqual([['org.group.removeMember', 'already']]);
    expect(result.outcome).toBe('changed');
  });

  test('forgets removals once the window has passed', async ({ fake, connect }) => {
    const [first = '', second = ''] = crew(fake, 2);
    const atlassian = connect({ guard: { maxRemovals: { count: 1, windowMs: 60_000 } } });

    await atlassian.manageRelationships({ identity: { email: first }, remove: ['crew'] });
    fake.clock.advance(60_001);
    const result = await atlassian.manageRelationships({ identity: { email: second }, remove: ['crew'] });

    expect(result.outcome).toBe('changed');
  });

  test('does not count a removal that failed', async ({ fake, connect }) => {
    const [first = '', second = ''] = crew(fake, 2);
    const atlassian = connect({ guard: { maxRemovals: { count: 1 } } });
    fake.failNext('scim.groups.patch', { status: 400 });

    const failed = await atlassian.manageRelationships({ identity: { email: first }, remove: ['crew'] });
    const result = await atlassian.manageRelationships({ identity: { email: second }, remove: ['crew'] });

    expect([failed.outcome, result.outcome]).toEqual(['failed', 'changed']);
  });

  test('never lets more removals through than allowed, however many run at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), async (size, count) => {
        const fake = new FakeAtlassian();
        fake.addDomain('acme.com');
        const members = crew(fake, size);
        const atlassian = new AtlassianProvisioner({ ...fake.connection(), guard: { maxRemovals: { count } } });

        await Promise.all(members.map((email) => atlassian.deprovisionIdentity({ email })));

        expect(fake.group('crew')?.scimMembers.length).toBe(Math.max(0, size - count));
      }),
      { numRuns: 12 },
    );
  });

  test('stages every change of an organization admin, unless told otherwise', async ({ fake, atlassian, connect }) => {
    fake.addOrgAdmin({ email: 'ops@acme.com' });

    const guarded = await atlassian.suspendAccess({ email: 'ops@acme.com' });
    fake.requests.expectNoWrites();
    const unguarded = await connect({ guard: { protect: { organizationAdmins: false } } }).deprovisionIdentity({
      email: 'ops@acme.com',
    });

    expect(guarded.outcome).toBe('staged');
    expect(unguarded.outcome).toBe('deprovisioned');
  });

  test('stages a change of a protected person, named by any id, and of a protected group', async ({
    fake,
    connect,
  }) => {
    const ceo = fake.addUser({ email: 'ceo@acme.com' });
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'Break-Glass', origin: 'local' });
    fake.addGroup({ name: 'crew', origin: 'local' });
    const atlassian = connect({
      guard: { protect: { identities: [{ scimUserId: ceo.id }], groups: ['break-glass'] } },
    });

    const person = await atlassian.syncIdentity({ email: 'ceo@acme.com', jobTitle: 'Chief' });
    const group = await atlassian.manageRelationships({
      identity: { email: 'rosa@acme.com' },
      add: ['break-glass', 'crew'],
    });

    expect(person.outcome).toBe('staged');
    expect(group.relationships).toMatchObject([
      { group: 'Break-Glass', outcome: 'staged' },
      { group: 'crew', outcome: 'applied' },
    ]);
    expect(fake.group('Break-Glass')?.members).toEqual([]);
  });

  test('knows whom and what its lists mean, however they were typed', async ({ fake, connect }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addUser({ email: 'mia@acme.com' });
    fake.addGroup({ name: 'Caf\u00e9 crew', origin: 'local' });
    const atlassian = connect({
      guard: { protect: { identities: [{ email: ' Rosa@acme.com' }], groups: ['cafe\u0301 crew '] } },
    });

    const person = await atlassian.deprovisionIdentity({ email: 'rosa@acme.com' });
    const group = await atlassian.manageRelationships({
      identity: { email: 'mia@acme.com' },
      add: ['Caf\u00e9 crew'],
    });

    expect([person.outcome, group.outcome]).toEqual(['staged', 'staged']);
  });

  test.for<[string, object]>([
    ['an address that is none', { identities: [{ email: 'nope' }] }],
    ['a blank id', { identities: [{ externalId: ' ' }] }],
    ['a blank group', { groups: [' '] }],
  ])('refuses a list with %s', ([, protect], { connect }) => {
    expect(() => connect({ guard: { protect } })).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });

  test('knows a protected person whose plan names another id', async ({ fake, connect }) => {
    fake.addUser({ email: 'ceo@acme.com', externalId: 'e-1' });
    const atlassian = connect({ guard: { protect: { identities: [{ externalId: 'e-1' }] } } });

    const result = await atlassian.suspendAccess({ email: 'ceo@acme.com' });

    expect(result.outcome).toBe('staged');
  });

  test('is overridden by a word from the caller, which the audit log keeps', async ({ fake, atlassian, audit }) => {
    fake.addOrgAdmin({ email: 'ops@acme.com' });

    const result = await atlassian.deprovisionIdentity(
      { email: 'ops@acme.com' },
      { overrideGuard: { because: 'left today' } },
    );

    expect(outcomesOf(result)).toEqual([['account.disable', 'applied']]);
    expect(audit.events[0]?.guard).toContain('left today');
  });

  test('shows in a dry run what it would stage', async ({ fake, connect }) => {
    const [first = ''] = crew(fake, 1);
    const atlassian = connect({ guard: { protect: { groups: ['crew'] } } });

    const result = await atlassian.manageRelationships(
      { identity: { email: first }, remove: ['crew'] },
      { dryRun: true },
    );

    expect(result.outcome).toBe('planned');
    expect(result.staged).toMatchObject([{ operationId: 'op-1' }]);
  });
});
