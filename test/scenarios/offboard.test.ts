import { describe, expect } from 'vitest';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const DELETE = { scope: 'account', confirm: ROSA.email } as const;

/** Rosa with a synced group, a local one and an API token. */
function seedRosa(fake: FakeAtlassian): void {
  fake.addUser({ ...ROSA });
  fake.addGroup({ name: 'crew', members: [ROSA.email] });
  fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
  fake.addApiToken(ROSA.email, { label: 'ci' });
}

const ENDING = [
  ['scim.user.deactivate', 'applied'],
  ['scim.group.removeMember', 'applied'],
  ['org.group.removeMember', 'applied'],
  ['account.revokeApiToken', 'applied'],
];

describe('offboard', () => {
  test('ends access and revokes API tokens, as one plan with one approval', async ({ fake, connect, audit }) => {
    seedRosa(fake);
    let asked = 0;
    const atlassian = connect({
      approve: () => {
        asked += 1;
        return { approved: true, approvedBy: 'ops' };
      },
    });

    const result = await atlassian.offboard({ identity: ROSA });

    expect(result.outcome).toBe('offboarded');
    expect(outcomesOf(result)).toEqual(ENDING);
    expect(asked).toBe(1);
    expect(new Set(audit.events.map(({ action, planDigest }) => `${action} ${planDigest ?? ''}`)).size).toBe(1);
    expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive', groups: [], apiTokens: [] });
    expect(fake.user(ROSA.email)?.active).toBe(false);
  });

  test('deletes the account too where told to, once access has ended', async ({ fake, atlassian }) => {
    seedRosa(fake);

    const result = await atlassian.offboard({ identity: ROSA, delete: DELETE });

    expect(result.outcome).toBe('offboarded');
    expect(outcomesOf(result)).toEqual([
      ...ENDING,
      ['scim.user.delete', 'applied'],
      ['account.scheduleDeletion', 'applied'],
    ]);
    expect(fake.user(ROSA.email)).toBeUndefined();
    expect(fake.account(ROSA.email)?.forDeletionAt).toBeDefined();
  });

  test('deletes the record alone with scope "directory"', async ({ fake, atlassian }) => {
    seedRosa(fake);

    const result = await atlassian.offboard({ identity: ROSA, delete: { scope: 'directory', confirm: ROSA.email } });

    expect(outcomesOf(result)).toEqual([...ENDING, ['scim.user.delete', 'applied']]);
    expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive' });
    expect(fake.account(ROSA.email)?.forDeletionAt).toBeUndefined();
  });

  test('leaves API tokens where told to', async ({ fake, atlassian }) => {
    seedRosa(fake);

    await atlassian.offboard({ identity: ROSA, revokeApiTokens: false });

    expect(fake.account(ROSA.email)?.apiTokens).toEqual(['ci']);
    fake.requests.expectCount('admin.managedAccounts.listApiTokens', 0);
  });

  test('gives what was taken, to be given back', async ({ fake, atlassian }) => {
    seedRosa(fake);

    const { removed } = await atlassian.offboard({ identity: ROSA });
    const back = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(back.outcome).toBe('reactivated');
    expect(fake.account(ROSA.email)).toMatchObject({ status: 'active', groups: ['crew', 'guests'] });
  });

  test('a second time is unchanged, and writes nothing', async ({ fake, atlassian }) => {
    seedRosa(fake);
    await atlassian.offboard({ identity: ROSA });
    fake.requests.clear();

    const again = await atlassian.offboard({ identity: ROSA });

    expect(again.outcome).toBe('unchanged');
    expect(fake.requests.operations()).toEqual([
      'scim.users.list',
      'admin.users.search',
      'admin.groups.search',
      'admin.managedAccounts.listApiTokens',
    ]);
  });

  test('with a deletion, a second time and after the 14 days, is unchanged too', async ({ fake, atlassian }) => {
    seedRosa(fake);
    await atlassian.offboard({ identity: ROSA, delete: DELETE });
    fake.requests.clear();

    const during = await atlassian.offboard({ identity: ROSA, delete: DELETE });
    fake.clock.advance(15 * 24 * 3_600_000);
    const after = await atlassian.offboard({ identity: ROSA, delete: DELETE });

    expect([during.outcome, after.outcome]).toEqual(['unchanged', 'unchanged']);
    fake.requests.expectNoWrites();
  });

  test('looks the person up once, whatever is to be done', async ({ fake, atlassian }) => {
    seedRosa(fake);

    const { plan } = await atlassian.offboard({ identity: ROSA, delete: DELETE }, { dryRun: true });

    expect(plan.operations).toHaveLength(6);
    expect(fake.requests.operations()).toEqual([
      'scim.users.list',
      'admin.users.search',
      'admin.groups.search',
      'admin.managedAccounts.listApiTokens',
      'admin.managedAccounts.permissions',
      'admin.provisioningLinks.forAccount',
      'admin.users.search',
    ]);
  });

  test('with a deletion that is blocked stops everything before the first write', async ({ fake, atlassian }) => {
    seedRosa(fake);
    fake.changeAccount(ROSA.email, { googleLocked: true });

    await expect(atlassian.offboard({ identity: ROSA, delete: DELETE })).rejects.toMatchObject({
      code: 'action_blocked',
      message: expect.stringContaining('externalDirectory.google') as string,
    });
    fake.requests.expectNoWrites();
    expect(fake.user(ROSA.email)?.active).toBe(true);
  });

  test('with a group that cannot be left does the rest, the deletion too', async ({ fake, atlassian }) => {
    seedRosa(fake);
    fake.addGroup({ name: 'stays', origin: 'foreign', members: [ROSA.email] });

    const result = await atlassian.offboard({ identity: ROSA, delete: DELETE });

    expect(result.outcome).toBe('partial');
    expect(result.plan.blocked).toMatchObject([{ code: 'group_not_writable', target: { name: 'stays' } }]);
    expect(fake.account(ROSA.email)?.forDeletionAt).toBeDefined();
  });

  test('without the right confirmation is refused before any call', async ({ fake, atlassian }) => {
    seedRosa(fake);

    await expect(
      atlassian.offboard({ identity: ROSA, delete: { scope: 'account', confirm: 'mia@acme.com' } }),
    ).rejects.toMatchObject({ code: 'confirmation_mismatch' });
    expect(fake.requests.length).toBe(0);
  });

  test('by id without the right confirmation is refused before any write', async ({ fake, atlassian }) => {
    seedRosa(fake);
    const scimUserId = fake.user(ROSA.email)?.id;

    await expect(
      atlassian.offboard({
        identity: { scimUserId } as never,
        delete: { scope: 'account', confirm: 'mia@acme.com' },
      }),
    ).rejects.toMatchObject({ code: 'confirmation_mismatch' });
    fake.requests.expectNoWrites();
  });

  test.for([
    'scim.users.patch',
    'scim.groups.patch',
    'admin.groups.removeMember',
    'admin.managedAccounts.revokeApiToken',
    'scim.users.delete',
    'admin.managedAccounts.scheduleDeletion',
  ])('is resumed by calling it again after a fault of %s', async (operation, { fake, atlassian }) => {
    seedRosa(fake);
    fake.failNext(operation, { status: 403 });

    const first = await atlassian.offboard({ identity: ROSA, delete: DELETE });
    const done = outcomesOf(first).filter(([, outcome]) => outcome === 'applied').length;
    const second = await atlassian.offboard({ identity: ROSA, delete: DELETE });

    expect(first.outcome).toBe('partial');
    expect(second.outcome).toBe('offboarded');
    expect(done + second.operations.length).toBe(6);
    expect(fake.user(ROSA.email)).toBeUndefined();
    expect(fake.account(ROSA.email)).toMatchObject({ groups: [], apiTokens: [] });
    expect(fake.account(ROSA.email)?.forDeletionAt).toBeDefined();
  });

  test('does not delete a person whose groups the guard withholds', async ({ fake, connect }) => {
    seedRosa(fake);
    const atlassian = connect({ guard: { protect: { groups: ['crew'] } } });

    const result = await atlassian.offboard({ identity: ROSA, delete: DELETE });

    expect(result.outcome).toBe('staged');
    expect(Object.fromEntries(outcomesOf(result))).toMatchObject({
      'scim.user.deactivate': 'staged',
      'scim.group.removeMember': 'staged',
      'scim.user.delete': 'skipped',
      'account.scheduleDeletion': 'skipped',
    });
    expect(fake.user(ROSA.email)?.groups).toEqual(['crew']);
  });

  test('of an external person suspends, and says what is out of reach', async ({ fake, atlassian }) => {
    fake.addAccount({ email: 'guest@else.example' });

    const result = await atlassian.offboard({ identity: { email: 'guest@else.example' } });

    expect(outcomesOf(result)).toEqual([['org.user.suspend', 'applied']]);
    expect(result.notes.join(' ')).toContain('tokens are its owner’s alone');
  });

  test('waits until all of it is to be seen', async ({ fake, atlassian }) => {
    seedRosa(fake);
    Object.assign(fake.lags, { accountReadMs: 5_000, groupMemberReadMs: 5_000 });

    const result = await atlassian.offboard({ identity: ROSA, delete: DELETE });

    expect(result.outcome).toBe('offboarded');
    expect(result.verification).toMatchObject({ verified: true });
    expect(result.verification?.waitedMs).toBeGreaterThan(0);
  });

  test('of nobody is an error, unless they were to be deleted', async ({ fake, atlassian }) => {
    await expect(atlassian.offboard({ identity: ROSA })).rejects.toMatchObject({ code: 'identity_not_found' });

    const result = await atlassian.offboard({ identity: ROSA, delete: DELETE });

    expect(result.outcome).toBe('unchanged');
    fake.requests.expectNoWrites();
  });

  test('needs the key for the deletion it was asked for, and says so before any call', async ({ fake, connect }) => {
    seedRosa(fake);

    await expect(connect({ admin: undefined }).offboard({ identity: ROSA, delete: DELETE })).rejects.toMatchObject({
      code: 'capability_missing',
    });
    expect(fake.requests.length).toBe(0);
  });

  test('with the directory key alone ends what the directory can end', async ({ fake, connect }) => {
    seedRosa(fake);

    const result = await connect({ admin: undefined }).offboard({ identity: ROSA });

    expect(outcomesOf(result).map(([kind]) => kind)).toEqual(['scim.user.deactivate', 'scim.group.removeMember']);
    expect(result.notes.join(' ')).toContain('Without the organization key');
  });
});
