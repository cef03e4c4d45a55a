import { describe, expect } from 'vitest';
import { AccessGraph, findings, toOaa } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { altering, answering, lacking, withItems, type Answer } from './altered-answers.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';

describe('a default branch', () => {
  test('is not surely unprotected where Bitbucket does not say whether rules are inherited', async ({
    fake,
    connect,
  }) => {
    repository(fake);
    const fetch = altering(fake, '/2.0/repositories/acme', (body) =>
      withItems(body, 'values', (one) => lacking(one, 'override_settings')),
    );

    const snapshot = await connect({ fetch }).discover({ products: ['bitbucket'] });

    const [found] = findings(AccessGraph.from(snapshot), { kinds: ['unprotected-branch'] });
    expect(found).toMatchObject({ certain: false, message: expect.stringContaining('may apply') as string });
    expect(snapshot.entities['bitbucket.repository'][0]?.inheritsRules).toBeUndefined();
    expect(snapshot.gaps.map(({ part }) => part)).toContain('branch restrictions of projects');
  });

  test('with a rule for a type of branches that is not known is told of', async ({ fake, connect }) => {
    repository(fake, [{ kind: 'push', branchType: 'development' }]);
    const fetch = altering(fake, '/branch-restrictions', (body) =>
      withItems(body, 'values', (rule) => ({ ...rule, branch_type: 'trunk' })),
    );

    const { gaps } = await connect({ fetch }).discover({ products: ['bitbucket'] });

    expect(gaps.filter(({ part }) => part === 'branch restrictions').map(({ message }) => message)).toEqual([
      'acme/ledger has branch restrictions for types of branches that are not known (trunk): they count for nothing',
    ]);
  });

  test('whose rules cannot be read takes no grant along', async ({ fake, connect }) => {
    repository(fake);
    fake.fail('bitbucket.branchRestrictions.list', { status: 500, times: Infinity });

    const atlassian = connect({ http: { retry: { maxAttempts: 1 } } });
    const { entities, gaps } = await atlassian.discover({ products: ['bitbucket'] });

    const [found] = entities['bitbucket.repository'];
    expect(found?.grants).toBe('explicit');
    expect(found?.defaultBranchProtected).toBeUndefined();
    expect(entities['bitbucket.grant'].filter(({ on }) => on === 'repository')).toHaveLength(1);
    expect(gaps.filter(({ part }) => part === 'branch restrictions')).toMatchObject([{ resource: { id: found?.id } }]);
  });
});

describe('an answer without what was asked for is no fact', () => {
  test('of whether Confluence lets people in without an account', async ({ fake, connect }) => {
    site(fake);
    const fetch = answering(fake, '/user/anonymous', 200, {});

    const { entities, gaps } = await connect({ fetch }).discover({ products: ['confluence'] });

    const [instance] = entities['confluence.instance'];
    expect(instance).toMatchObject({ mode: 'roles' });
    expect(instance?.anonymousAccess).toBeUndefined();
    expect(gaps.filter(({ part }) => part === 'instance')).toMatchObject([{ code: 'response_invalid' }]);
  });

  test('of where Jira is', async ({ fake, connect }) => {
    site(fake);
    const fetch = answering(fake, '/serverInfo', 200, {});

    const { entities, gaps } = await connect({ fetch }).discover({ products: ['jira'] });

    expect(entities['jira.instance']).toEqual([{ type: 'jira.instance', id: fake.site.cloudId }]);
    expect(gaps.filter(({ part }) => part === 'instance')).toHaveLength(1);
  });

  test('of what a permission scheme grants, for Veza neither', async ({ fake, connect }) => {
    site(fake);
    const fetch = altering(fake, '/permissionscheme', (body) =>
      body.permissionSchemes === undefined
        ? body
        : withItems(body, 'permissionSchemes', (scheme) => lacking(scheme, 'permissions')),
    );

    const snapshot = await connect({ fetch }).discover({ products: ['jira'] });

    const [application] = toOaa(snapshot)[0]?.payload.applications ?? [];
    const resources = (application?.resources ?? []) as unknown as Answer[];
    expect(resources.map(({ custom_properties: facts }) => (facts as Answer).permission_scheme_read)).toEqual([false]);
  });
});

function repository(fake: FakeAtlassian, branchRestrictions: { kind: 'push'; branchType: 'development' }[] = []): void {
  fake.addUser({ email: ROSA });
  fake.addBitbucketMember(ROSA);
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments' });
  fake.addRepository({ project: 'PAY', name: 'Ledger', grants: { [ROSA]: 'write' }, branchRestrictions });
}

function site(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  fake.addSite('acme', [
    { key: 'jira-software', grantedBy: ['planners'] },
    { key: 'confluence', grantedBy: ['planners'] },
  ]);
  fake.addJiraProject({ key: 'FIN', roles: { Member: ['group:planners'] } });
  fake.addConfluenceSpace({ key: 'OPEN', anonymous: true, roles: { Viewer: ['planners'] } });
}
