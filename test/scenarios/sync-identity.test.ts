import { describe, expect } from 'vitest';
import { idsOf, outcomesOf, test } from './support.js';

describe('syncIdentity', () => {
  test('is created when the directory and the organization know nobody with the email', async ({ fake, atlassian }) => {
    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });

    expect(result.outcome).toBe('created');
    expect(outcomesOf(result)).toEqual([['scim.user.create', 'applied']]);
    expect(idsOf(result)).toEqual({
      link: 'linked',
      email: 'rosa@acme.com',
      userName: 'rosa@acme.com',
      scimUserId: fake.user('rosa@acme.com')?.id,
      accountId: fake.account('rosa@acme.com')?.accountId,
    });
    expect(fake.account('rosa@acme.com')).toMatchObject({ name: 'Rosa Quell', managed: true, synced: true });
  });
});
