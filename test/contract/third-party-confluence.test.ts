import { ConfluenceClient } from 'confluence.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeAtlassian, type RunningFake } from '../../src/testing/index.js';

const ROSA = 'rosa@acme.com';

let fake: FakeAtlassian;
let server: RunningFake;
let confluence: ConfluenceClient;
beforeEach(async () => {
  fake = new FakeAtlassian();
  fake.addUser({ email: ROSA, displayName: 'Rosa Quell' });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  fake.addSite('acme', [{ key: 'confluence', grantedBy: ['planners'] }]);
  server = await fake.listen();
  confluence = clientWith({ noCheckAtlassianToken: true });
});
afterEach(async () => {
  await server.close();
});

function clientWith(options: { readonly noCheckAtlassianToken?: boolean; readonly apiPrefix?: string }) {
  const { user, token } = fake.siteCredential;
  const authentication = { basic: { email: user, apiToken: token } };
  return new ConfluenceClient({ host: server.url, authentication, ...options });
}

/** confluence.js has methods for version 1 alone; its client sends whatever it is told. */
async function v2(method: 'GET' | 'POST', url: string, data?: unknown): Promise<unknown> {
  const client = clientWith({ apiPrefix: '/wiki/' });
  const request = { method, url: `/api/v2${url}`, data };
  // Without a callback it gives a promise; its types are not sure of it.
  return (client.sendRequest as (config: object) => Promise<unknown>).call(client, request);
}

const rosaId = (): string => fake.account(ROSA)!.accountId;
const plannersId = (): string => fake.group('planners')!.orgGroupId!;

describe('confluence.js from npm, as it is, reads from the fake', () => {
  test('who it is, and where', async () => {
    const me = await confluence.users.getCurrentUser();
    const info = await confluence.settings.getSystemInfo();

    expect(me).toMatchObject({ type: 'known', accountType: 'app', email: fake.siteCredential.user });
    expect(info).toMatchObject({ cloudId: fake.site.cloudId, baseUrl: `${server.url}/wiki` });
  });

  test('people', async () => {
    const found = await confluence.search.searchUser({ cql: `user.fullname~"Rosa"` });
    const single = await confluence.users.getUser({ accountId: rosaId(), expand: ['operations'] });
    const bulk = await confluence.users.getBulkUserLookup({ accountId: `${rosaId()},nobody` });
    const groups: unknown = await confluence.users.getGroupMembershipsForUser({ accountId: rosaId() });

    expect(found.results).toMatchObject([{ user: { accountId: rosaId() }, entityType: 'user' }]);
    expect(single).toMatchObject({ email: ROSA, operations: [{ operation: 'use', targetType: 'application' }] });
    expect(bulk.results).toHaveLength(1);
    expect(groups).toMatchObject({ results: [{ name: 'planners' }] });
  });

  test('groups and their members', async () => {
    const groups = await confluence.group.getGroups({ limit: 1 });
    const group = await confluence.group.getGroupByGroupId({ id: plannersId() });
    const members = await confluence.group.getGroupMembersByGroupId({ groupId: plannersId(), limit: 200 });

    expect(groups).toMatchObject({ start: 0, limit: 1, size: 1, results: [{ name: 'planners', type: 'group' }] });
    expect(group).toMatchObject({ id: plannersId(), managedBy: 'ADMINS' });
    expect(members.results).toMatchObject([{ accountId: rosaId(), displayName: 'Rosa Quell' }]);
  });

  test('spaces and who reaches them, by its generic call', async () => {
    const id = fake.addConfluenceSpace({ key: 'FIN', name: 'Finance', roles: { Viewer: ['planners'] } });

    const spaces = await v2('GET', '/spaces?limit=250');
    const mode = await v2('GET', '/space-role-mode');
    const roles = (await v2('GET', '/space-roles')) as { results: { id: string; name: string }[] };
    const assignments = await v2('GET', `/spaces/${id}/role-assignments`);

    expect(spaces).toMatchObject({ results: [{ id, key: 'FIN', name: 'Finance' }] });
    expect(mode).toEqual({ mode: 'ROLES' });
    expect(assignments).toMatchObject({
      results: [
        { principal: { principalType: 'ACCESS_CLASS', principalId: 'all-product-admins' } },
        {
          principal: { principalType: 'GROUP', principalId: plannersId() },
          roleId: roles.results.find(({ name }) => name === 'Viewer')!.id,
        },
      ],
    });
  });

  test('a space of version 1 is gone', async () => {
    fake.addConfluenceSpace({ key: 'FIN' });

    // eslint-disable-next-line @typescript-eslint/no-deprecated -- that it has ended is what is tried here
    const error: unknown = await confluence.space.getSpace({ spaceKey: 'FIN' }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ statusCode: 410, message: expect.stringContaining('GoneException') as string });
  });
});

describe('confluence.js from npm, as it is, writes to the fake', () => {
  test('the members of a group', async () => {
    fake.addUser({ email: 'ben@acme.com' });
    const groupId = plannersId();

    await confluence.group.addUserToGroupByGroupId({ groupId, accountId: fake.account('ben@acme.com')!.accountId });
    await confluence.group.removeMemberFromGroupByGroupId({ groupId, accountId: rosaId() });

    expect(fake.group('planners')?.members).toEqual(['ben@acme.com']);
  });

  test('classic permissions', async () => {
    fake.changeConfluence({ mode: 'PRE_ROLES' });
    fake.addConfluenceSpace({ key: 'FIN', permissions: [] });
    const allow = async (key: 'read' | 'create', target: 'space' | 'page') =>
      confluence.spacePermissions.addPermissionToSpace({
        spaceKey: 'FIN',
        subject: { type: 'group', identifier: plannersId() },
        operation: { key, target },
      });

    const read = await allow('read', 'space');
    await allow('create', 'page');
    const granted = fake.confluenceSpace('FIN')?.permissions.planners;
    await confluence.spacePermissions.removePermission({ spaceKey: 'FIN', id: read.id! });

    expect(granted).toEqual(['read/space', 'create/page']);
    expect(fake.confluenceSpace('FIN')?.permissions).not.toHaveProperty('planners');
  });

  test('roles, by its generic call', async () => {
    const id = fake.addConfluenceSpace({ key: 'FIN', roles: { Viewer: ['planners'] } });
    const roles = (await v2('GET', '/space-roles')) as { results: { id: string; name: string }[] };

    await v2('POST', `/spaces/${id}/role-assignments`, [
      { principal: { principalType: 'USER', principalId: rosaId() }, roleId: roles.results[1]!.id },
      { principal: { principalType: 'GROUP', principalId: plannersId() } },
    ]);

    expect(fake.confluenceSpace('FIN')?.roles).toEqual({ 'all-product-admins': 'Admin', [ROSA]: 'Manager' });
  });

  test('nothing without its header against forgery', async () => {
    const write = clientWith({}).group.addUserToGroupByGroupId({ groupId: plannersId(), accountId: rosaId() });

    await expect(write).rejects.toMatchObject({ statusCode: 403, message: 'XSRF check failed' });
  });
});
