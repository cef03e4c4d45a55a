import { describe, expect } from 'vitest';
import type { AccessSnapshot, Gap } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { altering, lacking, withItems, type Answer } from './altered-answers.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';

describe('a list that never ends', () => {
  const GROUP_PAGE = '/rest/api/group?start=1';
  const REPOSITORIES = 'https://api.bitbucket.org/2.0/repositories/acme?page=';

  test.for<[string, 'jira' | 'confluence' | 'bitbucket', string, (page: Answer, time: number) => Answer]>([
    ['users of Jira', 'jira', '/users/search', (page) => page],
    ['members of Jira', 'jira', '/group/member', (page) => ({ ...page, isLast: false, total: 1 })],
    ['members of Jira without a total', 'jira', '/group/member', ({ values }) => ({ values, isLast: false })],
    ['groups of Jira', 'jira', '/group/bulk', (page) => ({ ...page, isLast: false, total: 1 })],
    ['groups of Confluence', 'confluence', '/rest/api/group', (page) => ({ ...page, _links: { next: GROUP_PAGE } })],
    ['members of Confluence', 'confluence', '/membersByGroupId', (page) => ({ ...page, _links: { next: '/x' } })],
    ['repositories', 'bitbucket', '/2.0/repositories/acme', (p, time) => ({ ...p, next: REPOSITORIES + String(time) })],
  ])('is given up after some pages: %s', async ([, product, path, change], { fake, connect }) => {
    seed(fake);
    let first: Answer | undefined;
    let times = 0;
    const fetch = altering(fake, path, (body) => {
      times += 1;
      first ??= body;
      return change(first, times);
    });

    const { gaps } = await connect({ fetch }).discover({ products: [product] });

    expect(gaps.map(({ code }) => code)).toContain('response_invalid');
    expect(times).toBeLessThan(20);
  });

  test.for([
    ['groups of Confluence', '/rest/api/group'],
    ['members of Confluence', '/membersByGroupId'],
  ] as const)('is given up where two pages come in turns: %s', async ([, path], { fake, connect }) => {
    crowd(fake);
    let times = 0;
    const fetch = altering(fake, path, (body) => {
      times += 1;
      const [one, other] = [items(body, 'results'), [{ id: 'g', name: 'other', accountId: 'other' }]];
      return { ...body, results: times % 2 === 0 ? one : other, _links: { next: '/x' } };
    });

    const { gaps } = await connect({ fetch }).discover({ products: ['confluence'] });

    expect(gaps.map(({ code }) => code)).toContain('response_invalid');
    expect(times).toBeLessThan(40);
  });
});

describe('a list that is shorter than it says', () => {
  test('is a gap: members of a group of Jira', async ({ fake, connect }) => {
    crowd(fake);
    const fetch = altering(fake, '/group/member', (body) => ({
      ...lacking(body, 'nextPage'),
      values: items(body, 'values').slice(0, 50),
      isLast: true,
    }));

    const snapshot = await connect({ fetch }).discover({ products: ['jira'] });

    expect(told(snapshot, 'members of groups')).toEqual([
      'The list of members of crowd ended after 50 of 73: the rest is not known',
    ]);
  });

  test('is a gap: repositories', async ({ fake, connect }) => {
    seed(fake);
    const fetch = altering(fake, '/2.0/repositories/acme', (body) => ({ ...body, size: 130 }));

    const snapshot = await connect({ fetch }).discover({ products: ['bitbucket'] });

    expect(told(snapshot, 'repositories')).toEqual([
      'The list of repositories ended after 1 of 130: the rest is not known',
    ]);
  });

  test('is a gap: SCIM records, without a list at all', async ({ fake, connect }) => {
    seed(fake);
    const fetch = altering(fake, '/Users', (body) => lacking(body, 'Resources'));

    const snapshot = await connect({ fetch }).discover({ products: ['admin'] });

    expect(told(snapshot, 'SCIM records')).toHaveLength(1);
  });

  test('than before is a gap: a project may have slipped between two pages', async ({ fake, connect }) => {
    fake.addSite('acme', ['jira-software']);
    for (let n = 0; n < 130; n++) fake.addJiraProject({ key: `P${String(n).padStart(3, '0')}` });
    const fetch = altering(fake, '/project/search', (body, url) =>
      url.searchParams.get('startAt') === '0' ? body : { ...body, total: 129, values: items(body, 'values').slice(1) },
    );

    const snapshot = await connect({ fetch }).discover({ products: ['jira'] });

    expect(told(snapshot, 'projects')).toEqual([
      'The list of projects became shorter while it was read: something may have slipped between two pages',
    ]);
  });
});

describe('a list is read to its end', () => {
  test('where Jira says nothing of the end', async ({ fake, connect }) => {
    crowd(fake);
    const fetch = altering(fake, '/group/member', ({ values }) => ({ values }));

    const { entities } = await connect({ fetch }).discover({ products: ['jira'] });

    expect(entities['jira.group'][0]?.memberIds).toHaveLength(73);
  });

  test('where Confluence lowers the limit and gives no links', async ({ fake, connect }) => {
    crowd(fake);
    const fetch = altering(fake, '/membersByGroupId', (body, url) => {
      const results = items(body, 'results').slice(0, 25);
      return { results, start: Number(url.searchParams.get('start')), limit: 25, size: results.length };
    });

    const { entities } = await connect({ fetch }).discover({ products: ['confluence'] });

    expect(entities['confluence.group'][0]?.memberIds).toHaveLength(73);
  });
});

test('a Jira that lists nobody to a caller who may not browse users is not one without users', async ({
  fake,
  connect,
}) => {
  seed(fake);
  const mayNot = altering(fake, '/mypermissions', ({ permissions }) => {
    const all = permissions as Record<string, Answer>;
    return { permissions: { ...all, USER_PICKER: { ...all.USER_PICKER, havePermission: false } } };
  });
  const fetch = altering({ fetch: mayNot }, /\/users\/search$|\/group\/bulk$/u, (body, url) =>
    url.pathname.endsWith('/users/search') ? [] : { ...body, total: 0, isLast: true, values: [] },
  );

  const snapshot = await connect({ fetch }).discover({ products: ['jira'] });

  expect(reasons(snapshot, ['users', 'groups'])).toEqual(['groups forbidden', 'users forbidden']);
});

describe('people whom nothing tells apart', () => {
  test('are counted among the members of a group of Confluence, and not taken for members', async ({
    fake,
    connect,
  }) => {
    crowd(fake, 4);
    const fetch = altering(fake, '/membersByGroupId', (body) =>
      withItems(body, 'results', (user, n) => (n < 2 ? { ...user, accountId: [null, 'unknown'][n] } : user)),
    );

    const snapshot = await connect({ fetch }).discover({ products: ['confluence'] });

    expect(snapshot.entities['confluence.group'][0]?.memberIds).toHaveLength(2);
    expect(told(snapshot, 'members of groups')).toEqual([
      'The members of groups of crowd have 2 without an account id of their own, who cannot be told from others',
    ]);
  });

  test('are counted among the users and members of Jira, and are not one person', async ({ fake, connect }) => {
    crowd(fake, 4);
    const broken = (user: Answer, n: number): Answer => (n < 2 ? { ...user, accountId: 'unknown' } : user);
    const fetch = altering(fake, /\/users\/search$|\/group\/member$/u, (body) =>
      Array.isArray(body) ? (body as Answer[]).map(broken) : withItems(body, 'values', broken),
    );

    const snapshot = await connect({ fetch }).discover({ products: ['jira'] });

    const { entities } = snapshot;
    expect(entities['jira.user'].map(({ id }) => id)).not.toContain('unknown');
    expect(entities['jira.group'][0]?.memberIds).toHaveLength(2);
    expect(told(snapshot, 'members of groups')).toEqual([expect.stringContaining('groups of crowd have 2 without')]);
    expect(told(snapshot, 'users')).toEqual([expect.stringContaining('users have 2 without')]);
  });

  test('are counted among the people of a workspace', async ({ fake, connect }) => {
    seed(fake);
    fake.addUser({ email: 'ben@acme.com' });
    fake.addBitbucketMember('ben@acme.com');
    const fetch = altering(fake, /\/workspaces\/[^/]+\/permissions$/u, (body) =>
      withItems(body, 'values', (row) => ({ ...row, user: { ...(row.user as Answer), account_id: '' } })),
    );

    const snapshot = await connect({ fetch }).discover({ products: ['bitbucket'] });

    expect(snapshot.entities['bitbucket.user']).toEqual([]);
    expect(told(snapshot, 'users')).toEqual([expect.stringContaining('have 2 without an account id')]);
  });

  test('and those of whom Confluence does not tell whether they are deactivated are counted', async ({
    fake,
    connect,
  }) => {
    seed(fake);
    fake.addUser({ email: 'ben@acme.com', active: false });
    fake.addGroup({ name: 'old', origin: 'local', members: ['ben@acme.com'] });
    const fetch = altering(fake, '/users-bulk', (body) =>
      withItems(body, 'results', (user) => ({ ...user, accountStatus: 'unknown' })),
    );

    const snapshot = await connect({ fetch }).discover({ products: ['confluence'] });

    expect(told(snapshot, 'status of accounts')).toEqual([expect.stringContaining('the status of 1 members')]);
  });
});

function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  fake.addSite('acme', [
    { key: 'jira-software', grantedBy: ['planners'] },
    { key: 'confluence', grantedBy: ['planners'] },
  ]);
  fake.addBitbucketMember(ROSA);
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments' });
  fake.addRepository({ project: 'PAY', name: 'Ledger', grants: { [ROSA]: 'write' } });
}

function crowd(fake: FakeAtlassian, count = 73): void {
  const emails = Array.from({ length: count }, (_, n) => `p${String(n)}@acme.com`);
  for (const email of emails) fake.addUser({ email });
  fake.addGroup({ name: 'crowd', origin: 'local', members: emails });
  fake.addSite('acme', [
    { key: 'jira-software', grantedBy: ['crowd'] },
    { key: 'confluence', grantedBy: ['crowd'] },
  ]);
}

function items(body: Answer, list: string): readonly Answer[] {
  return body[list] as readonly Answer[];
}

function told({ gaps }: AccessSnapshot, part: string): string[] {
  return gaps.filter((gap) => gap.part === part).map(({ message }) => message);
}

function reasons({ gaps }: AccessSnapshot, parts: readonly Gap['part'][]): string[] {
  return gaps.filter(({ part }) => parts.includes(part)).map(({ part, reason }) => `${part} ${reason}`);
}
