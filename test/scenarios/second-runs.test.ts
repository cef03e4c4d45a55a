import { describe, expect } from 'vitest';
import { test } from './support.js';

const without = { organizationId: undefined, admin: undefined };

describe('a second run that cannot see whether access has ended', () => {
  test.for(['deprovisionIdentity', 'offboard'] as const)(
    'of %s is unverified as the first one was, and sends nothing',
    async (action, { fake, connect }) => {
      fake.addUser({ email: 'rosa@acme.com' });
      fake.addGroup({ name: 'guests', origin: 'local', members: ['rosa@acme.com'] });
      const atlassian = connect(without);
      const run = () =>
        action === 'offboard'
          ? atlassian.offboard({ identity: { email: 'rosa@acme.com' } })
          : atlassian.deprovisionIdentity({ email: 'rosa@acme.com' });
      await run();
      fake.requests.clear();

      const second = await run();

      expect(second).toMatchObject({
        outcome: 'unverified',
        plan: { intendedOutcome: 'unchanged' },
        verification: { verified: false, remaining: [expect.stringContaining('Without the organization key')] },
      });
      fake.requests.expectNoWrites();
    },
  );

  test('is unchanged where all can be seen', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', active: false });

    const result = await atlassian.deprovisionIdentity({ email: 'rosa@acme.com' });

    expect(result.outcome).toBe('unchanged');
    expect(result.verification).toBeUndefined();
  });
});
