import { describe, expect } from 'vitest';
import type { AuditSink, ResourceAri } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const SITE = 'https://acme.atlassian.net';
const JIRA = { site: SITE, key: 'jira-software' };
const ASKED = { identity: ROSA, product: JIRA };

/** Rosa, and a site with Jira and Confluence. Gives the resource of Jira. */
function seedSite(fake: FakeAtlassian, capacity?: number): ResourceAri {
  fake.addUser({ ...ROSA });
  fake.addSite('other', ['jira-software', 'bitbucket']);
  const [jira] = fake.addSite('acme', [
    { key: 'jira-software', ...(capacity !== undefined && { capacity }) },
    'confluence',
  ]);
  if (jira === undefined) throw new Error('The fake has no product to test with');
  return jira.ari;
}

describe('grantProductAccess', () => {
  test('gives a licence for one product of one site, by address and key', async ({ fake, atlassian, audit }) => {
    const resource = seedSite(fake);

    const result = await atlassian.grantProductAccess(ASKED);

    expect(result).toMatchObject({ outcome: 'granted', resource, alsoGrantedBy: [] });
    expect(outcomesOf(result)).toEqual([['org.role.grant', 'applied']]);
    expect(fake.account(ROSA.email)?.roles).toEqual([
      { role: 'atlassian/user', resourceId: resource, methods: ['direct'] },
    ]);
    expect(audit.events).toMatchObject([
      { operation: 'org.role.grant', changes: [{ attribute: 'role', from: null, to: 'atlassian/user' }] },
    ]);
  });

  test('does so by the resource identifier too, without looking products up, and for another role', async ({
    fake,
    atlassian,
  }) => {
    const resource = seedSite(fake);

    const result = await atlassian.grantProductAccess({
      identity: ROSA,
      product: { resource },
      role: 'atlassian/admin',
    });

    expect(result.outcome).toBe('granted');
    expect(fake.account(ROSA.email)?.roles).toMatchObject([{ role: 'atlassian/admin', methods: ['direct'] }]);
    fake.requests.expectCount('admin.workspaces.search', 0);
  });

  test('takes three reads, one for a record of the same email, one for the guard, the write, and one to verify', async ({
    fake,
    atlassian,
  }) => {
    seedSite(fake);

    await atlassian.grantProductAccess(ASKED);

    expect(fake.requests.operations()).toEqual([
      'admin.users.search',
      'scim.users.list',
      'admin.workspaces.search',
      'admin.users.listRoleAssignments',
      'admin.users.search',
      'admin.users.grantRole',
      'admin.users.listRoleAssignments',
    ]);
  });

  test('a second time is unchanged: four reads, no write', async ({ fake, atlassian }) => {
    seedSite(fake);
    await atlassian.grantProductAccess(ASKED);
    fake.requests.clear();

    const again = await atlassian.grantProductAccess(ASKED);

    expect(again.outcome).toBe('unchanged');
    expect(again.plan.satisfied).toMatchObject([{ kind: 'org.role.grant', reason: 'directly' }]);
    expect(fake.requests.length).toBe(4);
    fake.requests.expectNoWrites();
  });

  test('is unchanged where a group gives the access, and names it', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addGroup({ name: 'jira-users', origin: 'local', members: [ROSA.email] });
    fake.addGroupRole('jira-users', resource);

    const result = await atlassian.grantProductAccess(ASKED);

    expect(result.outcome).toBe('unchanged');
    expect(result.alsoGrantedBy.map(({ name }) => name)).toEqual(['jira-users']);
    expect(result.notes.join(' ')).toContain('through the group "jira-users"');
    fake.requests.expectNoWrites();
  });

  test('does not take another role by a group for the one that is asked for', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addGroup({ name: 'jira-users', origin: 'local', members: [ROSA.email] });
    fake.addGroupRole('jira-users', resource);

    const result = await atlassian.grantProductAccess({ ...ASKED, role: 'atlassian/admin' });

    expect(result.outcome).toBe('granted');
  });

  test('of a product that the site has not lists those it has', async ({ fake, atlassian }) => {
    seedSite(fake);

    await expect(
      atlassian.grantProductAccess({ identity: ROSA, product: { site: SITE, key: 'bitbucket' } }),
    ).rejects.toMatchObject({
      code: 'request_invalid',
      message: expect.stringContaining('no product "bitbucket" on https://acme.atlassian.net') as string,
      advice: 'Products on that site: jira-software, confluence.',
    });
  });

  test('on a site that the organization has not says so', async ({ fake, atlassian }) => {
    seedSite(fake);

    await expect(
      atlassian.grantProductAccess({
        identity: ROSA,
        product: { site: 'https://nowhere.atlassian.net', key: 'confluence' },
      }),
    ).rejects.toMatchObject({ code: 'request_invalid', advice: 'It has no product on that site at all.' });
  });

  test('without a free seat fails with the code of its own', async ({ fake, atlassian }) => {
    const resource = seedSite(fake, 1);
    fake.addUser({ email: 'mia@acme.com' });
    fake.addRole('mia@acme.com', resource);

    const result = await atlassian.grantProductAccess(ASKED);

    expect(result.outcome).toBe('failed');
    expect(result.operations[0]?.error).toMatchObject({ code: 'license_limit', atlassianCode: 'ADMIN-UAM-409-3' });
    expect(fake.account(ROSA.email)?.roles).toEqual([]);
  });

  test.for([
    ['suspended', 'restoreAccess'],
    ['deactivated', 'reactivateIdentity'],
  ] as const)('of a %s person is blocked, with the way out', async ([state, advice], { fake, atlassian }) => {
    seedSite(fake);
    if (state === 'suspended') await atlassian.suspendAccess(ROSA);
    else await atlassian.deprovisionIdentity(ROSA);
    fake.requests.clear();

    const result = await atlassian.grantProductAccess(ASKED);

    expect(result.outcome).toBe('failed');
    expect(result.plan.blocked).toMatchObject([{ kind: 'org.role.grant', code: 'action_blocked' }]);
    expect(result.plan.blocked[0]?.advice).toContain(advice);
    fake.requests.expectNoWrites();
  });

  test('waits out the lag of role reads, visibly, asking for nothing but the role', async ({ fake, atlassian }) => {
    seedSite(fake);
    fake.lags.roleReadMs = 20_000;
    let waits = 0;

    const result = await atlassian.grantProductAccess(ASKED, {
      onProgress: ({ type }) => {
        if (type === 'waiting') waits += 1;
      },
    });

    expect(result.outcome).toBe('granted');
    expect(result.verification?.waitedMs).toBeGreaterThanOrEqual(20_000);
    expect(waits).toBeGreaterThan(1);
    fake.requests.expectCount('admin.workspaces.search', 1);
    fake.requests.expectCount('admin.users.grantRole', 1);
    fake.requests.expectCount('admin.users.search', 2);
  });

  test('is unverified when the lag is longer than it waits', async ({ fake, atlassian }) => {
    seedSite(fake);
    fake.lags.roleReadMs = 3_600_000;

    const result = await atlassian.grantProductAccess(ASKED);

    expect(result.outcome).toBe('unverified');
    expect(result.verification?.remaining).toEqual(['the role atlassian/user is not to be seen yet']);
    expect(fake.account(ROSA.email)?.roles).toHaveLength(1);
  });

  test('asked again while reads trail behind does no harm', async ({ fake, atlassian }) => {
    fake.switches.regrantRole = 409;
    seedSite(fake);
    fake.lags.roleReadMs = 3_600_000;
    await atlassian.grantProductAccess(ASKED);

    const again = await atlassian.grantProductAccess(ASKED);

    expect(outcomesOf(again)).toEqual([['org.role.grant', 'already']]);
  });

  test('of nobody is an error, and as a dry run writes nothing', async ({ fake, atlassian }) => {
    await expect(atlassian.grantProductAccess(ASKED)).rejects.toMatchObject({ code: 'identity_not_found' });
    seedSite(fake);

    const dryRun = await atlassian.grantProductAccess(ASKED, { dryRun: true });

    expect([dryRun.outcome, dryRun.plan.operations.length]).toEqual(['planned', 1]);
    fake.requests.expectNoWrites();
  });

  test.for([
    [{ site: SITE }, 'product'],
    [{ site: 'acme', key: 'confluence' }, 'product'],
    [{ resource: 'jira' }, 'product'],
  ])('refuses %j for a product before any call', async ([product, field], { fake, atlassian }) => {
    await expect(atlassian.grantProductAccess({ identity: ROSA, product: product as never })).rejects.toMatchObject({
      code: 'request_invalid',
      message: expect.stringContaining(field as string) as string,
    });
    expect(fake.requests.length).toBe(0);
  });
});

describe('revokeProductAccess', () => {
  test('takes the direct role away, and nothing else', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addRole(ROSA.email, resource);
    fake.addRole(ROSA.email, resource, 'atlassian/admin');

    const result = await atlassian.revokeProductAccess(ASKED);

    expect(result).toMatchObject({ outcome: 'revoked', resource, alsoGrantedBy: [] });
    expect(fake.account(ROSA.email)?.roles.map(({ role }) => role)).toEqual(['atlassian/admin']);
  });

  test('leaves the access that a group gives, and says which group', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addRole(ROSA.email, resource);
    fake.addGroup({ name: 'jira-users', origin: 'local', members: [ROSA.email] });
    fake.addGroupRole('jira-users', resource);

    const result = await atlassian.revokeProductAccess(ASKED);

    expect(result.outcome).toBe('revoked');
    expect(result.alsoGrantedBy.map(({ name }) => name)).toEqual(['jira-users']);
    expect(result.notes.join(' ')).toContain('Access stays through the group "jira-users"');
    expect(fake.account(ROSA.email)?.roles).toMatchObject([{ role: 'atlassian/user', methods: ['group_direct'] }]);
  });

  test('is unchanged where only a group gives it, names the group, and writes nothing', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addGroup({ name: 'jira-users', members: [ROSA.email] });
    fake.addGroupRole('jira-users', resource);

    const result = await atlassian.revokeProductAccess(ASKED);

    expect(result.outcome).toBe('unchanged');
    expect(result.alsoGrantedBy.map(({ name }) => name)).toEqual(['jira-users']);
    fake.requests.expectNoWrites();
  });

  test('a second time is unchanged: four reads, no write', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addRole(ROSA.email, resource);
    await atlassian.revokeProductAccess(ASKED);
    fake.requests.clear();

    const again = await atlassian.revokeProductAccess(ASKED);

    expect(again.outcome).toBe('unchanged');
    expect(fake.requests.length).toBe(4);
    fake.requests.expectNoWrites();
  });

  test('waits out the lag of role reads', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addRole(ROSA.email, resource);
    fake.lags.roleReadMs = 20_000;

    const result = await atlassian.revokeProductAccess(ASKED);

    expect(result.outcome).toBe('revoked');
    expect(result.verification?.waitedMs).toBeGreaterThanOrEqual(20_000);
  });

  test('of a role that somebody else has taken away meanwhile is so already', async ({ fake, connect }) => {
    const resource = seedSite(fake);
    fake.addRole(ROSA.email, resource);
    const other = connect({});
    const meanwhile: AuditSink = {
      open: async () => {
        await other.revokeProductAccess(ASKED);
      },
      write: () => undefined,
    };
    const atlassian = connect({ audit: { sink: meanwhile } });

    const result = await atlassian.revokeProductAccess(ASKED);

    expect(outcomesOf(result)).toEqual([['org.role.revoke', 'already']]);
    expect(result.outcome).toBe('revoked');
  });

  test('of a suspended person is done all the same', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addRole(ROSA.email, resource);
    await atlassian.suspendAccess(ROSA);

    const result = await atlassian.revokeProductAccess(ASKED);

    expect(result.outcome).toBe('revoked');
    expect(fake.account(ROSA.email)?.roles).toEqual([]);
  });

  test('as a dry run writes nothing', async ({ fake, atlassian }) => {
    const resource = seedSite(fake);
    fake.addRole(ROSA.email, resource);

    const result = await atlassian.revokeProductAccess(ASKED, { dryRun: true });

    expect([result.outcome, result.plan.operations.length]).toEqual(['planned', 1]);
    fake.requests.expectNoWrites();
  });
});
