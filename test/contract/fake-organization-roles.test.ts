import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccountView, FakeGroupView } from '../../src/testing/index.js';
import { errorWith, pageOf, pick } from './admin-session.js';
import { organizationWorld, segment, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;
let rosa: FakeAccountView;
let local: FakeGroupView;
let synced: FakeGroupView;

beforeEach(() => {
  session = organizationWorld();
  ({ rosa, local, synced } = session);
});

describe('roles', () => {
  const rolesOf = async (account: FakeAccountView) =>
    session.send('GET', session.everywhere(`/users/${segment(account)}/role-assignments`));
  const assign = async (account: FakeAccountView, body: object) =>
    session.send('POST', session.v1(`/users/${segment(account)}/roles/assign`), body);
  const revoke = async (account: FakeAccountView, body: object) =>
    session.send('POST', session.v1(`/users/${segment(account)}/roles/revoke`), body);

  test('one row for each resource says how each role came: directly, by a group, or both', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['berth-crew'] }]);
    const resource = jira!.ari;

    await assign(rosa, { role: 'atlassian/user', resource });
    await assign(rosa, { role: 'atlassian/admin', resource });
    await assign(rosa, { role: 'atlassian/org-admin' });

    expect(pageOf(await rolesOf(rosa)).data).toEqual([
      {
        directoryId: fake.orgDirectoryId,
        userDirectoryStatus: 'active',
        resourceOwner: 'jira-software',
        resourceId: resource,
        roles: ['atlassian/user', 'atlassian/admin'],
        roleAssignments: [
          { role: 'atlassian/user', roleAssignmentMethods: ['direct', 'group_direct'] },
          { role: 'atlassian/admin', roleAssignmentMethods: ['direct'] },
        ],
      },
      {
        directoryId: null,
        userDirectoryStatus: null,
        resourceOwner: 'platform',
        resourceId: `ari:cloud:platform::org/${fake.organizationId}`,
        roles: ['atlassian/org-admin'],
        roleAssignments: [{ role: 'atlassian/org-admin', roleAssignmentMethods: ['direct'] }],
      },
    ]);
  });

  test('roles that a role brings with it are listed as inferred, with the switch', async () => {
    session.fake.switches.inferredRoles = true;
    await assign(rosa, { role: 'atlassian/org-admin' });

    const [row] = pageOf<{ roleAssignments: unknown }>(await rolesOf(rosa)).data;

    expect(row?.roleAssignments).toContainEqual({
      role: 'atlassian/site-admin',
      roleAssignmentMethods: ['inferred'],
    });
  });

  test('rows are filtered by owner, resource, role and directory, and come in pages', async () => {
    const { fake } = session;
    const products = fake.addSite('acme', ['jira-software', 'confluence']);
    for (const { ari } of products) fake.addRole('rosa@acme.com', ari);
    const get = async (query: string) =>
      session.send('GET', session.everywhere(`/users/${segment(rosa)}/role-assignments?${query}`));

    expect(pick(await get('resourceOwners=confluence'), 'resourceOwner')).toEqual(['confluence']);
    expect(pick(await get(`resourceIds=${encodeURIComponent(products[0]!.ari)}`), 'resourceOwner')).toEqual([
      'jira-software',
    ]);
    expect(pick(await get('roleIds=atlassian%2Fadmin'), 'resourceOwner')).toEqual([]);
    expect(pick(await get('directoryIds=nowhere'), 'resourceOwner')).toEqual([]);
    const first = await get('limit=1');
    const second = await get(`cursor=${encodeURIComponent(pageOf(first).links.next!)}`);
    expect([...pick(first, 'resourceOwner'), ...pick(second, 'resourceOwner')]).toEqual([
      'jira-software',
      'confluence',
    ]);
  });

  test('without a resource it is ADMIN-UAM-400-5, but for the organization admin, whose resource is ignored', async () => {
    expect(await assign(rosa, { role: 'atlassian/user' })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'ADMIN-UAM-400-5', detail: 'Cloud Resource is empty' }] },
    });
    expect((await assign(rosa, { role: 'atlassian/org-admin', resource: 'whatever' })).status).toBe(204);
  });

  test.each([
    ['no role', {}, 'ADMIN-UAM-400-1'],
    ['a bare role name', { role: 'user', resource: 'ari:cloud:confluence::site/x' }, 'ADMIN-UAM-400-3'],
    [
      'a role of groups only',
      { role: 'atlassian/viewer', resource: 'ari:cloud:confluence::site/x' },
      'ADMIN-UAM-400-3',
    ],
    ['a resource that is no ARI', { role: 'atlassian/user', resource: 'acme.atlassian.net' }, 'ADMIN-UAM-400-1'],
    ['an unknown resource', { role: 'atlassian/user', resource: 'ari:cloud:confluence::site/x' }, 'ADMIN-UAM-404-1'],
  ])('%s is refused', async (_what, body, code) => {
    expect(await assign(rosa, body)).toMatchObject(errorWith(code));
  });

  test('a role that the product does not know is ADMIN-UAM-400-3', async () => {
    const [jira] = session.fake.addSite('acme', ['jira-software']);

    const answer = await assign(rosa, { role: 'atlassian/guest', resource: jira!.ari });

    expect(answer).toMatchObject(errorWith('ADMIN-UAM-400-3'));
  });

  test('the umbrella `jira` stands for the Jira products of a site', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', capacity: 1 }, 'confluence']);
    const ben = fake.addAccount({ email: 'ben@acme.com' });
    const resource = `ari:cloud:jira::site/${jira!.cloudId}`;

    expect((await assign(rosa, { role: 'atlassian/user', resource })).status).toBe(204);
    expect(await assign(ben, { role: 'atlassian/user', resource: jira!.ari })).toMatchObject(
      errorWith('ADMIN-UAM-409-3'),
    );
  });

  test('a suspended person is refused with ADMIN-UAM-400-2, and an unknown one with ADMIN-UAM-404-3', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', ['jira-software']);
    const away = fake.addAccount({ email: 'away@acme.com', membership: 'suspended' });
    const body = { role: 'atlassian/user', resource: jira!.ari };

    expect(await assign(away, body)).toMatchObject(errorWith('ADMIN-UAM-400-2'));
    expect(await session.send('POST', session.v1('/users/nobody/roles/assign'), body)).toMatchObject(
      errorWith('ADMIN-UAM-404-3'),
    );
  });

  test('a product without a seat refuses another person, and not one who has it by a group', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', capacity: 1, grantedBy: ['berth-crew'] }]);
    const ben = fake.addAccount({ email: 'ben@acme.com' });
    const body = { role: 'atlassian/user', resource: jira!.ari };

    expect((await assign(rosa, body)).status).toBe(204);
    expect(await assign(ben, body)).toMatchObject(errorWith('ADMIN-UAM-409-3'));
  });

  test('revoking a direct role leaves what a group gives', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['berth-crew'] }]);
    const body = { role: 'atlassian/user', resource: jira!.ari };
    await assign(rosa, body);

    expect((await revoke(rosa, body)).status).toBe(204);
    expect(fake.account('rosa@acme.com')?.roles).toMatchObject([{ role: 'atlassian/user', methods: ['group_direct'] }]);
    expect(await revoke(rosa, body)).toMatchObject(errorWith('ADMIN-UAM-404-3'));
    fake.switches.revokeAbsentRole = 204;
    expect((await revoke(rosa, body)).status).toBe(204);
  });

  test('giving a role twice answers 204, or 409 with the switch', async () => {
    const [jira] = session.fake.addSite('acme', ['jira-software']);
    const body = { role: 'atlassian/user', resource: jira!.ari };
    await assign(rosa, body);

    expect((await assign(rosa, body)).status).toBe(204);
    session.fake.switches.regrantRole = 409;
    expect(await assign(rosa, body)).toMatchObject(errorWith('ADMIN-UAM-409-2'));
  });

  test('the organization-level operations take the one role', async () => {
    const send = async (verb: string, role: string) =>
      session.send('POST', session.v1(`/users/${segment(rosa)}/role-assignments/${verb}`), { role });

    expect((await send('assign', 'atlassian/org-admin')).status).toBe(204);
    expect(session.fake.account('rosa@acme.com')?.roles).toMatchObject([{ role: 'atlassian/org-admin' }]);
    expect((await send('revoke', 'atlassian/org-admin')).status).toBe(204);
    expect(await send('assign', 'atlassian/user')).toMatchObject(errorWith('ADMIN-UAM-400-1'));
  });

  test('a group is given a role with 200 and loses it with 204, and giving it again changes nothing', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', ['jira-software']);
    const roles = session.directory(`/groups/${local.orgGroupId!}/role-assignments`);
    const body = { resourceId: jira!.ari, roleId: 'atlassian/user' };

    expect(await session.send('POST', `${roles}/assign`, body)).toMatchObject({ status: 200, body: undefined });
    expect((await session.send('POST', `${roles}/assign`, body)).status).toBe(200);
    expect(pageOf(await session.send('GET', roles)).data).toEqual([
      { resourceId: jira!.ari, resourceOwner: 'jira-software', defaultRole: null, roles: ['atlassian/user'] },
    ]);
    expect(await session.send('POST', `${roles}/revoke`, body)).toMatchObject({ status: 204, body: undefined });
    expect(await session.send('POST', `${roles}/revoke`, body)).toMatchObject(errorWith('ADMIN-UAM-404-3'));
  });

  test('a group whose members outnumber the seats is refused, and a wrong resource as it was seen', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', capacity: 0 }]);
    const assignTo = async (group: FakeGroupView, resourceId: string, roleId = 'atlassian/user') =>
      session.send('POST', session.directory(`/groups/${group.orgGroupId!}/role-assignments/assign`), {
        resourceId,
        roleId,
      });

    expect(await assignTo(synced, jira!.ari)).toMatchObject(errorWith('ADMIN-UAM-409-3'));
    expect((await assignTo(local, jira!.ari)).status).toBe(200);
    expect(await assignTo(local, jira!.cloudId)).toMatchObject({
      status: 400,
      body: { errors: [{ detail: 'Invalid request body' }] },
    });
    expect(await assignTo(local, 'ari:cloud:trello::site/x')).toMatchObject({
      status: 404,
      body: { errors: [{ title: 'Unknown Resource' }] },
    });
    expect(await assignTo(local, jira!.ari, 'atlassian/org-admin')).toMatchObject(errorWith('ADMIN-UAM-400-3'));
  });
});
