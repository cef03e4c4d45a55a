import { describe, expect } from 'vitest';
import { idsOf, test } from './support.js';

const slip = { email: 'rosa@acne.com', displayName: 'Rosa Quell' };

describe('a person without record and account, on a domain that is not verified', () => {
  test('is refused before anything is written, and told what to check', async ({ fake, atlassian }) => {
    const refusal = atlassian.syncIdentity(slip);

    await expect(refusal).rejects.toMatchObject({
      code: 'domain_not_claimed',
      message: expect.stringContaining('would get no account'),
      advice: expect.stringMatching(/slip.*allowUnclaimedDomain/),
    });
    fake.requests.expectNoWrites();
  });

  test('is refused in a dry run too', async ({ atlassian }) => {
    const refusal = atlassian.syncIdentity(slip, { dryRun: true });

    await expect(refusal).rejects.toMatchObject({ code: 'domain_not_claimed' });
  });

  test('gets a record with allowUnclaimedDomain, and the result says that there is no account', async ({
    fake,
    atlassian,
  }) => {
    const result = await atlassian.syncIdentity({ ...slip, allowUnclaimedDomain: true });

    expect(result.outcome).toBe('created');
    expect(idsOf(result).link).toBe('unlinked');
    expect(result.notes).toEqual([
      expect.stringContaining('not verified by the organization'),
      expect.stringContaining('linked to no account'),
    ]);
    expect(fake.account('rosa@acne.com')).toBeUndefined();

    const again = await atlassian.syncIdentity({ ...slip, allowUnclaimedDomain: true });

    expect(again).toMatchObject({ outcome: 'unchanged', notes: [expect.stringContaining('linked to no account')] });
  });

  test('gets a record where `domains.claimed` names the domain', async ({ fake, connect }) => {
    fake.addDomain('acne.com');
    const atlassian = connect({ domains: { claimed: ['ACNE.com'] } });

    const result = await atlassian.syncIdentity(slip);

    expect(result).toMatchObject({ outcome: 'created', notes: [] });
    expect(fake.requests.of('admin.domains.list')).toHaveLength(0);
  });
});

test('without the organization key nobody can tell: the record is made, and a note says that it has no account', async ({
  connect,
}) => {
  const atlassian = connect({ organizationId: undefined, admin: undefined });

  const typo = await atlassian.syncIdentity(slip);
  const right = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

  expect(typo.notes).toEqual([expect.stringContaining('linked to no account')]);
  expect(right.notes).toEqual([]);
});
