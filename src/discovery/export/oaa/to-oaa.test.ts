import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResourceAri } from '../../../model/ids.js';
import type { Entity } from '../../entities/entity.js';
import type { Product } from '../../entities/entity-type.js';
import type { Gap } from '../../entities/gap.js';
import type { Principal } from '../../entities/principal.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { arbitrarySnapshot } from '../arbitrary-snapshot.fixture.js';
import { sampleSnapshot } from '../sample-snapshot.fixture.js';
import { account, group, snapshotOf } from '../snapshot-of.fixture.js';
import type { OaaPayload, OaaResource } from './oaa-payload.js';
import { faultsOfOaa } from './oaa-rules.fixture.js';
import { toOaa } from './to-oaa.js';

function payloadOf(product: Product, snapshot: AccessSnapshot = sampleSnapshot()): OaaPayload {
  return toOaa(snapshot).find((one) => one.product === product)!.payload;
}

/** The application, and what each identity holds, as short texts. */
function contentsOf(product: Product, snapshot?: AccessSnapshot) {
  const payload = payloadOf(product, snapshot);
  const [application] = payload.applications;
  const held = payload.identity_to_permissions.flatMap(
    ({ identity, application_permissions = [], role_assignments = [] }) => [
      ...application_permissions.map(
        ({ permission, resources }) => `${identity} has ${permission} on ${resources?.join() ?? 'all'}`,
      ),
      ...role_assignments.map(({ role, resources }) => `${identity} is ${role} on ${resources?.join() ?? 'all'}`),
    ],
  );
  return { payload, held, ...application! };
}

describe('Open Authorization API payloads', () => {
  test('are one for each product, named after its site', () => {
    const names = toOaa(sampleSnapshot()).map(({ product, name, payload }) => [
      product,
      name,
      payload.applications[0]?.name,
    ]);

    expect(names).toEqual([
      ['admin', 'Atlassian Admin - org-1', 'Atlassian Admin - org-1'],
      ['jira', 'Jira - acme.atlassian.net', 'Jira - acme.atlassian.net'],
      ['confluence', 'Confluence - acme.atlassian.net', 'Confluence - acme.atlassian.net'],
      ['bitbucket', 'Bitbucket - acme', 'Bitbucket - acme'],
    ]);
  });

  test('take the names that are given', () => {
    const [first] = toOaa({ ...sampleSnapshot(), products: ['jira'] }, { names: { jira: 'Jira (test)' } });

    expect(first?.payload.applications[0]?.name).toBe('Jira (test)');
  });

  test('keep all rules of the API', () => {
    for (const { payload } of toOaa(sampleSnapshot())) expect(faultsOfOaa(payload)).toEqual([]);
  });

  test('keep all rules of the API, whatever the snapshot holds', () => {
    fc.assert(
      fc.property(arbitrarySnapshot(), (snapshot) => {
        for (const { payload } of toOaa(snapshot)) expect(faultsOfOaa(payload)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the rules are checked', () => {
  test.each<[string, (payload: OaaPayload) => unknown]>([
    ['is not allowed', (payload) => replaced(payload, '"project_key"', '"1_key"')],
    [
      'which is not declared',
      (payload) => replaced(payload, '"custom_properties":{', '"custom_properties":{"other":1,'),
    ],
    ['without a value', (payload) => replaced(payload, '"is_active":true', '"email":null')],
    ['holds something on', (payload) => replaced(payload, '"resources":["10001"]', '"resources":["9"]')],
    ['which is not canonical', (payload) => replaced(payload, '"DataRead"', '"Read"')],
    ['is there twice', (payload) => replaced(payload, '"id":"712020:mia"', '"id":"712020:ROSA"')],
  ])('a payload of which something %s is refused', (fault, change) => {
    const faults = faultsOfOaa(change(payloadOf('jira')));

    expect(faults.join('\n')).toContain(fault);
  });

  function replaced(payload: OaaPayload, from: string, to: string): unknown {
    const text = JSON.stringify(payload);
    expect(text).toContain(from);
    return JSON.parse(text.replaceAll(from, to));
  }
});

describe('the payload of Jira', () => {
  test('has users with their identities, groups and dates', () => {
    const { local_users } = contentsOf('jira');

    expect(local_users[0]).toEqual({
      id: '712020:rosa',
      name: 'Rosa Quell',
      email: 'rosa@acme.com',
      identities: ['rosa@acme.com'],
      groups: ['g-crew', 'atlassian:anonymous'],
      is_active: true,
      created_at: '2025-01-07T09:00:00.000Z',
      last_login_at: '2026-09-30T00:00:00.000Z',
      user_type: 'human',
      custom_properties: { scim_id: 'scim-u-1', external_id: '00u1', account_type: 'atlassian', guest: false },
    });
    expect(local_users[1]).toMatchObject({ email: 'mia@acme.com', identities: ['mia@acme.com'], is_active: false });
    expect(local_users[2]).toMatchObject({ name: 'Deploy bot', user_type: 'service_account' });
  });

  test('has groups by the id of the organization, with their SCIM id, and says whose members are not known', () => {
    const { local_groups } = contentsOf('jira');

    expect(local_groups.slice(0, 2)).toEqual([
      {
        id: 'g-crew',
        name: 'berth-crew',
        groups: ['atlassian:application:jira-software'],
        custom_properties: { scim_id: 'scim-g-1', managed_by: 'EXTERNAL', members_read: true },
      },
      { id: 'g-admins', name: 'site-admins', custom_properties: { members_read: false } },
    ]);
  });

  test('has roles named after project and role, which allow what the scheme gives them', () => {
    const { local_roles, held } = contentsOf('jira');

    expect(local_roles).toEqual([
      {
        id: '10001/10010',
        name: 'Berth plan - Developers',
        permissions: ['PROJECT_ROLE', 'EDIT_ISSUES'],
        custom_properties: { actors_read: true },
      },
      {
        id: '10002/10020',
        name: 'Tide - Administrators',
        permissions: ['PROJECT_ROLE', 'ADMINISTER_PROJECTS'],
        custom_properties: { actors_read: false },
      },
    ]);
    expect(held).toContain('g-crew is 10001/10010 on 10001');
    expect(held).toContain('557058:bot is 10001/10010 on 10001');
  });

  test('maps the permissions of the scheme', () => {
    const { permissions } = payloadOf('jira');

    expect(Object.fromEntries(permissions.map(({ name, permission_type }) => [name, permission_type]))).toEqual({
      PROJECT_ROLE: ['Uncategorized'],
      ADMINISTER_PROJECTS: ['MetadataWrite', 'NonData'],
      BROWSE_PROJECTS: ['DataRead', 'MetadataRead'],
      EDIT_ISSUES: ['DataWrite'],
      DELETE_ISSUES: ['DataDelete'],
      CREATE_ISSUES: ['DataCreate'],
      'com.addon__FLY': ['Uncategorized'],
      'Use Jira Software': ['NonData'],
    });
  });

  test('loses no holder that is neither a person nor a group', () => {
    const { local_groups, held } = contentsOf('jira');

    expect(local_groups.map(({ custom_properties }) => custom_properties?.holder).filter(Boolean)).toEqual([
      'anonymous',
      'conditional:reporter',
      'application:jira-software',
      'unknown:sd.customer.portal.only',
    ]);
    expect(held).toEqual(
      expect.arrayContaining([
        'atlassian:anonymous has BROWSE_PROJECTS on 10001',
        'atlassian:conditional:reporter has DELETE_ISSUES on 10001',
        'atlassian:application:jira-software has CREATE_ISSUES on 10001',
        'atlassian:unknown:sd.customer.portal.only has BROWSE_PROJECTS on 10001',
      ]),
    );
  });

  test('tells what could not be read, of the application and of the project', () => {
    const { custom_properties, resources } = contentsOf('jira');

    const gap = 'project roles of Tide: forbidden (jira.projectRoles.list failed with 403)';
    expect(custom_properties).toEqual({
      complete: false,
      gaps: [gap],
      read_from: '2026-10-01T08:00:00.000Z',
      read_until: '2026-10-01T08:04:00.000Z',
    });
    expect(resources[1]?.custom_properties).toMatchObject({ gaps: [gap], permission_scheme_read: false });
  });

  test('cuts descriptions at 256 characters, and none in two', () => {
    const emoji = `${'x'.repeat(255)}\u{1F600}`;
    const snapshot = snapshotOf([{ type: 'jira.project', id: '1', key: 'A', name: 'A', description: emoji }]);

    expect(contentsOf('jira').resources[0]?.description).toBe('x'.repeat(256));
    expect(contentsOf('jira', snapshot).resources[0]?.description).toBe('x'.repeat(255));
  });

  test('keeps apart what differs only in case', () => {
    const snapshot = snapshotOf([
      { type: 'jira.user', id: account('a'), active: true },
      { type: 'jira.user', id: account('A'), active: true },
      { type: 'jira.group', id: group('g'), name: 'g', memberIds: [account('A')] },
    ]);

    const { local_users } = contentsOf('jira', snapshot);

    expect(local_users.map(({ id, groups }) => [id, groups])).toEqual([
      ['a', undefined],
      ['A~2', ['g']],
    ]);
  });

  test('has whoever is named and was not listed', () => {
    const snapshot = snapshotOf([
      {
        type: 'jira.projectRole',
        id: '7/1',
        projectId: '7',
        roleId: '1',
        name: 'P - R',
        roleName: 'R',
        actors: [{ principal: { type: 'account', id: account('x') } }],
      },
    ]);

    const { local_users, resources, held } = contentsOf('jira', snapshot);

    expect(local_users).toEqual([{ id: 'x', name: 'x', custom_properties: { listed: false } }]);
    expect(resources[0]?.id).toBe('7');
    expect(held).toEqual(['x is 7/1 on 7']);
  });
});

describe('the payload of Confluence', () => {
  test('has spaces, roles on them, and single permissions', () => {
    const { resources, local_roles, held } = contentsOf('confluence');

    expect(resources[0]).toMatchObject({
      id: '501',
      resource_type: 'Space',
      custom_properties: { anonymous_access: true, unlicensed_access: false },
    });
    expect(local_roles).toEqual([{ id: 'r-view', name: 'Viewer', permissions: ['read/space'] }]);
    expect(held).toEqual([
      'atlassian:anonymous has read/space on 501',
      'g-crew has Use Confluence on all',
      'g-crew is r-view on 501',
      '712020:guest has create/page on 501',
      'atlassian:product-admins has administer/space on 501',
    ]);
  });
});

describe('who is given access to Confluence and Jira', () => {
  const site = (anonymousAccess: boolean): Entity => ({
    type: 'confluence.instance',
    id: 's-1',
    mode: 'transition',
    anonymousAccess,
  });
  const grantTo = (principal: Principal, operation = 'read', target = 'space'): Entity => ({
    type: 'confluence.grant',
    id: `${principal.type} ${operation}`,
    spaceId: '1',
    principal,
    holds: { kind: 'permission', operation, target },
  });
  const licence = (resourceOwner: string, role = 'atlassian/user'): Entity => ({
    type: 'admin.roleAssignment',
    id: 'ra',
    principal: { type: 'account', id: account('rosa') },
    role,
    resourceId: `ari:cloud:${resourceOwner}::site/s-1` as ResourceAri,
    resourceOwner,
    obtained: ['direct'],
  });

  test.each([
    [true, ['atlassian:anonymous has read/space on 1']],
    [false, []],
  ])('is nobody who is not signed in unless the site allows that: %j', (allows, wanted) => {
    const snapshot = snapshotOf([site(allows), grantTo({ type: 'anonymous' })]);

    expect(contentsOf('confluence', snapshot).held).toEqual(wanted);
  });

  test('are those with a licence of their own too, and its administrators', () => {
    const snapshot = snapshotOf([
      site(true),
      { type: 'confluence.user', id: account('rosa') },
      licence('confluence', 'atlassian/admin'),
      grantTo({ type: 'licensed' }),
      grantTo({ type: 'product-admins' }),
    ]);

    const { local_users } = contentsOf('confluence', snapshot);

    expect(local_users[0]?.groups).toEqual(['atlassian:licensed', 'atlassian:product-admins']);
  });

  test('are those with a licence of an application of Jira', () => {
    const snapshot = snapshotOf([
      { type: 'jira.instance', id: 's-1', baseUrl: 'https://acme.atlassian.net' },
      { type: 'jira.user', id: account('rosa'), active: true },
      { type: 'jira.project', id: '1', key: 'A', name: 'A', permissionSchemeId: '7' },
      {
        type: 'jira.permissionScheme',
        id: '7',
        name: 'S',
        grants: ['jira-software', 'jira-servicedesk'].map((id) => ({
          id,
          permission: 'BROWSE_PROJECTS',
          principal: { type: 'jira.applicationRole', id },
        })),
      },
      licence('jira-software'),
    ]);

    const { local_users } = contentsOf('jira', snapshot);

    expect(local_users[0]?.groups).toEqual(['atlassian:application:jira-software']);
  });

  test('may change pages where they may add them', () => {
    const snapshot = snapshotOf([site(true), grantTo({ type: 'licensed' }, 'create', 'page')]);

    const { permissions } = payloadOf('confluence', snapshot);

    expect(permissions).toMatchObject([{ name: 'create/page', permission_type: ['DataCreate', 'DataWrite'] }]);
  });
});

describe('the payload of Bitbucket', () => {
  test('lets members of the workspace into nothing that is in it, and everybody into what is public', () => {
    const grant = {
      type: 'bitbucket.grant',
      principal: { type: 'account', id: account('a') },
      basis: 'explicit',
    } as const;
    const repository = { type: 'bitbucket.repository', fullName: 'acme/r', name: 'r', grants: 'explicit' } as const;
    const snapshot = snapshotOf([
      { type: 'bitbucket.project', id: '{p}', key: 'P', name: 'P', private: false },
      { ...repository, id: '{open}', slug: 'open', private: false, projectKey: 'P' },
      { ...repository, id: '{shut}', slug: 'shut', private: true, projectKey: 'P' },
      { ...repository, id: '{unread}', slug: 'unread', projectKey: 'P' },
      { ...grant, id: '1', on: 'workspace', resourceId: '{w}', level: 'member' },
      { ...grant, id: '2', on: 'workspace', resourceId: '{w}', level: 'owner' },
      { ...grant, id: '3', on: 'project', resourceId: '{p}', level: 'write' },
    ]);

    const { held, payload } = contentsOf('bitbucket', snapshot);

    expect(held).toContain('atlassian:anonymous has public on {p},{p}.{open}');
    expect(
      payload.permissions.map(({ name, apply_to_sub_resources, permission_type }) => [
        name,
        apply_to_sub_resources,
        permission_type.join(),
      ]),
    ).toEqual([
      ['public', false, 'DataRead,MetadataRead'],
      ['workspace/member', false, 'MetadataRead'],
      ['owner', true, expect.stringContaining('DataDelete')],
      ['write', true, 'DataRead,MetadataRead,DataCreate,DataWrite'],
    ]);
  });

  test('has repositories within their projects, referred to by both', () => {
    const { resources, held, payload } = contentsOf('bitbucket');

    const repository: OaaResource | undefined = resources[0]?.sub_resources?.[0];
    expect(repository).toMatchObject({ id: '{r}', resource_type: 'Repository' });
    expect(repository?.custom_properties).toMatchObject({
      default_branch_protected: true,
      require_approvals_to_merge: false,
    });
    expect(repository?.custom_properties).not.toHaveProperty('require_tasks_to_be_completed');
    expect(held).toEqual([
      'developers is project/create-repo on {p}',
      '712020:rosa is repository/admin/effective on {p}.{r}',
      '712020:rosa is workspace/owner on all',
    ]);
    expect(payload.permissions.every(({ apply_to_sub_resources }) => apply_to_sub_resources)).toBe(true);
  });
});

describe('an application is complete', () => {
  const gapIn = (product: Product, part: string, hides: Gap['hides']): Gap => ({
    type: 'gap',
    id: part,
    product,
    part,
    reason: 'forbidden',
    hides,
    message: 'refused',
  });

  test.each<[string, Gap[], Product[]]>([
    ['where nothing is missing', [], ['admin', 'jira', 'confluence', 'bitbucket']],
    ['not without what the organization knows of its people', [gapIn('admin', 'users', ['admin.user'])], []],
    ['not without the records of the directory', [gapIn('admin', 'SCIM records', ['scim.user'])], []],
    [
      'without roles of the organization, where none counts',
      [gapIn('admin', 'roles', ['admin.roleAssignment'])],
      ['bitbucket'],
    ],
    [
      'without paid seats, but for the organization',
      [gapIn('admin', 'managed accounts', ['admin.user'])],
      ['jira', 'confluence', 'bitbucket'],
    ],
    [
      'with gaps of another product',
      [gapIn('bitbucket', 'grants on projects', ['bitbucket.grant'])],
      ['admin', 'jira', 'confluence'],
    ],
  ])('%s', (_, gaps, complete) => {
    const payloads = toOaa(snapshotOf([], gaps));

    const told = payloads.filter(({ payload }) => payload.applications[0]?.custom_properties.complete === true);
    expect(told.map(({ product }) => product)).toEqual(complete);
  });

  test('not where the organization was not asked for', () => {
    const { custom_properties } = contentsOf('bitbucket', { ...snapshotOf([]), products: ['bitbucket'] });

    expect(custom_properties).toMatchObject({
      complete: false,
      gaps: ['organization: skipped (it is not in the snapshot)'],
    });
  });
});

describe('the payload of the organization', () => {
  test('has roles on its products, and how they were obtained', () => {
    const { held, resources, payload } = contentsOf('admin');

    expect(resources[0]).toMatchObject({ name: 'jira-software', resource_type: 'Product' });
    expect(held).toEqual([
      'g-crew is atlassian/user on ari:cloud:jira-software::site/s-1',
      '712020:rosa is atlassian/org-admin on all',
    ]);
    expect(payload.identity_to_permissions[1]?.role_assignments?.[0]?.custom_properties).toEqual({
      obtained: ['direct', 'inferred'],
    });
  });
});
