import { describe, expect } from 'vitest';
import { AccessGraph, type AccessSnapshot } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { altering, answering, lacking, withItems } from './altered-answers.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';
const ADD_ONS = 'atlassian-addons-project-access';

describe('an answer without its list', () => {
  test('of the holders of a project role is a gap, and nobody is told to have no access', async ({ fake, connect }) => {
    seed(fake);
    const fetch = altering(fake, /\/role\/\d+$/, (body) => lacking(body, 'actors'));

    const snapshot = await connect({ fetch }).discover({ products: ['jira'] });

    const [project] = snapshot.entities['jira.project'];
    const roles = snapshot.entities['jira.projectRole'];
    expect(roles.map(({ actors }) => actors)).toEqual(roles.map(() => undefined));
    expect(gapsAbout(snapshot, 'project roles')).toEqual(roles.map(({ id }) => id));
    expect(administers(fake, snapshot, project?.id ?? '')).toBe('unknown');
  });

  test('of what a space role allows is a gap, and the role may allow everything', async ({ fake, connect }) => {
    seed(fake);
    const fetch = altering(fake, '/space-roles', (body) =>
      withItems(body, 'results', (role) => lacking(role, 'spacePermissions')),
    );

    const snapshot = await connect({ fetch }).discover({ products: ['confluence'] });

    const roles = snapshot.entities['confluence.spaceRole'];
    const [space] = snapshot.entities['confluence.space'];
    const said = AccessGraph.from(snapshot).explain(
      { accountId: idOf(fake) },
      { type: 'confluence.space', id: space?.id ?? '' },
      { level: 'write', administrators: false },
    );
    expect(roles.map(({ permissions }) => permissions)).toEqual(roles.map(() => undefined));
    expect(gapsAbout(snapshot, 'space roles')).toEqual(roles.map(({ id }) => id));
    expect(said.verdict).toBe('unknown');
  });

  test.for([
    ['groups', 'roles of groups', ['roles']],
    ['users', 'roles of users', ['roles', 'roleAssignments']],
  ] as const)('of the roles of %s is a gap', async ([of, part, members], { fake, connect }) => {
    seed(fake);
    const path = new RegExp(`/${of}/[^/]+/role-assignments$`, 'u');
    const fetch = altering(fake, path, (body) => withItems(body, 'data', (row) => members.reduce(lacking, row)));

    const snapshot = await connect({ fetch }).discover({ products: ['admin'] });

    expect(gapsAbout(snapshot, part)).not.toEqual([]);
  });
});

test('a role of a team-managed project that is called as the role of apps has its holders read', async ({
  fake,
  connect,
}) => {
  seed(fake);
  const fetch = altering(fake, /\/role(?:\/\d+)?$/, (body) =>
    JSON.parse(JSON.stringify(body).replaceAll('"name":"Administrator"', `"name":"${ADD_ONS}"`)),
  );

  const snapshot = await connect({ fetch }).discover({ products: ['jira'] });

  const [project] = snapshot.entities['jira.project'];
  const role = snapshot.entities['jira.projectRole'].find(({ roleName }) => roleName === ADD_ONS);
  expect(role?.actors?.map(({ principal }) => principal)).toEqual([{ type: 'account', id: idOf(fake) }]);
  expect(administers(fake, snapshot, project?.id ?? '')).toBe('yes');
});

test('a group of Confluence is not told to give use alone when those that give administration are refused', async ({
  fake,
  connect,
}) => {
  seed(fake);
  const admins = answering(fake, '/rest/api/group?accessType=admin', 403, { statusCode: 403, message: 'refused' });

  const snapshot = await connect({ fetch: admins }).discover({ products: ['confluence'] });
  const whole = await connect({}).discover({ products: ['confluence'] });

  const accessIn = ({ entities }: AccessSnapshot) => entities['confluence.group'].map(({ access }) => access);
  expect(accessIn(whole)).toEqual(['user']);
  expect(accessIn(snapshot)).toEqual([undefined]);
});

test.for(['/space-role-mode', '/space-roles'])(
  'a site with roles that answers 404 to %s is not one in whose spaces nobody is',
  async (path, { fake, connect }) => {
    seed(fake);
    const fetch = answering(fake, path, 404, { errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found' }] });

    const snapshot = await connect({ fetch }).discover({ products: ['confluence'] });

    const [space] = snapshot.entities['confluence.space'];
    const said = AccessGraph.from(snapshot).explain(
      { accountId: idOf(fake) },
      { type: 'confluence.space', id: space?.id ?? '' },
      { administrators: false },
    );
    expect(said.verdict).toBe('unknown');
    expect(gapsAbout(snapshot, 'access to spaces')).toEqual([space?.id]);
    expect(snapshot.entities['confluence.instance'][0]?.mode).toBeUndefined();
  },
);

test('a repository that the list of effective permissions does not have is not one that nobody reaches', async ({
  fake,
  connect,
}) => {
  fake.addUser({ email: ROSA });
  fake.addBitbucketMember(ROSA);
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments' });
  fake.addRepository({ project: 'PAY', name: 'Ledger', grants: { [ROSA]: 'write' } });
  const consumer = fake.addOauthConsumer({ scopes: ['account', 'team', 'project', 'repository'] });
  const fetch = altering(fake, /permissions\/repositories$/u, (body) => ({ ...body, size: 0, values: [] }));

  const atlassian = connect({ fetch, bitbucket: { workspace: 'acme', ...consumer } });
  const snapshot = await atlassian.discover({ products: ['bitbucket'] });

  const [repository] = snapshot.entities['bitbucket.repository'];
  const said = AccessGraph.from(snapshot).explain(
    { accountId: idOf(fake) },
    { type: 'bitbucket.repository', id: repository?.id ?? '' },
    { administrators: false },
  );
  expect(repository?.grants).toBe('unread');
  expect(gapsAbout(snapshot, 'grants on repositories')).toContain(repository?.id);
  expect(said.verdict).toBe('unknown');
});

function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  const [jira] = fake.addSite('acme', [
    { key: 'jira-software', grantedBy: ['planners'] },
    { key: 'confluence', grantedBy: ['planners'] },
  ]);
  if (jira !== undefined) fake.addRole(ROSA, jira.ari);
  fake.addJiraProject({ key: 'TEAM', style: 'next-gen', private: true, roles: { Administrator: [`user:${ROSA}`] } });
  fake.addConfluenceSpace({ key: 'DOCS', roles: { Viewer: ['planners'] } });
}

function idOf(fake: FakeAtlassian): string {
  return fake.account(ROSA)?.accountId ?? '';
}

/** Ids of what the gaps of a part are about. */
function gapsAbout({ gaps }: AccessSnapshot, part: string): (string | undefined)[] {
  return gaps.filter((gap) => gap.part === part).map(({ resource }) => resource?.id);
}

function administers(fake: FakeAtlassian, snapshot: AccessSnapshot, projectId: string): string {
  const { verdict } = AccessGraph.from(snapshot).explain(
    { accountId: idOf(fake) },
    { type: 'jira.project', id: projectId },
    { level: 'admin', administrators: false },
  );
  return verdict;
}
