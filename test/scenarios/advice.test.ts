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
