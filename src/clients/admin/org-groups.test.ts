import { expect, test } from 'vitest';
import type { OrgDirectoryId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import { organization } from './org-test-server.js';

const DIRECTORY = 'd-1' as OrgDirectoryId;
const GROUP = 'g-1' as OrgGroupId;

test('a group tells who owns it and what may be done with it', async () => {
  const { admin, calls } = organization({
    data: {
      id: GROUP,
      name: 'berth-crew',
      description: null,
      directoryId: DIRECTORY,
      externalSynced: true,
      managedBy: 'external',
      managementAccess: { readable: true, modifiable: false },
      counts: { users: 42, resources: 1 },
      links: { self: 'x' },
    },
  });

  const group = await admin.groups.get('-', GROUP);

  expect(group).toEqual({
    id: GROUP,
    name: 'berth-crew',
    directoryId: DIRECTORY,
    externalSynced: true,
    managedBy: 'external',
    managementAccess: { readable: true, modifiable: false },
    userCount: 42,
    resourceCount: 1,
  });
  expect(calls[0]?.path).toBe('/admin/v2/orgs/b2c1-org/directories/-/groups/g-1');
});

test('creating a group gives nothing back, for Atlassian gives no id', async () => {
  const { admin, calls } = organization(undefined);

  await expect(admin.groups.create(DIRECTORY, { name: 'berth-crew' })).resolves.toBeUndefined();

  expect(calls[0]).toMatchObject({ body: { name: 'berth-crew' }, repeat: 'once' });
});

test('a search is sent with its order and what to add', async () => {
  const { admin, calls } = organization({ data: [] });

  await admin.groups.searchPage({
    groupNames: ['Berth-Crew'],
    expand: ['counts.users'],
    sortBy: { field: 'name', direction: 'desc' },
  });

  expect(calls[0]?.body).toEqual({
    groupNames: ['Berth-Crew'],
    expand: ['counts.users'],
    sortBy: [{ field: 'name', direction: 'desc' }],
  });
});

test('counts and totals have no wrapper', async () => {
  const { admin } = organization(
    { count: 7 },
    { totals: { all: 20, synced: 4 }, types: [{ type: 'TEAM', count: 2 }] },
    {},
  );

  const count = await admin.groups.count({ searchTerm: 'crew' });
  const stats = await admin.groups.stats();
  const empty = await admin.groups.stats(DIRECTORY);

  expect(count).toBe(7);
  expect(stats).toEqual({ totals: { all: 20, synced: 4 }, types: [{ type: 'TEAM', count: 2 }] });
  expect(empty).toEqual({ totals: {}, types: [] });
});

test('what a group gives is read with the default role', async () => {
  const resourceId = 'ari:cloud:jira-software::site/1' as ResourceAri;
  const { admin } = organization({
    data: [
      { resourceId, resourceOwner: 'jira-software', defaultRole: 'atlassian/user', roles: ['atlassian/user'] },
      { resourceId, resourceOwner: 'jira-core', defaultRole: null, roles: [] },
    ],
  });

  const page = await admin.groups.listRoleAssignmentsPage(DIRECTORY, GROUP);

  expect(page.items).toEqual([
    { resourceId, resourceOwner: 'jira-software', defaultRole: 'atlassian/user', roles: ['atlassian/user'] },
    { resourceId, resourceOwner: 'jira-core', roles: [] },
  ]);
});

test('a role is given and taken with the names that the group calls have', async () => {
  const resourceId = 'ari:cloud:confluence::site/1' as ResourceAri;
  const { admin, calls } = organization();

  await admin.groups.grantRole(DIRECTORY, GROUP, { resourceId, roleId: 'atlassian/viewer' });
  await admin.groups.revokeRole(DIRECTORY, GROUP, { resourceId, roleId: 'atlassian/viewer' });

  expect(calls.map(({ path, body }) => [path.slice(path.lastIndexOf('/') + 1), body])).toEqual([
    ['assign', { resourceId, roleId: 'atlassian/viewer' }],
    ['revoke', { resourceId, roleId: 'atlassian/viewer' }],
  ]);
});
