import { describe, expect } from 'vitest';
import { describePlan, type Approve, type Plan } from '../../src/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };

describe('a plan', () => {
  test('is made with reads only, is JSON, and is applied by its digest', async ({ fake, atlassian, audit }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'synced', members: [ROSA.email] });

    const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });
    fake.requests.expectNoWrites();
    const stored = JSON.stringify(plan);
    const result = await atlassian.apply(JSON.parse(stored), {
      digest: plan.digest,
      approval: { approvedBy: 'ops', comment: 'ticket 1' },
    });

    expect(result.outcome).toBe('deprovisioned');
    expect(result.plan).toEqual(plan);
    expect(
      audit.events.map(({ planDigest, approval }) => [planDigest, approval?.approvedBy, approval?.comment]),
    ).toEqual(Array(2).fill([plan.digest, 'ops', 'ticket 1']));
  });

  test('says for each operation why, how risky it is, what changes and how to undo it', async ({ fake, atlassian }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'synced' });

    const plan = await atlassian.plan('manageRelationships', { identity: ROSA, add: ['crew'] });

    expect(plan.operations).toMatchObject([
      {
        kind: 'scim.group.addMember',
        target: { type: 'group', name: 'crew' },
        risk: 'reversible',
        changes: [{ attribute: 'member', from: false, to: true }],
        inverse: { kind: 'scim.group.removeMember' },
      },
    ]);
    expect(plan.operations[0]?.reasons.length).toBeGreaterThan(0);
    expect(describePlan(plan)).toContain('Add to a synced group: group crew (reversible)');
  });

  test('shows the groups that a deletion leaves, and how many members each has', async ({ fake, atlassian }) => {
    fake.addUser(ROSA);
    fake.addUser({ email: 'mia@acme.com' });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    fake.addGroup({ name: 'harbour watch', members: [ROSA.email, 'mia@acme.com'] });

    const deletion = { scope: 'directory', confirm: ROSA.email } as const;
    const plan = await atlassian.plan('deleteIdentity', { identity: ROSA, ...deletion });

    expect(describePlan(plan)).toContain('\n       leaves crew, of 1 member\n');
    expect(describePlan(plan)).toContain('\n       leaves "harbour watch", of 2 members\n');
  });

  test.for<[string, (plan: Plan) => unknown]>([
    ['an operation', (plan) => ({ ...plan, operations: [] })],
    ['the expiry', (plan) => ({ ...plan, expiresAt: '2099-01-01T00:00:00.000Z' })],
    ['the subject', (plan) => ({ ...plan, subject: { email: 'mia@acme.com' } })],
    ['a member that it should not have', (plan) => ({ ...plan, extra: true })],
    ['everything', () => 'not a plan'],
  ])('is refused when %s was altered', async ([, alter], { fake, atlassian }) => {
    fake.addUser(ROSA);
    const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });

    await expect(atlassian.apply(alter(plan))).rejects.toMatchObject({ code: 'plan_altered' });
    fake.requests.expectNoWrites();
  });

  test('is refused under another digest, in another organization, and once it has expired', async ({
    fake,
    atlassian,
    connect,
  }) => {
    fake.addUser(ROSA);
    const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });

    await expect(atlassian.apply(plan, { digest: '0'.repeat(64) })).rejects.toMatchObject({ code: 'plan_altered' });
    await expect(connect({ admin: undefined, organizationId: undefined }).apply(plan)).rejects.toMatchObject({
      code: 'plan_altered',
    });
    fake.clock.advance(3_600_000);
    await expect(atlassian.apply(plan)).rejects.toMatchObject({ code: 'plan_expired' });
    fake.requests.expectNoWrites();
  });

  test('is refused once its ground has moved', async ({ fake, atlassian }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'synced' });
    const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });
    await atlassian.manageRelationships({ identity: ROSA, add: ['crew'] });

    await expect(atlassian.apply(plan)).rejects.toMatchObject({ code: 'plan_stale' });
    expect(fake.user(ROSA.email)?.active).toBe(true);
  });

  test('is empty after it was applied, whatever the action', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA, active: false });
    fake.addGroup({ name: 'crew', origin: 'local' });

    for (const [name, input] of [
      ['syncIdentity', { ...ROSA, jobTitle: 'Planner', reactivate: true }],
      ['manageRelationships', { identity: ROSA, add: ['crew'] }],
      ['changeRole', { identity: ROSA, attributes: { department: 'Ops' }, remove: ['crew'] }],
      ['deprovisionIdentity', { identity: ROSA }],
      ['reactivateIdentity', { identity: ROSA }],
      ['suspendAccess', { identity: ROSA }],
      ['restoreAccess', { identity: ROSA }],
      ['onboard', { email: 'tam@acme.com', groups: ['crew'] }],
      ['deleteIdentity', { identity: ROSA, scope: 'account', confirm: ROSA.email }],
      ['cancelDeletion', { identity: ROSA }],
    ] as const) {
      const plan = await atlassian.plan(name, input);
      const { outcome } = await atlassian.apply(plan);
      const again = await atlassian.plan(name, input);

      expect([name, plan.operations.length > 0, outcome === plan.intendedOutcome]).toEqual([name, true, true]);
      expect([name, again.operations]).toEqual([name, []]);
    }
  });

  test('of an action that there is not is refused', async ({ atlassian }) => {
    await expect(atlassian.plan('format' as never, {} as never)).rejects.toMatchObject({ code: 'request_invalid' });
  });
});

describe('approval', () => {
  const deny: Approve = () => ({ approved: false, because: 'not on a Friday', deniedBy: 'ops' });

  test('sees the plan before anything is written, and its yes is in the audit events', async ({
    fake,
    connect,
    audit,
  }) => {
    fake.addUser(ROSA);
    const seen: unknown[] = [];
    const atlassian = connect({
      approve: (request) => {
        fake.requests.expectNoWrites();
        seen.push([request.plan.risk, request.plan.digest.length, request.reason, request.staged]);
        return { approved: true, approvedBy: 'policy' };
      },
    });

    const result = await atlassian.deprovisionIdentity(ROSA, { reason: 'left' });

    expect(seen).toEqual([['reversible', 64, 'left', []]]);
    expect(result.approval).toMatchObject({ approved: true, approvedBy: 'policy' });
    expect(audit.events).toMatchObject([{ approval: { approvedBy: 'policy' }, reason: 'left' }]);
  });

  test('says no: nothing is written, and the audit events say who and why', async ({ fake, connect, audit }) => {
    fake.addUser(ROSA);

    const result = await connect({ approve: deny }).deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('denied');
    expect(outcomesOf(result)).toEqual([['scim.user.deactivate', 'skipped']]);
    fake.requests.expectNoWrites();
    expect(JSON.stringify(audit.events)).toContain('not on a Friday');
  });

  test('of the call goes before that of the configuration', async ({ fake, connect }) => {
    fake.addUser(ROSA);

    const result = await connect({ approve: deny }).deprovisionIdentity(ROSA, {
      approve: () => ({ approved: true, approvedBy: 'me' }),
    });

    expect(result.outcome).toBe('deprovisioned');
  });

  test('is not asked for a plan that writes nothing, nor for a dry run', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA, active: false });
    const atlassian = connect({ approve: deny });

    const nothing = await atlassian.deprovisionIdentity(ROSA);
    const dryRun = await atlassian.reactivateIdentity(ROSA, { dryRun: true });

    expect([nothing.outcome, dryRun.outcome]).toEqual(['unchanged', 'planned']);
  });

  test('that throws stops the action with nothing written', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const atlassian = connect({
      approve: () => {
        throw new Error('the approver is down');
      },
    });

    await expect(atlassian.deprovisionIdentity(ROSA)).rejects.toMatchObject({
      code: 'approval_failed',
      cause: new Error('the approver is down'),
    });
    fake.requests.expectNoWrites();
  });
});
