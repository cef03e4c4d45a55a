import { describe, expect } from 'vitest';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const GUEST = { email: 'guest@else.example' };

describe('reactivateIdentity', () => {
  test('of a person with a record activates record and account, and leaves groups alone', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    await atlassian.deprovisionIdentity(ROSA);

    const result = await atlassian.reactivateIdentity(ROSA);

    expect(result.outcome).toBe('reactivated');
    expect(outcomesOf(result)).toEqual([['scim.user.activate', 'applied']]);
    expect(fake.user(ROSA.email)).toMatchObject({ active: true, groups: [] });
    expect(fake.account(ROSA.email)?.status).toBe('active');
  });

  test('of a managed account without a record activates the account', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA, status: 'inactive' });

    const result = await atlassian.reactivateIdentity(ROSA);

    expect(outcomesOf(result)).toEqual([['account.enable', 'applied']]);
    expect(fake.account(ROSA.email)?.status).toBe('active');
  });

  test('of an external account ends its suspension, in every directory', async ({ fake, atlassian }) => {
    fake.addAccount({ ...GUEST });
    const second = fake.addOrgDirectory('Second');
    fake.addGroup({ name: 'second-guests', origin: 'local', orgDirectoryId: second, members: [GUEST.email] });
    const { removed } = await atlassian.deprovisionIdentity(GUEST);

    const result = await atlassian.reactivateIdentity(GUEST, { restore: removed });

    expect(outcomesOf(result)).toEqual([
      ['org.user.restore', 'applied'],
      ['org.user.restore', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(fake.account(GUEST.email)).toMatchObject({ membership: 'active', groups: ['second-guests'] });
  });

  test('gives memberships back after the state, each by its route', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);

    const result = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(outcomesOf(result)).toEqual([
      ['scim.user.activate', 'applied'],
      ['scim.group.addMember', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(result.plan.operations.map(({ dependsOn }) => dependsOn)).toEqual([[], ['op-1'], ['op-1']]);
    expect(fake.account(ROSA.email)?.groups).toEqual(['crew', 'guests']);
  });

  test('brings about nothing that the deprovisioning did not end, and says so', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA, active: false });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);

    const result = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(removed.deactivated).toEqual([]);
    expect(outcomesOf(result)).toEqual([['scim.group.addMember', 'applied']]);
    expect(fake.user(ROSA.email)?.active).toBe(false);
    expect(result.notes.join(' ')).toContain('call again without `restore`');
  });

  test('a second time is unchanged: three reads, no write', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    await atlassian.reactivateIdentity(ROSA, { restore: removed });
    fake.requests.clear();

    const again = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(again.outcome).toBe('unchanged');
    expect(fake.requests.operations()).toEqual(['scim.users.list', 'admin.users.search', 'admin.groups.search']);
  });

  test('goes on when a group is gone, and says which', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    fake.addGroup({ name: 'night', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    await atlassian.scim.groups.delete(fake.group('crew')?.scimGroupId as never);

    const result = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(result.outcome).toBe('partial');
    expect(result.plan.blocked).toMatchObject([{ target: { name: 'crew' }, code: 'group_not_found' }]);
    expect(fake.user(ROSA.email)).toMatchObject({ active: true, groups: ['night'] });
  });

  test('activates an account that was deactivated without a record, by the record that it got since', async ({
    fake,
    atlassian,
  }) => {
    fake.addAccount({ ...ROSA });
    fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    await atlassian.syncIdentity(ROSA);

    const result = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(outcomesOf(result)).toEqual([
      ['scim.user.activate', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(fake.account(ROSA.email)).toMatchObject({ status: 'active', groups: ['guests'] });
  });

  test('gives back what it can without a record, and says which memberships need one', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    await atlassian.deleteIdentity(ROSA, { scope: 'directory', confirm: ROSA.email });

    const result = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(outcomesOf(result)).toEqual([
      ['account.enable', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(result.plan.blocked).toMatchObject([{ target: { name: 'crew' }, code: 'identity_not_found' }]);
    expect(result.outcome).toBe('partial');
    expect(fake.account(ROSA.email)).toMatchObject({ status: 'active', groups: ['guests'] });
  });

  test('skips the memberships when the state cannot be restored', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    fake.failNext('scim.users.patch', { status: 400 });

    const result = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(outcomesOf(result)).toEqual([
      ['scim.user.activate', 'failed'],
      ['scim.group.addMember', 'skipped'],
    ]);
    expect(fake.user(ROSA.email)).toMatchObject({ active: false, groups: [] });
  });

  test('of an account whose deletion is scheduled is refused, with the way out', async ({ fake, atlassian }) => {
    fake.addAccount({ ...ROSA });
    await atlassian.deleteIdentity(ROSA, { scope: 'account', confirm: ROSA.email });
    fake.requests.clear();

    await expect(atlassian.reactivateIdentity(ROSA)).rejects.toMatchObject({
      code: 'action_blocked',
      advice: expect.stringContaining('cancelDeletion') as string,
    });
    fake.requests.expectNoWrites();
  });

  test('leaves a suspension by somebody else, and says so', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    await atlassian.suspendAccess(ROSA);

    const result = await atlassian.reactivateIdentity(ROSA);

    expect(result.outcome).toBe('unchanged');
    expect(result.notes.join(' ')).toContain('restoreAccess');
    expect(fake.account(ROSA.email)?.membership).toBe('suspended');
  });

  test('of nobody is an error', async ({ atlassian }) => {
    await expect(atlassian.reactivateIdentity(ROSA)).rejects.toMatchObject({ code: 'identity_not_found' });
  });

  test('as a dry run writes nothing', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA, active: false });

    const result = await atlassian.reactivateIdentity(ROSA, { dryRun: true });

    expect([result.outcome, result.plan.operations.length]).toEqual(['planned', 1]);
    fake.requests.expectNoWrites();
  });

  test.for([{ deactivated: ['everything'], groups: [] }, { groups: [] }, 'all'])(
    'refuses to restore what no deprovisioning has said: %j',
    async (restore, { fake, atlassian }) => {
      await expect(atlassian.reactivateIdentity(ROSA, { restore: restore as never })).rejects.toMatchObject({
        code: 'request_invalid',
      });
      expect(fake.requests.length).toBe(0);
    },
  );
});
