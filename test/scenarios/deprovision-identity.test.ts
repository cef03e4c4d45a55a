import { describe, expect } from 'vitest';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const GUEST = { email: 'guest@else.example' };

/** Rosa in two synced groups and in local ones of two directories. */
function seedRosa(fake: FakeAtlassian): void {
  fake.addUser({ ...ROSA, externalId: 'E1' });
  fake.addGroup({ name: 'crew', members: [ROSA.email] });
  fake.addGroup({ name: 'night', members: [ROSA.email] });
  fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
  const second = fake.addOrgDirectory('Second');
  fake.addGroup({ name: 'second-guests', origin: 'local', orgDirectoryId: second, members: [ROSA.email] });
}

describe('deprovisionIdentity', () => {
  test('switches the person off and takes them out of synced and local groups of every directory', async ({
    fake,
    atlassian,
  }) => {
    seedRosa(fake);

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('deprovisioned');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.deactivate', 'applied'],
      ['scim.group.removeMember', 'applied'],
      ['scim.group.removeMember', 'applied'],
      ['org.group.removeMember', 'applied'],
      ['org.group.removeMember', 'applied'],
    ]);
    expect(fake.user(ROSA.email)).toMatchObject({ active: false, groups: [] });
    expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive', groups: [] });
    expect(result.verification).toEqual({ verified: true, remaining: [], waitedMs: 0 });
  });

  test('cuts the access first, before any group is left', async ({ fake, atlassian }) => {
    seedRosa(fake);

    await atlassian.deprovisionIdentity(ROSA);

    expect(fake.requests.writes().map(({ operation }) => operation)).toEqual([
      'scim.users.patch',
      'scim.groups.patch',
      'scim.groups.patch',
      'admin.groups.removeMember',
      'admin.groups.removeMember',
    ]);
  });

  test('never writes a synced group through the organization', async ({ fake, atlassian }) => {
    seedRosa(fake);
    const synced = new Set([fake.group('crew')?.orgGroupId, fake.group('night')?.orgGroupId]);

    await atlassian.deprovisionIdentity(ROSA);

    const written = fake.requests.of('admin.groups.removeMember').map(({ path }) => path.split('/').at(-3));
    expect(written.filter((id) => synced.has(id as never))).toEqual([]);
    expect(written).toHaveLength(2);
  });

  test('keeps the record, the account, the link and what the person made', async ({ fake, atlassian }) => {
    seedRosa(fake);
    const before = fake.user(ROSA.email);

    const result = await atlassian.deprovisionIdentity(ROSA);

    const after = fake.user(ROSA.email);
    expect([after?.id, after?.accountId, after?.externalId]).toEqual([before?.id, before?.accountId, 'E1']);
    expect(fake.account(ROSA.email)).toMatchObject({ managed: true, synced: true, membership: 'active' });
    expect(result.identity).toMatchObject({
      link: 'linked',
      scimUserId: { value: before?.id },
      accountId: { value: before?.accountId },
      email: { value: ROSA.email },
      externalId: { value: 'E1' },
    });
  });

  test('says what was taken away, and that gives all of it back, to the letter', async ({ fake, atlassian }) => {
    seedRosa(fake);
    const before = [fake.user(ROSA.email), fake.account(ROSA.email)];

    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    const stored = JSON.parse(JSON.stringify(removed)) as typeof removed;
    const back = await atlassian.reactivateIdentity(ROSA, { restore: stored });

    expect(removed.deactivated).toEqual(['record']);
    expect(removed.groups.map(({ route, name }) => [route, name])).toEqual([
      ['scim', 'crew'],
      ['scim', 'night'],
      ['organization', 'guests'],
      ['organization', 'second-guests'],
    ]);
    expect(back.outcome).toBe('reactivated');
    expect([fake.user(ROSA.email), fake.account(ROSA.email)]).toEqual(before);
  });

  test('a second time is unchanged: no write, three reads, nothing to restore', async ({ fake, atlassian }) => {
    seedRosa(fake);
    await atlassian.deprovisionIdentity(ROSA);
    fake.requests.clear();

    const again = await atlassian.deprovisionIdentity(ROSA);

    expect(again.outcome).toBe('unchanged');
    expect(again.plan.operations).toEqual([]);
    expect(again.removed).toMatchObject({ deactivated: [], directories: [], groups: [] });
    expect(fake.requests.operations()).toEqual(['scim.users.list', 'admin.users.search', 'admin.groups.search']);
    expect(again.callsMade).toBe(3);
  });

  test('takes the fewest calls: three reads, one for the guard, the writes, three to verify', async ({
    fake,
    atlassian,
  }) => {
    seedRosa(fake);

    const { callsMade } = await atlassian.deprovisionIdentity(ROSA);

    expect(callsMade).toBe(3 + 1 + 5 + 3);
    expect(fake.requests.length).toBe(callsMade);
  });

  test.for(['email', 'userName', 'externalId', 'scimUserId', 'accountId'] as const)(
    'finds the person by %s',
    async (kind, { fake, atlassian }) => {
      seedRosa(fake);
      const user = fake.user(ROSA.email);
      const ids = { ...user, scimUserId: user?.id };

      const result = await atlassian.deprovisionIdentity({ [kind]: ids[kind] } as never);

      expect(result.outcome).toBe('deprovisioned');
      expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive', groups: [] });
    },
  );

  test('of nobody is an error, and nothing is written', async ({ fake, atlassian }) => {
    await expect(atlassian.deprovisionIdentity(ROSA)).rejects.toMatchObject({ code: 'identity_not_found' });
    fake.requests.expectNoWrites();
  });

  test('as a dry run plans it all and writes nothing', async ({ fake, atlassian, audit }) => {
    seedRosa(fake);

    const result = await atlassian.deprovisionIdentity(ROSA, { dryRun: true });

    expect(result.outcome).toBe('planned');
    expect(result.plan.operations).toHaveLength(5);
    expect([result.operations, audit.events]).toEqual([[], []]);
    fake.requests.expectNoWrites();
  });

  test('has one audit event for each operation', async ({ fake, atlassian, audit }) => {
    seedRosa(fake);

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(audit.events.map(({ operation, outcome }) => [operation, outcome])).toEqual(outcomesOf(result));
  });

  test('says that no API ends sessions', async ({ fake, atlassian }) => {
    seedRosa(fake);

    const { notes } = await atlassian.deprovisionIdentity(ROSA);

    expect(notes.join(' ')).toContain('No public API ends web sessions');
  });

  describe('of an account without a record', () => {
    test('that is managed deactivates the account itself', async ({ fake, atlassian }) => {
      fake.addAccount({ ...ROSA });
      fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });

      const result = await atlassian.deprovisionIdentity(ROSA);

      expect(outcomesOf(result)).toEqual([
        ['account.disable', 'applied'],
        ['org.group.removeMember', 'applied'],
      ]);
      expect(result.removed.deactivated).toEqual(['account']);
      expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive', groups: [], membership: 'active' });
    });

    test('that is external suspends it in the directory and says so', async ({ fake, atlassian }) => {
      fake.addAccount({ ...GUEST });
      fake.addGroup({ name: 'guests', origin: 'local', members: [GUEST.email] });

      const result = await atlassian.deprovisionIdentity(GUEST);

      expect(outcomesOf(result)).toEqual([
        ['org.user.suspend', 'applied'],
        ['org.group.removeMember', 'applied'],
      ]);
      expect(result.outcome).toBe('deprovisioned');
      expect(result.notes.join(' ')).toContain('suspended in the directory, and stays active elsewhere');
      expect(fake.account(GUEST.email)).toMatchObject({ status: 'active', membership: 'suspended', groups: [] });
    });

    test('that is external is suspended in each of several directories', async ({ fake, atlassian }) => {
      fake.addAccount({ ...GUEST });
      const second = fake.addOrgDirectory('Second');
      fake.addGroup({ name: 'second-guests', origin: 'local', orgDirectoryId: second, members: [GUEST.email] });

      const result = await atlassian.deprovisionIdentity(GUEST);

      expect(outcomesOf(result)).toEqual([
        ['org.user.suspend', 'applied'],
        ['org.user.suspend', 'applied'],
        ['org.group.removeMember', 'applied'],
      ]);
      expect(result.removed.directories).toEqual([fake.orgDirectoryId, second]);
      expect(fake.account(GUEST.email)?.membership).toBe('suspended');
    });

    test('that is external a second time is unchanged, with four reads', async ({ fake, atlassian }) => {
      const { accountId } = fake.addAccount({ ...GUEST });
      await atlassian.deprovisionIdentity({ accountId });
      fake.requests.clear();

      const again = await atlassian.deprovisionIdentity({ accountId });

      expect(again.outcome).toBe('unchanged');
      fake.requests.expectNoWrites();
      fake.requests.expectCount('admin.directories.list', 1);
      fake.requests.expectCount('admin.users.search', 1);
      fake.requests.expectCount('admin.groups.search', 1);
    });
  });

  test('of an external person with a record does both: record inactive, access suspended', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ ...GUEST, link: 'external' });

    const result = await atlassian.deprovisionIdentity(GUEST);

    expect(outcomesOf(result)).toEqual([
      ['org.user.suspend', 'applied'],
      ['scim.user.deactivate', 'applied'],
    ]);
    expect(fake.account(GUEST.email)).toMatchObject({ status: 'active', membership: 'suspended' });
  });

  test('of an unlinked record deactivates the managed account beside it too', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA, link: 'unlinked' });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('deprovisioned');
    expect(fake.user(ROSA.email)?.active).toBe(false);
    expect(fake.account(ROSA.email)?.status).toBe('inactive');
  });

  test('does not take an account for inactive because its record is', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA, active: false });
    fake.changeAccount(ROSA.email, { status: 'active' });

    const { notes } = await atlassian.deprovisionIdentity(ROSA);

    expect(notes.join(' ')).toContain('shows its account as active');
  });

  describe('of somebody in a group that cannot be left', () => {
    test.for([
      ['of another identity provider', { origin: 'foreign' }, 'another directory owns its members'],
      [
        'that Atlassian keeps',
        { origin: 'local', access: { modifiable: false } },
        'Atlassian keeps its members locked',
      ],
    ] as const)('%s does the rest, and reports it', async ([, seed, why], { fake, atlassian }) => {
      seedRosa(fake);
      fake.addGroup({ name: 'stays', members: [ROSA.email], ...seed });

      const result = await atlassian.deprovisionIdentity(ROSA);

      expect(result.outcome).toBe('partial');
      expect(result.plan.blocked).toMatchObject([
        { kind: 'group.removeMember', code: 'group_not_writable', target: { name: 'stays' } },
      ]);
      expect(result.plan.blocked[0]?.reason).toContain(why);
      expect(result.verification?.verified).toBe(true);
      expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive', groups: ['stays'] });
      expect(fake.group('stays')?.members).toEqual([ROSA.email]);
    });

    test('tells it again the second time, and writes nothing', async ({ fake, atlassian }) => {
      seedRosa(fake);
      fake.addGroup({ name: 'stays', origin: 'foreign', members: [ROSA.email] });
      await atlassian.deprovisionIdentity(ROSA);
      fake.requests.clear();

      const again = await atlassian.deprovisionIdentity(ROSA);

      expect(again.plan.operations).toEqual([]);
      expect(again.plan.blocked).toHaveLength(1);
      fake.requests.expectNoWrites();
    });
  });

  test('goes on after a group that fails, and says which', async ({ fake, atlassian }) => {
    seedRosa(fake);
    fake.failNext('scim.groups.patch', { status: 400 });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('partial');
    expect(outcomesOf(result).map(([, outcome]) => outcome)).toEqual([
      'applied',
      'failed',
      'applied',
      'applied',
      'applied',
    ]);
    expect(result.removed.groups.map(({ name }) => name)).toEqual(['night', 'guests', 'second-guests']);
    expect(fake.user(ROSA.email)?.groups).toEqual(['crew']);
  });

  test('of an account that a directory elsewhere owns says why it stays active, and does the rest', async ({
    fake,
    atlassian,
  }) => {
    const other = fake.addScimDirectory();
    fake.addUser({ ...ROSA, directoryId: other.id });
    fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('partial');
    expect(outcomesOf(result)).toEqual([
      ['account.disable', 'failed'],
      ['org.group.removeMember', 'applied'],
    ]);
    expect(result.operations[0]?.error).toMatchObject({ code: 'forbidden', reasonKey: 'externalDirectory.scim' });
  });

  describe('with revokeApiTokens', () => {
    test('revokes every API token of the account too', async ({ fake, atlassian }) => {
      fake.addUser({ ...ROSA });
      fake.addApiToken(ROSA.email, { label: 'ci' });
      fake.addApiToken(ROSA.email, { label: 'laptop' });

      const result = await atlassian.deprovisionIdentity(ROSA, { revokeApiTokens: true });

      expect(outcomesOf(result)).toEqual([
        ['scim.user.deactivate', 'applied'],
        ['account.revokeApiToken', 'applied'],
        ['account.revokeApiToken', 'applied'],
      ]);
      expect(result.plan.operations.at(-1)?.target).toMatchObject({ type: 'api-token', name: 'laptop' });
      expect(result.plan.risk).toBe('irreversible');
      expect(fake.account(ROSA.email)?.apiTokens).toEqual([]);
    });

    test('says that the tokens of an external account are out of reach', async ({ fake, atlassian }) => {
      fake.addAccount({ ...GUEST });

      const result = await atlassian.deprovisionIdentity(GUEST, { revokeApiTokens: true });

      expect(result.outcome).toBe('deprovisioned');
      expect(result.notes.join(' ')).toContain('tokens are its owner’s alone');
      fake.requests.expectCount('admin.managedAccounts.listApiTokens', 0);
    });
  });

  test('leaves API tokens alone, and does not even list them, unless told to', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addApiToken(ROSA.email, { label: 'ci' });

    await atlassian.deprovisionIdentity(ROSA);

    expect(fake.account(ROSA.email)?.apiTokens).toEqual(['ci']);
    fake.requests.expectCount('admin.managedAccounts.*', 0);
  });

  describe('while reads trail behind', () => {
    const LAGS = { scimMirrorMs: 3_000, accountReadMs: 5_000, groupMemberReadMs: 10_000 };

    test('waits, visibly, until no group and no active state is to be seen', async ({ fake, atlassian }) => {
      seedRosa(fake);
      Object.assign(fake.lags, LAGS);
      const waits: string[] = [];

      const result = await atlassian.deprovisionIdentity(ROSA, {
        onProgress: (event) => {
          if (event.type === 'waiting') waits.push(event.waitingFor);
        },
      });

      expect(result.outcome).toBe('deprovisioned');
      expect(result.verification).toMatchObject({ verified: true, remaining: [] });
      expect(result.verification?.waitedMs).toBeGreaterThanOrEqual(10_000);
      expect(new Set(waits)).toEqual(new Set(['propagation']));
      fake.requests.expectCount('scim.users.patch', 1);
    });

    test('is unverified once the time is over, with what is still to be seen', async ({ fake, atlassian }) => {
      seedRosa(fake);
      Object.assign(fake.lags, { groupMemberReadMs: 3_600_000, accountReadMs: 3_600_000 });

      const result = await atlassian.deprovisionIdentity(ROSA);

      expect(result.outcome).toBe('unverified');
      expect(result.verification?.verified).toBe(false);
      expect(result.verification?.remaining).toEqual([
        'org.group.removeMember guests is still to be seen',
        'org.group.removeMember second-guests is still to be seen',
        'the organization still shows the person in the synced group "crew"',
        'the organization still shows the person in the synced group "night"',
        'the organization still shows the account as active',
      ]);
      expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive', groups: [] });
    });
  });

  test('with the directory key alone ends the record and its groups', async ({ fake, connect }) => {
    seedRosa(fake);
    const atlassian = connect({ admin: undefined });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(outcomesOf(result).map(([kind]) => kind)).toEqual([
      'scim.user.deactivate',
      'scim.group.removeMember',
      'scim.group.removeMember',
    ]);
    expect(fake.account(ROSA.email)).toMatchObject({ status: 'inactive', groups: ['guests', 'second-guests'] });
    expect(result.notes.join(' ')).toContain('organization key');
  });
});
