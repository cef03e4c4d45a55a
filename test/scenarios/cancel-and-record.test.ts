import { getEventListeners } from 'node:events';
import { describe, expect, vi } from 'vitest';
import type { ApprovalAnswer, AuditEvent, AuditSink } from '../../src/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };

/** A sink that keeps an event unless it fails then. */
function sinkThatFails(fails: () => boolean): { readonly kept: AuditEvent[]; readonly sink: AuditSink } {
  const kept: AuditEvent[] = [];
  return {
    kept,
    sink: {
      write(event) {
        if (fails()) throw new Error('disk full');
        kept.push(event);
      },
    },
  };
}

describe('cancellation', () => {
  test('before anything was sent throws aborted', async ({ fake, atlassian }) => {
    fake.addUser(ROSA);

    await expect(atlassian.deprovisionIdentity(ROSA, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(fake.requests).toHaveLength(0);
  });

  test('between two operations brings the first to a known end and skips the rest', async ({
    fake,
    atlassian,
    audit,
  }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'synced', members: [ROSA.email] });
    const controller = new AbortController();

    const result = await atlassian.deprovisionIdentity(ROSA, {
      signal: controller.signal,
      onProgress: (event) => {
        if (event.type === 'operation-started') controller.abort();
      },
    });

    expect(result.outcome).toBe('cancelled');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.deactivate', 'applied'],
      ['scim.group.removeMember', 'skipped'],
    ]);
    expect(fake.user(ROSA.email)?.active).toBe(false);
    expect(audit.events.map(({ outcome }) => outcome)).toEqual(['applied', 'skipped']);

    const resumed = await atlassian.deprovisionIdentity(ROSA);
    expect(outcomesOf(resumed)).toEqual([['scim.group.removeMember', 'applied']]);
  });

  test('of many actions at once takes one listener on their signal, and none is left', async ({ fake, atlassian }) => {
    fake.addDomain('acme.com');
    const { signal } = new AbortController();
    const listeners: number[] = [];

    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        atlassian.syncIdentity(
          { email: `m${String(index)}@acme.com` },
          { signal, onAttempt: () => listeners.push(getEventListeners(signal, 'abort').length) },
        ),
      ),
    );

    expect(Math.max(...listeners)).toBe(1);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('ends the wait for an account', async ({ fake, connect }) => {
    fake.addDomain('new.com', { claimed: false });
    fake.addGroup({ name: 'local', origin: 'local' });
    const controller = new AbortController();

    const result = await connect({}).onboard(
      { email: 'mia@new.com', groups: ['local'] },
      {
        signal: controller.signal,
        onProgress: (event) => {
          if (event.type === 'waiting') controller.abort();
        },
      },
    );

    expect(result.outcome).toBe('cancelled');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.create', 'applied'],
      ['org.group.addMember', 'skipped'],
    ]);
  });
});

describe('cancellation of a wait', () => {
  test('for another action on the same person throws, and keeps nobody else from waiting', async ({
    fake,
    connect,
  }) => {
    fake.addUser(ROSA);
    const approvals: ((answer: ApprovalAnswer) => void)[] = [];
    const atlassian = connect({});
    const holding = atlassian.deprovisionIdentity(ROSA, {
      approve: () => new Promise((resolve) => approvals.push(resolve)),
    });
    await vi.waitFor(() => {
      expect(approvals).toHaveLength(1);
    });
    const controller = new AbortController();

    const waiting = atlassian.deprovisionIdentity(ROSA, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    const third = atlassian.deprovisionIdentity(ROSA);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const writesMeanwhile = fake.requests.writes().length;
    approvals[0]?.({ approved: true, approvedBy: 'lead' });

    expect(writesMeanwhile).toBe(0);
    expect((await holding).outcome).toBe('deprovisioned');
    expect((await third).outcome).toBe('unchanged');
  });

  test('for a change to show ends the wait, and the result tells what was done', async ({ fake, atlassian }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'local', members: [ROSA.email] });
    fake.lags.groupMemberReadMs = 3_600_000;
    const controller = new AbortController();

    const result = await atlassian.deprovisionIdentity(ROSA, {
      signal: controller.signal,
      onProgress: (event) => {
        if (event.type === 'waiting') controller.abort();
      },
    });

    expect(result.outcome).toBe('unverified');
    expect(result.verification?.waitedMs).toBe(0);
    expect(outcomesOf(result).map(([, outcome]) => outcome)).toEqual(['applied', 'applied']);
  });
});

describe('the record of changes', () => {
  test('has one event for each operation, with all that is known of it', async ({ fake, atlassian, audit }) => {
    const user = fake.addUser(ROSA);

    const result = await atlassian.syncIdentity(
      { ...ROSA, jobTitle: 'Planner' },
      { reason: 'promotion', actor: { type: 'user', id: 'hr-7' }, correlationId: 'case-1' },
    );

    expect(audit.events).toHaveLength(1);
    expect(audit.events[0]).toMatchObject({
      version: 1,
      sequence: 1,
      actor: { type: 'user', id: 'hr-7' },
      reason: 'promotion',
      action: 'syncIdentity',
      correlationId: 'case-1',
      planDigest: result.plan.digest,
      subject: { email: ROSA.email, scimUserId: user.id, accountId: user.accountId },
      target: { type: 'identity', id: user.id },
      operation: 'scim.user.update',
      risk: 'reversible',
      changes: [{ attribute: 'jobTitle', from: null, to: 'Planner' }],
      outcome: 'applied',
      calls: 1,
    });
  });

  test('says when it was, how long it took, and by which calls Atlassian can trace it', async ({
    fake,
    connect,
    audit,
  }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'guests', origin: 'local' });
    fake.failNext('admin.groups.addMember', { status: 503, retryAfter: 2 });
    const traced: string[] = [];
    const atlassian = connect({
      fetch: async (request) => {
        const response = await fake.fetch(request);
        const traceId = response.headers.get('atl-traceid');
        if (request.method === 'POST' && request.url.endsWith('/memberships') && traceId !== null) traced.push(traceId);
        return response;
      },
    });

    const result = await atlassian.manageRelationships({ identity: ROSA, add: ['guests'] });

    const [event] = audit.events;
    expect(event?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(Date.parse(event?.time ?? '')).toBeGreaterThanOrEqual(Date.parse(result.plan.createdAt) + 2_000);
    expect(event?.durationMs).toBeGreaterThanOrEqual(2_000);
    expect(traced).toHaveLength(2);
    expect(event).toMatchObject({ calls: 2, traceIds: traced });
    expect(result.operations).toMatchObject([{ callsMade: 2, traceIds: traced, durationMs: event?.durationMs }]);
  });

  test('is made before the next change, and a sink that fails stops all further ones', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'synced', members: [ROSA.email] });
    let broken = true;
    const { kept, sink } = sinkThatFails(() => broken);
    const atlassian = connect({ audit: { sink } });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('unrecorded');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.deactivate', 'applied'],
      ['scim.group.removeMember', 'skipped'],
    ]);
    expect(result.auditFailure?.code).toBe('audit_failed');
    expect(fake.requests.writes()).toHaveLength(1);

    broken = false;
    await atlassian.deprovisionIdentity(ROSA);
    expect(kept.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['scim.user.deactivate', 'applied'],
      ['scim.group.removeMember', 'skipped'],
      ['scim.group.removeMember', 'applied'],
    ]);
  });

  test('stops after an event that was not kept, though the sink works again at once', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'synced', members: [ROSA.email] });
    let failures = 1;
    const { kept, sink } = sinkThatFails(() => failures-- > 0);
    const atlassian = connect({ audit: { sink } });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('unrecorded');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.deactivate', 'applied'],
      ['scim.group.removeMember', 'skipped'],
    ]);
    expect(result.operations[1]?.reason).toBe('the audit sink failed, and no change is made without a record');
    expect(kept.map(({ outcome }) => outcome)).toEqual(['applied', 'skipped']);
  });

  test('that hangs counts as failed after its time', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'synced', members: [ROSA.email] });
    const kept: AuditEvent[] = [];
    let keep: () => void = () => undefined;
    const atlassian = connect({
      audit: {
        timeoutMs: 20,
        sink: {
          write: (event) => {
            kept.push(event);
            return kept.length === 1
              ? new Promise<void>((resolve) => {
                  keep = resolve;
                })
              : undefined;
          },
        },
      },
    });

    const result = await atlassian.deprovisionIdentity(ROSA);
    keep();
    const resumed = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('unrecorded');
    expect(result.auditFailure?.cause).toMatchObject({ message: expect.stringContaining('20 ms') });
    expect(resumed.outcome).toBe('deprovisioned');
    expect(kept.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['scim.user.deactivate', 'applied'],
      ['scim.group.removeMember', 'skipped'],
      ['scim.group.removeMember', 'applied'],
    ]);
  });

  test('that cannot be opened keeps everything from being written', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const atlassian = connect({
      audit: {
        sink: {
          open: () => Promise.reject(new Error('no such folder')),
          write: () => undefined,
        },
      },
    });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('unrecorded');
    fake.requests.expectNoWrites();
  });

  test('may be lost where the configuration says so, and somebody is told', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    const lost: AuditEvent[] = [];
    const atlassian = connect({
      audit: {
        sink: { write: () => Promise.reject(new Error('disk full')) },
        onFailure: 'continue',
        onUnrecorded: (event) => lost.push(event),
      },
    });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('deprovisioned');
    expect(lost).toHaveLength(1);
  });
});
