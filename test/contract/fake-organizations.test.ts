import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccountView, FakeGroupView } from '../../src/testing/index.js';
import { errorWith, pageOf, pick } from './admin-session.js';
import { organizationWorld, segment, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;
let rosa: FakeAccountView;
let local: FakeGroupView;

beforeEach(() => {
  session = organizationWorld();
  ({ rosa, local } = session);
});

describe('who may call', () => {
  test.each([
    ['no credential', () => ''],
    ['an unknown key', () => 'ATCTT-nobody'],
    ['a user token', () => session.fake.addKey({ kind: 'site' })],
    ['the key of a SCIM directory', () => session.fake.directoryKey],
    ['an expired key', () => session.fake.addKey({ expiresAt: '2020-01-01T00:00:00Z' })],
  ])('%s is stopped by the gateway with 401, numbers and no envelope', async (_what, key) => {
    const answer = await session.send('GET', session.v1(), undefined, key());

    expect(answer).toMatchObject({ status: 401, body: { code: 401, message: 'Unauthorized' } });
  });

  test('the key of another organization gets the flat 404 of the routing layer', async () => {
    const key = session.fake.addKey({ organizationId: 'another' as never });

    const answer = await session.send('GET', session.everywhere('/users/count'), undefined, key);

    expect(answer).toMatchObject({ status: 404, body: { error: 'Not Found', message: 'TCS validation failed' } });
  });

  test('an organization that is not there is ADMIN-404-2 in v1, and the flat 404 in v2', async () => {
    const v1 = await session.send('GET', '/admin/v1/orgs/nowhere');
    const v2 = await session.send('GET', '/admin/v2/orgs/nowhere/directories');

    expect(v1).toMatchObject(errorWith('ADMIN-404-2'));
    expect(v2).toMatchObject({ status: 404, body: { message: 'TCS validation failed' } });
  });

  test('a key with scopes reads what its scopes open, and sees no organization in the list', async () => {
    const key = session.fake.addKey({ scopes: ['read:orgs:admin', 'read:directories:admin', 'read:groups:admin'] });

    const list = await session.send('GET', '/admin/v1/orgs', undefined, key);
    const one = await session.send('GET', session.v1(), undefined, key);
    const users = await session.send('POST', session.everywhere('/users/search'), {}, key);
    const groups = await session.send('GET', session.everywhere('/groups/count'), undefined, key);

    expect(list).toMatchObject({ status: 200, body: { data: [] } });
    expect([one.status, users.status, groups.status]).toEqual([200, 200, 200]);
  });

  test('a key with scopes gets 403 for a scope it lacks, and for every write on users, groups and roles', async () => {
    const key = session.fake.addKey({ scopes: ['read:directories:admin', 'read:orgs:admin'] });

    const groups = await session.send('GET', session.everywhere('/groups'), undefined, key);
    const add = await session.send('POST', session.members(local), { accountId: rosa.accountId }, key);
    const remove = await session.send('DELETE', session.directory(`/users/${segment(rosa)}`), undefined, key);
    const lastActive = session.v1(`/directory/users/${segment(rosa)}/last-active-dates`);

    expect(groups).toMatchObject(errorWith('ADMIN-UAM-403-1'));
    expect(add).toMatchObject(errorWith('ADMIN-UAM-403-1'));
    expect(remove).toMatchObject(errorWith('ADMIN-UAM-403-1'));
    expect(await session.send('GET', lastActive, undefined, key)).toMatchObject(errorWith('ADMIN-403-3'));
  });

  test('domains refuse a key without their scope in the flat shape', async () => {
    const key = session.fake.addKey({ scopes: [] });

    const answer = await session.send('GET', session.v1('/domains'), undefined, key);

    expect(answer).toMatchObject({ status: 403, body: { status: 403, error: 'Forbidden' } });
  });
});

describe('organizations and directories', () => {
  test('a key without scopes finds its one organization, of an id that is not a UUID', async () => {
    const answer = await session.send('GET', '/admin/v1/orgs');

    expect(answer.body).toMatchObject({
      data: [{ id: session.fake.organizationId, type: 'orgs', attributes: { name: 'Acme' } }],
      meta: null,
    });
    expect(session.fake.organizationId).toMatch(/k/);
  });

  test('directories are found by name, by id and by who is in them', async () => {
    const site = session.fake.addOrgDirectory('Old site');
    const directories = session.v2('/directories');

    const all = await session.send('GET', directories);
    const byName = await session.send('GET', `${directories}?searchTerm=old`);
    const byId = await session.send('GET', `${directories}?directoryIds=${site}&directoryIds=other`);
    const byAccount = await session.send('GET', `${directories}?accountId=${segment(rosa)}`);

    expect(pick(all, 'name')).toEqual(['Primary Directory', 'Old site']);
    expect(pick(byName, 'directoryId')).toEqual([site]);
    expect(pick(byId, 'directoryId')).toEqual([site]);
    expect(pick(byAccount, 'directoryId')).toEqual([session.fake.orgDirectoryId]);
  });
});

describe('domains', () => {
  test('are listed and read with how they are claimed', async () => {
    session.fake.addDomain('new.example', { status: 'unverified', claimType: 'http' });

    const list = await session.send('GET', session.v1('/domains'));
    const [, second] = pageOf<{ id: string }>(list).data;
    const one = await session.send('GET', session.v1(`/domains/${second!.id}`));

    expect(pick(list, 'attributes')).toEqual([
      { name: 'acme.com', claim: { type: 'dns', status: 'verified' } },
      { name: 'new.example', claim: { type: 'http', status: 'unverified' } },
    ]);
    expect(one.body).toMatchObject({ data: { type: 'domains', attributes: { name: 'new.example' } } });
    expect(await session.send('GET', session.v1('/domains/nowhere'))).toMatchObject(errorWith('ADMIN-404-3'));
    expect(await session.send('GET', session.v1('/domains/acme.com'))).toMatchObject(errorWith('ADMIN-400-2'));
  });
});

describe('what has ended', () => {
  test.each([
    ['POST', '/users/search'],
    ['POST', '/users/invite'],
    ['POST', '/directory/users/a/suspend-access'],
    ['POST', '/directory/users/a/restore-access'],
    ['DELETE', '/directory/users/a'],
    ['POST', '/groups/search'],
    ['POST', '/directory/groups'],
    ['DELETE', '/directory/groups/g'],
    ['POST', '/directory/groups/g/memberships'],
    ['DELETE', '/directory/groups/g/memberships/a'],
    ['POST', '/directory/groups/g/roles/assign'],
    ['POST', '/directory/groups/g/roles/revoke'],
  ])('%s %s of v1 answers 410, or 404 with the switch', async (method, rest) => {
    expect((await session.send(method, session.v1(rest))).status).toBe(410);
    session.fake.switches.retiredOperations = 404;
    expect((await session.send(method, session.v1(rest))).status).toBe(404);
  });
});

describe('reads that trail behind the writes', () => {
  test('a new group is searched for in vain at first, and read by id at once', async () => {
    session.fake.lags.groupSearchMs = 2_000;
    await session.send('POST', session.directory('/groups'), { name: 'Night Watch' });
    const search = async () =>
      pick(await session.send('POST', session.everywhere('/groups/search'), { groupNames: ['Night Watch'] }), 'name');

    expect(await search()).toEqual([]);
    const group = session.fake.group('Night Watch')!;
    expect((await session.send('GET', session.directory(`/groups/${group.orgGroupId!}`))).status).toBe(200);
    session.fake.clock.advance(2_000);
    expect(await search()).toEqual(['Night Watch']);
  });

  test('members, roles and suspensions show later, and rules know them at once', async () => {
    const { fake } = session;
    Object.assign(fake.lags, { groupMemberReadMs: 10_000, roleReadMs: 10_000, accountReadMs: 10_000 });
    const [jira] = fake.addSite('acme', ['jira-software']);
    const role = { role: 'atlassian/user', resource: jira!.ari };
    const seen = async () => {
      const inGroup = await session.send('POST', session.everywhere('/users/search'), { groupIds: [local.orgGroupId] });
      const roles = await session.send('GET', session.directory(`/users/${segment(rosa)}/role-assignments`));
      const status = await session.send('POST', session.everywhere('/users/search'), { accountIds: [rosa.accountId] });
      return [pageOf(inGroup).data.length, pageOf(roles).data.length, pick(status, 'status')[0]];
    };

    await session.send('POST', session.members(local), { accountId: rosa.accountId });
    await session.send('POST', session.v1(`/users/${segment(rosa)}/roles/assign`), role);
    await session.send('POST', session.directory(`/users/${segment(rosa)}/suspend`));

    expect(await seen()).toEqual([0, 0, 'active']);
    expect(await session.send('POST', session.v1(`/users/${segment(rosa)}/roles/assign`), role)).toMatchObject(
      errorWith('ADMIN-UAM-400-2'),
    );
    fake.clock.advance(10_000);
    expect(await seen()).toEqual([1, 1, 'suspended']);
  });

  test('a removed person lingers in the listing of the directory', async () => {
    session.fake.lags.accountReadMs = 10_000;
    const list = async () => pick(await session.send('GET', session.directory('/users')), 'email');
    await session.send('DELETE', session.directory(`/users/${segment(rosa)}`));

    expect(await list()).toEqual(['rosa@acme.com']);
    session.fake.clock.advance(10_000);
    expect(await list()).toEqual([]);
  });
});
