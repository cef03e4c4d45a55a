import { describe, expect } from 'vitest';
import type { AccessSnapshot, DiscoveryCheckpoint, ReadProgress } from '../../src/index.js';
import { generateOrganization, type FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const SIZE = { people: 120, groups: 6, jiraProjects: 105, confluenceSpaces: 20, repositories: 20 };

/** Sent again by a reading that is taken up: whether the credential is good, and what comes in one piece. */
const PREPARATION = new Set([
  'bitbucket.oauth.token',
  'jira.users.myself',
  'jira.instance.getMyPermissions',
  'jira.permissionSchemes.list',
  'jira.projectRoles.list',
  'confluence.users.current',
  'confluence.spaceRoles.getMode',
  'confluence.spaceRoles.list',
  'confluence.instance.getSystemInfo',
]);
/** Lists and items that are under way at one time, one of each at the most. */
const UNDER_WAY = 24;

describe('a discovery that is cut short', () => {
  test.for([20, 150, 400])(
    'after %d steps goes on from there: the same snapshot, and nothing that was given is read again',
    { timeout: 60_000 },
    async (steps, { fake, connect }) => {
      generateOrganization(fake, SIZE);
      const atlassian = connect({});
      const whole = await atlassian.discover({ concurrency: 1 });
      fake.requests.clear();
      const cut = new AbortController();
      let checkpoint: DiscoveryCheckpoint | undefined;
      let done = 0;

      const first = atlassian.discover({
        concurrency: 1,
        signal: cut.signal,
        onProgress: () => {
          done += 1;
          if (done === steps) cut.abort();
        },
        onInterrupted: (one) => {
          checkpoint = JSON.parse(JSON.stringify(one)) as DiscoveryCheckpoint;
        },
      });
      await expect(first).rejects.toMatchObject({ code: 'aborted' });
      const before = sent(fake);
      fake.requests.clear();
      const resumed = await atlassian.discover({ concurrency: 1, resumeFrom: checkpoint });

      expect(resumed.gaps).toEqual(whole.gaps);
      expect(idsOf(resumed)).toEqual(idsOf(whole));
      expect(resumed.entities).toEqual(whole.entities);
      const again = sent(fake).filter((request) => before.includes(request));
      expect(again.length).toBeLessThanOrEqual(UNDER_WAY);
    },
  );

  test('tells how far each product is', async ({ fake, connect }) => {
    generateOrganization(fake, { ...SIZE, people: 20, jiraProjects: 3 });
    const progress: ReadProgress[] = [];

    await connect({}).discover({ onProgress: (one) => progress.push(one) });

    expect(new Set(progress.map(({ product }) => product))).toEqual(
      new Set(['admin', 'jira', 'confluence', 'bitbucket']),
    );
    const last = new Map(progress.map((one) => [`${one.product}: ${one.part}`, one]));
    expect(last.size).toBeGreaterThan(20);
    for (const { part, done, expected } of last.values()) expect([part, done]).toEqual([part, expected]);
  });

  test('tells how much there is to be read before it has been', async ({ fake, connect }) => {
    generateOrganization(fake, SIZE);
    const progress: ReadProgress[] = [];

    await connect({}).discover({ onProgress: (one) => progress.push(one) });

    const [P, R] = [SIZE.jiraProjects, SIZE.repositories];
    const firstOf = (part: string) => progress.find((one) => one.part === part);
    expect(firstOf('project roles')).toMatchObject({ done: 1, expected: P });
    expect(firstOf('permission schemes of projects')).toMatchObject({ done: 1, expected: P });
    expect(firstOf('access to repositories')).toMatchObject({ done: 1, expected: R });
    expect(firstOf('access to spaces')).toMatchObject({ done: 1, expected: SIZE.confluenceSpaces });
    // Nobody says how many people there are before the last page of them.
    expect(progress.filter(({ part, product }) => product === 'admin' && part === 'users')).toEqual([
      { product: 'admin', part: 'users', done: 100 },
      { product: 'admin', part: 'users', done: 120, expected: 120 },
    ]);
  });
});

describe('a part that cannot be read', () => {
  test('is a typed gap, and the rest is there', async ({ fake, connect }) => {
    generateOrganization(fake, { ...SIZE, people: 20, jiraProjects: 5, confluenceSpaces: 5, repositories: 5 });
    fake.failNext('jira.permissionSchemes.getOfProject', { status: 404 });
    fake.failNext('confluence.spaceRoles.listAssignments', { status: 403 });

    const { gaps, entities } = await connect({}).discover();

    expect(gaps.map(({ part, reason, resource }) => [part, reason, resource?.type])).toEqual([
      ['access to spaces', 'forbidden', 'confluence.space'],
      ['hidden spaces', 'truncated', undefined],
      ['permission schemes of projects', 'not-found', 'jira.project'],
    ]);
    expect(entities['jira.project']).toHaveLength(5);
    expect(entities['confluence.space']).toHaveLength(5);
    expect(entities['bitbucket.repository']).toHaveLength(5);
  });

  test('because the hour is used up is one gap, and every repository is still told of', async ({ fake, connect }) => {
    generateOrganization(fake, { people: 20, repositories: 30 });
    fake.fail('bitbucket.permissions.listRepositoryUsers', {
      status: 429,
      retryAfter: 90_000,
      times: Infinity,
      skip: 3,
    });

    const { gaps, entities } = await connect({}).discover({ products: ['bitbucket'], concurrency: 1 });

    expect(gaps.filter(({ reason }) => reason === 'rate-limited')).toHaveLength(1);
    expect(entities['bitbucket.repository']).toHaveLength(30);
    expect(entities['bitbucket.repository'].filter(({ grants }) => grants === 'unread').length).toBe(27);
  });

  test('because the site has only one of the products is a gap of the other', async ({ fake, connect }) => {
    fake.addSite('acme', ['jira-software']);

    const { gaps, entities } = await connect({}).discover();

    expect(gaps.some(({ product, hides }) => product === 'confluence' && hides.includes('confluence.space'))).toBe(
      true,
    );
    expect(entities['jira.instance']).toHaveLength(1);
  });

  test('because the token is dead, though it is answered with 200, is found out', async ({ fake, connect }) => {
    generateOrganization(fake, { people: 5, jiraProjects: 2, confluenceSpaces: 2 });
    const site = { url: fake.site.url, user: fake.siteCredential.user, token: 'ATATT3xFfDead' };

    const { gaps, entities } = await connect({ site }).discover({ products: ['jira', 'confluence'] });

    const dead = gaps.filter(({ reason }) => reason === 'unauthenticated').map(({ product }) => product);
    expect(dead).toEqual(['confluence', 'jira']);
    expect(entities['jira.project']).toEqual([]);
  });
});

test('takes the calls of the cheapest plans, all together', { timeout: 60_000 }, async ({ fake, connect }) => {
  generateOrganization(fake, SIZE);
  const pages = (count: number, size: number): number => Math.max(1, Math.ceil(count / size));
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  fake.requests.clear();

  const { entities, gaps } = await connect({}).discover();

  const count = (type: keyof typeof entities): number => entities[type].length;
  const inactive = entities['admin.user'].filter(({ accountStatus }) => accountStatus === 'inactive').length;
  const managed = entities['admin.user'].filter(({ billable }) => billable !== undefined).length;
  const admin =
    1 +
    pages(count('admin.user'), 100) +
    pages(managed, 100) +
    inactive +
    pages(count('admin.group'), 100) +
    count('admin.group') +
    count('admin.user') +
    pages(count('scim.user'), 100);
  const P = count('jira.project');
  // The role of apps is not asked for its holders.
  const roles = entities['jira.projectRole'].filter(({ actors }) => actors !== undefined).length;
  const jiraMembers = sum(entities['jira.group'].map(({ memberIds = [] }) => pages(memberIds.length, 50)));
  const jira =
    5 +
    Math.ceil(count('jira.user') / 1000) +
    1 +
    pages(count('jira.group'), 50) +
    jiraMembers +
    pages(P, 100) +
    roles +
    P +
    2;
  const members = sum(entities['confluence.group'].map(({ memberIds = [] }) => pages(memberIds.length, 200)));
  const S = count('confluence.space');
  const anonymous = entities['confluence.instance'][0]?.anonymousAccess === undefined ? 0 : 1;
  const canUse = new Set(
    entities['confluence.user'].flatMap(({ id, accountStatus }) => (accountStatus === 'inactive' ? [] : id)),
  );
  const inGroups = entities['confluence.group'].flatMap(({ memberIds = [] }) => memberIds);
  const cannot = new Set(inGroups.filter((id) => !canUse.has(id)));
  const confluence =
    3 +
    1 +
    2 +
    anonymous +
    pages(count('confluence.group'), 200) +
    members +
    pages(S, 250) +
    1 +
    S +
    Math.ceil(cannot.size / 250);
  const [R, J] = [count('bitbucket.repository'), count('bitbucket.project')];
  // Each has a default branch, and none a rule on its branching model.
  const bitbucket = 1 + pages(count('bitbucket.user'), 100) + pages(J, 100) + pages(R, 100) + 1 + 2 * R + 2 * J + R;
  expect(gaps.map(({ part }) => part)).toEqual(['hidden spaces']);
  // The id of the site is asked of the site.
  expect(callsOf(fake, 'jira') + callsOf(fake, 'site')).toBe(jira);
  expect(callsOf(fake, 'confluence')).toBe(confluence);
  expect(callsOf(fake, 'bitbucket')).toBe(bitbucket);
  expect(fake.requests.length).toBe(admin + jira + confluence + bitbucket);
  fake.requests.expectNoWrites();
});

test('takes a call for each hundred pairs of a person and a repository, without the scope for explicit grants', async ({
  fake,
  connect,
}) => {
  generateOrganization(fake, { people: 120, groups: 3, repositories: 110 });
  const consumer = fake.addOauthConsumer({ scopes: ['account', 'project'] });
  fake.requests.clear();

  const { entities } = await connect({ bitbucket: { workspace: 'acme', ...consumer } }).discover({
    products: ['bitbucket'],
  });

  const pages = (count: number): number => Math.max(1, Math.ceil(count / 100));
  const pairs = entities['bitbucket.grant'].filter(({ basis }) => basis === 'effective').length;
  const [U, J, R] = (['bitbucket.user', 'bitbucket.project', 'bitbucket.repository'] as const).map(
    (type) => entities[type].length,
  );
  expect(pairs).toBeGreaterThan(100);
  expect(fake.requests.length).toBe(1 + pages(U!) + pages(J!) + pages(R!) + 1 + pages(pairs));
});

/** Each request as it went out, without those that prepare a reading. */
function sent(fake: FakeAtlassian): string[] {
  return [...fake.requests]
    .filter(({ operation }) => !PREPARATION.has(operation))
    .map(({ method, path, query, body }) => [method, path, JSON.stringify(query), JSON.stringify(body)].join(' '));
}

function idsOf({ entities }: AccessSnapshot): string[] {
  return Object.values(entities).flatMap((list) => list.map(({ type, id }) => `${type} ${id}`));
}

function callsOf(fake: FakeAtlassian, product: string): number {
  return fake.requests.filter(({ operation }) => operation.startsWith(`${product}.`)).length;
}
