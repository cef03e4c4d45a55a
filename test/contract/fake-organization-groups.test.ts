import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccountView, FakeGroupView } from '../../src/testing/index.js';
import { errorWith, pageOf, pick } from './admin-session.js';
import { organizationWorld, segment, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;
let rosa: FakeAccountView;
let local: FakeGroupView;
let synced: FakeGroupView;

beforeEach(() => {
  session = organizationWorld();
  ({ rosa, local, synced } = session);
});

describe('group membership', () => {
  const add = async (group: FakeGroupView, accountId: string) =>
    session.send('POST', session.members(group), { accountId });
  const remove = async (group: FakeGroupView, account: FakeAccountView) =>
    session.send('DELETE', `${session.members(group)}/${segment(account)}`);

  test('adds a member and takes one out, each with 204 and no body', async () => {
    expect(await add(local, rosa.accountId)).toMatchObject({ status: 204, body: undefined });
    expect(session.fake.group('Quay Planners')?.members).toEqual(['rosa@acme.com']);
    expect(await remove(local, rosa)).toMatchObject({ status: 204, body: undefined });

    expect(session.fake.group('Quay Planners')?.members).toEqual([]);
  });

  test('a group that an identity provider owns is refused with 403, both ways', async () => {
    session.fake.addAccount({ email: 'ben@acme.com' });
    const ben = session.fake.account('ben@acme.com')!;

    expect(await add(synced, ben.accountId)).toMatchObject(errorWith('ADMIN-UAM-403-1'));
    expect(await remove(synced, rosa)).toMatchObject(errorWith('ADMIN-UAM-403-1'));
    expect(session.fake.group('berth-crew')?.members).toEqual(['rosa@acme.com']);
  });

  test('adding who is in already answers 204, or 409 ADMIN-UAM-409-2 with the switch', async () => {
    await add(local, rosa.accountId);

    expect((await add(local, rosa.accountId)).status).toBe(204);
    session.fake.switches.readdMember = 409;
    expect(await add(local, rosa.accountId)).toMatchObject(errorWith('ADMIN-UAM-409-2'));
  });

  test('the other 409 is a licence limit, and a seat that somebody has counts once', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', capacity: 1, grantedBy: ['Quay Planners'] }]);
    fake.addRole('rosa@acme.com', jira!.ari);
    const ben = fake.addAccount({ email: 'ben@acme.com' });

    expect((await add(local, rosa.accountId)).status).toBe(204);
    expect(await add(local, ben.accountId)).toMatchObject(errorWith('ADMIN-UAM-409-3'));
    expect(fake.group('Quay Planners')?.members).toEqual(['rosa@acme.com']);
  });

  test('roles that cost no seat, and people who cannot use the product, do not count', async () => {
    const { fake } = session;
    fake.addProduct({ key: 'confluence', capacity: 0, grantedBy: ['guests'], role: 'atlassian/guest' });
    fake.addProduct({ key: 'jira-software', capacity: 0, grantedBy: ['Quay Planners'] });
    const suspended = fake.addAccount({ email: 'away@acme.com', membership: 'suspended' });

    expect((await add(fake.group('guests')!, rosa.accountId)).status).toBe(204);
    expect((await add(local, suspended.accountId)).status).toBe(204);
    expect(await add(local, rosa.accountId)).toMatchObject(errorWith('ADMIN-UAM-409-3'));
  });

  test('a managed person in no directory cannot be added: ADMIN-UAM-404-1 with the words that were seen', async () => {
    const outside = session.fake.addAccount({ email: 'outside@acme.com', membership: 'none' });

    expect(await add(local, outside.accountId)).toMatchObject({
      status: 404,
      body: { errors: [{ code: 'ADMIN-UAM-404-1', detail: 'One or more user not found in the directory' }] },
    });
  });

  test('an unknown group, and a group of another directory, are ADMIN-UAM-404-3', async () => {
    const elsewhere = session.fake.addOrgDirectory('Old site');
    const group = session.fake.addGroup({ name: 'elsewhere', origin: 'local', orgDirectoryId: elsewhere });

    expect(
      await session.send('POST', session.directory('/groups/nowhere/memberships'), { accountId: 'x' }),
    ).toMatchObject(errorWith('ADMIN-UAM-404-3'));
    expect(await add(group, rosa.accountId)).toMatchObject(errorWith('ADMIN-UAM-404-3'));
  });

  test('the name of v1, `account_id`, is not known', async () => {
    const answer = await session.send('POST', session.members(local), { account_id: rosa.accountId });

    expect(answer).toMatchObject(errorWith('ADMIN-UAM-400-1'));
  });

  test('a deactivated account is refused with ADMIN-UAM-400-2', async () => {
    const gone = session.fake.addAccount({ email: 'gone@acme.com', status: 'inactive' });

    expect(await add(local, gone.accountId)).toMatchObject(errorWith('ADMIN-UAM-400-2'));
  });

  test('taking out who is not in is 404, or 204 with the switch', async () => {
    expect(await remove(local, rosa)).toMatchObject(errorWith('ADMIN-UAM-404-1'));
    session.fake.switches.removeNonMember = 204;

    expect((await remove(local, rosa)).status).toBe(204);
  });

  test('the group of organization admins takes nobody after the rollout of Units', async () => {
    const { fake } = session;
    const admins = fake.addGroup({ name: 'org-admins', origin: 'local' });
    fake.addProduct({ key: 'confluence', grantedBy: ['org-admins'], role: 'atlassian/org-admin' });

    expect((await add(admins, rosa.accountId)).status).toBe(204);
    fake.switches.orgAdminGroupLocked = true;
    expect(await add(admins, rosa.accountId)).toMatchObject(errorWith('ADMIN-UAM-403-1'));
  });
});

describe('groups', () => {
  test('creating answers 201 without a body, and the group is found by name whatever its case', async () => {
    const created = await session.send('POST', session.directory('/groups'), { name: 'Night Watch' });
    const found = await session.send('POST', session.everywhere('/groups/search'), { groupNames: ['night watch'] });

    expect(created).toMatchObject({ status: 201, body: undefined });
    expect(pageOf(found).data).toMatchObject([
      {
        name: 'Night Watch',
        description: null,
        directoryId: session.fake.orgDirectoryId,
        externalSynced: false,
        managedBy: 'admins',
        managementAccess: { readable: true, modifiable: true, deletable: true },
      },
    ]);
  });

  test('a name that exists, in whatever case and of whatever origin, is 409', async () => {
    const create = async (name: string) => session.send('POST', session.directory('/groups'), { name });

    expect(await create('QUAY planners')).toMatchObject(errorWith('ADMIN-UAM-409-2'));
    expect(await create('Berth-Crew')).toMatchObject(errorWith('ADMIN-UAM-409-2'));
    expect(await create('org-admins')).toMatchObject(errorWith('ADMIN-UAM-409-1'));
    expect(await create('')).toMatchObject(errorWith('ADMIN-UAM-400-1'));
  });

  test('a synced group says so in three ways', async () => {
    const answer = await session.send('GET', session.everywhere(`/groups/${synced.orgGroupId!}`));

    expect(answer.body).toMatchObject({
      data: {
        directoryId: session.fake.orgDirectoryId,
        externalSynced: true,
        managedBy: 'external',
        managementAccess: { modifiable: false },
      },
    });
  });

  test('deleting takes the members and the access with it; synced and built-in groups stay', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['Quay Planners'] }]);
    await session.send('POST', session.members(local), { accountId: rosa.accountId });
    const builtIn = fake.addGroup({ name: 'site-admins', origin: 'local', access: { deletable: false } });
    const remove = async (group: FakeGroupView) =>
      session.send('DELETE', session.directory(`/groups/${group.orgGroupId!}`));

    expect((await remove(local)).status).toBe(204);
    expect(await remove(local)).toMatchObject(errorWith('ADMIN-UAM-404-3'));
    expect(await remove(synced)).toMatchObject(errorWith('ADMIN-UAM-403-1'));
    expect(await remove(builtIn)).toMatchObject(errorWith('ADMIN-UAM-403-1'));
    expect(fake.account('rosa@acme.com')?.roles.filter(({ resourceId }) => resourceId === jira!.ari)).toEqual([]);
  });

  test('a search excludes names with a term or with ids, and takes everything else together', async () => {
    const { fake, send, everywhere } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['Quay Planners'] }]);
    const names = async (body: object) => pick(await send('POST', everywhere('/groups/search'), body), 'name');

    expect(await send('POST', everywhere('/groups/search'), { groupNames: ['x'], searchTerm: 'x' })).toMatchObject(
      errorWith('ADMIN-UAM-400-1'),
    );
    expect(await send('POST', everywhere('/groups/search'), { groupNames: ['x'], groupIds: ['x'] })).toMatchObject(
      errorWith('ADMIN-UAM-400-1'),
    );
    expect(await names({ searchTerm: 'CREW' })).toEqual(['berth-crew']);
    expect(await names({ groupNames: ['crew'] })).toEqual([]);
    expect(await names({ accountIds: [rosa.accountId] })).toEqual(['berth-crew']);
    expect(await names({ resourceIds: [jira!.ari], resourceOwners: ['jira-software'] })).toEqual(['Quay Planners']);
    expect(await names({ roleIds: ['atlassian/admin'] })).toEqual([]);
    expect(await names({ sortBy: [{ field: 'name', direction: 'desc' }] })).toEqual(['Quay Planners', 'berth-crew']);
  });

  test('counts come on request, and the numbers tell synced groups from the rest', async () => {
    const search = await session.send('POST', session.everywhere('/groups/search'), {
      groupIds: [synced.orgGroupId],
      expand: ['counts.users', 'counts.resources'],
    });
    const list = await session.send('GET', session.everywhere('/groups?includeUsers=true&searchTerm=crew'));
    const count = await session.send('GET', session.everywhere('/groups/count'));
    const stats = await session.send('GET', session.everywhere('/groups/stats'));

    expect(pick(search, 'counts')).toEqual([{ users: 1, resources: 0 }]);
    expect(pick(list, 'counts')).toEqual([{ users: 1 }]);
    expect(count.body).toEqual({ count: 2 });
    expect(stats.body).toEqual({ totals: { all: 2, managed: 1, synced: 1 }, types: [{ type: 'GROUP', count: 2 }] });
  });
});
