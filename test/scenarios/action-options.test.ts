import { describe, expect } from 'vitest';
import type {
  ActionOptions,
  ActionResult,
  AtlassianProvisioner,
  AttemptEvent,
  ProgressEvent,
} from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { outcomesOf, test } from './support.js';

interface Case {
  readonly name: string;
  readonly run: (atlassian: AtlassianProvisioner, options?: ActionOptions) => Promise<ActionResult>;
  /** The operations of its plan. */
  readonly kinds: readonly string[];
}

const identity = { email: 'rosa@acme.com' };

/** Each of them has something to write in the organization that {@link addRosa} makes. */
const CASES: readonly Case[] = [
  {
    name: 'syncIdentity',
    run: (atlassian, options) => atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Lead' }, options),
    kinds: ['scim.user.update'],
  },
  {
    name: 'manageRelationships',
    run: (atlassian, options) =>
      atlassian.manageRelationships({ identity, add: ['leads'], remove: ['guests'] }, options),
    kinds: ['org.group.removeMember', 'scim.group.addMember'],
  },
  {
    name: 'onboard',
    run: (atlassian, options) => atlassian.onboard({ email: 'nia@acme.com', groups: ['leads', 'guests'] }, options),
    kinds: ['scim.user.create', 'scim.group.addMember', 'org.group.addMember'],
  },
  {
    name: 'changeRole',
    run: (atlassian, options) =>
      atlassian.changeRole({ identity, attributes: { jobTitle: 'Lead' }, add: ['leads'], remove: ['guests'] }, options),
    kinds: ['scim.user.update', 'org.group.removeMember', 'scim.group.addMember'],
  },
  {
    name: 'deprovisionIdentity',
    run: (atlassian, options) => atlassian.deprovisionIdentity(identity, options),
    kinds: ['scim.user.deactivate', 'org.group.removeMember'],
  },
  {
    name: 'deleteIdentity',
    run: (atlassian, options) =>
      atlassian.deleteIdentity(identity, { scope: 'directory', confirm: identity.email, ...options }),
    kinds: ['scim.user.delete'],
  },
  {
    name: 'offboard',
    run: (atlassian, options) => atlassian.offboard({ identity }, options),
    kinds: ['scim.user.deactivate', 'org.group.removeMember'],
  },
];

function addRosa(fake: FakeAtlassian): void {
  fake.addGroup({ name: 'leads' });
  fake.addGroup({ name: 'guests', origin: 'local' });
  fake.addUser({ email: 'rosa@acme.com', groups: ['guests'] });
}

/** Those that are told which groups to join or to leave, and tell of each. */
const WITH_GROUPS = CASES.filter(({ name }) => ['manageRelationships', 'onboard', 'changeRole'].includes(name));

test.for(WITH_GROUPS)(
  '$name with dryRun tells of each group what would be done',
  async ({ run, kinds }, { fake, atlassian }) => {
    addRosa(fake);

    const result = await run(atlassian, { dryRun: true });

    const groupKinds = kinds.filter((kind) => kind.includes('.group.'));
    const { relationships = [] } = result as { relationships?: { outcome: string }[] };
    expect(relationships.map(({ outcome }) => outcome)).toEqual(groupKinds.map(() => 'planned'));
  },
);

describe.for(CASES)('$name', ({ name, run, kinds }) => {
  test('with dryRun plans, writes nothing, asks no approver and records nothing', async ({
    fake,
    atlassian,
    audit,
  }) => {
    addRosa(fake);
    let asked = false;
    const approve = (): { approved: true; approvedBy: string } => {
      asked = true;
      return { approved: true, approvedBy: 'lead' };
    };

    const result = await run(atlassian, { dryRun: true, approve });

    expect(result).toMatchObject({ action: name, outcome: 'planned', operations: [] });
    expect(result.plan.operations.map(({ kind }) => kind)).toEqual(kinds);
    expect(result.callsMade).toBe(fake.requests.length);
    expect(asked).toBe(false);
    expect(audit.events).toEqual([]);
    fake.requests.expectNoWrites();
  });

  test('records one event for each operation, with reason, actor and correlation id', async ({
    fake,
    atlassian,
    audit,
  }) => {
    addRosa(fake);
    const actor = { type: 'user', id: 'u-1', name: 'Lead' } as const;

    const result = await run(atlassian, { reason: 'ticket 4471', actor, correlationId: 'c-1' });

    expect(result.correlationId).toBe('c-1');
    expect(audit.events.map((event) => [event.operation, event.outcome, event.action])).toEqual(
      kinds.map((kind) => [kind, 'applied', name]),
    );
    for (const event of audit.events)
      expect(event).toMatchObject({
        reason: 'ticket 4471',
        actor,
        correlationId: 'c-1',
        planDigest: result.plan.digest,
      });
  });

  test('has a correlation id of its own unless one is given', async ({ fake, atlassian, audit }) => {
    addRosa(fake);

    const { correlationId } = await run(atlassian);

    expect(correlationId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(new Set(audit.events.map((event) => event.correlationId))).toEqual(new Set([correlationId]));
  });

  test('with approve shows the plan before anything is written, and a no stops it', async ({ fake, atlassian }) => {
    addRosa(fake);
    const seen: { writes: number; kinds: string[]; reason: string | undefined }[] = [];

    const result = await run(atlassian, {
      reason: 'ticket 4471',
      approve: ({ plan, reason }) => {
        const planned = plan.operations.map(({ kind }) => kind);
        seen.push({ writes: fake.requests.writes().length, kinds: planned, reason });
        return { approved: false, because: 'not today' };
      },
    });

    expect(seen).toEqual([{ writes: 0, kinds, reason: 'ticket 4471' }]);
    expect(result.outcome).toBe('denied');
    expect(result.approval).toMatchObject({ approved: false, because: 'not today' });
    expect(outcomesOf(result)).toEqual(kinds.map((kind) => [kind, 'skipped']));
    fake.requests.expectNoWrites();
  });

  test('with approve in the call does not ask the configured approver', async ({ fake, connect }) => {
    addRosa(fake);
    const atlassian = connect({ approve: () => ({ approved: false, because: 'never' }) });

    const result = await run(atlassian, { approve: () => ({ approved: true, approvedBy: 'lead' }) });

    expect(result.approval).toMatchObject({ approved: true, approvedBy: 'lead' });
    expect(outcomesOf(result)).toEqual(kinds.map((kind) => [kind, 'applied']));
  });

  test('with an approver that throws is stopped with nothing written', async ({ fake, atlassian }) => {
    addRosa(fake);

    const refusal = run(atlassian, {
      approve: () => {
        throw new Error('the approval service is down');
      },
    });

    await expect(refusal).rejects.toMatchObject({
      code: 'approval_failed',
      cause: new Error('the approval service is down'),
    });
    fake.requests.expectNoWrites();
  });

  test('with overrideGuard lets through what the guard would stage, and records why', async ({
    fake,
    connect,
    audit,
  }) => {
    addRosa(fake);
    const atlassian = connect({
      guard: { protect: { identities: ['rosa@acme.com', 'nia@acme.com'] } },
    });

    const staged = await run(atlassian);
    const overridden = await run(atlassian, { overrideGuard: { because: 'agreed' } });

    expect(staged.outcome).toBe('staged');
    expect(staged.staged.filter(({ reason }) => reason.includes('protected'))).toHaveLength(kinds.length);
    expect(outcomesOf(overridden)).toEqual(kinds.map((kind) => [kind, 'applied']));
    expect(audit.events.slice(-kinds.length).map(({ guard }) => guard)).toEqual(kinds.map(() => 'overridden: agreed'));
  });

  test('with onProgress tells of the plan and of each operation, in order', async ({ fake, atlassian }) => {
    addRosa(fake);
    const events: ProgressEvent[] = [];

    const result = await run(atlassian, { onProgress: (event) => events.push(event) });

    expect(events.map(({ type }) => type)).toEqual([
      'planned',
      ...kinds.flatMap(() => ['operation-started', 'operation-ended']),
    ]);
    expect(events[0]).toMatchObject({ plan: { digest: result.plan.digest }, staged: [] });
  });

  test('is not stopped by a listener that throws', async ({ fake, atlassian }) => {
    addRosa(fake);

    const result = await run(atlassian, {
      onProgress: () => {
        throw new Error('the listener has a fault');
      },
    });

    expect(outcomesOf(result)).toEqual(kinds.map((kind) => [kind, 'applied']));
  });

  test('with a signal that is aborted already sends nothing', async ({ fake, atlassian }) => {
    addRosa(fake);

    const refusal = run(atlassian, { signal: AbortSignal.abort() });

    await expect(refusal).rejects.toMatchObject({ code: 'aborted' });
    expect(fake.requests).toHaveLength(0);
  });

  test('with a signal ends between two operations: the one begun has an outcome, the rest is skipped', async ({
    fake,
    atlassian,
  }) => {
    addRosa(fake);
    const controller = new AbortController();
    const onProgress = (event: ProgressEvent): void => {
      if (event.type === 'operation-started') controller.abort();
    };

    const result = await run(atlassian, { signal: controller.signal, onProgress });

    const [first = '', ...rest] = kinds;
    expect(outcomesOf(result)).toEqual([[first, 'applied'], ...rest.map((kind) => [kind, 'skipped'])]);
    expect(result.outcome === 'cancelled').toBe(rest.length > 0);
    expect(fake.requests.writes()).toHaveLength(1);
  });

  test.for(['attemptTimeoutMs', 'totalTimeoutMs'] as const)(
    'with %s does not wait for an answer that does not come',
    async (option, { fake, atlassian }) => {
      addRosa(fake);
      fake.fail('scim.users.list', { hang: 'before', times: Infinity });

      const refusal = run(atlassian, { [option]: 10 });

      await expect(refusal).rejects.toMatchObject({ code: 'timed_out', operation: 'scim.users.list' });
      fake.requests.expectNoWrites();
    },
  );

  test('with onAttempt tells of each HTTP attempt, and counts them', async ({ fake, atlassian }) => {
    addRosa(fake);
    const attempts: AttemptEvent[] = [];
    fake.failNext('scim.users.list', { status: 503 });

    const result = await run(atlassian, { onAttempt: (event) => attempts.push(event) });

    expect(attempts.map(({ operation }) => operation)).toEqual(fake.requests.operations());
    expect(result.callsMade).toBe(fake.requests.length);
    expect(attempts.filter(({ attempt }) => attempt === 2)).toHaveLength(1);
  });

  test('is planned now and applied later, once', async ({ fake, atlassian }) => {
    addRosa(fake);
    const { plan } = await run(atlassian, { dryRun: true });
    const stored: unknown = JSON.parse(JSON.stringify(plan));

    const applied = await atlassian.apply(stored, { digest: plan.digest });
    const again = atlassian.apply(stored);

    await expect(again).rejects.toMatchObject({ code: 'plan_stale' });
    expect(outcomesOf(applied)).toEqual(kinds.map((kind) => [kind, 'applied']));
    expect(fake.requests.writes()).toHaveLength(kinds.length);
  });
});
