import { describe, expect } from 'vitest';
import type { AccessSnapshot } from '../../src/index.js';
import type { FakeAtlassian, ProductUse } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';
const BEN = 'ben@acme.com';
const GUEST = 'guest@partner.example';

describe('discovering the products', () => {
  test('tells all of Jira, with the four dates of its users from the organization', async ({ fake, connect }) => {
    seed(fake);

    const { entities, gaps } = await connect({}).discover();

    expect(gaps.filter(({ product }) => product !== 'confluence')).toEqual([]);
    expect(entities['jira.instance']).toMatchObject([{ id: fake.site.cloudId, baseUrl: fake.site.url }]);
    expect(entities['jira.user'].find(({ id }) => id === idOf(fake, ROSA))).toEqual({
      type: 'jira.user',
      id: idOf(fake, ROSA),
      accountType: 'atlassian',
      displayName: 'Rosa Quell',
      email: ROSA,
      active: true,
      timeZone: expect.any(String) as string,
      createdAt: expect.stringMatching(/^2026-/u) as string,
      lastLoginAt: expect.stringMatching(/^2026-/u) as string,
      changedAt: expect.stringMatching(/^2026-/u) as string,
    });
    expect(entities['jira.user'].find(({ id }) => id === idOf(fake, BEN))).toMatchObject({
      active: false,
      deactivatedAt: expect.stringMatching(/^2026-/u) as string,
    });
    expect(entities['jira.project']).toMatchObject([
      {
        key: 'FIN',
        name: 'Finance',
        projectType: 'software',
        style: 'classic',
        permissionSchemeId: expect.any(String),
      },
    ]);
    expect(entities['jira.projectRole'].find(({ name }) => name === 'Finance - Member')).toMatchObject({
      actors: [{ principal: { type: 'group', id: fake.group('planners')?.orgGroupId } }],
    });
    expect(entities['jira.group'].find(({ name }) => name === 'planners')?.memberIds).toEqual([idOf(fake, ROSA)]);
    expect(entities['jira.permissionScheme'].flatMap(({ grants }) => grants).length).toBeGreaterThan(0);
    expect(entities['jira.applicationRole']).toMatchObject([
      { id: 'jira-software', groupIds: [fake.group('planners')?.orgGroupId] },
    ]);
  });

  test('takes for a login to Jira its use on the site that is read, and not on another', async ({ fake, connect }) => {
    seed(fake);
    const [here] = (await connect({}).discover()).entities['jira.instance'];
    const at = (hour: number) => `2026-01-04T0${String(hour)}:00:00.000Z`;
    const use = (site: string, hour: number): ProductUse => ({
      key: 'jira-software',
      resourceId: `ari:cloud:jira-software::site/${site}` as ProductUse['resourceId'],
      lastActiveAt: Date.parse(at(hour)),
    });
    fake.changeAccount(ROSA, { productUses: [use(here?.id ?? '', 1), use('another-site', 2)] });
    const atlassian = connect({});

    const { entities } = await atlassian.discover();
    const streamed: (string | undefined)[] = [];
    for await (const one of atlassian.discovery.jira.stream('jira.user'))
      if (one.id === idOf(fake, ROSA) && one.type !== 'gap') streamed.push(one.lastLoginAt);

    expect(entities['jira.user'].find(({ id }) => id === idOf(fake, ROSA))).toMatchObject({ lastLoginAt: at(1) });
    // A stream of users does not ask which site it is.
    expect(streamed).toEqual([undefined]);
  });

  test('tells all of Confluence: guests, spaces that are open, and who holds what', async ({ fake, connect }) => {
    seed(fake);

    const { entities } = await connect({}).discover();

    expect(entities['confluence.instance']).toMatchObject([{ mode: 'roles', anonymousAccess: false }]);
    expect(entities['confluence.user'].find(({ id }) => id === idOf(fake, GUEST))).toMatchObject({
      accountType: 'atlassian',
      externalCollaborator: true,
    });
    expect(entities['confluence.user'].find(({ id }) => id === idOf(fake, ROSA))).toMatchObject({
      email: ROSA,
      externalCollaborator: false,
    });
    expect(entities['confluence.space']).toMatchObject([
      { key: 'DOCS', spaceType: 'global', status: 'current', anonymousAccess: true, unlicensedAccess: false },
    ]);
    expect(entities['confluence.grant'].map(({ principal, holds }) => [principal.type, holds.kind])).toEqual(
      expect.arrayContaining([
        ['anonymous', 'role'],
        ['group', 'role'],
      ]),
    );
  });

  test('tells all of Bitbucket, and labels each repository by how its grants were read', async ({ fake, connect }) => {
    seed(fake);

    const { entities } = await connect({}).discover();

    expect(entities['bitbucket.project']).toMatchObject([
      { key: 'PAY', name: 'Payments', description: 'Money', private: true, hasPubliclyVisibleRepositories: false },
    ]);
    expect(entities['bitbucket.repository']).toMatchObject([
      {
        name: 'Ledger',
        slug: 'ledger',
        private: true,
        projectKey: 'PAY',
        forkPolicy: 'no_public_forks',
        grants: 'explicit',
        defaultBranchProtected: true,
        allowAutoMergeWhenBuildsPass: false,
        requirePassingBuildsToMerge: false,
        enforceMergeChecks: false,
        requireApprovalsToMerge: true,
        requireDefaultReviewerApprovalsToMerge: false,
        requireTasksToBeCompleted: false,
      },
    ]);
    expect(entities['bitbucket.user'].find(({ id }) => id === idOf(fake, ROSA))).toMatchObject({
      key: idOf(fake, ROSA),
      email: ROSA,
      name: expect.any(String) as string,
      displayName: 'Rosa Quell',
      active: true,
      deleted: false,
    });
    expect(entities['bitbucket.grant'].filter(({ on }) => on !== 'workspace')).toMatchObject([
      { on: 'repository', level: 'write', basis: 'explicit', projectKey: 'PAY' },
    ]);
  });

  test('falls back to effective permissions, and leaves branch protection open, without the rights of an admin', async ({
    fake,
    connect,
  }) => {
    seed(fake);
    const consumer = fake.addOauthConsumer({ scopes: ['account', 'team', 'project', 'repository'] });

    const snapshot = await connect({ bitbucket: { workspace: 'acme', ...consumer } }).discover({
      products: ['bitbucket'],
    });

    const [ledger] = snapshot.entities['bitbucket.repository'];
    expect(ledger).toMatchObject({ grants: 'effective' });
    expect(ledger).not.toHaveProperty('defaultBranchProtected');
    expect(snapshot.entities['bitbucket.grant'].filter(({ on }) => on === 'repository')).toMatchObject([
      { basis: 'effective' },
    ]);
    expect(snapshot.gaps.map(({ part, reason }) => [part, reason])).toEqual(
      expect.arrayContaining([
        ['grants on repositories', 'forbidden'],
        ['branch restrictions', 'forbidden'],
      ]),
    );
  });

  test('ties record, account and users of the products together, each with its evidence', async ({ fake, connect }) => {
    seed(fake);

    const snapshot = await connect({}).discover();

    expect(edgesAt(snapshot, idOf(fake, ROSA))).toEqual([
      ['admin.user', 'bitbucket.user', 'account-id'],
      ['admin.user', 'confluence.user', 'account-id'],
      ['admin.user', 'jira.user', 'account-id'],
      ['scim.user', 'admin.user', 'scim-extension'],
    ]);
  });

  test('has no edges and no dates without an organization key, and says why', async ({ fake, connect }) => {
    seed(fake);

    const snapshot = await connect({ admin: undefined, scim: undefined }).discover();

    expect(snapshot.entities.connection).toEqual([]);
    expect(snapshot.gaps).toMatchObject([
      { product: 'admin', part: 'connections', reason: 'not-configured' },
      { product: 'confluence', part: 'hidden spaces', reason: 'truncated' },
      { product: 'confluence', part: 'people in no group', reason: 'truncated' },
    ]);
    expect(snapshot.gaps[0]?.hides).toContain('connection');
    const rosa = snapshot.entities['jira.user'].find(({ id }) => id === idOf(fake, ROSA));
    expect(rosa).toMatchObject({ displayName: 'Rosa Quell' });
    for (const date of ['createdAt', 'lastLoginAt', 'deactivatedAt', 'changedAt'])
      expect(rosa).not.toHaveProperty(date);
  });
});

/** One organization in all products. */
function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA, displayName: 'Rosa Quell' });
  fake.addUser({ email: BEN, displayName: 'Ben Ito', active: false });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  const [jira, confluence] = fake.addSite('acme', [
    { key: 'jira-software', grantedBy: ['planners'] },
    { key: 'confluence', grantedBy: ['planners'] },
  ]);
  if (jira === undefined || confluence === undefined) throw new Error('The site lacks a product');
  fake.addAccount({ email: GUEST });
  fake.addRole(GUEST, confluence.ari, 'atlassian/guest');
  fake.addRole(BEN, jira.ari);
  fake.changeAccount(ROSA, {
    productUses: [{ key: 'jira-software', resourceId: jira.ari, lastActiveAt: fake.clock.now() }],
  });
  fake.addJiraProject({ key: 'FIN', name: 'Finance', roles: { Member: ['group:planners'] } });
  fake.addConfluenceSpace({ key: 'DOCS', anonymous: true, roles: { Viewer: ['planners'] } });
  fake.addBitbucketMember(ROSA);
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments', description: 'Money' });
  fake.addRepository({
    project: 'PAY',
    name: 'Ledger',
    grants: { [ROSA]: 'write' },
    branchRestrictions: [{ kind: 'require_approvals_to_merge', pattern: 'ma*' }],
  });
}

function idOf(fake: FakeAtlassian, email: string): string {
  return fake.account(email)?.accountId ?? '';
}

function edgesAt({ entities }: AccessSnapshot, account: string): string[][] {
  return entities.connection
    .filter(({ from, to }) => from.id === account || to.id === account)
    .map(({ from, to, evidence }) => [from.type, to.type, evidence])
    .sort((a, b) => a.join().localeCompare(b.join()));
}
