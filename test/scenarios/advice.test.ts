import { describe, expect } from 'vitest';
import { isProvisionerError } from '../../src/index.js';
import { test } from './support.js';

const rosa = { email: 'rosa@acme.com' };
const MAYBE = 'may have been carried out';

describe('what an error says of a call whose answer was lost', () => {
  test.for([
    ['a lost connection', { reset: 'before' }],
    ['a server error', { status: 500 }],
  ] as const)(
    'is that it did not happen, once reading back has shown it: %s',
    async ([, fault], { fake, atlassian }) => {
      fake.fail('scim.users.create', { ...fault, times: Infinity });

      const { operations } = await atlassian.syncIdentity(rosa);

      const [operation] = operations;
      expect(operation?.outcome).toBe('failed');
      expect(operation?.error?.advice).toContain('did not happen');
      expect(operation?.error?.message).toContain('did not happen');
      expect(operation?.error?.stack).toContain('did not happen');
      expect(`${String(operation?.error?.message)} ${String(operation?.error?.stack)}`).not.toContain(MAYBE);
      expect(fake.user('rosa@acme.com')).toBeUndefined();
    },
  );

  test('is that it may have happened, where reading back could not tell', async ({ fake, atlassian }) => {
    fake.fail('scim.users.create', { reset: 'before', times: Infinity });
    fake.addUser({ email: 'nia@acme.com' });
    const onProgress = ({ type }: { readonly type: string }) => {
      if (type === 'operation-started') fake.fail('scim.users.list', { status: 500, times: Infinity });
    };

    const { operations } = await atlassian.syncIdentity(rosa, { onProgress });

    expect(operations[0]).toMatchObject({ outcome: 'unknown', error: { advice: expect.stringContaining(MAYBE) } });
  });

  test.for(['admin.users.search', 'admin.provisioningLinks.forEmail'])(
    'is to try again, where the call changes nothing although it is a POST: %s',
    async (operation, { fake, atlassian }) => {
      fake.fail(operation, { status: 500, times: Infinity });

      const error: unknown = await atlassian.syncIdentity(rosa).catch((caught: unknown) => caught);

      expect(isProvisionerError(error, 'server_error') && error.advice).toContain('Try again later');
      expect((error as Error).message).not.toContain(MAYBE);
    },
  );
});

describe('what a refusal of two people says', () => {
  test('of one externalId, that this and the email are of two records', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    fake.addUser({ email: 'nia@acme.com' });

    const refusal = atlassian.syncIdentity({ email: 'nia@acme.com', externalId: 'e-1' });

    await expect(refusal).rejects.toMatchObject({
      code: 'identity_conflict',
      message: expect.stringContaining('The externalId is that of one record'),
      advice: expect.stringContaining('given one externalId'),
    });
  });

  test('who swap emails, that one of them needs a third for the time between', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addUser({ email: 'nia@acme.com' });

    const refusal = atlassian.syncIdentity({ email: 'nia@acme.com', identity: { email: 'rosa@acme.com' } });

    await expect(refusal).rejects.toMatchObject({
      message: expect.stringContaining('The new email belongs to another record'),
      advice: expect.stringContaining('a third'),
    });
  });
});

test('a missing credential is named with the workflow that needs it', async ({ connect }) => {
  const refusal = connect({ scim: undefined }).onboard(rosa);

  await expect(refusal).rejects.toMatchObject({
    code: 'capability_missing',
    message: expect.stringMatching(/^onboard needs the SCIM directory key/),
  });
});

describe('a synced person without the SCIM directory key', () => {
  test.for(['deprovisionIdentity', 'offboard'] as const)(
    'is not tried to be deactivated by %s, and it says that `scim` is missing',
    async (action, { fake, connect }) => {
      fake.addGroup({ name: 'berth-crew' });
      fake.addUser({ ...rosa, groups: ['berth-crew'] });
      const atlassian = connect({ scim: undefined });

      const result =
        action === 'offboard'
          ? await atlassian.offboard({ identity: rosa })
          : await atlassian.deprovisionIdentity(rosa);

      expect(result.outcome).toBe('failed');
      expect(result.plan.blocked).toMatchObject([
        { kind: 'account.disable', code: 'capability_missing', reasonKey: 'externalDirectory.scim' },
        { kind: 'group.removeMember', reason: expect.stringContaining('no SCIM directory key is configured') },
      ]);
      expect(result.plan.blocked.map(({ advice }) => advice)).toEqual([
        expect.stringContaining('`scim: { url, token }`'),
        expect.stringContaining('`scim: { url, token }`'),
      ]);
      fake.requests.expectNoWrites();
      expect(fake.account('rosa@acme.com')?.status).toBe('active');
    },
  );

  test('is deactivated all the same where their record is gone', async ({ fake, connect }) => {
    fake.addUser(rosa);
    const atlassian = connect({ scim: undefined });
    const { accountId = '' } = fake.account('rosa@acme.com') ?? {};
    await atlassian.admin.provisioningLinks.deleteRecords(accountId as never);

    const result = await atlassian.deprovisionIdentity(rosa);

    expect(result.operations).toMatchObject([{ operation: { kind: 'account.disable' }, outcome: 'applied' }]);
  });
});
