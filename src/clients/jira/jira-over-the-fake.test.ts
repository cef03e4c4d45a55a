import { beforeEach, describe, expect, test } from 'vitest';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import { FakeAtlassian } from '../../testing/fake-atlassian.js';
import { DOCUMENTED_RATE_LIMITS } from '../../testing/faults/rate-limits.js';
import { JiraClient } from './jira-client.js';
import type { JiraPermissionGrantId, JiraPermissionSchemeId, JiraProjectId, JiraProjectRoleId } from './jira-ids.js';

let fake: FakeAtlassian;
let jira: JiraClient;
beforeEach(() => {
  fake = new FakeAtlassian();
  fake.addGroup({ name: 'crew', origin: 'local' });
  fake.addSite('acme', [{ key: 'jira-software', capacity: 10, grantedBy: ['crew'] }]);
  fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });
  fake.addUser({ email: 'ben@acme.com', displayName: 'Ben Ito' });
  fake.addAccount({ email: 'guest@partner.example' });
  fake.addGroup({ name: 'planners', origin: 'local', members: ['rosa@acme.com'] });
  fake.addJiraProject({ key: 'FIN', name: 'Finance', roles: { Administrators: ['group:planners'] } });
  jira = connect();
});

function connect(site = fake.connection().site!): JiraClient {
  const { fetch, clock } = fake.connection();
  return JiraClient.connect({ ...site, fetch, clock });
}

function accountId(email: string): AtlassianAccountId {
  return fake.account(email)!.accountId;
}

function groupId(name: string): OrgGroupId {
  return fake.group(name)!.orgGroupId!;
}

/** What code without types may pass. */
function untyped(value: unknown): never {
  return value as never;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const read: Item[] = [];
  for await (const item of items) read.push(item);
  return read;
}

async function roleOf(project: string, name: string): Promise<{ projectId: JiraProjectId; roleId: JiraProjectRoleId }> {
  const projectId = fake.jiraProject(project)!.id as JiraProjectId;
  const roles = await jira.projectRoles.listOfProject(projectId);
  return { projectId, roleId: roles.find((role) => role.name === name)!.id };
}

describe('reads', () => {
  test('users of every kind, with an email only where it shows', async () => {
    const users = await all(jira.users.list());

    expect(users.map(({ displayName, email, accountType }) => [displayName, email, accountType])).toEqual([
      ['Rosa Quell', 'rosa@acme.com', 'atlassian'],
      ['Ben Ito', 'ben@acme.com', 'atlassian'],
      ['Guest', undefined, 'atlassian'],
      ['Site Administrator', fake.siteCredential.user, 'app'],
    ]);
  });

  test.each(['omitted', 'null', 'empty'] as const)(
    'a hidden email as none, where it is written as %s',
    async (form) => {
      fake.switches.jiraHiddenEmail = form;

      const guest = await jira.users.get(accountId('guest@partner.example'));

      expect(guest.displayName).toBe('Guest');
      expect(guest).not.toHaveProperty('email');
    },
  );

  test('groups of a user, where they are asked for', async () => {
    const plain = await jira.users.get(accountId('rosa@acme.com'));
    const expanded = await jira.users.get(accountId('rosa@acme.com'), ['groups']);

    expect(plain).toMatchObject({ groupCount: 1 });
    expect(plain.groups).toBeUndefined();
    expect(expanded.groups).toEqual([{ name: 'planners', groupId: groupId('planners') }]);
  });

  test('groups and their members, the deactivated ones too', async () => {
    fake.changeAccount('rosa@acme.com', { status: 'inactive' });

    const groups = await all(jira.groups.list());
    const members = await all(jira.groups.listMembers(groupId('planners')));
    const active = await all(jira.groups.listMembers(groupId('planners'), { includeInactive: false }));

    expect(groups.map(({ name }) => name)).toEqual(['crew', 'planners']);
    expect(members).toMatchObject([{ displayName: 'Rosa Quell', active: false }]);
    expect(active).toEqual([]);
  });

  test('all pages, by what came of each and never by what was asked for', async () => {
    for (let number = 1; number <= 120; number += 1) fake.addGroup({ name: `group-${number}`, origin: 'local' });
    fake.requests.clear();

    const groups = await all(jira.groups.list());

    expect(groups).toHaveLength(122);
    expect(fake.requests.of('jira.groups.list')).toHaveLength(3);
  });

  test('users past a page that is short before the end', async () => {
    fake.switches.jiraShortUserPages = true;
    for (let number = 1; number <= 1100; number += 1) fake.addAccount({ email: `p${number}@partner.example` });

    const users = await all(jira.users.list());

    expect(new Set(users.map((user) => user.accountId)).size).toBe(1104);
  });

  test('projects, with lead and description, and whether they are team-managed', async () => {
    fake.addJiraProject({ key: 'HR', style: 'next-gen', private: true, lead: 'rosa@acme.com', description: 'People' });

    const projects = await all(jira.projects.list());

    expect(projects).toMatchObject([
      { key: 'FIN', name: 'Finance', style: 'classic', simplified: false },
      { key: 'HR', style: 'next-gen', isPrivate: true, description: 'People', lead: { displayName: 'Rosa Quell' } },
    ]);
  });

  test('the catalogue of roles, those of team-managed projects with their project', async () => {
    const { id } = fake.addJiraProject({ key: 'HR', style: 'next-gen' });

    const roles = await jira.projectRoles.list();

    expect(roles.filter(({ scopeProjectId }) => scopeProjectId === undefined).map(({ name }) => name)).toEqual([
      'Administrators',
      'Member',
      'Viewer',
      'atlassian-addons-project-access',
    ]);
    expect(roles.filter(({ scopeProjectId }) => scopeProjectId === id).map(({ name }) => name)).toEqual([
      'Administrator',
      'Member',
      'Viewer',
    ]);
  });

  test('permission schemes with their grants, and the scheme of a project', async () => {
    fake.addJiraPermissionScheme({ name: 'Open', grants: { BROWSE_PROJECTS: ['anyone', 'group:planners'] } });
    const { id } = fake.addJiraProject({ key: 'PUB', permissionScheme: 'Open' });

    const schemes = await jira.permissionSchemes.list();
    const used = await jira.permissionSchemes.getOfProject(id as JiraProjectId);

    expect(schemes.find(({ name }) => name === 'Open')?.grants?.map(({ holder }) => holder)).toEqual([
      { type: 'anyone' },
      { type: 'group', parameter: 'planners', value: groupId('planners') },
    ]);
    expect([used.name, used.grants]).toEqual(['Open', undefined]);
    expect((await jira.permissionSchemes.get(used.id)).grants).toHaveLength(2);
  });

  test('application roles with their groups and seats', async () => {
    fake.addProduct({ key: 'jira-servicedesk' });

    const roles = await jira.applicationRoles.list();

    expect(roles).toMatchObject([
      {
        key: 'jira-software',
        groups: [{ name: 'crew', groupId: groupId('crew') }],
        numberOfSeats: 10,
        remainingSeats: 10,
        hasUnlimitedSeats: false,
      },
      { key: 'jira-servicedesk', groups: [], hasUnlimitedSeats: true },
    ]);
    expect(roles[1]).not.toHaveProperty('numberOfSeats');
  });

  test('the site, its id, and what the caller may do', async () => {
    const info = await jira.instance.getServerInfo();
    const cloudId = await jira.instance.getCloudId();
    const permissions = await jira.instance.getMyPermissions(['ADMINISTER', 'USER_PICKER']);

    expect(info).toMatchObject({
      baseUrl: 'https://acme.atlassian.net',
      deploymentType: 'Cloud',
      defaultLocale: 'en_US',
    });
    expect(cloudId).toBe(fake.site.cloudId);
    expect(permissions).toEqual([
      { key: 'ADMINISTER', havePermission: true },
      { key: 'USER_PICKER', havePermission: true },
    ]);
  });
});

describe('writes', () => {
  test('put a person into a group and take them out, each once', async () => {
    const [group, ben] = [groupId('planners'), accountId('ben@acme.com')];

    await jira.groups.addMember(group, ben);
    const after = fake.group('planners')?.members;
    const again = jira.groups.addMember(group, ben);
    await expect(again).rejects.toMatchObject({
      code: 'rejected',
      detail: expect.stringContaining('already a member of'),
    });
    await jira.groups.removeMember(group, ben);

    expect(after).toEqual(['ben@acme.com', 'rosa@acme.com']);
    expect(fake.group('planners')?.members).toEqual(['rosa@acme.com']);
    await expect(jira.groups.removeMember(group, ben)).rejects.toMatchObject({
      code: 'rejected',
      detail: expect.stringContaining('not a member of'),
    });
  });

  test.for([['addMember'], ['removeMember']] as const)(
    'are not sent again where the answer of %s was lost: the error says to read back',
    async ([operation]) => {
      const [group, ben] = [groupId('planners'), accountId('ben@acme.com')];
      if (operation === 'removeMember') await jira.groups.addMember(group, ben);
      fake.failNext(`jira.groups.${operation}`, { reset: 'after' });

      const error: unknown = await jira.groups[operation](group, ben).catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ code: 'network_failed', sent: true, advice: expect.stringContaining('read back') });
      expect(fake.requests.of(`jira.groups.${operation}`)).toHaveLength(1);
      expect(fake.group('planners')?.members.includes('ben@acme.com')).toBe(operation === 'addMember');
    },
  );

  test('of role holders and of grants are not sent again where the answer was lost', async () => {
    const { projectId, roleId } = await roleOf('FIN', 'Administrators');
    const [scheme] = await jira.permissionSchemes.list();
    const holder = { type: 'group', value: groupId('planners') } as const;
    const grant = await jira.permissionSchemes.createGrant(scheme!.id, { permission: 'EDIT_ISSUES', holder });
    for (const write of ['projectRoles.addActors', 'permissionSchemes.createGrant', 'permissionSchemes.deleteGrant'])
      fake.failNext(`jira.${write}`, { status: 504, takesEffect: true });

    const writes = await Promise.allSettled([
      jira.projectRoles.addActors(projectId, roleId, { accountIds: [accountId('ben@acme.com')] }),
      jira.permissionSchemes.createGrant(scheme!.id, { permission: 'ADD_COMMENTS', holder }),
      jira.permissionSchemes.deleteGrant(scheme!.id, grant.id),
    ]);

    const lost = { reason: { code: 'server_error', attempts: 1, advice: expect.stringContaining('read back') } };
    expect(writes).toMatchObject([lost, lost, lost]);
  });

  test('leave a synced group alone', async () => {
    fake.addGroup({ name: 'synced' });

    const added = jira.groups.addMember(groupId('synced'), accountId('ben@acme.com'));

    await expect(added).rejects.toMatchObject({ code: 'forbidden' });
    expect(fake.group('synced')?.members).toEqual([]);
  });

  test('give, replace and take a role of a project', async () => {
    const { projectId, roleId } = await roleOf('FIN', 'Administrators');

    const given = await jira.projectRoles.addActors(projectId, roleId, { accountIds: [accountId('ben@acme.com')] });
    const replaced = await jira.projectRoles.setActors(projectId, roleId, {
      accountIds: [accountId('rosa@acme.com')],
      groupIds: [groupId('crew')],
    });
    await jira.projectRoles.removeActor(projectId, roleId, { groupId: groupId('crew') });
    await jira.projectRoles.removeActor(projectId, roleId, { groupId: groupId('crew') });

    expect(given.actors?.map(({ displayName }) => displayName)).toEqual(['Ben Ito', 'planners']);
    expect(replaced.actors).toMatchObject([
      { displayName: 'Rosa Quell', type: 'atlassian-user-role-actor', accountId: accountId('rosa@acme.com') },
      { displayName: 'crew', type: 'atlassian-group-role-actor', groupId: groupId('crew'), groupName: 'crew' },
    ]);
    expect(fake.jiraProject('FIN')?.roles).toEqual({ Administrators: ['user:rosa@acme.com'] });
  });

  test('take a role from everybody only where that is said', async () => {
    const { projectId, roleId } = await roleOf('FIN', 'Administrators');
    const nobody = { accountIds: [], groupIds: [] };

    const silent = jira.projectRoles.setActors(projectId, roleId, nobody);
    await expect(silent).rejects.toMatchObject({ code: 'request_invalid' });
    const before = fake.jiraProject('FIN')?.roles;
    await jira.projectRoles.setActors(projectId, roleId, { ...nobody, allowEmpty: true });

    expect(before).toEqual({ Administrators: ['group:planners'] });
    expect(fake.jiraProject('FIN')?.roles).toEqual({});
  });

  const [PROJECT, ROLE, GROUP] = ['1' as JiraProjectId, '2' as JiraProjectRoleId, 'g-1' as OrgGroupId];
  const [ROSA, SCHEME] = ['a-1' as AtlassianAccountId, '3' as JiraPermissionSchemeId];
  test.each<[string, string, (client: JiraClient) => Promise<unknown>]>([
    [
      'setActors without groupIds',
      'groupIds',
      (j) => j.projectRoles.setActors(PROJECT, ROLE, untyped({ accountIds: [] })),
    ],
    [
      'setActors with an empty id',
      'groupIds[0]',
      (j) => j.projectRoles.setActors(PROJECT, ROLE, { accountIds: [ROSA], groupIds: ['' as OrgGroupId] }),
    ],
    ['addActors with nobody', 'accountIds', (j) => j.projectRoles.addActors(PROJECT, ROLE, { accountIds: [] })],
    ['addActors with nothing', 'accountIds', (j) => j.projectRoles.addActors(PROJECT, ROLE, untyped({}))],
    [
      'addActors with people and groups',
      'groupIds',
      (j) => j.projectRoles.addActors(PROJECT, ROLE, untyped({ accountIds: [ROSA], groupIds: [GROUP] })),
    ],
    [
      'removeActor without a holder',
      'accountId',
      (j) => j.projectRoles.removeActor(PROJECT, ROLE, untyped({ groupId: undefined })),
    ],
    [
      'removeActor with two',
      'groupId',
      (j) => j.projectRoles.removeActor(PROJECT, ROLE, untyped({ accountId: ROSA, groupId: GROUP })),
    ],
    [
      'removeActor with an empty id',
      'groupId',
      (j) => j.projectRoles.removeActor(PROJECT, ROLE, { groupId: '' as OrgGroupId }),
    ],
    ['removeMember without a group', 'groupId', (j) => j.groups.removeMember('' as OrgGroupId, ROSA)],
    ['addMember without a person', 'accountId', (j) => j.groups.addMember(GROUP, untyped(undefined))],
    ['assign without a scheme', 'schemeId', (j) => j.permissionSchemes.assign(PROJECT, '' as JiraPermissionSchemeId)],
    [
      'createGrant to no group',
      'holder.value',
      (j) => j.permissionSchemes.createGrant(SCHEME, { permission: 'EDIT_ISSUES', holder: { type: 'group' } }),
    ],
  ])('are not sent as %s, and the error names the field', async (_what, field, write) => {
    fake.requests.clear();

    const sent = write(jira);

    await expect(sent).rejects.toMatchObject({ code: 'request_invalid', message: expect.stringContaining(field) });
    expect(fake.requests.length).toBe(0);
  });

  test('name a person as the one holder, where another field is there without a value', async () => {
    const { projectId, roleId } = await roleOf('FIN', 'Administrators');
    const holder = { accountId: accountId('ben@acme.com'), groupId: undefined };
    await jira.projectRoles.addActors(projectId, roleId, { accountIds: [holder.accountId] });

    await jira.projectRoles.removeActor(projectId, roleId, holder);

    expect(fake.jiraProject('FIN')?.roles).toEqual({ Administrators: ['group:planners'] });
  });

  test('do not give a role twice, or to somebody who is inactive', async () => {
    const { projectId, roleId } = await roleOf('FIN', 'Administrators');
    fake.changeAccount('ben@acme.com', { status: 'inactive' });

    const twice = jira.projectRoles.addActors(projectId, roleId, { groupIds: [groupId('planners')] });
    const inactive = jira.projectRoles.addActors(projectId, roleId, { accountIds: [accountId('ben@acme.com')] });

    await expect(twice).rejects.toMatchObject({ code: 'rejected' });
    await expect(inactive).rejects.toMatchObject({ code: 'not_found' });
  });

  test('grant a permission once, take the grant back once, and change the scheme of a project', async () => {
    fake.addJiraPermissionScheme({ name: 'Open' });
    const open = (await jira.permissionSchemes.list()).find(({ name }) => name === 'Open')!;
    const holder = { type: 'group', value: groupId('planners') } as const;

    const grant = await jira.permissionSchemes.createGrant(open.id, { permission: 'BROWSE_PROJECTS', holder });
    const again = jira.permissionSchemes.createGrant(open.id, { permission: 'BROWSE_PROJECTS', holder });
    await expect(again).rejects.toMatchObject({ code: 'rejected' });
    await jira.permissionSchemes.assign(fake.jiraProject('FIN')!.id as JiraProjectId, open.id);
    const granted = fake.jiraProject('FIN');
    await jira.permissionSchemes.deleteGrant(open.id, grant.id);

    expect(granted).toMatchObject({ permissionScheme: 'Open', grants: { BROWSE_PROJECTS: ['group:planners'] } });
    expect(fake.jiraProject('FIN')?.grants).toEqual({});
    await expect(jira.permissionSchemes.deleteGrant(open.id, '99999' as JiraPermissionGrantId)).rejects.toMatchObject({
      code: 'rejected',
    });
  });

  test('that a free plan does not have are refused', async () => {
    fake.changeJira({ freePlan: true });
    const { projectId, roleId } = await roleOf('FIN', 'Member');
    const [scheme] = await jira.permissionSchemes.list();

    const given = jira.projectRoles.addActors(projectId, roleId, { accountIds: [accountId('ben@acme.com')] });
    const assigned = jira.permissionSchemes.assign(projectId, scheme!.id);

    await expect(given).rejects.toMatchObject({ code: 'rejected', detail: expect.stringContaining('Free plan') });
    await expect(assigned).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('vanish with the group or the person that they were for', async () => {
    fake.addJiraPermissionScheme({
      name: 'Open',
      grants: { BROWSE_PROJECTS: ['user:ben@acme.com', 'group:planners'] },
    });
    fake.addJiraProject({ key: 'PUB', permissionScheme: 'Open', roles: { Member: ['user:ben@acme.com'] } });
    const { admin } = fake.connection();
    const at = `${admin.baseUrl}/admin/v2/orgs/${fake.organizationId}/directories/${fake.orgDirectoryId}`;
    const headers = { authorization: `Bearer ${admin.apiKey}` };

    await fake.fetch(`${at}/groups/${groupId('planners')}`, { method: 'DELETE', headers });
    await fake.fetch(`${at}/users/${accountId('ben@acme.com')}`, { method: 'DELETE', headers });

    expect(fake.jiraProject('FIN')?.roles).toEqual({});
    expect(fake.jiraProject('PUB')).toMatchObject({ roles: {}, grants: {} });
  });

  test('are undone by a snapshot', async () => {
    const before = fake.snapshot();
    const { projectId, roleId } = await roleOf('FIN', 'Administrators');
    await jira.projectRoles.removeActor(projectId, roleId, { groupId: groupId('planners') });

    fake.restore(before);

    expect(fake.jiraProject('FIN')?.roles).toEqual({ Administrators: ['group:planners'] });
  });
});

describe('a credential', () => {
  test('that is dead is found out by every read, also by those that answer 200 with nothing', async () => {
    const dead = connect({ ...fake.connection().site!, token: 'ATATT-no-longer' });

    await expect(all(dead.projects.list())).rejects.toMatchObject({ code: 'unauthenticated', status: 200 });
    await expect(all(dead.users.list())).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(all(dead.groups.list())).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(dead.users.myself()).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
    await expect(dead.instance.getServerInfo()).rejects.toMatchObject({ code: 'unauthenticated', status: 200 });
  });

  test('of a person shows what that person may see', async () => {
    fake.addJiraPermissionScheme({ name: 'Closed', grants: { BROWSE_PROJECTS: ['projectRole:Member'] } });
    fake.addJiraProject({ key: 'SEC', permissionScheme: 'Closed' });
    fake.addGroup({ name: 'users', origin: 'local', members: ['rosa@acme.com'] });
    fake.addGroupRole('users', fake.addProduct({ key: 'jira-software' }).ari);
    const rosa = connect({
      url: fake.site.url,
      user: 'rosa@acme.com',
      token: fake.addUserToken('rosa@acme.com'),
    });

    const projects = await all(rosa.projects.list());
    const catalogue = rosa.projectRoles.list();

    expect((await rosa.users.myself()).email).toBe('rosa@acme.com');
    expect(projects.map(({ key }) => key)).toEqual(['FIN']);
    await expect(catalogue).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('of a service account works through the gateway, as far as its scopes go', async () => {
    const email = fake.addServiceAccount('Access reader');
    fake.addRole(email, fake.addProduct({ key: 'jira-software' }).ari, 'atlassian/admin');
    const token = fake.addUserToken(email, { scopes: ['read:jira-user', 'read:jira-work'] });
    const service = { url: fake.site.url, token, cloudId: fake.site.cloudId };
    const { fetch, clock } = fake.connection();
    const reader = JiraClient.connect({ ...service, fetch, clock });
    const onTheHost = JiraClient.connect({ url: service.url, user: email, token, fetch, clock });

    const projects = await all(reader.projects.list());

    expect(projects.map(({ key }) => key)).toEqual(['FIN']);
    expect(await reader.instance.getCloudId()).toBe(fake.site.cloudId);
    expect(fake.requests.at(-1)?.path).toBe(`/ex/jira/${fake.site.cloudId}/rest/api/3/project/search`);
    await expect(reader.applicationRoles.list()).rejects.toMatchObject({
      code: 'unauthenticated',
      detail: 'Unauthorized; scope does not match',
    });
    await expect(onTheHost.users.myself()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('of the gateway opens no site that is not there', async () => {
    const token = fake.addUserToken('rosa@acme.com', { scopes: ['read:jira-user'] });
    const { fetch, clock } = fake.connection();
    const lost = JiraClient.connect({
      url: fake.site.url,
      user: 'rosa@acme.com',
      token,
      cloudId: 'nowhere',
      fetch,
      clock,
    });

    await expect(lost.users.myself()).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('keeps to what Jira allows of one operation in a second, from what its answers say', async () => {
  fake.limitRates(DOCUMENTED_RATE_LIMITS);
  const { projectId, roleId } = await roleOf('FIN', 'Administrators');
  const started = fake.clock.now();

  const roles = await Promise.all(Array.from({ length: 150 }, async () => jira.projectRoles.get(projectId, roleId)));

  expect(roles).toHaveLength(150);
  expect(fake.requests.of('jira.projectRoles.get').map(({ status }) => status)).toEqual(Array(150).fill(200));
  expect(fake.clock.now() - started).toBeGreaterThanOrEqual(900);
});

test('works the same over HTTP', async () => {
  const server = await fake.listen();
  const overHttp = JiraClient.connect(server.connection().site!);

  const projects = await all(overHttp.projects.list());
  await server.close();

  expect(projects.map(({ key }) => key)).toEqual(['FIN']);
});
