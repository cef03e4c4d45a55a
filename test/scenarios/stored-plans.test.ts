import { describe, expect } from 'vitest';
import { describePlan, type Approve, type Plan } from '../../src/index.js';
import { digestOf } from '../../src/model/canonical-json.js';
import { test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const ROSAS_RECORD = { identity: ROSA, scope: 'directory', confirm: ROSA.email } as const;

/** A plan as somebody forges it: changed, and with the digest of what it is now. */
function forged(plan: Plan, change: object): Plan {
  const { digest: _, ...content } = { ...plan, ...change } as Plan;
  return { ...content, digest: digestOf(content) };
}

describe('a stored plan that was changed together with its digest', () => {
  test.for<[string, object]>([
    ['less risk', { risk: 'reversible' }],
    ['another end', { intendedOutcome: 'unchanged' }],
    ['another subject', { subject: { email: 'mia@acme.com' } }],
    ['a blocked step', { blocked: [{ kind: 'x', target: { type: 'group' }, code: 'forbidden', reason: 'none' }] }],
    ['no operation', { operations: [] }],
  ])('to show %s is refused', async ([, change], { fake, atlassian }) => {
    fake.addUser(ROSA);
    const plan = await atlassian.plan('deleteIdentity', ROSAS_RECORD);

    const run = atlassian.apply(forged(plan, change));

    await expect(run).rejects.toMatchObject({ code: 'plan_stale' });
    fake.requests.expectNoWrites();
  });

  test('is shown to the approver as it is made now', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const shown: Plan[] = [];
    const approve: Approve = ({ plan }) => {
      shown.push(plan);
      return { approved: false, because: 'no' };
    };
    const atlassian = connect({ approve });
    const plan = await atlassian.plan('deleteIdentity', ROSAS_RECORD);
    const changed = forged(plan, { notes: ['harmless'] });

    await atlassian.apply(changed);

    expect(shown).toMatchObject([{ risk: 'irreversible', notes: plan.notes, digest: changed.digest, id: plan.id }]);
  });

  test('to hide the size of a group is weighed by its real size', async ({ fake, connect }) => {
    const members = Array.from({ length: 10 }, (_, index) => `p${String(index)}@acme.com`);
    for (const email of members) fake.addUser({ email });
    fake.addGroup({ name: 'crew', members });
    const atlassian = connect({ guard: { maxRemovals: { share: 0.05, minimumMembers: 10 } } });
    const input = { identity: { email: 'p0@acme.com' }, remove: ['crew'] };
    const plan = await atlassian.plan('manageRelationships', input);
    const operations = plan.operations.map((operation) => ({ ...operation, memberCount: 1 }));

    const result = await atlassian.apply(forged(plan, { operations }));

    expect(result.outcome).toBe('staged');
    fake.requests.expectNoWrites();
  });

  test.for<[string, object, string]>([
    ['to last longer', { expiresAt: '2099-01-01T00:00:00.000Z' }, 'plan_expired'],
    [
      'to be of the future',
      { createdAt: '2098-12-31T23:30:00.000Z', expiresAt: '2099-01-01T00:00:00.000Z' },
      'plan_altered',
    ],
  ])('%s is refused', async ([, change, code], { fake, atlassian }) => {
    fake.addUser(ROSA);
    const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });
    fake.clock.advance(2 * 3_600_000);

    const run = atlassian.apply(forged(plan, change));

    await expect(run).rejects.toMatchObject({ code });
    fake.requests.expectNoWrites();
  });
});

describe('an approval that was given elsewhere', () => {
  test.for<[string, unknown]>([
    ['empty', {}],
    ['null', null],
    ['a no', { approved: false, approvedBy: 'ops' }],
    ['of nobody', { approvedBy: '' }],
    ['of no time', { approvedBy: 'ops', at: 'yesterday' }],
  ])('is refused when it is %s', async ([, approval], { fake, connect, audit }) => {
    fake.addUser(ROSA);
    const atlassian = connect({ approve: () => ({ approved: false, because: 'no' }) });
    const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });

    const run = atlassian.apply(plan, { digest: plan.digest, approval: approval as { approvedBy: string } });

    await expect(run).rejects.toMatchObject({ code: 'request_invalid' });
    fake.requests.expectNoWrites();
    expect(audit.events).toEqual([]);
  });

  test('needs the digest that it is for', async ({ fake, atlassian }) => {
    fake.addUser(ROSA);
    const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });

    // @ts-expect-error -- the types say so too
    const run = atlassian.apply(plan, { approval: { approvedBy: 'ops' } });

    await expect(run).rejects.toMatchObject({ code: 'request_invalid', message: expect.stringContaining('digest') });
    fake.requests.expectNoWrites();
  });

  test('is not asked for again', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const atlassian = connect({ approve: () => ({ approved: false, because: 'no' }) });
    const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });

    const result = await atlassian.apply(plan, { digest: plan.digest, approval: { approvedBy: 'ops' } });

    expect(result.outcome).toBe('deprovisioned');
  });
});

test('apply has no dry run', async ({ fake, atlassian }) => {
  fake.addUser(ROSA);
  const plan = await atlassian.plan('deprovisionIdentity', { identity: ROSA });

  const run = atlassian.apply(plan, { dryRun: true } as object);

  await expect(run).rejects.toMatchObject({ code: 'request_invalid', message: expect.stringContaining('dryRun') });
});

test('a label that somebody chose forges no line of a described plan', async ({ fake, atlassian }) => {
  fake.addAccount(ROSA);
  fake.addApiToken(ROSA.email, { label: 'ci (reversible)\n  op-9 \u001b[2KNothing: group "x"' });

  const plan = await atlassian.plan('revokeApiTokens', { identity: ROSA });
  const text = describePlan(plan);

  expect(text.split('\n').filter((line) => line.startsWith('  op-'))).toHaveLength(plan.operations.length);
  expect(text).not.toContain('\u001b');
  expect(text).toContain('"ci (reversible)\uFFFD  op-9 \uFFFD[2KNothing: group \\"x\\""');
});
