import { describe, expect } from 'vitest';
import type { ApprovalRequest, Approve, ResourceAri } from '../../src/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const YES = { approved: true, approvedBy: 'lead' } as const;

describe('the answer of an approver', () => {
  test.for<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['false', false],
    ['true', true],
    ['an empty object', {}],
    ['a word for no', { approved: 'no', approvedBy: 'lead' }],
    ['zero', { approved: 0, because: 'no' }],
    ['a yes of nobody', { approved: true }],
    ['a yes of a blank name', { approved: true, approvedBy: ' ' }],
    ['a no without a reason', { approved: false }],
    ['something more', { ...YES, until: 'tomorrow' }],
  ])('that is %s is no yes: nothing is written, nor recorded', async ([, answer], { fake, connect, audit }) => {
    fake.addUser(ROSA);
    const atlassian = connect({ approve: (() => answer) as unknown as Approve });

    const run = atlassian.deprovisionIdentity(ROSA);

    await expect(run).rejects.toMatchObject({ code: 'request_invalid' });
    fake.requests.expectNoWrites();
    expect(audit.events).toEqual([]);
  });

  test('is not waited for once the caller aborts', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const controller = new AbortController();
    const approve: Approve = () => {
      setTimeout(() => {
        controller.abort();
      }, 5);
      return new Promise(() => undefined);
    };

    const run = connect({ approve }).deprovisionIdentity(ROSA, { signal: controller.signal });

    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    fake.requests.expectNoWrites();
  });
});

describe('a yes that came late', () => {
  test('is of no use once the plan has expired', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const approve: Approve = () => {
      fake.clock.advance(5 * 3_600_000);
      return YES;
    };

    const run = connect({ approve }).deprovisionIdentity(ROSA);

    await expect(run).rejects.toMatchObject({ code: 'plan_expired' });
    fake.requests.expectNoWrites();
  });

  test('is of no use once the plan would be another', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const approve: Approve = () => {
      fake.addGroup({ name: 'crew', members: [ROSA.email] });
      return YES;
    };

    const run = connect({ approve }).deprovisionIdentity(ROSA);

    await expect(run).rejects.toMatchObject({ code: 'plan_stale' });
    fake.requests.expectNoWrites();
  });

  test('does not reach a person who became an organization admin meanwhile', async ({ fake, connect, audit }) => {
    fake.addUser(ROSA);
    const approve: Approve = async () => {
      await Promise.resolve();
      fake.addRole(ROSA.email, `ari:cloud:platform::org/${fake.organizationId}` as ResourceAri, 'atlassian/org-admin');
      return YES;
    };

    const result = await connect({ approve }).deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('staged');
    expect(result.staged[0]?.reason).toContain('organization admin');
    fake.requests.expectNoWrites();
    expect(audit.events[0]?.guard).toContain('organization admin');
  });

  test('costs one more observation, and applies what was approved', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    fake.addUser({ email: 'mia@acme.com' });
    const shown: ApprovalRequest[] = [];
    const approve: Approve = (request) => {
      shown.push(request);
      return YES;
    };
    const observing = await connect({}).deprovisionIdentity(ROSA, { dryRun: true });
    const unasked = await connect({}).deprovisionIdentity({ email: 'mia@acme.com' });

    const result = await connect({ approve }).deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('deprovisioned');
    expect(result.plan).toEqual(shown[0]?.plan);
    expect(result.callsMade).toBe(unasked.callsMade + observing.callsMade);
  });
});

describe('an approver', () => {
  test('is told who asks, and of an overridden guard with what it would withhold', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const shown: ApprovalRequest[] = [];
    const atlassian = connect({
      guard: { protect: { identities: [ROSA.email] } },
      approve: (request) => {
        shown.push(request);
        return { approved: false, because: 'protected' };
      },
    });

    const result = await atlassian.deprovisionIdentity(ROSA, {
      actor: { type: 'user', id: 'u-7' },
      overrideGuard: { because: 'left today' },
    });

    expect(result.outcome).toBe('denied');
    expect(shown).toMatchObject([
      {
        actor: { type: 'user', id: 'u-7' },
        staged: [],
        overrideGuard: {
          because: 'left today',
          overridden: [{ operationId: 'op-1', reason: 'the person is on the list of protected identities' }],
        },
      },
    ]);
  });

  test('is told the configured actor where the call has none', async ({ fake, connect, audit }) => {
    fake.addUser(ROSA);
    const actors: unknown[] = [];
    const atlassian = connect({
      audit: { sink: audit, actor: { type: 'service', name: 'hr-sync' } },
      approve: ({ actor }) => {
        actors.push(actor);
        return YES;
      },
    });

    await atlassian.deprovisionIdentity(ROSA);

    expect(actors).toEqual([{ type: 'service', name: 'hr-sync' }]);
  });

  test('is not asked for a plan of which the guard withholds everything', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const atlassian = connect({
      guard: { protect: { identities: [ROSA.email] } },
      approve: () => {
        throw new Error('nobody should ask');
      },
    });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('staged');
    expect(result.approval).toBeUndefined();
    fake.requests.expectNoWrites();
  });

  test('cannot change the plan that it is shown', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const atlassian = connect({
      approve: ({ plan }) => {
        (plan.operations as unknown[]).length = 0;
        return YES;
      },
    });

    const run = atlassian.deprovisionIdentity(ROSA);

    await expect(run).rejects.toMatchObject({ code: 'approval_failed', cause: expect.any(TypeError) });
    fake.requests.expectNoWrites();
  });

  test('that cannot be had stops the action, which says whose plan it was', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const cause = new Error('the chat is down');
    const atlassian = connect({ approve: () => Promise.reject(cause) });

    const run = atlassian.deprovisionIdentity(ROSA);

    await expect(run).rejects.toMatchObject({
      code: 'approval_failed',
      message: 'deprovisionIdentity (rosa@acme.com) was not decided on, for `approve` threw; nothing was written',
      retryable: true,
      cause,
    });
    fake.requests.expectNoWrites();
  });

  test('keeps nobody else from their places under the guard while it thinks', async ({ fake, connect }) => {
    const people = ['a@acme.com', 'b@acme.com'];
    for (const email of people) fake.addUser({ email });
    fake.addGroup({ name: 'crew', members: people });
    const atlassian = connect({ guard: { maxRemovals: { count: 1 } } });

    const first = await atlassian.deprovisionIdentity(
      { email: 'a@acme.com' },
      {
        approve: async () => {
          await atlassian.deprovisionIdentity({ email: 'b@acme.com' });
          return YES;
        },
      },
    );

    expect(first.outcome).toBe('staged');
    expect(fake.user('b@acme.com')?.active).toBe(false);
    expect(outcomesOf(first).map(([, outcome]) => outcome)).toEqual(['staged', 'staged']);
  });
});
