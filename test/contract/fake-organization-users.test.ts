import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccountView, FakeGroupView } from '../../src/testing/index.js';
import { adminSession, errorWith, pageOf, pick } from './admin-session.js';
import { organizationWorld, segment, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;
let rosa: FakeAccountView;
let local: FakeGroupView;
let synced: FakeGroupView;

beforeEach(() => {
  session = organizationWorld();
  ({ rosa, local, synced } = session);
});

describe('searching users', () => {
  const search = async (body: unknown) => session.send('POST', session.everywhere('/users/search'), body);

  test('finds exact addresses whatever their case, of managed and of unmanaged people', async () => {
    session.fake.addAccount({ email: 'guest@partner.example' });

    const answer = await search({ emails: ['ROSA@acme.com', 'Guest@Partner.example', 'nobody@acme.com'] });

    expect(pageOf(answer).data).toMatchObject([
      { email: 'rosa@acme.com', claimStatus: 'managed', managementSource: 'synced' },
      { email: 'guest@partner.example', claimStatus: 'unmanaged', managementSource: null },
    ]);
  });

  test('shows roles, counts, products and groups only when expanded, and groups by ARI', async () => {
    session.fake.addSite('acme', [{ key: 'confluence', grantedBy: ['Quay Planners'] }]);
    await session.send('POST', session.members(local), { accountId: rosa.accountId });

    const bare = await search({ accountIds: [rosa.accountId] });
    const full = await search({
      accountIds: [rosa.accountId],
      expand: ['platformRoles', 'counts.resources', 'productAccess', 'groups'],
    });

    expect(pageOf(bare).data[0]).not.toHaveProperty('groups');
    expect(pageOf(full).data).toMatchObject([
      {
        platformRoles: [],
        counts: { resources: 1 },
        productAccess: [],
        groups: [
          { id: `ari:cloud:identity::group/${synced.orgGroupId!}`, name: 'berth-crew', description: null },
          { id: `ari:cloud:identity::group/${local.orgGroupId!}`, name: 'Quay Planners' },
        ],
      },
    ]);
  });

  test.each([
    ['emails with searchTerm', { emails: ['a@b.c'], searchTerm: 'a' }],
    ['more than 100 addresses', { emails: Array.from({ length: 101 }, (_, index) => `u${index}@acme.com`) }],
    ['the same address twice', { emails: ['a@b.c', 'a@b.c'] }],
    ['an empty list', { accountIds: [] }],
    ['eleven account ids', { accountIds: Array.from({ length: 11 }, (_, index) => `a${index}`) }],
    ['an unknown status', { status: ['gone'] }],
    ['a role that no filter knows', { roleIds: ['atlassian/viewer'] }],
    ['an unknown expansion', { expand: ['everything'] }],
    ['a limit over 100', { limit: 101 }],
    ['a limit of nothing', { limit: 0 }],
    ['a limit in words', { limit: 'ten' }],
    ['two orders', { sortBy: Array.from({ length: 2 }, () => ({ field: 'nick_name', direction: 'asc' })) }],
    ['an order by another field', { sortBy: [{ field: 'email', direction: 'asc' }] }],
    ['a list in place of the body', []],
    ['a body that is not JSON', '{'],
  ])('refuses %s with 400', async (_what, body) => {
    expect(await search(body)).toMatchObject(errorWith('ADMIN-UAM-400-1'));
  });

  test('an unknown directory is 404, and a request with a fault is refused before it is looked for', async () => {
    const unknown = session.v2('/directories/nowhere/users/search');

    expect(await session.send('POST', unknown, {})).toMatchObject(errorWith('ADMIN-UAM-404-1'));
    expect(await session.send('POST', unknown, { limit: 0 })).toMatchObject(errorWith('ADMIN-UAM-400-1'));
  });

  test('says in one word what account and memberships come to', async () => {
    const { fake } = session;
    fake.addAccount({ email: 'suspended@acme.com', membership: 'suspended' });
    fake.addAccount({ email: 'outside@acme.com', membership: 'none' });
    fake.addAccount({ email: 'inactive@acme.com', status: 'inactive' });
    const leaver = fake.addAccount({ email: 'leaver@acme.com' });
    await session.send('POST', `/users/${segment(leaver)}/manage/lifecycle/delete`);

    const answer = await search({ emailDomains: ['ACME.com'] });

    expect(
      pageOf(answer).data.map(({ email, status, accountStatus, membershipStatus }) => [
        email,
        status,
        accountStatus,
        membershipStatus,
      ]),
    ).toEqual([
      ['rosa@acme.com', 'active', 'active', 'active'],
      ['suspended@acme.com', 'suspended', 'active', 'suspended'],
      ['outside@acme.com', 'not_invited', 'active', 'no_membership'],
      ['inactive@acme.com', 'deactivated', 'inactive', 'active'],
      ['leaver@acme.com', 'for_deletion', 'inactive', 'active'],
    ]);
  });

  test('filters by every property, and all filters must hold', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['berth-crew'] }]);
    fake.addAccount({ email: 'ben@acme.com', name: 'Ben Ito', mfaEnabled: true });
    fake.addOrgAdmin({ email: 'admin@acme.com' });
    fake.addAccount({ email: 'guest@partner.example' });
    const emails = async (body: object) => pick(await search(body), 'email');

    expect(await emails({ searchTerm: 'QUELL' })).toEqual(['rosa@acme.com']);
    expect(await emails({ groupIds: [synced.orgGroupId] })).toEqual(['rosa@acme.com']);
    expect(await emails({ resourceIds: [jira!.ari] })).toEqual(['rosa@acme.com']);
    expect(await emails({ roleIds: ['atlassian/org-admin'] })).toEqual(['admin@acme.com']);
    expect(await emails({ mfaEnabled: true })).toEqual(['ben@acme.com']);
    expect(await emails({ claimStatus: 'unmanaged' })).toEqual(['guest@partner.example']);
    expect(await emails({ roleIds: ['atlassian/org-admin'], mfaEnabled: true })).toEqual([]);
    expect(await emails({ directoryIds: ['nowhere'] })).toEqual([]);
  });

  test('a concrete directory shows its members, and all directories the managed people in none as well', async () => {
    session.fake.addAccount({ email: 'outside@acme.com', membership: 'none' });

    const here = await session.send('POST', session.directory('/users/search'), {});
    const everywhere = await search({});

    expect(pick(here, 'email')).toEqual(['rosa@acme.com']);
    expect(pick(everywhere, 'email')).toEqual(['rosa@acme.com', 'outside@acme.com']);
  });

  test('goes by nickname in either direction', async () => {
    session.fake.addAccount({ email: 'ben@acme.com', nickname: 'ben' });
    session.fake.addAccount({ email: 'zoe@acme.com', nickname: 'Zoe' });

    const up = await search({ sortBy: [{ field: 'nick_name', direction: 'asc' }] });
    const down = await search({ sortBy: [{ field: 'nick_name', direction: 'desc' }] });

    expect(pick(up, 'nickname')).toEqual(['ben', 'rosa', 'Zoe']);
    expect(pick(down, 'email')).toEqual(pick(up, 'email').toReversed());
  });

  test('an address that moved is found under the new one only', async () => {
    session.fake.changeAccount('rosa@acme.com', { email: 'rosa.ito@acme.com' });

    expect(pick(await search({ emails: ['rosa@acme.com'] }), 'email')).toEqual([]);
    expect(pick(await search({ emails: ['rosa.ito@acme.com'] }), 'email')).toEqual(['rosa.ito@acme.com']);
  });
});

describe('reading users', () => {
  test('the list by GET takes lists by repeated names, and lets unknown names pass', async () => {
    session.fake.addAccount({ email: 'ben@acme.com' });
    const ben = session.fake.account('ben@acme.com')!;

    const both = await session.send(
      'GET',
      session.everywhere(`/users?accountIds=${segment(rosa)}&accountIds=${segment(ben)}`),
    );
    const misspelled = await session.send('GET', session.everywhere('/users?groupId=nowhere'));

    expect(pick(both, 'email')).toEqual(['rosa@acme.com', 'ben@acme.com']);
    expect(pick(misspelled, 'email')).toHaveLength(2);
  });

  test('a group filter gives exactly its members, suspended ones included, and nobody for an unknown group', async () => {
    await session.send('POST', session.directory(`/users/${segment(rosa)}/suspend`));

    const ofGroup = await session.send('GET', session.directory(`/users?groupIds=${synced.orgGroupId!}`));
    const ofNone = await session.send('GET', session.directory('/users?groupIds=nowhere'));

    expect(pick(ofGroup, 'email')).toEqual(['rosa@acme.com']);
    expect(pick(ofNone, 'email')).toEqual([]);
  });

  test('details have the platform roles always, and when the account was deactivated', async () => {
    const { fake } = session;
    fake.addOrgAdmin({ email: 'admin@acme.com', status: 'inactive' });
    const admin = fake.account('admin@acme.com')!;

    const answer = await session.send('GET', session.directory(`/users/${segment(admin)}`));

    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: {
          email: 'admin@acme.com',
          platformRoles: ['atlassian/org-admin'],
          status: 'deactivated',
          deactivatedOn: '2026-01-05T09:00:00.000Z',
        },
      },
    });
  });

  test('an unknown user is ADMIN-UAM-404-1', async () => {
    expect(await session.send('GET', session.directory('/users/nobody'))).toMatchObject(errorWith('ADMIN-UAM-404-1'));
  });

  test('the count has no wrapper, and counts managed people outside the directories too', async () => {
    session.fake.addAccount({ email: 'outside@acme.com', membership: 'none' });

    expect((await session.send('GET', session.everywhere('/users/count'))).body).toEqual({ count: 2 });
    expect((await session.send('GET', session.directory('/users/count'))).body).toEqual({ count: 1 });
  });

  test('the numbers count accounts by status and people by role', async () => {
    session.fake.addOrgAdmin({ email: 'admin@acme.com' });
    session.fake.addAccount({ email: 'gone@acme.com', status: 'inactive' });

    const { body } = await session.send('GET', session.everywhere('/users/stats'));

    expect(body).toEqual({
      accountStatus: [
        { status: 'active', count: 2 },
        { status: 'inactive', count: 1 },
        { status: 'closed', count: 0 },
      ],
      roles: [{ roleId: 'atlassian/org-admin', count: 1 }],
    });
  });

  test('managed accounts come in snake_case, in a directory or not, and unmanaged ones do not', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', ['jira-software']);
    fake.addAccount({ email: 'guest@partner.example' });
    fake.addAccount({
      email: 'outside@acme.com',
      membership: 'none',
      productUses: [{ key: 'jira-software', resourceId: jira!.ari, lastActiveAt: Date.parse('2026-01-02T10:00:00Z') }],
    });

    const answer = await session.send('GET', session.v1('/users'));

    expect(pageOf(answer).data).toMatchObject([
      { email: 'rosa@acme.com', account_status: 'active', product_access: [] },
      {
        email: 'outside@acme.com',
        account_type: 'atlassian',
        access_billable: true,
        last_active: '2026-01-02T10:00:00.000Z',
        product_access: [{ key: 'jira-software', name: 'Jira', url: 'https://acme.atlassian.net' }],
      },
    ]);
  });

  test('an organization without a claimed domain has no managed accounts', async () => {
    const { send, v1, fake } = adminSession();
    fake.addAccount({ email: 'rosa@acme.com' });

    expect(pageOf(await send('GET', v1('/users'))).data).toEqual([]);
  });

  test('last-active dates tell use, as dates and as instants', async () => {
    const { fake } = session;
    const [confluence] = fake.addSite('acme', ['confluence']);
    const lastActiveAt = Date.parse('2026-01-02T16:02:11Z');
    fake.changeAccount('rosa@acme.com', {
      productUses: [{ key: 'confluence', resourceId: confluence!.ari, lastActiveAt }],
    });

    const answer = await session.send('GET', session.v1(`/directory/users/${segment(rosa)}/last-active-dates`));
    const unknown = await session.send('GET', session.v1('/directory/users/nobody/last-active-dates'));

    expect(answer.body).toEqual({
      data: {
        product_access: [
          {
            id: confluence!.ari,
            key: 'confluence',
            last_active: '2026-01-02',
            last_active_timestamp: '2026-01-02T16:02:11.000Z',
          },
        ],
        added_to_org: '2026-01-05',
        added_to_org_timestamp: '2026-01-05T09:00:00.000Z',
      },
      links: { next: null },
    });
    expect(unknown).toMatchObject(errorWith('ADMIN-404-8'));
  });
});
