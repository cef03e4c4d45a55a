import { describe, expect, test } from 'vitest';
import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import { organization } from './org-test-server.js';

const ROSA = '712020:rosa' as AtlassianAccountId;
const DIRECTORY = 'd-1' as OrgDirectoryId;
const JIRA = 'ari:cloud:jira-software::site/1' as ResourceAri;

describe('a person', () => {
  test('is read without the members that are null', async () => {
    const { admin } = organization({
      data: {
        accountId: ROSA,
        accountType: 'atlassian',
        accountStatus: 'active',
        membershipStatus: 'no_membership',
        status: 'not_invited',
        claimStatus: 'managed',
        name: 'Rosa Quell',
        nickname: 'rosa',
        email: 'rosa@harbor.example',
        emailVerified: true,
        picture: 'https://avatars.example/p.png',
        avatar: 'https://avatars.example/a.png',
        addedToOrg: '2026-02-03T09:14:55.120Z',
        managementSource: null,
        mfaEnabled: false,
        jobTitle: 'Planner',
        department: null,
        organization: null,
        location: null,
        timeZone: null,
        platformRoles: ['atlassian/org-admin', 'atlassian/role-of-tomorrow'],
        counts: { resources: 2 },
        deactivatedOn: null,
        somethingNew: { of: 'tomorrow' },
      },
    });

    const rosa = await admin.users.get(DIRECTORY, ROSA);

    expect(rosa).toEqual({
      accountId: ROSA,
      accountType: 'atlassian',
      accountStatus: 'active',
      membershipStatus: 'no_membership',
      status: 'not_invited',
      claimStatus: 'managed',
      name: 'Rosa Quell',
      nickname: 'rosa',
      email: 'rosa@harbor.example',
      emailVerified: true,
      pictureUrl: 'https://avatars.example/p.png',
      avatarUrl: 'https://avatars.example/a.png',
      addedToOrgAt: '2026-02-03T09:14:55.120Z',
      mfaEnabled: false,
      jobTitle: 'Planner',
      platformRoles: ['atlassian/org-admin', 'atlassian/role-of-tomorrow'],
      resourceCount: 2,
    });
  });

  test('has groups by their bare ids, whether the answer has ARIs or not', async () => {
    const { admin } = organization({
      data: [
        {
          accountId: ROSA,
          groups: [
            { id: 'ari:cloud:identity::group/9d5b', name: 'crew', description: null },
            { id: '7c1f', name: null },
          ],
          productAccess: [{ key: 'jira-software', id: JIRA, lastActiveTimestamp: '2026-08-19T16:02:11Z' }],
        },
      ],
    });

    const page = await admin.users.searchPage({ expand: ['groups', 'productAccess'] });

    expect(page.items).toEqual([
      {
        accountId: ROSA,
        groups: [{ id: '9d5b', name: 'crew' }, { id: '7c1f' }],
        productAccess: [{ key: 'jira-software', resourceId: JIRA, lastActiveAt: '2026-08-19T16:02:11Z' }],
      },
    ]);
  });

  test('is an error without an account id: nobody could tell who it is', async () => {
    const { admin } = organization({ data: [{ name: 'Rosa Quell' }] });

    const page = admin.users.searchPage();

    await expect(page).rejects.toMatchObject({ code: 'response_invalid' });
  });

  test('of the managed accounts comes with names in snake case', async () => {
    const { admin } = organization({
      data: [
        {
          account_id: ROSA,
          account_type: 'atlassian',
          account_status: 'inactive',
          name: 'Rosa Quell',
          picture: 'https://avatars.example/p.png',
          access_billable: true,
          last_active: '2026-08-20T00:00:00Z',
          product_access: [{ key: 'jira-software', name: 'Jira', url: 'https://acme.example', last_active: null }],
        },
      ],
      meta: { total: 1 },
    });

    const page = await admin.users.listManagedPage();

    expect(page.items).toEqual([
      {
        accountId: ROSA,
        accountType: 'atlassian',
        accountStatus: 'inactive',
        name: 'Rosa Quell',
        pictureUrl: 'https://avatars.example/p.png',
        billable: true,
        lastActiveAt: '2026-08-20T00:00:00Z',
        products: [{ key: 'jira-software', name: 'Jira', url: 'https://acme.example' }],
      },
    ]);
  });
});

describe('the role assignments of a person', () => {
  test('say how each role came about, those of the platform too', async () => {
    const { admin } = organization({
      data: [
        {
          directoryId: DIRECTORY,
          userDirectoryStatus: 'active',
          resourceOwner: 'jira-software',
          resourceId: JIRA,
          roles: ['atlassian/user'],
          roleAssignments: [{ role: 'atlassian/user', roleAssignmentMethods: ['direct', 'group_direct'] }],
        },
        { directoryId: null, userDirectoryStatus: null, resourceOwner: 'platform', roles: ['atlassian/org-admin'] },
      ],
    });

    const page = await admin.users.listRoleAssignmentsPage('-', ROSA);

    expect(page.items).toEqual([
      {
        directoryId: DIRECTORY,
        userDirectoryStatus: 'active',
        resourceOwner: 'jira-software',
        resourceId: JIRA,
        roleAssignments: [{ role: 'atlassian/user', methods: ['direct', 'group_direct'] }],
      },
      { resourceOwner: 'platform', roleAssignments: [{ role: 'atlassian/org-admin', methods: [] }] },
    ]);
  });
});

describe('an invitation', () => {
  const granted = {
    resource: JIRA,
    role: 'ari:cloud:jira::role/product/member',
    status: 'INVITED',
    statusReason: null,
  };

  test('that came about in part is a result, and says so', async () => {
    const { admin, calls } = organization({
      data: [
        {
          email: 'new@harbor.example',
          id: '712020:new',
          results: [
            {
              roleAssignmentResult: [granted],
              groupAssignmentResult: [{ group: 'g-1', status: 'ERROR', statusReason: 'No such group' }],
            },
          ],
        },
      ],
    });

    const result = await admin.users.invite({
      emails: ['new@harbor.example'],
      permissionRules: [{ resource: JIRA, role: 'atlassian/user' }],
      groupIds: ['g-1' as OrgGroupId],
    });

    expect(result).toEqual({
      invitations: [
        {
          email: 'new@harbor.example',
          accountId: '712020:new',
          roles: [{ resourceId: JIRA, role: 'ari:cloud:jira::role/product/member', status: 'INVITED' }],
          groups: [{ groupId: 'g-1', status: 'ERROR', reason: 'No such group' }],
        },
      ],
      complete: false,
    });
    expect(calls[0]).toMatchObject({
      path: '/admin/v2/orgs/b2c1-org/users/invite',
      body: {
        emails: ['new@harbor.example'],
        permissionRules: [{ resource: JIRA, role: 'atlassian/user' }],
        additionalGroups: ['g-1'],
      },
      repeat: 'once',
    });
  });

  test('that came about is complete', async () => {
    const { admin } = organization({
      data: [{ email: 'new@harbor.example', results: [{ roleAssignmentResult: [granted] }] }],
    });

    const result = await admin.users.invite({ emails: ['new@harbor.example'] });

    expect(result.complete).toBe(true);
  });
});

describe('a write', () => {
  test('passes on what the caller set for the call', async () => {
    const { admin, calls } = organization();
    const { signal } = new AbortController();

    await admin.users.suspend(DIRECTORY, ROSA, { signal, attemptTimeoutMs: 5 });

    expect(calls[0]).toMatchObject({
      operation: 'admin.users.suspend',
      method: 'POST',
      path: '/admin/v2/orgs/b2c1-org/directories/d-1/users/712020%3Arosa/suspend',
      body: undefined,
      repeat: 'idempotent',
    });
    expect(calls[0]?.options).toMatchObject({ signal, attemptTimeoutMs: 5 });
  });

  test('does not mind a body in an answer that needs none', async () => {
    const { admin, calls } = organization({ message: 'done' }, undefined, '');

    await admin.users.remove(DIRECTORY, ROSA);
    await admin.users.restore(DIRECTORY, ROSA);
    await admin.users.grantOrganizationRole(ROSA);

    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /admin/v2/orgs/b2c1-org/directories/d-1/users/712020%3Arosa',
      'POST /admin/v2/orgs/b2c1-org/directories/d-1/users/712020%3Arosa/restore',
      'POST /admin/v1/orgs/b2c1-org/users/712020%3Arosa/role-assignments/assign',
    ]);
  });
});
