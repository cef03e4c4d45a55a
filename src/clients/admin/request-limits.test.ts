/* eslint-disable @typescript-eslint/no-deprecated -- the limits hold for the lists that end, too */
import { describe, expect, test } from 'vitest';
import type { AtlassianAccountId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import type { AdminOrgClient } from './admin-org-client.js';
import { organization } from './org-test-server.js';

const ROSA = '712020:rosa' as AtlassianAccountId;
const GROUP = 'g-1' as OrgGroupId;
const many = <Item extends string>(count: number) => Array.from({ length: count }, (_, n) => `x${String(n)}` as Item);
const call = (field: string, send: (admin: AdminOrgClient) => Promise<unknown>) => ({ field, send });

describe('is refused before it is sent, and the error names the field', () => {
  test.each([
    call('emails', (admin) => admin.users.searchPage({ emails: [] })),
    call('emails', (admin) => admin.users.searchPage({ emails: many(101) })),
    call('emails', (admin) => admin.users.searchPage({ emails: ['a@x.example', 'a@x.example'] })),
    call('emails', (admin) => admin.users.searchPage({ emails: ['a@x.example'], searchTerm: 'rosa' })),
    call('accountIds', (admin) => admin.users.searchPage({ accountIds: many(11) })),
    call('emailDomains', (admin) => admin.users.searchPage({ emailDomains: many(11) })),
    call('groupIds', (admin) => admin.users.searchPage({ groupIds: many(11) })),
    call('directoryIds', (admin) => admin.users.searchPage({ directoryIds: many(11) })),
    call('resourceIds', (admin) => admin.users.searchPage({ resourceIds: many(21) })),
    call('roleIds', (admin) => admin.users.searchPage({ roleIds: [] })),
    call('status', (admin) => admin.users.searchPage({ status: [] })),
    call('accountStatus', (admin) => admin.users.searchPage({ accountStatus: [] })),
    call('membershipStatus', (admin) => admin.users.searchPage({ membershipStatus: [] })),
    call('expand', (admin) => admin.users.searchPage({ expand: ['groups', 'groups'] })),
    call('limit', (admin) => admin.users.searchPage({ limit: 0 })),
    call('limit', (admin) => admin.users.searchPage({ limit: 101 })),
    call('limit', (admin) => admin.users.searchPage({ limit: 1.5 })),
    call('limit', (admin) => admin.users.searchPage({ limit: Number.NaN })),
    call('accountIds', (admin) => admin.users.count({ accountIds: many(11) })),
    call('accountIds', (admin) => admin.users.listPage({ accountIds: many(11) })),
    call('limit', (admin) => admin.users.listPage({ limit: 101 })),
    call('emails', (admin) => admin.users.invite({ emails: [] })),
    call('emails', (admin) => admin.users.invite({ emails: many(26) })),
    call('resource', (admin) => admin.users.grantRole(ROSA, { role: 'atlassian/user' })),
    call('resource', (admin) => admin.users.revokeRole(ROSA, { role: 'atlassian/site-admin' })),
    call('roleIds', (admin) => admin.users.listRoleAssignmentsPage('-', ROSA, { roleIds: [] })),
    call('resourceOwners', (admin) => admin.groups.listRoleAssignmentsPage('-', GROUP, { resourceOwners: many(11) })),
    call('groupNames', (admin) => admin.groups.searchPage({ groupNames: [] })),
    call('groupNames', (admin) => admin.groups.searchPage({ groupNames: many(101) })),
    call('groupNames', (admin) => admin.groups.searchPage({ groupNames: ['a', 'a'] })),
    call('groupNames', (admin) => admin.groups.searchPage({ groupNames: ['a'], searchTerm: 'a' })),
    call('groupNames', (admin) => admin.groups.searchPage({ groupNames: ['a'], groupIds: [GROUP] })),
    call('groupIds', (admin) => admin.groups.searchPage({ groupIds: [GROUP, GROUP] })),
    call('resourceOwners', (admin) => admin.groups.searchPage({ resourceOwners: many(11) })),
    call('limit', (admin) => admin.groups.searchPage({ limit: 101 })),
    call('groupIds', (admin) => admin.groups.count({ groupIds: many(11) })),
    call('limit', (admin) => admin.groups.listPage({ limit: 0 })),
    call('directoryIds', (admin) => admin.directories.listPage({ directoryIds: many(11) })),
    call('limit', (admin) => admin.directories.listPage({ limit: 101 })),
    call('limit', (admin) => admin.events.listPage({ limit: 501 })),
    call('limit', (admin) => admin.events.pollPage({ limit: 0 })),
    call('limit', (admin) => admin.workspaces.searchPage({ limit: 1001 })),
    call('name', (admin) => admin.managedAccounts.patchProfile(ROSA, { name: 'x'.repeat(101) })),
    call('nickname', (admin) => admin.managedAccounts.patchProfile(ROSA, { nickname: '' })),
    call('email', (admin) => admin.managedAccounts.setEmail(ROSA, 'rosa')),
  ])('$field, by $send', async ({ field, send }) => {
    const { admin, calls } = organization();

    const sent = send(admin);

    await expect(sent).rejects.toMatchObject({
      code: 'request_invalid',
      message: expect.stringMatching(new RegExp(`^admin\\.\\w+\\.\\w+ was not sent: ${field} `)),
      retryable: false,
    });
    expect(calls).toEqual([]);
  });
});

describe('is sent', () => {
  test.each([
    (admin: AdminOrgClient) => admin.users.searchPage({ emails: many(100), accountIds: many(10), limit: 100 }),
    (admin: AdminOrgClient) => admin.users.searchPage({ resourceIds: many(20), limit: 1 }),
    (admin: AdminOrgClient) => admin.groups.searchPage({ groupNames: many(100), accountIds: many(10) }),
    (admin: AdminOrgClient) => admin.groups.searchPage({ searchTerm: 'crew', groupIds: many(10) }),
    (admin: AdminOrgClient) => admin.workspaces.searchPage({ limit: 1000 }),
    (admin: AdminOrgClient) => admin.events.listPage({ limit: 500 }),
    (admin: AdminOrgClient) => admin.users.invite({ emails: many(25) }),
  ])('at the limit, by %s', async (send) => {
    const { admin, calls } = organization({ data: [] });

    await send(admin);

    expect(calls).toHaveLength(1);
  });

  test('without a resource, for the one role that ignores it', async () => {
    const { admin, calls } = organization();

    await admin.users.grantRole(ROSA, { role: 'atlassian/org-admin' });

    expect(calls[0]?.body).toEqual({ role: 'atlassian/org-admin' });
  });

  test('with an id of any form, as one segment of the path', async () => {
    const { admin, calls } = organization();

    await admin.groups.addMember('d/1' as never, 'g?1' as OrgGroupId, '557058:a|b' as AtlassianAccountId);

    expect(calls[0]).toMatchObject({
      path: '/admin/v2/orgs/b2c1-org/directories/d%2F1/groups/g%3F1/memberships',
      body: { accountId: '557058:a|b' },
    });
  });

  test('with a resource in its body', async () => {
    const resource = 'ari:cloud:jira-software::site/1' as ResourceAri;
    const { admin, calls } = organization();

    await admin.users.revokeRole(ROSA, { role: 'atlassian/user', resource });

    expect(calls[0]).toMatchObject({ body: { role: 'atlassian/user', resource }, repeat: 'idempotent' });
  });
});
