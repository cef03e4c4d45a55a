import { describe, expect } from 'vitest';
import { AccessGraph, type AccessSnapshot, type Discovered, type ReadCheckpoint } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { altering, withItems, type Answer } from './altered-answers.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';
const PERMISSIONS = /\/workspaces\/[^/]+\/permissions$/u;

describe('an inner list that is shorter than it says is a gap', () => {
  test.for<[string, RegExp, string, string]>([
    ['people on a repository', /acme\/ledger\/permissions-config\/users$/u, 'grants on repositories', 'acme/ledger'],
    ['groups on a repository', /acme\/ledger\/permissions-config\/groups$/u, 'grants on repositories', 'acme/ledger'],
    ['people on a project', /projects\/PAY\/permissions-config\/users$/u, 'grants on projects', 'Payments'],
    ['rules', /branch-restrictions$/u, 'branch restrictions', 'acme/ledger'],
  ])('%s', async ([, path, part, name], { fake, connect }) => {
    seed(fake);
    const fetch = altering(fake, path, (body) => ({ ...body, size: Number(body.size) + 2 }));

    const snapshot = await connect({ fetch }).discover({ products: ['bitbucket'] });

    const [found, ...others] = snapshot.gaps.filter((gap) => gap.part === part);
    expect(found).toMatchObject({ reason: 'truncated', resource: { name } });
    expect(found?.message).toMatch(/ended after \d of \d: the rest is not known/u);
    expect(others).toEqual([]);
    expect(reach(fake, snapshot)).toBe(part === 'branch restrictions' ? 'no' : 'unknown');
  });

  test('and leaves open what a rule that did not come may protect', async ({ fake, connect }) => {
    seed(fake);
    const fetch = altering(fake, '/branch-restrictions', (body) => ({ ...body, size: 9 }));

    const { entities } = await connect({ fetch }).discover({ products: ['bitbucket'] });

    const [repository] = entities['bitbucket.repository'];
    expect(repository).toMatchObject({ defaultBranchProtected: true });
    expect(repository).not.toHaveProperty('requireApprovalsToMerge');
  });

  test.for([
    ['of all repositories', 'owner', /permissions\/repositories$/u],
    ['of one', 'admin', /permissions\/repositories\/ledger$/u],
  ] as const)('effective permissions %s', async ([, whose, path], { fake, connect }) => {
    seed(fake);
    const credential =
      whose === 'owner'
        ? fake.addOauthConsumer({ scopes: ['account', 'project'] })
        : fake.addOauthConsumer({ scopes: ['account', 'project'], actsAs: ROSA });
    const fetch = altering(fake, path, (body) => ({ ...body, size: 40 }));
    const connection = { fetch, bitbucket: { workspace: 'acme', ...credential } };

    const snapshot = await connect(connection).discover({ products: ['bitbucket'] });

    expect(snapshot.gaps.map(({ message }) => message)).toContainEqual(expect.stringContaining('of 40: the rest'));
    expect(snapshot.entities['bitbucket.grant'].filter(({ on }) => on === 'repository')).not.toEqual([]);
    expect(reach(fake, snapshot)).toBe('unknown');
  });
});

test('a list of people whom nothing tells apart is given up when the same page comes on and on', async ({
  fake,
  connect,
}) => {
  seed(fake);
  let times = 0;
  let first: Answer | undefined;
  const fetch = altering(fake, PERMISSIONS, (body) => {
    times += 1;
    first ??= body;
    const next = `https://api.bitbucket.org/2.0/workspaces/acme/permissions?page=${String(times)}`;
    return { ...withItems(first, 'values', (row) => ({ ...row, user: null })), next };
  });

  const { gaps } = await connect({ fetch }).discover({ products: ['bitbucket'] });

  expect(gaps.filter(({ part }) => part === 'users').map(({ code }) => code)).toContain('response_invalid');
  expect(times).toBeLessThan(10);
});

describe('gaps of one part', () => {
  test('stand beside each other: people whom nothing tells apart, and a list that ended early', async ({
    fake,
    connect,
  }) => {
    seed(fake);
    const fetch = altering(fake, PERMISSIONS, (body) => ({ ...withoutIds(body), size: 50 }));

    const { gaps } = await connect({ fetch }).discover({ products: ['bitbucket'] });

    const told = gaps.filter(({ part }) => part === 'users').map(({ message }) => message);
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringContaining('2 without an account id'),
        expect.stringContaining('ended after 3 of 50'),
      ]),
    );
  });

  test('stand or go each by itself when a reading is taken up', async ({ fake, connect }) => {
    seed(fake);
    for (let n = 0; n < 150; n += 1) {
      fake.addUser({ email: `p${String(n)}@acme.com` });
      fake.addBitbucketMember(`p${String(n)}@acme.com`);
    }
    const fetch = altering(fake, PERMISSIONS, withoutIds);
    const { bitbucket } = connect({ fetch, http: { retry: { maxAttempts: 1 } } }).discovery;
    fake.fail('bitbucket.workspaces.listPermissions', { status: 500, skip: 1 });

    const broken = await reading(bitbucket.stream('bitbucket.user', { onCheckpoint: keep }));
    const rest = await reading(bitbucket.stream('bitbucket.user', { resumeFrom: kept }));

    const { gaps: gone = [] } = kept?.outdated ?? {};
    const idsOf = (found: readonly Discovered[]) => found.filter(({ type }) => type === 'gap').map(({ id }) => id);
    expect(idsOf(broken)).toEqual(['bitbucket/users/unidentified', 'bitbucket/users/network_failed']);
    expect(gone).toEqual(['bitbucket/users/network_failed']);
    // Those before the break are counted with those after it.
    expect(rest.filter(({ type }) => type === 'gap')).toMatchObject([
      { id: 'bitbucket/users/unidentified', message: expect.stringContaining('have 4 without') as string },
    ]);
  });

  test('that say one thing of a repository have one id, and those that say two have two', async ({ fake, connect }) => {
    seed(fake);
    fake.addRepository({
      project: 'PAY',
      name: 'Docs',
      branchRestrictions: [
        { kind: 'push', branchType: 'trunk' },
        { kind: 'push', branchType: 'production' },
      ],
    });
    fake.fail('bitbucket.branchRestrictions.getEffectiveModel', { status: 403 });

    const { gaps } = await connect({}).discover({ products: ['bitbucket'] });

    expect(gaps.filter(({ part }) => part === 'branch restrictions').map(({ reason }) => reason)).toEqual([
      'forbidden',
      'truncated',
    ]);
  });

  test('are told though the first repository failed: that levels are effective, and that rules of projects are in no list', async ({
    fake,
    connect,
  }) => {
    seed(fake);
    fake.addRepository({ project: 'PAY', name: 'Docs', inheritsBranchRestrictions: true });
    fake.addRepository({ project: 'PAY', name: 'Site', inheritsBranchRestrictions: true });
    const consumer = fake.addOauthConsumer({ scopes: ['account', 'project'] });
    fake.fail('bitbucket.permissions.listEffective', { status: 500 });
    fake.fail('bitbucket.permissions.listEffectiveOfRepository', { status: 500 });
    const settings = { http: { retry: { maxAttempts: 1 } }, bitbucket: { workspace: 'acme', ...consumer } };

    const { gaps } = await connect(settings).discover({ products: ['bitbucket'], concurrency: 1 });

    expect(gaps.map(({ id }) => id)).toContain('bitbucket/grants on repositories/no-scope');
  });
});

test('levels come from the list of each repository where the list of all is broken, which is asked for once', async ({
  fake,
  connect,
}) => {
  seed(fake);
  fake.addRepository({ project: 'PAY', name: 'Docs', grants: { [ROSA]: 'write' } });
  const consumer = fake.addOauthConsumer({ scopes: ['account', 'project'] });
  const atlassian = connect({ http: { retry: { maxAttempts: 1 } }, bitbucket: { workspace: 'acme', ...consumer } });
  const whole = await atlassian.discover({ products: ['bitbucket'] });
  const asked = () => fake.requests.filter((one) => one.operation === 'bitbucket.permissions.listEffective').length;
  const before = asked();
  fake.fail('bitbucket.permissions.listEffective', { status: 500, times: Infinity });

  const { entities, gaps } = await atlassian.discover({ products: ['bitbucket'] });

  expect(entities['bitbucket.grant']).toEqual(whole.entities['bitbucket.grant']);
  expect(gaps.map(({ id }) => id)).toEqual(whole.gaps.map(({ id }) => id));
  expect(asked()).toBe(before + 1);
});

let kept: ReadCheckpoint | undefined;
function keep(one: ReadCheckpoint): void {
  kept = JSON.parse(JSON.stringify(one)) as ReadCheckpoint;
}

async function reading(stream: AsyncIterable<Discovered>): Promise<readonly Discovered[]> {
  const found: Discovered[] = [];
  for await (const one of stream) found.push(one);
  return found;
}

/** Two of each page have no account id. */
function withoutIds(body: Answer): Answer {
  return withItems(body, 'values', (row, n) =>
    n < 2 ? { ...row, user: { ...(row.user as Answer), account_id: null } } : row,
  );
}

/** Whether somebody without a grant reaches the repository. */
function reach(fake: FakeAtlassian, snapshot: AccessSnapshot): string {
  const [repository] = snapshot.entities['bitbucket.repository'];
  const { verdict } = AccessGraph.from(snapshot).explain(
    { accountId: fake.account('ben@acme.com')?.accountId ?? '' },
    { type: 'bitbucket.repository', id: repository?.id ?? '' },
    { administrators: false },
  );
  return verdict;
}

function seed(fake: FakeAtlassian): void {
  for (const email of [ROSA, 'ben@acme.com', 'olga@acme.com']) fake.addUser({ email });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  fake.addBitbucketMember('olga@acme.com', { role: 'owner' });
  fake.addBitbucketMember('ben@acme.com');
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments' });
  fake.addRepository({
    project: 'PAY',
    name: 'Ledger',
    grants: { [ROSA]: 'admin', planners: 'read' },
    branchRestrictions: [{ kind: 'force', pattern: 'main' }],
  });
}
