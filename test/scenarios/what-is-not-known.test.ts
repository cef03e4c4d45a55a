import { describe, expect } from 'vitest';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const GUEST = { email: 'guest@else.example' };

/** The fake, with a part cut out of every answer. */
function without(fake: FakeAtlassian, part: RegExp): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await fake.fetch(request);
    const body = (await response.text()).replaceAll(part, '');
    return new Response(body === '' ? null : body, { status: response.status, headers: response.headers });
  };
}

describe('a status that Atlassian leaves out', () => {
  test('does not keep a managed account from being deactivated', async ({ fake, connect }) => {
    fake.addAccount({ ...ROSA });
    const atlassian = connect({ fetch: without(fake, /"accountStatus":"[^"]*",?/g), waits: { verifyMs: 0 } });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('unverified');
    expect(fake.account(ROSA.email)?.status).toBe('inactive');
  });

  test.for(['deprovisionIdentity', 'suspendAccess'] as const)(
    'does not keep %s from suspending an external account',
    async (action, { fake, connect }) => {
      fake.addAccount({ ...GUEST });
      const atlassian = connect({ fetch: without(fake, /"membershipStatus":"[^"]*",?/g), waits: { verifyMs: 0 } });

      const result = await atlassian[action](GUEST);

      expect(result.outcome).toBe('unverified');
      expect(fake.account(GUEST.email)?.membership).toBe('suspended');
    },
  );

  test('of how a role is held does not keep it from being revoked', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    const { ari } = fake.addProduct({ key: 'jira-software', site: 'acme' });
    fake.addRole(ROSA.email, ari);
    const atlassian = connect({ fetch: without(fake, /,?"roleAssignmentMethods":\[[^\]]*\]/g) });

    const result = await atlassian.revokeProductAccess({ identity: ROSA, product: { resource: ari } });

    expect(outcomesOf(result)).toEqual([['org.role.revoke', 'applied']]);
    expect(fake.account(ROSA.email)?.roles).toEqual([]);
  });
});

describe('whether an account is managed, where Atlassian leaves it out,', () => {
  const CLAIM = /"claimStatus":"[^"]*",?/g;

  test('is told by its domain, so that an external account is suspended', async ({ fake, connect }) => {
    fake.addAccount({ ...GUEST });
    const atlassian = connect({ fetch: without(fake, CLAIM) });

    const result = await atlassian.deprovisionIdentity(GUEST);

    expect(outcomesOf(result)).toEqual([['org.user.suspend', 'applied']]);
    expect(fake.account(GUEST.email)).toMatchObject({ status: 'active', membership: 'suspended' });
  });

  test('is told by its domain, so that a managed account is deactivated', async ({ fake, connect }) => {
    fake.addAccount({ ...ROSA });
    const atlassian = connect({ fetch: without(fake, CLAIM) });

    await atlassian.deprovisionIdentity(ROSA);

    expect(fake.account(ROSA.email)?.status).toBe('inactive');
  });

  test('is not believed to be no where the domain cannot tell: a refusal is reported', async ({ fake, connect }) => {
    const { accountId } = fake.addAccount({ ...GUEST });
    const atlassian = connect({ fetch: without(fake, /"(?:claimStatus|email)":"[^"]*",?/g) });

    const result = await atlassian.deprovisionIdentity({ accountId });

    expect(result.outcome).toBe('failed');
    expect(outcomesOf(result)).toEqual([['account.disable', 'failed']]);
  });
});

describe('a group that stays', () => {
  test('in another directory under the name of ours is said every time', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    fake.addGroup({ name: 'Crew', origin: 'foreign', members: [ROSA.email] });
    const atlassian = connect({ waits: { verifyMs: 0 } });
    await atlassian.deprovisionIdentity(ROSA);

    const again = await atlassian.deprovisionIdentity(ROSA);

    expect(again.outcome).toBe('partial');
    expect(again.plan.blocked).toMatchObject([{ target: { name: 'Crew' }, code: 'group_not_writable' }]);
  });

  test('in a foreign directory makes the second deprovisioning partial like the first', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'sealed', origin: 'foreign', members: [ROSA.email] });
    const first = await atlassian.deprovisionIdentity(ROSA);

    const again = await atlassian.deprovisionIdentity(ROSA);

    expect([first.outcome, again.outcome]).toEqual(['partial', 'partial']);
    expect(again.plan.blocked).toHaveLength(1);
  });

  test('in the organization when the directory has the person out of it is blocked, and named as ours', async ({
    fake,
    connect,
  }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    fake.lags.groupMemberReadMs = 3_600_000;
    await connect({ waits: { verifyMs: 0 } }).deprovisionIdentity(ROSA);

    const again = await connect({}).deprovisionIdentity(ROSA);

    expect(again.outcome).toBe('partial');
    expect(again.plan.blocked[0]?.reason).toContain('has not followed');
  });

  test('costs one look for its owner, however long it is waited for', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    for (const name of names) fake.addGroup({ name, members: [ROSA.email] });
    fake.lags.groupMemberReadMs = 30_000;

    const result = await connect({}).deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('deprovisioned');
    expect(fake.requests.of('scim.groups.list')).toHaveLength(1);
  });
});

test('without the organization key an end of access is not verified, for local groups were never seen', async ({
  fake,
  connect,
}) => {
  fake.addUser({ ...ROSA });
  const atlassian = connect({ admin: undefined, organizationId: undefined });

  const result = await atlassian.deprovisionIdentity(ROSA);

  expect(result.outcome).toBe('unverified');
  expect(result.verification).toMatchObject({ verified: false, waitedMs: 0 });
  expect(result.verification?.remaining[0]).toContain('organization key');
});

describe('a refusal', () => {
  test('to add a member is reported even where the membership cannot be read', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'guests', origin: 'local' });
    fake.failNext('admin.groups.addMember', { status: 409, body: '' });
    const plan = await atlassian.plan('manageRelationships', { identity: ROSA, add: ['guests'] });
    fake.fail('admin.users.search', { status: 500, skip: 2, times: 20 });

    const result = await atlassian.apply(plan);

    expect(result.operations[0]).toMatchObject({ outcome: 'failed', error: { code: 'conflict' } });
  });

  test('of the role of organization admins for one product comes before any call', async ({ fake, atlassian }) => {
    const asked = { identity: ROSA, product: { site: 'https://acme.atlassian.net', key: 'jira-software' } };

    const granting = atlassian.grantProductAccess({ ...asked, role: 'atlassian/org-admin' as never });

    await expect(granting).rejects.toMatchObject({ code: 'request_invalid' });
    expect(fake.requests.length).toBe(0);
  });
});

describe('while the deletion of an account is scheduled', () => {
  const deletion = { scope: 'account', confirm: ROSA.email } as const;

  test('no record is made that would lock the account', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    await atlassian.deleteIdentity(ROSA, deletion);
    fake.requests.clear();

    await expect(atlassian.syncIdentity(ROSA)).rejects.toMatchObject({
      code: 'action_blocked',
      advice: expect.stringContaining('cancelDeletion') as string,
    });
    fake.requests.expectNoWrites();
  });

  test('`reactivate` takes it back, and says so in the note and in the reasons', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    await atlassian.deleteIdentity(ROSA, deletion);

    const result = await atlassian.syncIdentity({ ...ROSA, reactivate: true });

    expect(result.notes.join(' ')).toContain('taken back');
    expect(result.plan.operations[0]?.reasons.join(' ')).toContain('deletion of the account is scheduled');
    expect(fake.account(ROSA.email)?.status).toBe('active');
  });
});

test('an attribute that another client put into the enterprise extension is cleared', async ({ fake, atlassian }) => {
  fake.addUser({ ...ROSA, enterprise: { department: 'Deck' } });

  const result = await atlassian.syncIdentity({ ...ROSA, department: null });
  const again = await atlassian.syncIdentity({ ...ROSA, department: null });

  expect([result.outcome, again.outcome]).toEqual(['updated', 'unchanged']);
});

test('a SCIM id and the same text as an id of the organization are two groups', async ({ fake, atlassian }) => {
  fake.addUser({ ...ROSA });
  const { scimGroupId } = fake.addGroup({ name: 'crew', members: [ROSA.email] });

  const result = await atlassian.manageRelationships({
    identity: ROSA,
    remove: [{ scimGroupId: scimGroupId as never }, { orgGroupId: scimGroupId as never }],
  });

  expect(result.relationships.map(({ outcome }) => outcome)).toEqual(['applied', 'failed']);
});
