import { describe, expect, test } from 'vitest';
import type { ReadOptions } from '../reading/discovery-reader.js';
import { BEN, of, read, ROSA, site } from './confluence-site.fixture.js';

describe('a site with roles', () => {
  test('is read whole', async () => {
    const fake = site();
    fake.addConfluenceSpace({ key: 'FIN', name: 'Finance', anonymous: true, roles: { Viewer: ['planners', BEN] } });
    fake.addConfluenceSpace({ key: 'HR', unlicensed: true, roles: {} });

    const found = await read(fake);

    expect(of(found, 'gap').map(({ part }) => part)).toEqual(['people in no group', 'hidden spaces']);
    expect(of(found, 'confluence.instance')).toEqual([
      {
        type: 'confluence.instance',
        id: fake.site.cloudId,
        mode: 'roles',
        baseUrl: 'https://acme.atlassian.net/wiki',
        title: 'acme',
        edition: 'PREMIUM',
        anonymousAccess: false,
      },
    ]);
    expect(of(found, 'confluence.spaceRole').map(({ name }) => name)).toEqual([
      'Admin',
      'Manager',
      'Collaborator',
      'Viewer',
    ]);
    const spaces = of(found, 'confluence.space').toSorted((a, b) => a.key.localeCompare(b.key));
    expect(
      spaces.map(({ key, anonymousAccess, unlicensedAccess }) => [key, anonymousAccess, unlicensedAccess]),
    ).toEqual([
      ['FIN', true, false],
      ['HR', false, true],
    ]);
    const grants = of(found, 'confluence.grant');
    const bySpace = spaces.flatMap(({ id }) => grants.filter(({ spaceId }) => spaceId === id));
    expect(bySpace.map(({ principal }) => principal)).toEqual([
      { type: 'product-admins' },
      { type: 'anonymous' },
      { type: 'group', id: fake.group('planners')!.orgGroupId },
      { type: 'account', id: fake.account(BEN)!.accountId },
      { type: 'product-admins' },
      { type: 'authenticated' },
    ]);
  });

  test('has people: those who can use it, once each, guests told apart', async () => {
    const fake = site();

    const users = of(await read(fake), 'confluence.user');

    expect(
      users.map(({ displayName, externalCollaborator }) => [displayName, externalCollaborator]).toSorted(),
    ).toEqual([
      ['Guest', true],
      ['Rosa Quell', false],
      ['Site Administrator', false],
    ]);
  });

  test('has members who are deactivated, with their status', async () => {
    const fake = site();
    fake.addUser({ email: 'old@acme.com', active: false });
    fake.addGroup({ name: 'former', origin: 'local', members: ['old@acme.com'] });

    const users = of(await read(fake), 'confluence.user');

    expect(users.find(({ id }) => id === fake.account('old@acme.com')!.accountId)).toMatchObject({
      accountStatus: 'inactive',
    });
  });

  test('has groups with their members, and what they give', async () => {
    const fake = site();

    const groups = of(await read(fake), 'confluence.group');

    const id = (email: string) => fake.account(email)!.accountId;
    const byName = groups.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(byName.map(({ name, access, memberIds, managedBy }) => ({ name, access, memberIds, managedBy }))).toEqual([
      { name: 'berth-crew', access: undefined, memberIds: [id(ROSA), id(BEN)], managedBy: 'EXTERNAL' },
      { name: 'planners', access: 'user', memberIds: [id(ROSA)], managedBy: 'ADMINS' },
    ]);
  });
});

describe('another site', () => {
  test('with classic permissions tells yes, and never a no that is not established', async () => {
    const fake = site();
    fake.changeConfluence({ mode: 'PRE_ROLES', anonymousAccess: true });
    fake.addConfluenceSpace({ key: 'FIN', anonymous: true, permissions: [] });
    fake.addConfluenceSpace({ key: 'HR', permissions: [{ holder: 'planners', operations: ['create/page'] }] });

    const found = await read(fake);

    expect(of(found, 'confluence.space').map(({ anonymousAccess }) => anonymousAccess)).toEqual([true, undefined]);
    expect(of(found, 'confluence.instance')).toMatchObject([{ mode: 'classic', anonymousAccess: true }]);
    expect(of(found, 'confluence.grant').at(-1)).toMatchObject({
      principal: { type: 'group', id: fake.group('planners')!.orgGroupId },
      holds: { kind: 'permission', operation: 'create', target: 'page' },
    });
  });

  test('on its way to roles has both, and what a role allows once', async () => {
    const fake = site({ switches: { confluenceRoleRows: 'flattened' } });
    fake.changeConfluence({ mode: 'ROLES_TRANSITION' });
    fake.addConfluenceSpace({
      key: 'FIN',
      productAdmins: false,
      roles: { Viewer: ['planners'], Admin: ['all-product-admins'] },
      permissions: [{ holder: ROSA, operations: [] }],
    });

    const grants = of(await read(fake), 'confluence.grant');

    expect(grants.map(({ principal, holds }) => [principal.type, holds.kind])).toEqual([
      ['group', 'role'],
      ['product-admins', 'role'],
      ['account', 'permission'],
    ]);
  });

  test('that says that it has roles, and has none, is read by its permissions', async () => {
    const fake = site();
    fake.changeConfluence({ mode: 'ROLES_TRANSITION' });
    fake.addConfluenceSpace({ key: 'FIN', permissions: [] });
    fake.fail('confluence.spaceRoles.list', { status: 404 });

    const found = await read(fake);

    expect(of(found, 'confluence.instance')).toMatchObject([{ mode: 'classic' }]);
    expect(of(found, 'confluence.grant')).toHaveLength(14);
  });
});

describe('a part that cannot be read', () => {
  test('is a gap, and the rest comes', async () => {
    const fake = site();
    const id = fake.addConfluenceSpace({ key: 'FIN', roles: {} });
    fake.addConfluenceSpace({ key: 'HR', roles: {} });
    fake.fail('confluence.spaceRoles.listAssignments', { status: 500, times: 1 });
    fake.fail('confluence.users.search', { status: 403 });

    const found = await read(fake);

    expect(of(found, 'gap')).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ part: 'guests', reason: 'forbidden', hides: ['confluence.user'] }),
        expect.objectContaining({ part: 'access to spaces', resource: expect.objectContaining({ id }) as object }),
      ]) as object,
    );
    expect(of(found, 'confluence.space')[0]).not.toHaveProperty('anonymousAccess');
    expect(of(found, 'confluence.space')).toHaveLength(2);
    expect(of(found, 'confluence.grant')).toHaveLength(1);
  });

  test('because the token is no longer good is everything', async () => {
    const fake = site();
    fake.fail('confluence.users.current', { status: 401 });

    const found = await read(fake);

    expect(found).toMatchObject([{ type: 'gap', reason: 'unauthenticated', product: 'confluence' }]);
    expect(fake.requests.length).toBe(1);
  });

  test('because the token is taken for nobody is found out', async () => {
    const fake = site();
    fake.fail('confluence.users.current', { status: 200, body: { type: 'anonymous', displayName: 'Anonymous' } });

    const found = await read(fake);

    expect(found).toMatchObject([{ type: 'gap', reason: 'unauthenticated' }]);
  });
});

describe('what a space says of who holds what', () => {
  test('keeps two roles of one group apart, and takes a user without an id for nobody whom it knows', async () => {
    const fake = site();
    fake.addConfluenceSpace({ key: 'FIN', roles: {} });
    const group = { principalType: 'GROUP', principalId: 'crew' };
    const results = [
      { principal: group, roleId: 'viewer' },
      { principal: group, roleId: 'manager' },
      { principal: { principalType: 'USER' }, roleId: 'viewer' },
    ];
    fake.fail('confluence.spaceRoles.listAssignments', { status: 200, body: { results } });

    const found = await read(fake);

    const grants = of(found, 'confluence.grant');
    expect(new Set(grants.map(({ id }) => id)).size).toBe(3);
    expect(grants.at(-1)?.principal).toEqual({ type: 'unknown', kind: 'user' });
    expect(of(found, 'confluence.space')).toMatchObject([{ anonymousAccess: false }]);
  });

  test('is told without a mode where that cannot be read', async () => {
    const fake = site();
    fake.fail('confluence.spaceRoles.getMode', { status: 500 });

    const found = await read(fake);

    expect(of(found, 'confluence.instance')).toHaveLength(1);
    expect(of(found, 'confluence.instance')[0]).not.toHaveProperty('mode');
    expect(of(found, 'gap').map(({ part }) => part)).toContain('mode');
  });
});

describe('the calls', () => {
  const pages = (count: number, size: number): number => Math.max(1, Math.ceil(count / size));

  test.each([
    ['ROLES', 1],
    ['PRE_ROLES', 0],
    ['ROLES_TRANSITION', 1],
  ] as const)('in the mode %s are those of the cheapest plan', async (mode, forRoles) => {
    const fake = site();
    fake.changeConfluence({ mode });
    const people = Array.from({ length: 401 }, (_, index) => fake.addAccount({ email: `p${index}@acme.com` }).email);
    fake.addGroup({ name: 'large', origin: 'local', members: people });
    for (let number = 1; number <= 251; number += 1)
      fake.addConfluenceSpace({ key: `S${number}`, permissions: [], roles: {}, unlicensed: true });

    const found = await read(fake);

    const groups = of(found, 'confluence.group');
    const perSpace = mode === 'ROLES_TRANSITION' ? 2 : 1;
    const planned =
      3 +
      pages(1, 200) +
      2 +
      pages(groups.length, 200) +
      groups.reduce((sum, { memberIds = [] }) => sum + pages(memberIds.length, 200), 0) +
      pages(251, 250) +
      forRoles +
      perSpace * 251;
    // What a classic site does not tell of its spaces, the site itself may rule out.
    // Ben, and nobody of the large group: of all groups together.
    const forStatus = pages(1 + 401, 250);
    const forAnonymous = mode === 'PRE_ROLES' ? 1 : 0;
    expect(fake.requests.length).toBe(planned + forAnonymous + forStatus);
  });

  test.each([
    ['confluence.user', ['confluence.groups', 'confluence.users']],
    ['confluence.instance', ['confluence.instance', 'confluence.spaceRoles', 'confluence.users']],
    ['confluence.grant', ['confluence.spaceRoles', 'confluence.spaces', 'confluence.users']],
  ] as const)('are only those that %s needs', async (type, expected) => {
    const fake = site();
    fake.addConfluenceSpace({ key: 'FIN', roles: {} });

    const found = await read(fake, { only: [type] });

    expect(new Set(found.filter((one) => one.type !== 'gap').map((one) => one.type))).toEqual(new Set([type]));
    const called = new Set([...fake.requests].map(({ operation }) => operation.split('.').slice(0, 2).join('.')));
    expect([...called].toSorted()).toEqual(expected);
  });
});

test('a reading is cancelled, and taken up again where it was', async () => {
  const fake = site();
  for (const key of ['A', 'B', 'C']) fake.addConfluenceSpace({ key, roles: {} });
  const controller = new AbortController();
  let checkpoint: Parameters<NonNullable<ReadOptions['onCheckpoint']>>[0] | undefined;
  const cut = read(fake, {
    signal: controller.signal,
    concurrency: 1,
    onCheckpoint: (one) => {
      checkpoint = one;
      const spaces = one.parts['access to spaces'];
      if (spaces?.state === 'reading' && spaces.count === 1) controller.abort();
    },
  });

  await expect(cut).rejects.toMatchObject({ code: 'aborted' });
  const rest = await read(fake, { resumeFrom: checkpoint });

  expect(of(rest, 'confluence.space').map(({ key }) => key)).toEqual(['B', 'C']);
});
