import { expect } from 'vitest';
import type { Discovered } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';

test('a stream of the users of Bitbucket reads no more of the organization than the list of its people', async ({
  fake,
  connect,
}) => {
  seed(fake);

  const users = await collect(connect({}).discovery.bitbucket.stream('bitbucket.user'));

  expect(users).toMatchObject([{ type: 'bitbucket.user', email: ROSA }]);
  expect(fake.requests.operations().toSorted()).toEqual([
    'admin.users.search',
    'bitbucket.oauth.token',
    'bitbucket.workspaces.listPermissions',
  ]);
});

test('a stream of the users of Jira reads what their dates need, and no paid seats', async ({ fake, connect }) => {
  seed(fake);

  const users = await collect(connect({}).discovery.jira.stream('jira.user'));

  expect(users.map(({ type }) => type)).toEqual(['jira.user', 'jira.user', 'jira.user']);
  expect(fake.requests.operations().toSorted()).toEqual([
    'admin.users.get',
    'admin.users.search',
    'jira.instance.getMyPermissions',
    'jira.users.list',
    'jira.users.list',
    'jira.users.myself',
    'scim.users.list',
  ]);
});

test('a stream of the workspace alone is one call, and does not list its people', async ({ fake, connect }) => {
  seed(fake);

  const found = await collect(connect({}).discovery.bitbucket.stream('bitbucket.workspace'));

  expect(found).toMatchObject([{ type: 'bitbucket.workspace', slug: 'acme' }]);
  expect(fake.requests.operations()).toEqual(['bitbucket.oauth.token', 'bitbucket.workspaces.get']);
});

test('a stream that is taken up after its users asks nothing of the organization', async ({ fake, connect }) => {
  seed(fake);
  const { bitbucket } = connect({}).discovery;

  const rest = await collect(
    bitbucket.read({
      resumeFrom: { version: 1, product: 'bitbucket', source: 'acme', parts: { users: { state: 'done' } } },
    }),
  );

  expect(rest.some(({ type }) => type === 'bitbucket.repository')).toBe(true);
  expect(fake.requests.filter(({ operation }) => operation.startsWith('admin.'))).toHaveLength(0);
});

test('a checkpoint that was made through the gateway goes on at the host of the site', async ({ fake, connect }) => {
  seed(fake);
  const { url, cloudId } = fake.site;
  const { user } = fake.siteCredential;
  const token = fake.addUserToken(user, { scopes: ['read:jira-work', 'read:jira-user', 'manage:jira-configuration'] });
  const { jira } = connect({ site: { url, cloudId, user, token } }).discovery;
  let parts = {};
  await collect(
    jira.read({
      onCheckpoint: (one) => {
        ({ parts } = one);
      },
    }),
  );

  const rest = await collect(
    connect({}).discovery.jira.read({
      resumeFrom: { version: 1, product: 'jira', source: url, parts },
    }),
  );

  expect(Object.keys(parts)).toContain('users');
  expect(rest).toEqual([]);
});

async function collect(stream: AsyncIterable<Discovered>): Promise<readonly Discovered[]> {
  const found: Discovered[] = [];
  for await (const one of stream) found.push(one);
  return found;
}

function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA });
  fake.addUser({ email: 'ben@acme.com', active: false });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA, 'ben@acme.com'] });
  fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['planners'] }]);
  fake.addBitbucketMember(ROSA, { role: 'owner' });
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments' });
  fake.addRepository({ project: 'PAY', name: 'Ledger', grants: { [ROSA]: 'write' } });
}
