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

describe('cancelDeletion', () => {
  test('undoes a scheduled deletion in time: the account is active, its email its own', async ({
    fake,
    atlassian,
    audit,
  }) => {
    fake.addUser({ ...ROSA });
    const accountId = accountIdOf(fake, ROSA.email);
    await atlassian.deleteIdentity(ROSA, ACCOUNT);
    fake.clock.advance(FOURTEEN_DAYS_MS - 60_000);

    const result = await atlassian.cancelDeletion(ROSA);
    fake.clock.advance(FOURTEEN_DAYS_MS);

    expect(result.outcome).toBe('deletion-cancelled');
    expect(outcomesOf(result)).toEqual([['account.cancelDeletion', 'applied']]);
    expect(fake.account(ROSA.email)).toMatchObject({ accountId, status: 'active' });
    expect(result.notes.join(' ')).toContain('run syncIdentity');
    expect(audit.events.at(-1)).toMatchObject({ operation: 'account.cancelDeletion', action: 'cancelDeletion' });
  });

  test('a second time is unchanged, with reads only', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    await atlassian.deleteIdentity(ROSA, ACCOUNT);
    await atlassian.cancelDeletion(ROSA);
    fake.requests.clear();

    const again = await atlassian.cancelDeletion(ROSA);

    expect(again.outcome).toBe('unchanged');
    expect(fake.requests.operations()).toEqual(['admin.users.search', 'scim.users.list']);
  });

  test('after the 14 days is too late: nobody is there any more', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    const accountId = accountIdOf(fake, ROSA.email);
    await atlassian.deleteIdentity(ROSA, ACCOUNT);
    fake.clock.advance(FOURTEEN_DAYS_MS);

    await expect(atlassian.cancelDeletion(ROSA)).rejects.toMatchObject({ code: 'identity_not_found' });
    await expect(atlassian.cancelDeletion({ accountId: accountId as never })).rejects.toMatchObject({
      code: 'identity_not_found',
    });
  });

  test('that comes too late by a moment is a failed operation', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    await atlassian.deleteIdentity(ROSA, ACCOUNT);

    const result = await atlassian.cancelDeletion(ROSA, {
      onProgress: ({ type }) => {
        if (type === 'operation-started') fake.clock.advance(FOURTEEN_DAYS_MS);
      },
    });

    expect(result.outcome).toBe('failed');
    expect(result.operations[0]?.error).toMatchObject({ code: 'not_found', atlassianCode: 'accountNotFound' });
  });

  test('gives the record back by syncIdentity, linked to the same account', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    const accountId = accountIdOf(fake, ROSA.email);
    await atlassian.deleteIdentity(ROSA, ACCOUNT);
    await atlassian.cancelDeletion(ROSA);

    const result = await atlassian.syncIdentity({ ...ROSA });

    expect(result.outcome).toBe('linked');
    expect(fake.user(ROSA.email)?.accountId).toBe(accountId);
  });

  test('as a dry run writes nothing', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    await atlassian.deleteIdentity(ROSA, ACCOUNT);
    fake.requests.clear();

    const result = await atlassian.cancelDeletion(ROSA, { dryRun: true });

    expect(result.outcome).toBe('planned');
    fake.requests.expectNoWrites();
  });

  test('of an account that a new record has locked since says how to go on, and writes nothing', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ ...ROSA });
    await atlassian.deleteIdentity(ROSA, ACCOUNT);
    await atlassian.scim.users.create({
      userName: ROSA.email,
      emails: [{ value: ROSA.email, primary: true }],
      active: false,
    });
    fake.requests.clear();

    await expect(atlassian.cancelDeletion(ROSA)).rejects.toMatchObject({
      code: 'action_blocked',
      message: expect.stringContaining('externalDirectory.scim') as string,
      advice: expect.stringContaining('delete the record') as string,
    });
    fake.requests.expectNoWrites();
    await atlassian.deleteIdentity(ROSA, RECORD);
    expect((await atlassian.cancelDeletion(ROSA)).outcome).toBe('deletion-cancelled');
  });
});
