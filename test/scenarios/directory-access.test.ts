import { describe, expect } from 'vitest';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const GUEST = { email: 'guest@else.example' };

describe('suspendAccess', () => {
  test('suspends a person in every directory they are in; roles and groups are kept', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    const [jira] = fake.addSite('acme', ['jira-software']);
    if (jira !== undefined) fake.addRole(ROSA.email, jira.ari);
    const second = fake.addOrgDirectory('Second');
    fake.addGroup({ name: 'second-guests', origin: 'local', orgDirectoryId: second, members: [ROSA.email] });
    fake.addOrgDirectory('Elsewhere');

    const result = await atlassian.suspendAccess(ROSA);

    expect(result.outcome).toBe('suspended');
    expect(outcomesOf(result)).toEqual([
      ['org.user.suspend', 'applied'],
      ['org.user.suspend', 'applied'],
    ]);
    expect(result.plan.operations.map(({ input }) => input.directoryId)).toEqual([fake.orgDirectoryId, second]);
    expect(fake.account(ROSA.email)).toMatchObject({
      status: 'active',
      membership: 'suspended',
      groups: ['second-guests'],
    });
    expect(fake.account(ROSA.email)?.roles).toHaveLength(1);
  });

  test('works for an external person', async ({ fake, atlassian }) => {
    fake.addAccount({ ...GUEST });

    const result = await atlassian.suspendAccess(GUEST);

    expect(result.outcome).toBe('suspended');
    expect(fake.account(GUEST.email)?.membership).toBe('suspended');
  });

  test('takes two reads, one for a record of the same email, one for the guard, the write, and one to verify', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ ...ROSA });

    const { callsMade } = await atlassian.suspendAccess(ROSA);

    expect(fake.requests.operations()).toEqual([
      'admin.users.search',
      'scim.users.list',
      'admin.directories.list',
      'admin.users.search',
      'admin.users.suspend',
      'admin.users.search',
    ]);
    expect(callsMade).toBe(6);
  });

  test('a second time is unchanged, with reads only', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    await atlassian.suspendAccess(ROSA);
    fake.requests.clear();

    const again = await atlassian.suspendAccess(ROSA);

    expect(again.outcome).toBe('unchanged');
    expect(fake.requests.operations()).toEqual(['admin.users.search', 'scim.users.list', 'admin.directories.list']);
  });

  test('waits until the suspension is to be seen, and is unverified when that takes too long', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ ...ROSA });
    fake.addUser({ email: 'mia@acme.com' });

    fake.lags.accountReadMs = 10_000;
    const seen = await atlassian.suspendAccess(ROSA);
    fake.lags.accountReadMs = 3_600_000;
    const unseen = await atlassian.suspendAccess({ email: 'mia@acme.com' });

    expect([seen.outcome, seen.verification?.verified]).toEqual(['suspended', true]);
    expect(unseen.outcome).toBe('unverified');
    expect(unseen.verification?.remaining).toEqual([
      'the directory Primary Directory still shows the person as active',
    ]);
  });

  test('of an organization admin is staged by the guard, unless that is overridden', async ({ fake, atlassian }) => {
    fake.switches.suspendOrgAdmin = 204;
    fake.addOrgAdmin({ ...ROSA });

    const staged = await atlassian.suspendAccess(ROSA);
    const statusAfter = fake.account(ROSA.email)?.membership;
    const overridden = await atlassian.suspendAccess(ROSA, { overrideGuard: { because: 'they left' } });

    expect(staged.outcome).toBe('staged');
    expect(staged.staged[0]?.reason).toContain('organization admin');
    expect([statusAfter, overridden.outcome]).toEqual(['active', 'suspended']);
  });

  test('of somebody in no directory is unchanged, and says so', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA, membership: 'none' });

    const result = await atlassian.suspendAccess(ROSA);

    expect(result.outcome).toBe('unchanged');
    expect(result.notes.join(' ')).toContain('in no directory');
  });

  test('of nobody is an error, and as a dry run writes nothing', async ({ fake, atlassian }) => {
    await expect(atlassian.suspendAccess(ROSA)).rejects.toMatchObject({ code: 'identity_not_found' });
    fake.addUser({ ...ROSA });

    const dryRun = await atlassian.suspendAccess(ROSA, { dryRun: true });

    expect([dryRun.outcome, dryRun.plan.operations.length]).toEqual(['planned', 1]);
    fake.requests.expectNoWrites();
  });

  test('needs the organization key', async ({ fake, connect }) => {
    fake.addUser({ ...ROSA });

    await expect(connect({ admin: undefined }).suspendAccess(ROSA)).rejects.toMatchObject({
      code: 'capability_missing',
    });
  });
});

describe('restoreAccess', () => {
  test('ends the suspension in every directory, with the groups of before', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    const second = fake.addOrgDirectory('Second');
    fake.addGroup({ name: 'second-guests', origin: 'local', orgDirectoryId: second, members: [ROSA.email] });
    const before = fake.account(ROSA.email);
    await atlassian.suspendAccess(ROSA);

    const result = await atlassian.restoreAccess(ROSA);

    expect(result.outcome).toBe('restored');
    expect(outcomesOf(result)).toEqual([
      ['org.user.restore', 'applied'],
      ['org.user.restore', 'applied'],
    ]);
    expect(fake.account(ROSA.email)).toEqual(before);
  });

  test('a second time is unchanged, and writes nothing', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    await atlassian.suspendAccess(ROSA);
    await atlassian.restoreAccess(ROSA);
    fake.requests.clear();

    const again = await atlassian.restoreAccess(ROSA);

    expect(again.outcome).toBe('unchanged');
    fake.requests.expectNoWrites();
  });

  test('says, of somebody in several directories, what no read can tell', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    const second = fake.addOrgDirectory('Second');
    fake.addGroup({ name: 'second-guests', origin: 'local', orgDirectoryId: second, members: [ROSA.email] });

    const result = await atlassian.restoreAccess(ROSA);

    expect(result.outcome).toBe('unchanged');
    expect(result.notes.join(' ')).toContain('Primary Directory, Second');
  });

  test('without a free seat fails with the code of its own', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addUser({ email: 'mia@acme.com' });
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', capacity: 1 }]);
    if (jira !== undefined) fake.addRole(ROSA.email, jira.ari);
    await atlassian.suspendAccess(ROSA);
    if (jira !== undefined) fake.addRole('mia@acme.com', jira.ari);

    const result = await atlassian.restoreAccess(ROSA);

    expect(result.outcome).toBe('failed');
    expect(result.operations[0]?.error?.code).toBe('license_limit');
  });

  test('as a dry run writes nothing', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    await atlassian.suspendAccess(ROSA);
    fake.requests.clear();

    const result = await atlassian.restoreAccess(ROSA, { dryRun: true });

    expect([result.outcome, result.plan.operations.length]).toEqual(['planned', 1]);
    fake.requests.expectNoWrites();
  });
});

describe('revokeApiTokens', () => {
  test('revokes every token of a managed account, one operation and one event each', async ({
    fake,
    atlassian,
    audit,
  }) => {
    fake.addUser({ ...ROSA });
    fake.addApiToken(ROSA.email, { label: 'ci' });
    fake.addApiToken(ROSA.email, { label: 'laptop' });

    const result = await atlassian.revokeApiTokens(ROSA);

    expect(result.outcome).toBe('revoked');
    expect(outcomesOf(result)).toEqual(Array(2).fill(['account.revokeApiToken', 'applied']));
    expect(audit.events.map(({ target }) => target.name)).toEqual(['ci', 'laptop']);
    expect(fake.account(ROSA.email)?.apiTokens).toEqual([]);
    expect(fake.account(ROSA.email)?.status).toBe('active');
  });

  test('a second time is unchanged: reads, no write', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addApiToken(ROSA.email);
    await atlassian.revokeApiTokens(ROSA);
    fake.requests.clear();

    const again = await atlassian.revokeApiTokens(ROSA);

    expect(again.outcome).toBe('unchanged');
    expect(fake.requests.operations()).toEqual([
      'admin.users.search',
      'scim.users.list',
      'admin.managedAccounts.listApiTokens',
    ]);
  });

  test('goes on after one that fails, and takes one that is gone for done', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    for (const label of ['a', 'b', 'c']) fake.addApiToken(ROSA.email, { label });
    fake.failNext('admin.managedAccounts.revokeApiToken', { status: 403 });
    fake.fail('admin.managedAccounts.revokeApiToken', { status: 404, body: { key: 'notFound' }, skip: 1 });

    const result = await atlassian.revokeApiTokens(ROSA);

    expect(result.outcome).toBe('partial');
    expect(
      outcomesOf(result)
        .map(([, outcome]) => outcome)
        .sort(),
    ).toEqual(['already', 'applied', 'failed']);
  });

  test('of an external account is unchanged, and says why', async ({ fake, atlassian }) => {
    fake.addAccount({ ...GUEST });
    fake.addApiToken(GUEST.email);

    const result = await atlassian.revokeApiTokens(GUEST);

    expect(result.outcome).toBe('unchanged');
    expect(result.notes.join(' ')).toContain('tokens are its owner’s alone');
    expect(fake.account(GUEST.email)?.apiTokens).toHaveLength(1);
  });

  test('as a dry run writes nothing', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addApiToken(ROSA.email);

    const result = await atlassian.revokeApiTokens(ROSA, { dryRun: true });

    expect([result.outcome, result.plan.operations.length]).toEqual(['planned', 1]);
    fake.requests.expectNoWrites();
  });
});
