import { describe, expect } from 'vitest';
import type { AuditEvent } from '../../src/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };

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

  test('is made before the next change, and a sink that fails stops all further ones', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'crew', origin: 'synced', members: [ROSA.email] });
    const kept: AuditEvent[] = [];
    let broken = true;
    const atlassian = connect({
      audit: {
        sink: {
          write(event) {
            if (broken) throw new Error('disk full');
            kept.push(event);
          },
        },
      },
    });

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
