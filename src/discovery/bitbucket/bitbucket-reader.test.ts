import { beforeEach, describe, expect, test } from 'vitest';
import { BitbucketClient } from '../../clients/bitbucket/bitbucket-client.js';
import { FakeAtlassian } from '../../testing/index.js';
import type { BitbucketEntity } from '../entities/bitbucket-entities.js';
import type { Gap } from '../entities/gap.js';
import { BitbucketReader, type BitbucketReaderOptions } from './bitbucket-reader.js';

const REPOSITORIES = 7;

let fake: FakeAtlassian;
beforeEach(() => {
  fake = new FakeAtlassian();
  for (const name of ['olga', 'rosa', 'noor']) fake.addAccount({ email: `${name}@acme.com` });
  fake.addBitbucketMember('olga@acme.com', { role: 'owner' });
  fake.addBitbucketMember('noor@acme.com');
  fake.addBitbucketGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments', grants: { 'berth-crew': 'create-repo' } });
  for (let index = 1; index < REPOSITORIES; index += 1)
    fake.addRepository({
      project: 'PAY',
      name: `Repo ${String(index)}`,
      grants: { 'noor@acme.com': 'write', 'berth-crew': 'admin' },
      branchRestrictions: index === 1 ? [{ kind: 'force', branchType: 'development' }] : [],
    });
  fake.addRepository({ project: 'PAY', name: 'Empty', mainBranch: null });
});

type Credential = { oauthKey: string; oauthSecret: string } | { user: string; apiToken: string };

async function readWith(credential: Credential = fake.bitbucketConsumer, options: BitbucketReaderOptions = {}) {
  const connection = { workspace: 'acme', ...credential, fetch: fake.fetch, clock: fake.clock };
  const client = BitbucketClient.connect({ ...connection, retry: { maxAttempts: 1 } });
  const found: (BitbucketEntity | Gap)[] = [];
  for await (const one of new BitbucketReader(client, options).read()) found.push(one);
  return {
    gaps: found.filter((one) => one.type === 'gap'),
    repositories: found.filter((one) => one.type === 'bitbucket.repository'),
    grants: found.filter((one) => one.type === 'bitbucket.grant'),
    all: found,
  };
}

const calls = (operation = '') => fake.requests.operations().filter((name) => name.startsWith(operation)).length;

describe('with the rights of an administrator', () => {
  test('reads everything, and says so', async () => {
    const { all, gaps, grants, repositories } = await readWith();

    expect(gaps).toEqual([]);
    expect(all.filter(({ type }) => type === 'bitbucket.workspace')).toMatchObject([{ slug: 'acme', private: true }]);
    expect(all.filter(({ type }) => type === 'bitbucket.user')).toHaveLength(3);
    expect(all.filter(({ type }) => type === 'bitbucket.group')).toMatchObject([
      { name: 'berth-crew', memberIds: [fake.account('rosa@acme.com')?.accountId] },
    ]);
    expect(all.filter(({ type }) => type === 'bitbucket.project')).toMatchObject([
      { key: 'PAY', private: true, hasPubliclyVisibleRepositories: false },
    ]);
    expect(repositories.map(({ grants: basis }) => basis)).toEqual(
      Array.from({ length: REPOSITORIES }, () => 'explicit'),
    );
    expect(grants.filter(({ on }) => on === 'project')).toMatchObject([
      { level: 'create-repo', projectKey: 'PAY', basis: 'explicit' },
    ]);
    expect(grants.filter(({ on }) => on === 'repository')).toHaveLength(2 * (REPOSITORIES - 1));
    expect(new Set(grants.map(({ id }) => id)).size).toBe(grants.length);
  });

  test('protects a default branch by a rule of the branching model, and nothing in an empty repository', async () => {
    const { repositories } = await readWith();

    const bySlug = new Map(repositories.map((repository) => [repository.slug, repository.defaultBranchProtected]));
    expect([bySlug.get('repo-1'), bySlug.get('repo-2'), bySlug.get('empty')]).toEqual([true, false, false]);
  });

  test('makes the calls of the cheapest plan, and no other', async () => {
    await readWith();

    const [token, people, projects, groups, repositories] = [1, 1, 1, 1, 1];
    const ofProjects = 2;
    const withBranch = REPOSITORIES - 1;
    const models = 1;
    expect(calls()).toBe(
      token + people + projects + groups + repositories + ofProjects + 2 * REPOSITORIES + withBranch + models,
    );
  });

  test('makes none for the protection of branches that is not wanted, and leaves it open', async () => {
    const { gaps, repositories } = await readWith(fake.bitbucketConsumer, { skipBranchProtection: true });

    expect(calls('bitbucket.branchRestrictions')).toBe(0);
    expect(gaps).toMatchObject([{ part: 'branch restrictions', reason: 'skipped' }]);
    expect(repositories.every((repository) => !('defaultBranchProtected' in repository))).toBe(true);
  });
});

describe('without the scope for explicit grants', () => {
  const scopes = ['account', 'project'];

  test('reads what people can do in the end, in one list, and tries nothing that must fail', async () => {
    const { gaps, grants, repositories } = await readWith(fake.addOauthConsumer({ scopes }));

    expect(repositories.every(({ grants: basis }) => basis === 'effective')).toBe(true);
    expect(grants.filter(({ on }) => on === 'repository').every(({ basis }) => basis === 'effective')).toBe(true);
    expect(repositories.filter(({ slug }) => slug !== 'empty').every((one) => !('defaultBranchProtected' in one))).toBe(
      true,
    );
    expect(gaps.map(({ part, reason }) => [part, reason]).toSorted()).toEqual([
      ['branch restrictions', 'forbidden'],
      ['grants on projects', 'forbidden'],
      ['grants on repositories', 'forbidden'],
    ]);
    expect(calls()).toBe(1 + 1 + 1 + 1 + 1 + 1);
  });

  test('finds that out with one call where the scopes are not known', async () => {
    const token = fake.addBitbucketToken('olga@acme.com', [
      'read:user:bitbucket',
      'read:workspace:bitbucket',
      'read:project:bitbucket',
      'read:repository:bitbucket',
      'read:permission:bitbucket',
    ]);

    const { repositories } = await readWith(token);

    expect(calls('bitbucket.branchRestrictions')).toBe(1);
    expect(repositories.every(({ grants: basis }) => basis === 'explicit')).toBe(true);
  });
});

test('reads effective grants of the one repository that the credential does not administer', async () => {
  fake.addRepository({ project: 'OPS', name: 'Vault', grants: { 'rosa@acme.com': 'read', 'noor@acme.com': 'read' } });

  const { repositories, gaps } = await readWith(fake.addBitbucketToken('rosa@acme.com'));

  const bases = new Map(repositories.map(({ slug, grants }) => [slug, grants]));
  expect([bases.get('repo-1'), bases.get('vault')]).toEqual(['explicit', 'unread']);
  expect(gaps.some(({ resource }) => resource?.name === 'acme/vault')).toBe(true);
});

test('says of a credential that does not administer the workspace that things may be hidden from it', async () => {
  const { gaps } = await readWith(fake.addBitbucketToken('noor@acme.com'));

  expect(gaps.find(({ part }) => part === 'hidden repositories')).toMatchObject({
    reason: 'forbidden',
    hides: ['bitbucket.project', 'bitbucket.repository'],
  });
});

test('says that a group has members who cannot be told from others', async () => {
  const group = { slug: 'crew', name: 'Crew', members: [{ display_name: 'Somebody' }] };
  fake.fail('bitbucket.groups.list', { status: 200, body: [group] });

  const { gaps } = await readWith();

  expect(gaps).toMatchObject([{ part: 'groups', resource: { type: 'bitbucket.group', id: 'crew' } }]);
});

test('says that a repository inherits rules which no API tells', async () => {
  fake.addRepository({ project: 'PAY', name: 'Docs', inheritsBranchRestrictions: true });

  const { repositories, gaps } = await readWith();

  expect(repositories.find(({ slug }) => slug === 'docs')).toMatchObject({ inheritsRules: true });
  expect(gaps).toMatchObject([{ part: 'branch restrictions of projects', reason: 'truncated' }]);
});

test('finds out a credential that is dead', async () => {
  const { all } = await readWith({ oauthKey: 'nobody', oauthSecret: 'wrong-secret' });

  expect(all).toMatchObject([{ type: 'gap', reason: 'unauthenticated', part: 'everything' }]);
});

test('says once that there is no such workspace, and that alone', async () => {
  const connection = { workspace: 'nowhere', ...fake.bitbucketConsumer, fetch: fake.fetch, clock: fake.clock };
  const reader = new BitbucketReader(BitbucketClient.connect(connection), { skipBranchProtection: true });

  for (const only of [undefined, ['bitbucket.repository'], ['bitbucket.group']] as const) {
    const found: (BitbucketEntity | Gap)[] = [];
    for await (const one of reader.read({ only })) found.push(one);

    expect(found).toMatchObject([{ type: 'gap', part: 'everything', reason: 'absent', code: 'not_found' }]);
  }
});

test('takes a list that is not found for one part, where others are', async () => {
  fake.fail('bitbucket.projects.list', { status: 404 });

  const { gaps, repositories } = await readWith();

  expect(gaps).toMatchObject([{ part: 'projects', reason: 'not-found' }]);
  expect(repositories).toHaveLength(REPOSITORIES);
});

test('makes only the calls that the kinds which are asked for need', async () => {
  const client = BitbucketClient.connect({
    workspace: 'acme',
    ...fake.bitbucketConsumer,
    fetch: fake.fetch,
    clock: fake.clock,
  });
  const found: (BitbucketEntity | Gap)[] = [];

  for await (const one of new BitbucketReader(client).read({ only: ['bitbucket.user'] })) found.push(one);

  expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['bitbucket.user']));
  expect(fake.requests.operations()).toEqual(['bitbucket.oauth.token', 'bitbucket.workspaces.listPermissions']);
});
