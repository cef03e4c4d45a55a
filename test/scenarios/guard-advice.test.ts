import { describe, expect } from 'vitest';
import { describePlan, requireSuccess } from '../../src/index.js';
import { test } from './support.js';

const rosa = { email: 'rosa@acme.com' };

describe('what the guard withholds', () => {
  test('names the setting that withholds it, in the result, its operations and the error of requireSuccess', async ({
    fake,
    connect,
  }) => {
    fake.addUser(rosa);
    const atlassian = connect({ guard: { protect: { identities: ['rosa@acme.com'] } } });

    const result = await atlassian.deprovisionIdentity(rosa);

    const advice = expect.stringMatching(/ends the same way.*guard\.protect\.identities.*overrideGuard/);
    expect(result.staged).toEqual([{ operationId: 'op-1', reason: expect.any(String), advice }]);
    expect(result.operations[0]).toMatchObject({ outcome: 'staged', advice });
    expect(() => requireSuccess(result)).toThrow(expect.objectContaining({ code: 'action_failed', advice }));
  });

  test('by a limit says until when', async ({ fake, connect }) => {
    const emails = ['rosa@acme.com', 'nia@acme.com', 'leo@acme.com'];
    for (const email of emails) fake.addUser({ email });
    const atlassian = connect({ guard: { maxDeprovisions: { count: 2, windowMs: 600_000 } } });
    const startedAt = fake.clock.now();

    const results = [];
    for (const email of emails) {
      results.push(await atlassian.deprovisionIdentity({ email }));
      fake.clock.advance(60_000);
    }

    const until = new Date(startedAt + 600_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
    expect(results[2]?.outcome).toBe('staged');
    expect(results[2]?.staged[0]?.advice).toContain(`until ${until}`);
    expect(results[2]?.staged[0]?.advice).toContain('guard.maxDeprovisions.count');
  });

  test('is done when called again after that', async ({ fake, connect }) => {
    const emails = ['rosa@acme.com', 'nia@acme.com'];
    for (const email of emails) fake.addUser({ email });
    fake.addGroup({ name: 'crew', members: emails });
    const atlassian = connect({ guard: { maxRemovals: { count: 1 } } });
    await atlassian.manageRelationships({ identity: { email: 'rosa@acme.com' }, remove: ['crew'] });
    const nia = { identity: { email: 'nia@acme.com' }, remove: ['crew'] };

    const early = await atlassian.manageRelationships(nia);
    const until = /until (\S+Z)/.exec(early.staged[0]?.advice ?? '')?.[1] ?? '';
    fake.clock.advance(Date.parse(until) - fake.clock.now());
    const late = await atlassian.manageRelationships(nia);

    expect([early.outcome, late.outcome]).toEqual(['staged', 'changed']);
  });

  test('is how a plan ends that is described', async ({ fake, connect }) => {
    fake.addUser(rosa);
    const atlassian = connect({ guard: { protect: { identities: ['rosa@acme.com'] } } });

    const { plan, staged } = await atlassian.deprovisionIdentity(rosa, { dryRun: true });

    expect(describePlan(plan, staged)).toContain('ends as "staged"');
    expect(describePlan(plan, staged)).toContain('guard.protect.identities');
    expect(describePlan(plan)).toContain('ends as "deprovisioned"');
  });
});

test('a plan of which some cannot be done is described as ending partially', async ({ fake, atlassian }) => {
  fake.addUser(rosa);
  fake.addGroup({ name: 'crew' });

  const { plan } = await atlassian.manageRelationships({ identity: rosa, add: ['crew', 'nope'] }, { dryRun: true });

  expect(describePlan(plan)).toContain('ends as "partial"');
});

describe('without the organization key', () => {
  const without = { organizationId: undefined, admin: undefined };

  test('an end of access says that admins could not be told', async ({ fake, connect }) => {
    fake.addUser(rosa);

    const result = await connect(without).deprovisionIdentity(rosa);

    expect(result.notes).toContainEqual(expect.stringContaining('nobody can be told to be an organization admin'));
  });

  test.for([
    ['where admins are not protected', { guard: { protect: { organizationAdmins: false } } }, { active: true }],
    ['where nobody loses access', {}, { active: false }],
  ] as const)('nothing is said of admins %s', async ([, options, user], { fake, connect }) => {
    fake.addUser({ ...rosa, ...user });

    const result = await connect({ ...without, ...options }).deprovisionIdentity(rosa);

    expect(result.notes.filter((note) => note.includes('organization admin'))).toEqual([]);
  });
});

describe('an organization key that does not work', () => {
  test.for(['deprovisionIdentity', 'offboard'] as const)(
    'keeps %s from doing anything, and the error says so and what to do',
    async (action, { fake, connect }) => {
      fake.addUser(rosa);
      const { organizationId } = fake.connection();
      const atlassian = connect({ organizationId, admin: { ...fake.connection().admin, apiKey: 'revoked' } });

      const run = action === 'offboard' ? atlassian.offboard({ identity: rosa }) : atlassian.deprovisionIdentity(rosa);

      await expect(run).rejects.toMatchObject({
        code: 'unauthenticated',
        message: expect.stringMatching(new RegExp(`^${action} did nothing, and the person is as active as before: `)),
        advice: expect.stringContaining('`scim` alone'),
      });
      fake.requests.expectNoWrites();
      expect(fake.user('rosa@acme.com')?.active).toBe(true);
    },
  );
});
