import { describe, expect } from 'vitest';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const CONFIRM = ROSA.email;
const RECORD = { scope: 'directory', confirm: CONFIRM } as const;
const ACCOUNT = { scope: 'account', confirm: CONFIRM } as const;
const FOURTEEN_DAYS_MS = 14 * 24 * 60 * 60 * 1000;

function accountIdOf(fake: FakeAtlassian, email: string): string {
  return fake.account(email)?.accountId ?? '';
}

describe('deleteIdentity', () => {
  describe('refuses without the right confirmation', () => {
    test('before any call, where the person is named by email', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });

      await expect(atlassian.deleteIdentity(ROSA, { ...RECORD, confirm: 'mia@acme.com' })).rejects.toMatchObject({
        code: 'confirmation_mismatch',
      });
      expect(fake.requests.length).toBe(0);
    });

    test.for(['directory', 'account'] as const)(
      'before any write, where the person is named by id, for scope %s',
      async (scope, { fake, atlassian }) => {
        const { id } = fake.addUser({ ...ROSA });

        await expect(
          atlassian.deleteIdentity({ scimUserId: id }, { scope, confirm: 'mia@acme.com' }),
        ).rejects.toMatchObject({ code: 'confirmation_mismatch' });
        fake.requests.expectNoWrites();
        expect(fake.user(id)?.active).toBe(true);
      },
    );

    test.for([undefined, '', 'rosa', true])('such as %s, which is none', async (confirm, { fake, atlassian }) => {
      fake.addUser({ ...ROSA });

      await expect(atlassian.deleteIdentity(ROSA, { ...RECORD, confirm: confirm as never })).rejects.toMatchObject({
        code: 'request_invalid',
      });
      expect(fake.requests.length).toBe(0);
    });

    test('but does not mind the case of the letters', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });

      const result = await atlassian.deleteIdentity(ROSA, { ...RECORD, confirm: 'Rosa@ACME.com' });

      expect(result.outcome).toBe('deleted');
    });
  });

  describe('with scope "directory"', () => {
    test('deletes the record, deactivates the managed account, and keeps it', async ({ fake, atlassian, audit }) => {
      const { id } = fake.addUser({ ...ROSA });
      fake.addGroup({ name: 'crew', members: [ROSA.email] });

      const result = await atlassian.deleteIdentity(ROSA, RECORD);

      expect(result.outcome).toBe('deleted');
      expect(outcomesOf(result)).toEqual([['scim.user.delete', 'applied']]);
      expect(result.plan.risk).toBe('irreversible');
      expect(result.plan.operations[0]?.inverse).toBeUndefined();
      expect(fake.user(id)).toBeUndefined();
      expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive', synced: false });
      expect(audit.events).toMatchObject([{ operation: 'scim.user.delete', risk: 'irreversible', outcome: 'applied' }]);
    });

    test('takes a read of the record, one of its account, one for the guard, and the write', async ({
      fake,
      atlassian,
    }) => {
      fake.addUser({ ...ROSA });

      const { callsMade } = await atlassian.deleteIdentity(ROSA, RECORD);

      expect(fake.requests.operations()).toEqual([
        'scim.users.list',
        'admin.users.search',
        'admin.users.search',
        'scim.users.delete',
      ]);
      expect(callsMade).toBe(4);
    });

    test('leaves the account of an external person as it is', async ({ fake, atlassian }) => {
      fake.addUser({ email: 'guest@else.example', link: 'external' });

      const result = await atlassian.deleteIdentity(
        { email: 'guest@else.example' },
        { scope: 'directory', confirm: 'guest@else.example' },
      );

      expect(result.outcome).toBe('deleted');
      expect(fake.account('guest@else.example')?.status).toBe('active');
    });

    test('gives the id up for good: created again, the person has a new one', async ({ fake, atlassian }) => {
      const before = fake.addUser({ ...ROSA });
      await atlassian.deleteIdentity(ROSA, RECORD);

      const created = await atlassian.syncIdentity({ ...ROSA, displayName: 'Rosa Quell' });

      expect(created.outcome).toBe('linked');
      expect(created.identity?.scimUserId?.value).not.toBe(before.id);
      expect(created.identity?.accountId?.value).toBe(before.accountId);
      await expect(atlassian.scim.users.get(before.id)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('a second time is unchanged, and writes nothing', async ({ fake, atlassian }) => {
      const { id } = fake.addUser({ ...ROSA });
      await atlassian.deleteIdentity(ROSA, RECORD);
      fake.requests.clear();

      const byEmail = await atlassian.deleteIdentity(ROSA, RECORD);
      const byId = await atlassian.deleteIdentity({ scimUserId: id }, RECORD);

      expect([byEmail.outcome, byId.outcome]).toEqual(['unchanged', 'unchanged']);
      fake.requests.expectNoWrites();
    });

    test('of an account without a record is unchanged, and says why', async ({ fake, atlassian }) => {
      const { accountId } = fake.addAccount({ ...ROSA });

      const result = await atlassian.deleteIdentity({ accountId }, RECORD);

      expect(result.outcome).toBe('unchanged');
      expect(result.plan.satisfied).toMatchObject([{ kind: 'scim.user.delete' }]);
      expect(fake.account(ROSA.email)?.status).toBe('active');
    });

    test('works with the directory key alone', async ({ fake, connect }) => {
      fake.addUser({ ...ROSA });

      const result = await connect({ admin: undefined }).deleteIdentity(ROSA, RECORD);

      expect(result.outcome).toBe('deleted');
    });
  });

  describe('with scope "account"', () => {
    test('asks what is allowed, deletes the record, waits for the lock to end, and schedules the deletion', async ({
      fake,
      atlassian,
    }) => {
      fake.addUser({ ...ROSA });

      const result = await atlassian.deleteIdentity(ROSA, ACCOUNT);

      expect(result.outcome).toBe('deletion-scheduled');
      expect(outcomesOf(result)).toEqual([
        ['scim.user.delete', 'applied'],
        ['account.scheduleDeletion', 'applied'],
      ]);
      expect(fake.requests.operations()).toEqual([
        'scim.users.list',
        'admin.users.search',
        'admin.groups.search',
        'admin.managedAccounts.permissions',
        'admin.provisioningLinks.forAccount',
        'admin.users.search',
        'scim.users.delete',
        'admin.managedAccounts.permissions',
        'admin.managedAccounts.scheduleDeletion',
        'admin.users.search',
      ]);
      const scheduledAt = Date.parse(fake.requests.of('admin.managedAccounts.scheduleDeletion')[0]?.at ?? '');
      expect(Date.parse(fake.account(ROSA.email)?.forDeletionAt ?? '') - scheduledAt).toBe(FOURTEEN_DAYS_MS);
    });

    test('of a managed account without a record needs no other step', async ({ fake, atlassian }) => {
      fake.addAccount({ ...ROSA });

      const result = await atlassian.deleteIdentity(ROSA, ACCOUNT);

      expect(outcomesOf(result)).toEqual([['account.scheduleDeletion', 'applied']]);
      expect(result.plan.risk).toBe('grace-period');
      fake.requests.expectCount('admin.managedAccounts.permissions', 1);
      fake.requests.expectCount('admin.provisioningLinks.forAccount', 0);
    });

    test('waits, visibly, until Atlassian allows the deletion', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });
      const refused = { status: 200, body: { 'lifecycle.delete': { allowed: false } } };
      fake.fail('admin.managedAccounts.permissions', { ...refused, times: 3 });
      const waits: number[] = [];

      const result = await atlassian.deleteIdentity(ROSA, {
        ...ACCOUNT,
        onProgress: (event) => {
          if (event.type === 'waiting' && event.waitingFor === 'propagation') waits.push(event.waitedMs);
        },
      });

      expect(result.outcome).toBe('deletion-scheduled');
      expect(waits).toEqual([0, 1_000]);
    });

    test('is partial when Atlassian does not allow it within the time, and resumes when called again', async ({
      fake,
      atlassian,
    }) => {
      fake.addUser({ ...ROSA });
      const fault = fake.fail('admin.managedAccounts.permissions', {
        status: 200,
        body: { 'lifecycle.delete': { allowed: false } },
        times: Infinity,
      });

      const first = await atlassian.deleteIdentity(ROSA, ACCOUNT);
      fault.cancel();
      const second = await atlassian.deleteIdentity(ROSA, ACCOUNT);

      expect([first.outcome, second.outcome]).toEqual(['partial', 'deletion-scheduled']);
      expect(first.operations[1]?.error).toMatchObject({ code: 'action_blocked', retryable: true });
      expect(outcomesOf(second)).toEqual([['account.scheduleDeletion', 'applied']]);
    });

    test('closes the account after 14 days on the clock, and not before', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });
      const id = accountIdOf(fake, ROSA.email);
      await atlassian.deleteIdentity(ROSA, ACCOUNT);

      fake.clock.advance(FOURTEEN_DAYS_MS - 60_000);
      const before = fake.account(id)?.status;
      fake.clock.advance(60_000);

      expect([before, fake.account(id)?.status]).toEqual(['inactive', 'closed']);
    });

    test('keeps the email taken while the 14 days run, and says so', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });
      fake.addUser({ email: 'mia@acme.com', externalId: 'M1' });

      const result = await atlassian.deleteIdentity(ROSA, ACCOUNT);
      const taken = await atlassian.syncIdentity({ ...ROSA, externalId: 'M1' });
      fake.clock.advance(FOURTEEN_DAYS_MS);
      const free = await atlassian.syncIdentity({ ...ROSA, externalId: 'M1' });

      expect(result.notes.join(' ')).toContain('the email stays taken');
      expect(taken.outcome).toBe('failed');
      expect(taken.operations[0]?.error?.code).toBe('email_in_use');
      expect([free.outcome, fake.user(ROSA.email)?.externalId]).toEqual(['renamed', 'M1']);
    });

    test('a second time is unchanged: no write, while the 14 days run and after them', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });
      const accountId = accountIdOf(fake, ROSA.email);
      await atlassian.deleteIdentity(ROSA, ACCOUNT);
      fake.requests.clear();

      const during = await atlassian.deleteIdentity(ROSA, ACCOUNT);
      const byId = await atlassian.deleteIdentity({ accountId: accountId as never }, ACCOUNT);
      fake.clock.advance(FOURTEEN_DAYS_MS);
      const after = await atlassian.deleteIdentity(ROSA, ACCOUNT);
      const afterById = await atlassian.deleteIdentity({ accountId: accountId as never }, ACCOUNT);

      expect([during, byId, after, afterById].map(({ outcome }) => outcome)).toEqual(Array(4).fill('unchanged'));
      expect(during.plan.satisfied).toMatchObject([
        { kind: 'account.scheduleDeletion', reason: 'its deletion is scheduled already' },
      ]);
      fake.requests.expectNoWrites();
      fake.requests.expectCount('admin.managedAccounts.permissions', 0);
    });

    test('of nobody is unchanged, and says so', async ({ fake, atlassian }) => {
      const result = await atlassian.deleteIdentity(ROSA, ACCOUNT);

      expect([result.outcome, result.identity]).toEqual(['unchanged', undefined]);
      expect(result.notes.join(' ')).toContain('Nobody was found');
      fake.requests.expectNoWrites();
    });

    test('waits until the deletion is to be seen, so that it can be cancelled at once', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });
      fake.lags.accountReadMs = 5_000;

      const deleted = await atlassian.deleteIdentity(ROSA, ACCOUNT);
      const cancelled = await atlassian.cancelDeletion(ROSA);

      expect(deleted.verification).toMatchObject({ verified: true });
      expect(cancelled.outcome).toBe('deletion-cancelled');
      expect(fake.account(ROSA.email)?.forDeletionAt).toBeUndefined();
    });

    test('is unverified when the deletion is not to be seen within the time', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });
      fake.lags.accountReadMs = 3_600_000;

      const result = await atlassian.deleteIdentity(ROSA, ACCOUNT);

      expect(result.outcome).toBe('unverified');
      expect(result.verification?.remaining).toEqual([expect.stringContaining('does not show the deletion')]);
    });

    test('asked again while reads trail behind finds out that it is scheduled already', async ({ fake, atlassian }) => {
      fake.addAccount({ ...ROSA });
      const accountId = accountIdOf(fake, ROSA.email);
      await atlassian.admin.managedAccounts.scheduleDeletion(accountId as never);
      fake.failNext('admin.users.search', {
        status: 200,
        body: {
          data: [
            {
              accountId,
              accountType: 'atlassian',
              email: ROSA.email,
              status: 'active',
              accountStatus: 'active',
              membershipStatus: 'active',
              claimStatus: 'managed',
            },
          ],
          links: {},
        },
      });

      const result = await atlassian.deleteIdentity({ accountId: accountId as never }, ACCOUNT);

      expect(outcomesOf(result)).toEqual([['account.scheduleDeletion', 'already']]);
      expect(result.outcome).toBe('deletion-scheduled');
    });

    test('as a dry run asks what is allowed, and writes nothing', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });

      const result = await atlassian.deleteIdentity(ROSA, { ...ACCOUNT, dryRun: true });

      expect(result.outcome).toBe('planned');
      expect(result.plan.operations.map(({ kind, dependsOn }) => [kind, dependsOn])).toEqual([
        ['scim.user.delete', []],
        ['account.scheduleDeletion', ['op-1']],
      ]);
      fake.requests.expectCount('admin.managedAccounts.permissions', 1);
      fake.requests.expectNoWrites();
    });

    test('needs the organization key, and says so before any call', async ({ fake, connect }) => {
      fake.addUser({ ...ROSA });

      await expect(connect({ admin: undefined }).deleteIdentity(ROSA, ACCOUNT)).rejects.toMatchObject({
        code: 'capability_missing',
      });
      expect(fake.requests.length).toBe(0);
    });
  });

  describe('where directories of other identity providers have records of the account', () => {
    test('refuses, and lists them', async ({ fake, atlassian }) => {
      const other = fake.addScimDirectory();
      fake.addUser({ ...ROSA });
      fake.addUser({ ...ROSA, directoryId: other.id });

      await expect(atlassian.deleteIdentity(ROSA, ACCOUNT)).rejects.toMatchObject({
        code: 'action_blocked',
        message: expect.stringContaining(other.id) as string,
        advice: expect.stringContaining('drop-records') as string,
      });
      fake.requests.expectNoWrites();
    });

    test.for([true, false])(
      'drops every record where told to; one of them ours: %s',
      async (ours, { fake, atlassian }) => {
        const other = fake.addScimDirectory();
        if (ours) fake.addUser({ ...ROSA });
        fake.addUser({ ...ROSA, directoryId: other.id });

        const result = await atlassian.deleteIdentity(ROSA, { ...ACCOUNT, otherDirectories: 'drop-records' });

        expect(outcomesOf(result)).toEqual([
          ['links.deleteRecords', 'applied'],
          ['account.scheduleDeletion', 'applied'],
        ]);
        expect(result.outcome).toBe('deletion-scheduled');
        expect(fake.user(ROSA.email)).toBeUndefined();
        expect(fake.account(ROSA.email)?.forDeletionAt).toBeDefined();
      },
    );
  });

  test('that Atlassian refuses for a reason it does not tell in advance is a failed operation', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ ...ROSA });
    fake.changeAccount(ROSA.email, {
      lifecycleBlockers: [{ code: 'billing.contact', message: 'Is the last billing contact' }],
    });

    const result = await atlassian.deleteIdentity(ROSA, ACCOUNT);

    expect(result.outcome).toBe('partial');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.delete', 'applied'],
      ['account.scheduleDeletion', 'failed'],
    ]);
    const error = result.operations[1]?.error;
    expect(error).toMatchObject({
      code: 'conflict',
      status: 409,
      atlassianCode: 'conflict.lifecycleErrors',
      reasons: [{ key: 'billing.contact', message: 'Is the last billing contact' }],
    });
  });

  test('does not wait for a refusal that no waiting ends', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    const ownerAccountId = accountIdOf(fake, ROSA.email);
    const apiKey = fake.addKey({ ownerAccountId: ownerAccountId as never });
    const atlassian = connect({ admin: { ...fake.connection().admin, apiKey } });

    const result = await atlassian.deleteIdentity(ROSA, ACCOUNT);

    expect(result.operations[1]?.error).toMatchObject({ code: 'forbidden', reasonKey: 'administrative.notMyself' });
    expect(result.durationMs).toBeLessThan(1_000);
  });
});

describe('the guard', () => {
  test.for(['directory', 'account'] as const)(
    'counts the groups that a person leaves with their record, for scope %s',
    async (scope, { fake, connect }) => {
      const people = ['a@acme.com', 'b@acme.com', 'c@acme.com'];
      for (const email of people) fake.addUser({ email });
      fake.addGroup({ name: 'crew', members: people });
      const atlassian = connect({ guard: { maxRemovals: { count: 2 } } });

      await atlassian.manageRelationships({ identity: { email: 'a@acme.com' }, remove: ['crew'] });
      const second = await atlassian.deleteIdentity({ email: 'b@acme.com' }, { scope, confirm: 'b@acme.com' });
      const third = await atlassian.deleteIdentity({ email: 'c@acme.com' }, { scope, confirm: 'c@acme.com' });

      expect(second.outcome).toBe(second.plan.intendedOutcome);
      expect(third.outcome).toBe('staged');
      expect(third.staged[0]?.reason).toContain('"crew" may lose 2 members');
      expect(fake.group('crew')?.scimMembers).toEqual(['c@acme.com']);
    },
  );

  test('knows the size of the group for a share of it', async ({ fake, connect }) => {
    const people = Array.from({ length: 10 }, (_, index) => `p${String(index)}@acme.com`);
    for (const email of people) fake.addUser({ email });
    fake.addGroup({ name: 'crew', members: people });
    const atlassian = connect({ guard: { maxRemovals: { share: 0.2, minimumMembers: 10 } } });

    const outcomes = [];
    for (const email of people.slice(0, 3))
      outcomes.push((await atlassian.deleteIdentity({ email }, { scope: 'directory', confirm: email })).outcome);

    expect(outcomes).toEqual(['deleted', 'deleted', 'staged']);
  });

  test('withholds the deletion of a record in a protected group', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });

    const result = await connect({ guard: { protect: { groups: ['Crew'] } } }).deleteIdentity(ROSA, RECORD);

    expect(result.outcome).toBe('staged');
    fake.requests.expectNoWrites();
  });

  test('lets a stored plan through although the group has grown since', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    const plan = await atlassian.plan('deleteIdentity', { identity: ROSA, ...RECORD });
    fake.addUser({ email: 'mia@acme.com', groups: ['crew'] });

    const result = await atlassian.apply(JSON.parse(JSON.stringify(plan)));

    expect(plan.operations[0]?.leaves).toMatchObject([{ name: 'crew', memberCount: 1 }]);
    expect(result.outcome).toBe('deleted');
  });
});
