/* eslint-disable @typescript-eslint/no-deprecated -- the lists that end in 2027 are operations too */
import type { AdminOrgClient } from '../../src/clients/admin/admin-org-client.js';
import type { OrgDirectoryId, ResourceAri, ScimDirectoryId, ScimUserId } from '../../src/model/ids.js';
import { CURSOR, GROUP, MIA, ROSA } from './sample-ids.js';

/** Organization ids look like UUIDs and are none. */
export const ORG_ID = '7d1f0c52-3b8a-11e9-kk6d-3c22fb1a9e04';
const DIRECTORY = '2b6c4b8e-0f2c-4d5b-9d0f-7a6b3a5f1c11' as OrgDirectoryId;
const JIRA = 'ari:cloud:jira-software::site/2f9c' as ResourceAri;
const SCIM_DIRECTORY = '7c1f0c52-9b5e-4f2e-8a4b-1f6d2f0a9e11' as ScimDirectoryId;
const SCIM_USER = '0d7e3f0a-52c5-4b0b-9f1e-3f3c0a6c2b77' as ScimUserId;

const D = '/admin/v2/orgs/{orgId}/directories/{directoryId}';
const O = '/admin/v1/orgs/{orgId}';
const M = '/users/{account_id}/manage';
const P = '/admin/user-provisioning/v1/org/{orgId}';

const userFilter = {
  accountIds: [ROSA, MIA],
  emailDomains: ['harbor.example', 'acme.example'],
  groupIds: [GROUP],
  directoryIds: [DIRECTORY],
  resourceIds: [JIRA],
  roleIds: ['atlassian/user', 'atlassian/ai-access'],
  claimStatus: 'managed',
  status: ['active', 'suspended', 'not_invited', 'for_deletion'],
  accountStatus: ['active', 'inactive', 'closed'],
  membershipStatus: ['active', 'suspended', 'no_membership'],
  mfaEnabled: false,
} as const;
const groupFilter = {
  accountIds: [ROSA],
  groupIds: [GROUP],
  searchTerm: 'berth crew & co',
  directoryIds: [DIRECTORY],
  resourceIds: [JIRA],
  resourceOwners: ['jira-software', 'confluence'],
  roleIds: ['atlassian/admin'],
} as const;
const roleFilter = {
  directoryIds: [DIRECTORY],
  resourceOwners: ['jira-software'],
  resourceIds: [JIRA],
  roleIds: ['atlassian/user'],
  limit: 100,
} as const;
const policy = {
  type: 'data-residency',
  name: 'EU only',
  status: 'disabled',
  allowed: ['eu'],
  resources: [{ id: JIRA, meta: { scheduledDate: '2026-09-01' }, ticketUrl: 'https://support.example/1' }],
} as const;

type Call = (admin: AdminOrgClient) => Promise<unknown>;

/** The ways in which the client sends each of the 47 operations of the Organizations API. */
export const organizationCalls: Readonly<Record<string, readonly [Call, ...Call[]]>> = {
  'GET /admin/v1/orgs': [
    (admin) => admin.organizations.listPage(),
    (admin) => admin.organizations.listPage(CURSOR),
    (admin) => admin.organizations.list().next(),
  ],
  [`GET ${O}`]: [(admin) => admin.organizations.get()],
  'GET /admin/v2/orgs/{orgId}/directories': [
    (admin) => admin.directories.listPage(),
    (admin) =>
      admin.directories.listPage({ accountId: ROSA, directoryIds: [DIRECTORY], searchTerm: 'a b', limit: 1 }, CURSOR),
    (admin) => admin.directories.list().next(),
  ],
  [`POST ${D}/users/search`]: [
    (admin) => admin.users.searchPage(),
    (admin) =>
      admin.users.searchPage({ ...userFilter, directoryId: DIRECTORY, searchTerm: 'rosa', limit: 100 }, CURSOR),
    (admin) =>
      admin.users.searchPage({
        emails: ['rosa@harbor.example', 'mia@harbor.example'],
        expand: ['platformRoles', 'counts.resources', 'productAccess', 'groups'],
        sortBy: { field: 'nick_name', direction: 'desc' },
      }),
    (admin) => admin.users.search().next(),
  ],
  [`GET ${D}/users`]: [
    (admin) => admin.users.listPage(),
    (admin) => admin.users.listPage({ ...userFilter, searchTerm: 'rosa', limit: 100 }, CURSOR),
    (admin) => admin.users.list().next(),
  ],
  [`GET ${D}/users/{userId}`]: [(admin) => admin.users.get(DIRECTORY, ROSA), (admin) => admin.users.get('-', MIA)],
  [`GET ${D}/users/count`]: [
    (admin) => admin.users.count(),
    (admin) => admin.users.count({ ...userFilter, directoryId: DIRECTORY, searchTerm: 'rosa' }),
  ],
  [`GET ${D}/users/stats`]: [(admin) => admin.users.stats(), (admin) => admin.users.stats(DIRECTORY)],
  [`GET ${D}/users/{accountId}/role-assignments`]: [
    (admin) => admin.users.listRoleAssignmentsPage('-', ROSA),
    (admin) => admin.users.listRoleAssignmentsPage(DIRECTORY, ROSA, roleFilter, CURSOR),
    (admin) => admin.users.listRoleAssignments(DIRECTORY, ROSA).next(),
  ],
  [`POST ${D}/users/{accountId}/suspend`]: [(admin) => admin.users.suspend(DIRECTORY, ROSA)],
  [`POST ${D}/users/{accountId}/restore`]: [(admin) => admin.users.restore(DIRECTORY, ROSA)],
  [`DELETE ${D}/users/{accountId}`]: [(admin) => admin.users.remove(DIRECTORY, ROSA)],
  'POST /admin/v2/orgs/{orgId}/users/invite': [
    (admin) => admin.users.invite({ emails: ['new@harbor.example'] }),
    (admin) =>
      admin.users.invite({
        emails: ['new@harbor.example'],
        permissionRules: [{ resource: JIRA, role: 'atlassian/user' }],
        groupIds: [GROUP],
        sendNotification: true,
        notificationText: 'Welcome aboard',
      }),
  ],
  [`GET ${O}/users`]: [
    (admin) => admin.users.listManagedPage(),
    (admin) => admin.users.listManagedPage(CURSOR),
    (admin) => admin.users.listManaged().next(),
  ],
  [`GET ${O}/directory/users/{accountId}/last-active-dates`]: [
    (admin) => admin.users.lastActiveDatesPart(ROSA),
    (admin) => admin.users.lastActiveDatesPart(ROSA, CURSOR),
  ],
  [`POST ${O}/users/{userId}/roles/assign`]: [
    (admin) => admin.users.grantRole(ROSA, { role: 'atlassian/user', resource: JIRA }),
    (admin) => admin.users.grantRole(ROSA, { role: 'atlassian/org-admin' }),
  ],
  [`POST ${O}/users/{userId}/roles/revoke`]: [
    (admin) => admin.users.revokeRole(ROSA, { role: 'atlassian/stakeholder', resource: JIRA }),
  ],
  [`POST ${O}/users/{userId}/role-assignments/assign`]: [(admin) => admin.users.grantOrganizationRole(ROSA)],
  [`POST ${O}/users/{userId}/role-assignments/revoke`]: [
    (admin) => admin.users.revokeOrganizationRole(ROSA, 'atlassian/org-admin'),
  ],
  [`POST ${D}/groups/search`]: [
    (admin) => admin.groups.searchPage(),
    (admin) => admin.groups.searchPage({ ...groupFilter, directoryId: DIRECTORY, limit: 100 }, CURSOR),
    (admin) =>
      admin.groups.searchPage({
        groupNames: ['berth-crew', 'Guests'],
        expand: ['counts.resources', 'counts.users'],
        sortBy: { field: 'name', direction: 'asc' },
      }),
    (admin) => admin.groups.search().next(),
  ],
  [`GET ${D}/groups`]: [
    (admin) => admin.groups.listPage(),
    (admin) => admin.groups.listPage({ ...groupFilter, limit: 100 }, CURSOR),
    (admin) => admin.groups.list().next(),
  ],
  [`POST ${D}/groups`]: [
    (admin) => admin.groups.create(DIRECTORY, { name: 'berth-crew' }),
    (admin) => admin.groups.create(DIRECTORY, { name: 'berth-crew', description: 'Those who moor' }),
  ],
  [`GET ${D}/groups/{groupId}`]: [(admin) => admin.groups.get('-', GROUP)],
  [`DELETE ${D}/groups/{groupId}`]: [(admin) => admin.groups.delete(DIRECTORY, GROUP)],
  [`GET ${D}/groups/count`]: [
    (admin) => admin.groups.count(),
    (admin) => admin.groups.count({ ...groupFilter, directoryId: DIRECTORY }),
  ],
  [`GET ${D}/groups/stats`]: [(admin) => admin.groups.stats(DIRECTORY)],
  [`POST ${D}/groups/{groupId}/memberships`]: [(admin) => admin.groups.addMember(DIRECTORY, GROUP, ROSA)],
  [`DELETE ${D}/groups/{groupId}/memberships/{accountId}`]: [
    (admin) => admin.groups.removeMember(DIRECTORY, GROUP, ROSA),
  ],
  [`GET ${D}/groups/{groupId}/role-assignments`]: [
    (admin) => admin.groups.listRoleAssignmentsPage(DIRECTORY, GROUP, roleFilter, CURSOR),
    (admin) => admin.groups.listRoleAssignments('-', GROUP).next(),
  ],
  [`POST ${D}/groups/{groupId}/role-assignments/assign`]: [
    (admin) => admin.groups.grantRole(DIRECTORY, GROUP, { resourceId: JIRA, roleId: 'atlassian/viewer' }),
  ],
  [`POST ${D}/groups/{groupId}/role-assignments/revoke`]: [
    (admin) => admin.groups.revokeRole(DIRECTORY, GROUP, { resourceId: JIRA, roleId: 'atlassian/user' }),
  ],
  [`GET ${O}/domains`]: [
    (admin) => admin.domains.listPage(),
    (admin) => admin.domains.listPage(CURSOR),
    (admin) => admin.domains.list().next(),
  ],
  [`GET ${O}/domains/{domainId}`]: [(admin) => admin.domains.get('MzQ1Njc4')],
  [`GET ${O}/events`]: [
    (admin) => admin.events.listPage(),
    (admin) =>
      admin.events.listPage(
        {
          searchTerm: 'rosa',
          from: new Date('2026-08-01T00:00:00Z'),
          to: new Date('2026-08-02T00:00:00Z'),
          action: 'user_added_to_group',
          actors: [ROSA, MIA],
          ips: ['203.0.113.7', '203.0.113.8'],
          products: ['bitbucket', 'confluence', 'guard_detect', 'jira', 'loom'],
          locations: [{ city: 'Austin', countryName: 'United States' }],
          limit: 500,
        },
        CURSOR,
      ),
    (admin) => admin.events.list().next(),
  ],
  [`GET ${O}/events-stream`]: [
    (admin) => admin.events.pollPage(),
    (admin) =>
      admin.events.pollPage({ cursor: CURSOR, from: new Date(0), to: new Date(1), limit: 500, sortOrder: 'desc' }),
    (admin) => admin.events.poll({ cursor: CURSOR }).next(),
  ],
  [`GET ${O}/events/{eventId}`]: [(admin) => admin.events.get('b1f0-42')],
  [`GET ${O}/event-actions`]: [(admin) => admin.events.listActions()],
  [`GET ${O}/policies`]: [
    (admin) => admin.policies.listPage(),
    (admin) => admin.policies.listPage({ type: 'data-security' }, CURSOR),
    (admin) => admin.policies.list().next(),
  ],
  [`POST ${O}/policies`]: [
    (admin) => admin.policies.create(policy),
    (admin) => admin.policies.create({ ...policy, type: 'ip-allowlist', status: 'enabled', resources: [] }),
  ],
  [`GET ${O}/policies/{policyId}`]: [(admin) => admin.policies.get('p-1')],
  [`PUT ${O}/policies/{policyId}`]: [(admin) => admin.policies.replace('p-1', policy)],
  [`DELETE ${O}/policies/{policyId}`]: [(admin) => admin.policies.delete('p-1')],
  [`POST ${O}/policies/{policyId}/resources`]: [
    (admin) => admin.policies.addResource('p-1', { id: JIRA }),
    (admin) =>
      admin.policies.addResource('p-1', {
        id: JIRA,
        meta: {
          scheduledDate: '2026-09-01',
          migrationStartDateTime: '2026-09-01T00:00:00Z',
          migrationEndDataTime: '2026-09-02T00:00:00Z',
          atlassianAccountId: ROSA,
        },
        ticketUrl: 'https://support.example/1',
      }),
  ],
  [`PUT ${O}/policies/{policyId}/resources/{resourceId}`]: [
    (admin) => admin.policies.replaceResource('p-1', JIRA, { meta: { scheduledDate: '2026-09-01' } }),
  ],
  [`DELETE ${O}/policies/{policyId}/resources/{resourceId}`]: [(admin) => admin.policies.deleteResource('p-1', JIRA)],
  [`GET ${O}/policies/{policyId}/validate`]: [(admin) => admin.policies.validate('p-1')],
  'POST /admin/v2/orgs/{orgId}/workspaces': [
    (admin) => admin.workspaces.searchPage(),
    (admin) =>
      admin.workspaces.searchPage({
        query: {
          and: [
            { field: { name: 'attributes.typeKey', values: ['jira-software'] } },
            { nor: [{ searchWorkspaces: 'sandbox' }, { features: ['f'] }, { policies: ['p'] }] },
          ],
        },
        sort: [{ field: 'attributes.name', order: 'asc' }],
        limit: 1000,
      }),
    (admin) => admin.workspaces.searchPage({ limit: 5 }, CURSOR),
    (admin) => admin.workspaces.search().next(),
  ],
};

/** The ways in which the client sends each of the 10 operations of the User management API. */
export const userManagementCalls: Readonly<Record<string, readonly [Call, ...Call[]]>> = {
  [`GET ${M}`]: [
    (admin) => admin.managedAccounts.permissions(ROSA),
    (admin) =>
      admin.managedAccounts.permissions(MIA, [
        'profile.read',
        'profile.write',
        'email.set',
        'lifecycle.enablement',
        'lifecycle.delete',
        'apiToken.read',
        'apiToken.delete',
      ]),
  ],
  [`GET ${M}/profile`]: [(admin) => admin.managedAccounts.getProfile(ROSA)],
  [`PATCH ${M}/profile`]: [
    (admin) => admin.managedAccounts.patchProfile(ROSA, { nickname: 'rosa-q' }),
    (admin) =>
      admin.managedAccounts.patchProfile(ROSA, {
        name: 'Rosa Quell',
        nickname: 'rosa',
        timezone: 'Europe/Lisbon',
        locale: 'en-US',
        jobTitle: 'Planner',
        organization: 'Harbor',
        department: 'Ops',
        location: 'Porto',
        phoneNumber: '+351',
        teamType: 'Ops',
      }),
  ],
  [`PUT ${M}/email`]: [(admin) => admin.managedAccounts.setEmail(ROSA, 'rosa.ito@harbor.example')],
  [`GET ${M}/api-tokens`]: [(admin) => admin.managedAccounts.listApiTokens(ROSA)],
  [`DELETE ${M}/api-tokens/{tokenId}`]: [(admin) => admin.managedAccounts.revokeApiToken(ROSA, 'asp_A0T8')],
  [`POST ${M}/lifecycle/disable`]: [
    (admin) => admin.managedAccounts.disable(ROSA),
    (admin) => admin.managedAccounts.disable(ROSA, 'Leave of absence'),
  ],
  [`POST ${M}/lifecycle/enable`]: [(admin) => admin.managedAccounts.enable(ROSA)],
  [`POST ${M}/lifecycle/delete`]: [(admin) => admin.managedAccounts.scheduleDeletion(ROSA)],
  [`POST ${M}/lifecycle/cancel-delete`]: [(admin) => admin.managedAccounts.cancelDeletion(ROSA)],
};

/** The ways in which the client sends the 4 operations on the ties to SCIM records. */
export const provisioningLinkCalls: Readonly<Record<string, readonly [Call, ...Call[]]>> = {
  [`GET ${P}/user/{accountId}/get-scim-links`]: [(admin) => admin.provisioningLinks.forAccount(ROSA)],
  [`POST ${P}/get-scim-links-for-email`]: [(admin) => admin.provisioningLinks.forEmail('rosa@harbor.example')],
  [`PATCH ${P}/scimDirectoryId/{scimDirectoryId}/scimUserId/{scimUserId}/unlink`]: [
    (admin) => admin.provisioningLinks.unlink(SCIM_DIRECTORY, SCIM_USER),
  ],
  [`DELETE ${P}/user/{accountId}/onlyDeleteUserInDB`]: [(admin) => admin.provisioningLinks.deleteRecords(ROSA)],
};
