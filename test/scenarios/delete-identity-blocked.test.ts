import { describe, expect } from 'vitest';
import { test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const CONFIRM = ROSA.email;
const ACCOUNT = { scope: 'account', confirm: CONFIRM } as const;

describe('deleteIdentity explains a blocked step with the reason key of Atlassian, and writes nothing', () => {
  test('the account of the owner of the key', async ({ fake, connect }) => {
    const { accountId } = fake.addAccount({ ...ROSA });
    const apiKey = fake.addKey({ ownerAccountId: accountId });
    const atlassian = connect({ admin: { ...fake.connection().admin, apiKey } });

    await expect(atlassian.deleteIdentity(ROSA, ACCOUNT)).rejects.toMatchObject({
      code: 'action_blocked',
      message: expect.stringContaining('administrative.notMyself') as string,
      advice: expect.stringContaining('another administrator') as string,
    });
    fake.requests.expectNoWrites();
  });

  test.for(['absent', 'given'] as const)(
    'an account that Google Workspace owns as well, with the reason of the deletion %s',
    async (lockedDeletionReason, { fake, atlassian }) => {
      fake.switches.lockedDeletionReason = lockedDeletionReason;
      fake.addUser({ ...ROSA });
      fake.changeAccount(ROSA.email, { googleLocked: true });

      await expect(atlassian.deleteIdentity(ROSA, ACCOUNT)).rejects.toMatchObject({
        code: 'action_blocked',
        message: expect.stringContaining('externalDirectory.google') as string,
        advice: expect.stringContaining('Google Workspace') as string,
      });
      fake.requests.expectNoWrites();
    },
  );

  test('an account under export control', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    fake.failNext('admin.managedAccounts.permissions', {
      status: 200,
      body: { 'lifecycle.delete': { allowed: false, reason: { key: 'blocked.exportControl' } } },
    });

    await expect(atlassian.deleteIdentity(ROSA, ACCOUNT)).rejects.toMatchObject({
      code: 'action_blocked',
      message: expect.stringContaining('blocked.exportControl') as string,
    });
    fake.requests.expectNoWrites();
  });

  test('a reason that nobody has documented', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    fake.failNext('admin.managedAccounts.permissions', {
      status: 200,
      body: { 'lifecycle.delete': { allowed: false, reason: { key: 'moon.phase' } } },
    });

    await expect(atlassian.deleteIdentity(ROSA, ACCOUNT)).rejects.toMatchObject({
      code: 'action_blocked',
      message: expect.stringContaining('moon.phase') as string,
    });
  });

  test.for(['accountOnly', 'record'] as const)(
    'an account that the organization does not manage (%s)',
    async (kind, { fake, atlassian }) => {
      const email = 'guest@else.example';
      if (kind === 'record') fake.addUser({ email, link: 'external' });
      else fake.addAccount({ email });

      await expect(atlassian.deleteIdentity({ email }, { scope: 'account', confirm: email })).rejects.toMatchObject({
        code: 'action_blocked',
        message: expect.stringContaining('does not manage the account') as string,
        advice: expect.stringContaining('deprovisionIdentity') as string,
      });
      fake.requests.expectNoWrites();
    },
  );

  test('a record without any account', async ({ fake, atlassian }) => {
    const email = 'new@else.example';
    fake.addUser({ email, link: 'unlinked' });

    await expect(atlassian.deleteIdentity({ email }, { scope: 'account', confirm: email })).rejects.toMatchObject({
      code: 'action_blocked',
      advice: expect.stringContaining('scope "directory"') as string,
    });
    fake.requests.expectNoWrites();
  });

  test('as a dry run tells it in the plan instead', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.changeAccount(ROSA.email, { googleLocked: true });

    const { plan } = await atlassian.deleteIdentity(ROSA, { ...ACCOUNT, dryRun: true });

    expect(plan).toMatchObject({
      operations: [],
      blockedStopsAll: true,
      blocked: [{ kind: 'account.scheduleDeletion', code: 'action_blocked', reasonKey: 'externalDirectory.google' }],
    });
  });
});
