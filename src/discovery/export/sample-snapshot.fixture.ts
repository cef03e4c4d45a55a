import type { OrganizationId, ResourceAri, ScimGroupId, ScimUserId } from '../../model/ids.js';
import type { Entity } from '../entities/entity.js';
import type { Gap } from '../entities/gap.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { account, group, snapshotOf } from './snapshot-of.fixture.js';

const ROSA = account('712020:rosa');
const MIA = account('712020:mia');
const BOT = account('557058:bot');
const GUEST = account('712020:guest');
const CREW = group('g-crew');
const ADMINS = group('g-admins');

const ADMIN: readonly Entity[] = [
  { type: 'admin.tenant', id: 'org-1' as OrganizationId, name: 'Acme' },
  {
    type: 'admin.user',
    id: ROSA,
    email: 'rosa@acme.com',
    name: 'Rosa Quell',
    nickname: 'rosa',
    accountType: 'atlassian',
    accountStatus: 'active',
    userType: 'managed',
    membershipStatus: 'active',
    status: 'active',
    managementSource: 'synced',
    mfaEnabled: false,
    emailVerified: true,
    jobTitle: 'Planner',
    department: 'Port',
    organization: 'Acme',
    location: 'Kiel',
    timezone: 'Europe/Berlin',
    addedAt: '2025-01-07T09:00:00.000Z',
    platformRoles: ['org-admin'],
    billable: true,
    productAccess: [
      { product: 'jira-software', resourceId: 'ari:cloud:jira-software::site/s-1' as ResourceAri },
      { product: 'confluence', lastActiveAt: '2026-09-30T00:00:00.000Z' },
    ],
    groupIds: [CREW, ADMINS],
  },
  { type: 'admin.user', id: MIA, email: 'mia@acme.com', name: 'Mia Stern', accountStatus: 'inactive' },
  {
    type: 'admin.group',
    id: CREW,
    name: 'berth-crew',
    description: 'Who works at the berth',
    origin: 'synced',
    writableBy: 'scim',
    managedBy: 'externalSynced',
    memberCount: 2,
    scimGroupId: 'scim-g-1' as ScimGroupId,
  },
  { type: 'admin.group', id: ADMINS, name: 'site-admins', origin: 'local', writableBy: 'organization' },
  {
    type: 'admin.roleAssignment',
    id: 'ra-1',
    principal: { type: 'group', id: CREW },
    role: 'atlassian/user',
    resourceId: 'ari:cloud:jira-software::site/s-1' as ResourceAri,
    resourceOwner: 'jira-software',
    obtained: ['direct'],
  },
  {
    type: 'admin.roleAssignment',
    id: 'ra-2',
    principal: { type: 'account', id: ROSA },
    role: 'atlassian/org-admin',
    obtained: ['direct', 'inferred'],
  },
  {
    type: 'scim.user',
    id: 'scim-u-1' as ScimUserId,
    userName: 'rosa@acme.com',
    externalId: '00u1',
    email: 'rosa@acme.com',
    displayName: 'Rosa Quell',
    active: true,
    accountId: ROSA,
    groups: [{ id: 'scim-g-1' as ScimGroupId, name: 'berth-crew' }],
    createdAt: '2025-01-07T08:00:00.000Z',
  },
];

const JIRA: readonly Entity[] = [
  { type: 'jira.instance', id: 's-1', baseUrl: 'https://acme.atlassian.net', title: 'Acme Jira', buildNumber: 100_300 },
  {
    type: 'jira.user',
    id: ROSA,
    accountType: 'atlassian',
    displayName: 'Rosa Quell',
    email: 'rosa@acme.com',
    active: true,
    guest: false,
    createdAt: '2025-01-07T09:00:00.000Z',
    lastLoginAt: '2026-09-30T00:00:00.000Z',
  },
  { type: 'jira.user', id: MIA, accountType: 'atlassian', displayName: 'Mia Stern', active: false },
  { type: 'jira.user', id: BOT, accountType: 'app', appType: 'service', displayName: 'Deploy bot', active: true },
  { type: 'jira.group', id: CREW, name: 'berth-crew', managedBy: 'EXTERNAL', memberIds: [ROSA, MIA] },
  { type: 'jira.group', id: ADMINS, name: 'site-admins' },
  {
    type: 'jira.project',
    id: '10001',
    key: 'BERTH',
    name: 'Berth plan',
    projectType: 'software',
    style: 'classic',
    private: false,
    archived: false,
    leadId: ROSA,
    description: 'x'.repeat(300),
    permissionSchemeId: '1',
  },
  { type: 'jira.project', id: '10002', key: 'TIDE', name: 'Tide', style: 'next-gen', private: true },
  {
    type: 'jira.projectRole',
    id: '10001/10010',
    projectId: '10001',
    roleId: '10010',
    name: 'Berth plan - Developers',
    roleName: 'Developers',
    actors: [
      { principal: { type: 'group', id: CREW }, displayName: 'berth-crew' },
      { principal: { type: 'account', id: BOT } },
    ],
  },
  {
    type: 'jira.projectRole',
    id: '10002/10020',
    projectId: '10002',
    roleId: '10020',
    name: 'Tide - Administrators',
    roleName: 'Administrators',
    admin: true,
  },
  {
    type: 'jira.permissionScheme',
    id: '1',
    name: 'Default',
    grants: [
      { id: '1', permission: 'BROWSE_PROJECTS', principal: { type: 'anonymous' } },
      { id: '2', permission: 'EDIT_ISSUES', principal: { type: 'jira.projectRole', id: '10010' } },
      { id: '3', permission: 'ADMINISTER_PROJECTS', principal: { type: 'account', id: ROSA } },
      { id: '4', permission: 'DELETE_ISSUES', principal: { type: 'conditional', id: 'reporter' } },
      { id: '5', permission: 'CREATE_ISSUES', principal: { type: 'jira.applicationRole', id: 'jira-software' } },
      { id: '6', permission: 'BROWSE_PROJECTS', principal: { type: 'unknown', kind: 'sd.customer.portal.only' } },
      { id: '7', permission: 'com.addon__FLY', principal: { type: 'group', id: ADMINS } },
    ],
  },
  {
    type: 'jira.applicationRole',
    id: 'jira-software',
    name: 'Jira Software',
    groupIds: [CREW],
    defaultGroupIds: [CREW],
    userCount: 2,
    seats: 10,
    remainingSeats: 8,
  },
];

const CONFLUENCE: readonly Entity[] = [
  {
    type: 'confluence.instance',
    id: 's-1',
    baseUrl: 'https://acme.atlassian.net/wiki',
    mode: 'transition',
    anonymousAccess: true,
  },
  { type: 'confluence.user', id: ROSA, accountType: 'atlassian', displayName: 'Rosa Quell', email: 'rosa@acme.com' },
  {
    type: 'confluence.user',
    id: GUEST,
    displayName: 'Guest',
    email: 'guest@outside.example',
    externalCollaborator: true,
  },
  { type: 'confluence.group', id: CREW, name: 'berth-crew', memberIds: [ROSA], access: 'user' },
  {
    type: 'confluence.space',
    id: '501',
    key: 'HARBOR',
    name: 'Harbor',
    spaceType: 'global',
    status: 'current',
    anonymousAccess: true,
    unlicensedAccess: false,
  },
  { type: 'confluence.spaceRole', id: 'r-view', name: 'Viewer', roleType: 'SYSTEM', permissions: ['read/space'] },
  {
    type: 'confluence.grant',
    id: 'cg-1',
    spaceId: '501',
    principal: { type: 'group', id: CREW },
    holds: { kind: 'role', roleId: 'r-view' },
  },
  {
    type: 'confluence.grant',
    id: 'cg-2',
    spaceId: '501',
    principal: { type: 'account', id: GUEST },
    holds: { kind: 'permission', operation: 'create', target: 'page' },
  },
  {
    type: 'confluence.grant',
    id: 'cg-3',
    spaceId: '501',
    principal: { type: 'product-admins' },
    holds: { kind: 'permission', operation: 'administer', target: 'space' },
  },
];

const BITBUCKET: readonly Entity[] = [
  { type: 'bitbucket.workspace', id: '{w}', slug: 'acme', name: 'Acme', private: true },
  {
    type: 'bitbucket.user',
    id: ROSA,
    key: ROSA,
    email: 'rosa@acme.com',
    name: 'rosa',
    displayName: 'Rosa Quell',
    active: true,
    deleted: false,
  },
  { type: 'bitbucket.group', id: 'developers', name: 'Developers', defaultPermission: 'write', memberIds: [ROSA] },
  { type: 'bitbucket.project', id: '{p}', key: 'PORT', name: 'Port', hasPubliclyVisibleRepositories: false },
  {
    type: 'bitbucket.repository',
    id: '{r}',
    slug: 'cranes',
    fullName: 'acme/cranes',
    name: 'cranes',
    private: true,
    projectKey: 'PORT',
    forkPolicy: 'no_forks',
    mainBranch: 'main',
    grants: 'explicit',
    defaultBranchProtected: true,
    requireApprovalsToMerge: false,
  },
  {
    type: 'bitbucket.grant',
    id: 'bg-1',
    principal: { type: 'bitbucket.group', id: 'developers' },
    on: 'project',
    resourceId: '{p}',
    level: 'create-repo',
    basis: 'explicit',
    projectKey: 'PORT',
  },
  {
    type: 'bitbucket.grant',
    id: 'bg-2',
    principal: { type: 'account', id: ROSA },
    on: 'repository',
    resourceId: '{r}',
    level: 'admin',
    basis: 'effective',
    projectKey: 'PORT',
  },
  {
    type: 'bitbucket.grant',
    id: 'bg-3',
    principal: { type: 'account', id: ROSA },
    on: 'workspace',
    resourceId: '{w}',
    level: 'owner',
    basis: 'explicit',
  },
];

const CONNECTIONS: readonly Entity[] = [
  {
    type: 'connection',
    id: 'scim.user:scim-u-1>admin.user:712020:rosa',
    from: { type: 'scim.user', id: 'scim-u-1' },
    to: { type: 'admin.user', id: ROSA },
    evidence: 'scim-extension',
  },
];

const GAPS: readonly Gap[] = [
  {
    type: 'gap',
    id: 'gap-1',
    product: 'jira',
    part: 'project roles',
    reason: 'forbidden',
    hides: ['jira.projectRole'],
    resource: { type: 'jira.project', id: '10002', name: 'Tide' },
    message: 'jira.projectRoles.list failed with 403',
    advice: 'Use the token of an administrator.',
    code: 'forbidden',
  },
  {
    type: 'gap',
    id: 'gap-2',
    product: 'bitbucket',
    part: 'groups',
    reason: 'not-configured',
    hides: ['bitbucket.group'],
    message: 'No right to read groups',
  },
];

/** A small organization with every kind of entity, of holder and of gap. */
export function sampleSnapshot(): AccessSnapshot {
  return snapshotOf([...ADMIN, ...JIRA, ...CONFLUENCE, ...BITBUCKET, ...CONNECTIONS], GAPS);
}
