import { beforeEach, describe, expect, test } from 'vitest';
import { JiraClient } from '../../clients/jira/jira-client.js';
import { FakeAtlassian } from '../../testing/fake-atlassian.js';
import { generateOrganization } from '../../testing/generate-organization.js';
import type { Gap } from '../entities/gap.js';
import type { JiraEntity } from '../entities/jira-entities.js';
import type { ReadCheckpoint, ReadOptions } from '../reading/discovery-reader.js';
import { JiraReader } from './jira-reader.js';

let fake: FakeAtlassian;
beforeEach(() => {
  fake = new FakeAtlassian();
});

function seed(): void {
  fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });
  fake.addUser({ email: 'ben@acme.com', displayName: 'Ben Ito' });
  fake.addGroup({ name: 'planners', origin: 'local', members: ['rosa@acme.com'] });
  fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['planners'] }]);
  fake.addJiraPermissionScheme({
    name: 'Open',
    grants: { BROWSE_PROJECTS: ['anyone', 'group:planners', 'projectLead', 'weather:rain', 'projectRole:Member'] },
  });
  fake.addJiraProject({
    key: 'FIN',
    name: 'Finance',
    permissionScheme: 'Open',
    roles: { Administrators: ['user:ben@acme.com'], Member: ['group:planners'] },
  });
  fake.addJiraProject({
    key: 'HR',
    name: 'People',
    style: 'next-gen',
    roles: { Administrator: ['user:rosa@acme.com'] },
  });
}

function reader(site = fake.connection().site): JiraReader {
  const { fetch, clock } = fake.connection();
  return new JiraReader(JiraClient.connect({ ...site!, fetch, clock, retry: { maxAttempts: 1 } }));
}

async function read(options: ReadOptions = {}, from = reader()): Promise<(JiraEntity | Gap)[]> {
  const found: (JiraEntity | Gap)[] = [];
  for await (const one of from.read(options)) found.push(one);
  return found;
}

function ofType<Type extends (JiraEntity | Gap)['type']>(found: readonly (JiraEntity | Gap)[], type: Type) {
  return found.filter((one): one is Extract<JiraEntity | Gap, { type: Type }> => one.type === type);
}

describe('everything', () => {
  test('is read of a site: instance, people, groups, projects, roles, schemes and applications', async () => {
    seed();

    const found = await read();

    expect(ofType(found, 'gap')).toEqual([]);
    expect(ofType(found, 'jira.instance')).toMatchObject([
      { id: fake.site.cloudId, baseUrl: fake.site.url, buildDate: expect.stringMatching(/^2026-/u) as string },
    ]);
    expect(ofType(found, 'jira.user').map(({ displayName, accountType }) => [displayName, accountType])).toEqual([
      ['Rosa Quell', 'atlassian'],
      ['Ben Ito', 'atlassian'],
      ['Site Administrator', 'app'],
    ]);
    expect(ofType(found, 'jira.group')).toMatchObject([
      { name: 'planners', memberIds: [fake.account('rosa@acme.com')?.accountId] },
    ]);
    expect(ofType(found, 'jira.applicationRole')).toMatchObject([
      { id: 'jira-software', groupIds: [fake.group('planners')?.orgGroupId] },
    ]);
  });

  test('has each role of each project, with its holders, and the roles of a team-managed project alone in it', async () => {
    seed();

    const roles = ofType(await read(), 'jira.projectRole');

    expect(roles.map(({ name, actors }) => [name, actors?.map(({ displayName }) => displayName)])).toEqual([
      ['Finance - Administrators', ['Ben Ito']],
      ['Finance - Member', ['planners']],
      ['Finance - Viewer', []],
      // That of apps: nobody else can hold it, and its holders are not asked for.
      ['Finance - atlassian-addons-project-access', undefined],
      ['People - Administrator', ['Rosa Quell']],
      ['People - Member', []],
      ['People - Viewer', []],
    ]);
  });

  test('keeps every holder of a permission, those of kinds that nobody knows too', async () => {
    seed();

    const found = await read();

    const scheme = ofType(found, 'jira.permissionScheme').find(({ name }) => name === 'Open');
    const member = ofType(found, 'jira.projectRole').find(({ roleName }) => roleName === 'Member');
    expect(ofType(found, 'jira.project')[0]).toMatchObject({ key: 'FIN', permissionSchemeId: scheme?.id });
    expect(scheme?.grants.map(({ principal }) => principal)).toEqual([
      { type: 'anonymous' },
      { type: 'group', id: fake.group('planners')?.orgGroupId },
      { type: 'conditional', id: 'projectLead' },
      { type: 'unknown', kind: 'weather', id: 'rain' },
      { type: 'jira.projectRole', id: member?.roleId },
    ]);
  });
});

describe('calls', () => {
  test.each([
    { people: 120, groups: 7, jiraProjects: 12 },
    { people: 1030, groups: 60, jiraProjects: 130 },
  ])('are those of the cheapest plan for $people people, $groups groups and $jiraProjects projects', async (size) => {
    generateOrganization(fake, size);
    const N = size.people + 1;
    const pages = (count: number, page: number): number => Math.max(1, Math.ceil(count / page));
    const members = Array.from({ length: size.groups }, (_, index) => fake.group(`group-${index + 1}`)!.members.length);
    const memberCalls = members.reduce((all, count) => all + pages(count, 50), 0);
    const P = size.jiraProjects;
    fake.requests.clear();

    const found = await read();

    const core = 5 + Math.ceil(N / 1000) + 1 + pages(size.groups, 50) + memberCalls + pages(P, 100) + 3 * P;
    expect(fake.requests).toHaveLength(core + P + 2);
    expect(ofType(found, 'gap')).toEqual([]);
    expect(ofType(found, 'jira.user')).toHaveLength(N);
    expect(ofType(found, 'jira.projectRole')).toHaveLength(4 * P);
    fake.requests.expectNoWrites();
  });

  test('are only those that the kinds which are asked for need', async () => {
    seed();
    fake.requests.clear();

    const found = await read({ only: ['jira.user'] });

    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['jira.user']));
    expect(new Set(fake.requests.operations())).toEqual(
      new Set(['jira.users.myself', 'jira.instance.getMyPermissions', 'jira.users.list']),
    );
  });

  test('go to each project for its roles, where the caller may not read the catalogue', async () => {
    seed();
    fake.failNext('jira.projectRoles.list', { status: 403 });

    const roles = ofType(await read(), 'jira.projectRole');

    expect(roles).toHaveLength(7);
    expect(fake.requests.of('jira.projectRoles.listOfProject')).toHaveLength(2);
  });
});

describe('what cannot be read', () => {
  test('because the token is dead is one gap that hides everything', async () => {
    seed();

    const found = await read({}, reader({ ...fake.connection().site!, token: 'ATATT-dead' }));

    expect(found).toMatchObject([{ type: 'gap', reason: 'unauthenticated', part: 'everything' }]);
    expect(ofType(found, 'gap')[0]?.hides).toContain('jira.project');
    expect(fake.requests).toHaveLength(1);
  });

  test('because Jira is not on the site is one gap', async () => {
    fake.addSite('acme', ['confluence']);

    expect(await read()).toMatchObject([{ type: 'gap', reason: 'absent', part: 'everything' }]);
  });

  test('of one role or one group is a gap of that one, and it is still told that there is one', async () => {
    seed();
    fake.failNext('jira.projectRoles.get', { status: 500 });
    fake.failNext('jira.groups.listMembers', { status: 404 });

    const found = await read();

    expect(ofType(found, 'gap').map(({ part, reason, resource }) => [part, reason, resource?.type])).toEqual(
      expect.arrayContaining([
        ['project roles', 'failed', 'jira.projectRole'],
        ['members of groups', 'not-found', 'jira.group'],
      ]),
    );
    expect(ofType(found, 'jira.projectRole')).toHaveLength(7);
    expect(ofType(found, 'jira.projectRole')[0]).not.toHaveProperty('actors');
    expect(ofType(found, 'jira.group')[0]).not.toHaveProperty('memberIds');
  });

  test('is said of a caller who does not administer Jira: hidden projects are not absent ones', async () => {
    seed();
    const user = 'rosa@acme.com';

    const found = await read({}, reader({ url: fake.site.url, user, token: fake.addUserToken(user) }));

    expect(ofType(found, 'gap').map(({ part, reason }) => [part, reason])).toEqual(
      expect.arrayContaining([
        ['hidden projects', 'forbidden'],
        ['application roles', 'forbidden'],
      ]),
    );
    expect(ofType(found, 'jira.user').length).toBeGreaterThan(0);
  });

  test('of a group without an id is a gap of the application that it gives', async () => {
    seed();
    const role = {
      key: 'jira-software',
      name: 'Jira',
      groups: ['crew'],
      groupDetails: [{ name: 'crew' }],
      defaultGroupsDetails: [],
    };
    fake.fail('jira.applicationRoles.list', { status: 200, body: [role] });

    const found = await read();

    expect(ofType(found, 'gap')).toMatchObject([
      { hides: ['jira.applicationRole'], resource: { type: 'jira.applicationRole', id: 'jira-software' } },
    ]);
  });

  test('of a permission scheme that came without its grants is a gap: it may grant something', async () => {
    seed();
    fake.fail('jira.permissionSchemes.list', { status: 200, body: { permissionSchemes: [{ id: 7, name: 'Bare' }] } });

    const found = await read();

    expect(ofType(found, 'gap').find(({ part }) => part === 'permission schemes')).toMatchObject({
      resource: { type: 'jira.permissionScheme', id: '7' },
    });
  });

  test('of applications that came as an empty list is a gap: Jira is one itself', async () => {
    seed();
    fake.fail('jira.applicationRoles.list', { status: 200, body: [] });

    const found = await read();

    expect(ofType(found, 'gap')).toMatchObject([{ part: 'application roles', hides: ['jira.applicationRole'] }]);
  });

  test('is said of a caller whose rights Jira does not tell', async () => {
    seed();
    fake.failNext('jira.instance.getMyPermissions', { status: 404 });

    const found = await read();

    expect(ofType(found, 'gap')).toMatchObject([{ part: 'hidden projects', hides: ['jira.project'] }]);
  });

  test('of a project that the caller does not administer is a gap of that one, and the others are read', async () => {
    seed();
    const user = 'rosa@acme.com';
    fake.addJiraProject({ key: 'MINE', name: 'Mine', roles: { Administrators: [`user:${user}`] } });

    const found = await read({}, reader({ url: fake.site.url, user, token: fake.addUserToken(user) }));

    const roles = ofType(found, 'jira.projectRole');
    expect(roles.find(({ name }) => name === 'Mine - Administrators')?.actors).toHaveLength(1);
    expect(roles.some(({ name }) => name.startsWith('Finance'))).toBe(false);
    const gaps = ofType(found, 'gap').filter(({ part }) => part === 'project roles');
    expect(gaps.map(({ reason, resource }) => [reason, resource?.type, resource?.name])).toEqual([
      ['forbidden', 'jira.project', 'Finance'],
    ]);
  });
});

describe('a reading', () => {
  test('can be taken up where its checkpoint was, and reads nothing twice that was done', async () => {
    seed();
    const whole = await read();
    let last: ReadCheckpoint | undefined;
    const controller = new AbortController();
    const before: (JiraEntity | Gap)[] = [];
    const cut = async (): Promise<void> => {
      const options = {
        concurrency: 1,
        signal: controller.signal,
        onCheckpoint: (one: ReadCheckpoint) => (last = one),
      };
      for await (const one of reader().read(options)) {
        before.push(one);
        if (one.type === 'jira.projectRole') controller.abort();
      }
    };
    await expect(cut()).rejects.toMatchObject({ code: 'aborted' });

    const rest = await read({ resumeFrom: last });

    const ids = (found: readonly (JiraEntity | Gap)[]) =>
      [...new Set(found.map(({ type, id }) => `${type} ${id}`))].sort();
    expect(ids([...before, ...rest])).toEqual(ids(whole));
    expect(rest.length).toBeLessThan(whole.length);
  });

  test('through the gateway is the same, with one call less', async () => {
    seed();
    fake.requests.clear();
    const direct = await read();
    const calls = fake.requests.length;
    fake.addRole(fake.addServiceAccount('reader'), fake.addProduct({ key: 'jira-software' }).ari, 'atlassian/admin');
    const user = 'reader@serviceaccount.atlassian.com';
    const scopes = ['read:jira-user', 'read:jira-work', 'manage:jira-configuration'];
    const token = fake.addUserToken(user, { scopes });
    const { fetch, clock } = fake.connection();
    const gateway = JiraClient.connect({ url: fake.site.url, token, cloudId: fake.site.cloudId, fetch, clock });
    fake.requests.clear();

    const found = await read({}, new JiraReader(gateway));

    expect(ofType(found, 'gap')).toEqual([]);
    expect(ofType(found, 'jira.projectRole')).toEqual(ofType(direct, 'jira.projectRole'));
    expect(fake.requests).toHaveLength(calls - 1);
  });
});
