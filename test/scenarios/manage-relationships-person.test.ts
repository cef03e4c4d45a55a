import { describe, expect } from 'vitest';
import { idsOf, test, told } from './support.js';

const rosa = { identity: { email: 'rosa@acme.com' } };

test('a person who is deactivated cannot join a local group, and is told the way out', async ({ fake, atlassian }) => {
  fake.addUser({ email: 'rosa@acme.com', active: false });
  fake.addGroup({ name: 'guests', origin: 'local' });

  const result = await atlassian.manageRelationships({ identity: { email: 'rosa@acme.com' }, add: ['guests'] });

  expect(result.operations[0]).toMatchObject({
    outcome: 'failed',
    error: {
      code: 'rejected',
      atlassianCode: 'ADMIN-UAM-400-2',
      advice: expect.stringContaining('reactivateIdentity') as string,
    },
  });
});

describe('a person', () => {
  test.for(['email', 'userName', 'externalId', 'scimUserId', 'accountId'] as const)(
    'is found by %s, and the result has every id',
    async (kind, { fake, atlassian }) => {
      fake.addGroup({ name: 'berth-crew' });
      fake.addGroup({ name: 'guests', origin: 'local' });
      const { id, accountId } = fake.addUser({ email: 'rosa@acme.com', userName: 'u-4471', externalId: 'e-1' });
      const refs = {
        email: { email: 'rosa@acme.com' },
        userName: { userName: 'u-4471' },
        externalId: { externalId: 'e-1' },
        scimUserId: { scimUserId: id },
        accountId: { accountId: accountId! },
      };

      const result = await atlassian.manageRelationships({ identity: refs[kind], add: ['berth-crew', 'guests'] });

      expect(result.outcome).toBe('changed');
      expect(idsOf(result)).toEqual({
        link: 'linked',
        email: 'rosa@acme.com',
        userName: 'u-4471',
        externalId: 'e-1',
        scimUserId: id,
        accountId,
      });
      expect(fake.account('rosa@acme.com')?.groups).toEqual(['berth-crew', 'guests']);
    },
  );

  test('whom nobody knows is an error, and the groups are not even read', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'berth-crew' });

    const refusal = atlassian.manageRelationships({ ...rosa, add: ['berth-crew'] });

    await expect(refusal).rejects.toMatchObject({ code: 'identity_not_found', refKind: 'email' });
    expect(fake.requests.of('admin.groups.*')).toEqual([]);
    fake.requests.expectNoWrites();
  });

  test.for(['email', 'accountId'] as const)(
    'without a SCIM record, found by %s, joins local groups; a synced one fails with the way out',
    async (kind, { fake, atlassian }) => {
      const { accountId } = fake.addAccount({ email: 'rosa@acme.com' });
      fake.addGroup({ name: 'berth-crew' });
      fake.addGroup({ name: 'guests', origin: 'local' });
      const identity = kind === 'email' ? { email: 'rosa@acme.com' } : { accountId };

      const result = await atlassian.manageRelationships({ identity, add: ['berth-crew', 'guests'] });

      expect(result.outcome).toBe('partial');
      expect(told(result)).toEqual(['add guests: applied', 'add berth-crew: failed identity_not_found']);
      expect(result.plan.blocked[0]?.advice).toContain('syncIdentity');
      expect(idsOf(result)).toMatchObject({ link: 'unsynced', accountId });
      expect(fake.account('rosa@acme.com')?.groups).toEqual(['guests']);
    },
  );

  test('without a SCIM record and with synced groups alone is told so, not called unknown', async ({
    fake,
    atlassian,
  }) => {
    fake.addAccount({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['berth-crew'] });

    expect(result.outcome).toBe('failed');
    expect(result.relationships[0]?.reason).toContain('no record there');
  });
});

describe('one key alone', () => {
  test('of the directory writes the groups of the directory', async ({ fake, connect }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });
    fake.addGroup({ name: 'guests', origin: 'local' });
    const atlassian = connect({ admin: undefined });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['berth-crew', 'guests'] });

    expect(told(result)).toEqual(['add berth-crew: applied', 'add guests: failed group_not_found']);
  });

  test('of the organization writes local groups, and says what the synced ones need', async ({ fake, connect }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });
    fake.addGroup({ name: 'guests', origin: 'local' });
    const atlassian = connect({ scim: undefined });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['berth-crew', 'guests'] });

    expect(told(result)).toEqual(['add guests: applied', 'add berth-crew: failed group_not_writable']);
    expect(result.relationships[1]?.reason).toContain('no SCIM directory key is configured');
    expect(result.identity?.link).toBe('unknown');
  });

  test.for(['scim', 'admin'] as const)(
    'cannot tell about requireBoth without %s',
    async (missing, { fake, connect }) => {
      fake.addUser({ email: 'rosa@acme.com' });
      fake.addGroup({ name: 'berth-crew' });
      const atlassian = connect({ [missing]: undefined });

      const refusal = atlassian.manageRelationships({ ...rosa, add: ['berth-crew'], requireBoth: true });

      await expect(refusal).rejects.toMatchObject({
        code: 'capability_missing',
        message: expect.stringContaining('requireBoth'),
      });
      fake.requests.expectNoWrites();
    },
  );

  test('of the organization does not take a forced SCIM route', async ({ fake, connect }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });
    const atlassian = connect({ scim: undefined });

    const result = await atlassian.manageRelationships({ ...rosa, add: [{ name: 'berth-crew', route: 'scim' }] });

    expect(result.relationships).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('no SCIM directory key is configured') },
    ]);
  });
});

describe('actions at once on one person', () => {
  test('run one after the other, by whatever ids, and the last word holds', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'berth-crew' });
    const { id, accountId } = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });

    const results = await Promise.all([
      atlassian.manageRelationships({ identity: { externalId: 'e-1' }, add: ['berth-crew'] }),
      atlassian.changeRole({ identity: { scimUserId: id }, add: ['berth-crew'], attributes: { jobTitle: 'Lead' } }),
      atlassian.manageRelationships({ identity: { accountId: accountId! }, add: ['berth-crew'] }),
      atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Lead' }),
    ]);

    expect(fake.requests.of('scim.groups.patch')).toHaveLength(1);
    expect(fake.requests.of('scim.users.patch')).toHaveLength(1);
    expect(results.map(({ operations }) => operations.length).reduce((sum, count) => sum + count)).toBe(2);
    expect(fake.user(id)).toMatchObject({ groups: ['berth-crew'], attributes: { title: 'Lead' } });
  });
});

describe('calls', () => {
  // Reads: one of the person, one search for each 100 names, one for each 10 local groups. A synced group that the person
  // is in costs none. Writing adds the check that no organization admin is touched, and a look-up for each synced group
  // to be joined: from five on, one listing for each 100 groups of the directory.
  test.for([
    { synced: 1, local: 0, first: 5, second: 2 },
    { synced: 0, local: 1, first: 5, second: 3 },
    { synced: 2, local: 1, first: 9, second: 3 },
    { synced: 7, local: 12, first: 25, second: 4 },
  ])(
    'for $synced synced and $local local groups are $first, and $second the second time',
    async (sizes, { fake, atlassian }) => {
      fake.addUser({ email: 'rosa@acme.com' });
      const synced = Array.from({ length: sizes.synced }, (_, index) => `synced-${index}`);
      const local = Array.from({ length: sizes.local }, (_, index) => `local-${index}`);
      for (const name of synced) fake.addGroup({ name });
      for (const name of local) fake.addGroup({ name, origin: 'local' });
      const input = { ...rosa, add: [...synced, ...local] };

      const first = await atlassian.manageRelationships(input);
      const writes = fake.requests.writes().length;
      const second = await atlassian.manageRelationships(input);

      expect(writes).toBe(sizes.synced + sizes.local);
      expect(fake.requests.writes()).toHaveLength(writes);
      expect([first.callsMade, second.callsMade]).toEqual([sizes.first, sizes.second]);
      expect(second.outcome).toBe('unchanged');
    },
  );

  test('for leaving a synced group need no look-up of it: the record has its id', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'berth-crew' });
    fake.addUser({ email: 'rosa@acme.com', groups: ['berth-crew'] });

    await atlassian.manageRelationships({ ...rosa, remove: ['berth-crew'] });

    expect(fake.requests.operations()).toEqual([
      'scim.users.list',
      'admin.groups.search',
      'admin.users.search',
      'scim.groups.patch',
    ]);
  });

  test('for nothing are one', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });

    const result = await atlassian.manageRelationships({ ...rosa });

    expect(result).toMatchObject({ outcome: 'unchanged', callsMade: 1, relationships: [] });
  });
});
