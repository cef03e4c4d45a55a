import { Version3Client } from 'jira.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeAtlassian, type RunningFake } from '../../src/testing/index.js';

let fake: FakeAtlassian;
let server: RunningFake;
let jira: Version3Client;
beforeEach(async () => {
  fake = new FakeAtlassian();
  fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });
  fake.addUser({ email: 'ben@acme.com', displayName: 'Ben Ito' });
  fake.addGroup({ name: 'planners', origin: 'local', members: ['rosa@acme.com'] });
  fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['planners'] }]);
  fake.addJiraPermissionScheme({ name: 'Open', grants: { BROWSE_PROJECTS: ['anyone'] } });
  fake.addJiraProject({ key: 'FIN', name: 'Finance', lead: 'rosa@acme.com', roles: { Member: ['group:planners'] } });
  server = await fake.listen();
  jira = clientWith(fake.siteCredential);
});
afterEach(async () => {
  await server.close();
});

function clientWith({ user, token }: { readonly user: string; readonly token: string }): Version3Client {
  return new Version3Client({ host: server.url, authentication: { basic: { email: user, apiToken: token } } });
}

function idOf(email: string): string {
  return fake.account(email)!.accountId;
}

/** The id of a role: the last segment of its address. */
async function roleId(name: string): Promise<number> {
  const roles = await jira.projectRoles.getProjectRoles({ projectIdOrKey: 'FIN' });
  return Number(roles[name]?.split('/').at(-1));
}

describe('jira.js from npm, as it is, reads from the fake', () => {
  test('who it is, what it may do, and where', async () => {
    const me = await jira.myself.getCurrentUser();
    const mine = await jira.permissions.getMyPermissions({ permissions: 'ADMINISTER,USER_PICKER' });
    const info = await jira.serverInfo.getServerInfo();

    expect(me).toMatchObject({ accountType: 'app', emailAddress: fake.siteCredential.user });
    expect(mine.permissions).toMatchObject({ ADMINISTER: { havePermission: true } });
    expect(info).toMatchObject({ baseUrl: server.url, deploymentType: 'Cloud' });
  });

  test('users, groups and members', async () => {
    const users = await jira.users.getAllUsers({ maxResults: 2 });
    const rest = await jira.users.getAllUsers({ startAt: 2, maxResults: 1000 });
    const groups = await jira.groups.bulkGetGroups({ maxResults: 1 });
    const members = await jira.groups.getUsersFromGroup({ groupname: 'planners' });

    expect(users.map(({ displayName }) => displayName)).toEqual(['Rosa Quell', 'Ben Ito']);
    expect(rest).toHaveLength(1);
    expect(groups).toMatchObject({ total: 1, isLast: true, values: [{ name: 'planners' }] });
    expect(members.values).toMatchObject([{ accountId: idOf('rosa@acme.com'), emailAddress: 'rosa@acme.com' }]);
  });

  test('projects, roles and who holds them', async () => {
    const projects = await jira.projects.searchProjects({ expand: ['lead', 'description'] });
    const project = await jira.projects.getProject({ projectIdOrKey: 'FIN' });
    const roles = await jira.projectRoles.getAllProjectRoles();
    const member = await jira.projectRoles.getProjectRole({ projectIdOrKey: 'FIN', id: await roleId('Member') });

    expect(projects.values).toMatchObject([{ key: 'FIN', style: 'classic', lead: { displayName: 'Rosa Quell' } }]);
    expect(Object.keys(project.roles ?? {})).toContain('Member');
    expect(roles.map(({ name }) => name)).toContain('Administrators');
    expect(member.actors).toMatchObject([{ type: 'atlassian-group-role-actor', actorGroup: { name: 'planners' } }]);
  });

  test('permission schemes and application roles', async () => {
    const { permissionSchemes } = await jira.permissionSchemes.getAllPermissionSchemes({ expand: 'all' });
    const used = await jira.projectPermissionSchemes.getAssignedPermissionScheme({ projectKeyOrId: 'FIN' });
    const roles = await jira.applicationRoles.getAllApplicationRoles();

    expect(permissionSchemes?.map(({ name }) => name)).toEqual(['Default Permission Scheme', 'Open']);
    expect(used.name).toBe('Default Permission Scheme');
    expect(roles).toMatchObject([{ key: 'jira-software', groups: ['planners'] }]);
  });
});

describe('jira.js from npm, as it is, writes to the fake', () => {
  test('members of a group, and hears of one who is in it already', async () => {
    const { orgGroupId: groupId } = fake.group('planners')!;

    await jira.groups.addUserToGroup({ groupId: groupId!, accountId: idOf('ben@acme.com') });
    const again = jira.groups.addUserToGroup({ groupId: groupId!, accountId: idOf('ben@acme.com') });
    await expect(again).rejects.toMatchObject({ status: 400 });
    await jira.groups.removeUserFromGroup({ groupId: groupId!, accountId: idOf('rosa@acme.com') });

    expect(fake.group('planners')?.members).toEqual(['ben@acme.com']);
  });

  test('holders of a role', async () => {
    const id = await roleId('Administrators');
    const { orgGroupId } = fake.group('planners')!;

    await jira.projectRoleActors.addActorUsers({ projectIdOrKey: 'FIN', id, user: [idOf('ben@acme.com')] });
    const given = fake.jiraProject('FIN')?.roles.Administrators;
    await jira.projectRoleActors.setActors({
      projectIdOrKey: 'FIN',
      id,
      categorisedActors: { 'atlassian-group-role-actor-id': [orgGroupId!] },
    });
    const replaced = fake.jiraProject('FIN')?.roles.Administrators;
    await jira.projectRoleActors.deleteActor({ projectIdOrKey: 'FIN', id, groupId: orgGroupId! });

    expect([given, replaced]).toEqual([['user:ben@acme.com'], ['group:planners']]);
    expect(fake.jiraProject('FIN')?.roles).toEqual({ Member: ['group:planners'] });
  });

  test('default holders of a role, who hold it in projects that are made later alone', async () => {
    const id = await roleId('Member');
    const user = idOf('ben@acme.com');

    await jira.projectRoleActors.addProjectRoleActorsToRole({ id, user: [user] });
    fake.addJiraProject({ key: 'LATE' });
    const given = await jira.projectRoleActors.getProjectRoleActorsForRole({ id });
    await jira.projectRoleActors.deleteProjectRoleActorsFromRole({ id, user });
    fake.addJiraProject({ key: 'LATER' });

    expect(given.actors).toMatchObject([{ actorUser: { accountId: user } }]);
    const holders = ['FIN', 'LATE', 'LATER'].map((key) => fake.jiraProject(key)?.roles.Member);
    expect(holders).toEqual([['group:planners'], ['user:ben@acme.com'], undefined]);
  });

  test('grants of a permission scheme, and the scheme of a project', async () => {
    const { permissionSchemes = [] } = await jira.permissionSchemes.getAllPermissionSchemes();
    const schemeId = permissionSchemes.find(({ name }) => name === 'Open')!.id!;

    const grant = await jira.permissionSchemes.createPermissionGrant({
      schemeId,
      permission: 'ADMINISTER_PROJECTS',
      holder: { type: 'group', parameter: 'planners' },
    });
    await jira.projectPermissionSchemes.assignPermissionScheme({ projectKeyOrId: 'FIN', id: schemeId });
    const granted = fake.jiraProject('FIN')?.grants;
    await jira.permissionSchemes.deletePermissionSchemeEntity({ schemeId, permissionId: grant.id! });

    expect(granted).toEqual({ BROWSE_PROJECTS: ['anyone'], ADMINISTER_PROJECTS: ['group:planners'] });
    expect(fake.jiraProject('FIN')?.grants).toEqual({ BROWSE_PROJECTS: ['anyone'] });
  });
});

describe('jira.js from npm with a dead token', () => {
  test('is told 401 about itself, and nothing about projects but for a header', async () => {
    const dead = clientWith({ ...fake.siteCredential, token: 'ATATT-revoked' });

    const projects = await dead.projects.searchProjects();

    expect(projects.values).toEqual([]);
    await expect(dead.myself.getCurrentUser()).rejects.toMatchObject({ status: 401 });
  });
});
