import { describe, expect, test } from 'vitest';
import type { Entity } from '../../entities/entity.js';
import type { Gap } from '../../entities/gap.js';
import { AccessGraph } from '../access-graph.js';
import { account, entity, gap, group, level, role, scheme, snapshotOf } from '../snapshot.fixture.js';
import type { FindingKind, FindingOptions } from './finding.js';
import { findings } from './findings.js';

function found(
  kind: FindingKind,
  entities: readonly Entity[],
  options: FindingOptions = {},
  gaps: readonly Gap[] = [],
) {
  return findings(AccessGraph.from(snapshotOf(entities, { gaps })), { ...options, kinds: [kind] });
}

const pay = entity('jira.project', 'pay', { permissionSchemeId: 'default' });

describe('public access', () => {
  test('is found in each product, with the path, and worse where everybody may change something', () => {
    const all = found('public-access', [
      pay,
      scheme('default', [
        ['BROWSE_PROJECTS', { type: 'anonymous' }],
        ['CREATE_ISSUES', { type: 'anonymous' }],
      ]),
      entity('bitbucket.repository', 'api', { private: false }),
    ]);

    expect(all.map(({ id, severity, certain }) => [id, severity, certain])).toEqual([
      ['public-access:jira.project:pay', 'critical', true],
      ['public-access:bitbucket.repository:api', 'high', true],
    ]);
    expect(all[0]?.evidence).toMatchObject([{ from: { type: 'anonymous' }, through: ['scheme'] }]);
    expect(all[0]?.message).toBe('pay is open to everybody, without signing in (BROWSE_PROJECTS, CREATE_ISSUES)');
  });

  test('by a permission of an app is no certain one, and by one that opens nothing is none', () => {
    const granted = (...names: readonly string[]) =>
      found('public-access', [
        pay,
        scheme(
          'default',
          names.map((name) => [name, { type: 'anonymous' }] as const),
        ),
      ]);

    expect(granted('VIEW_DEV_TOOLS', 'ASSIGNABLE_USER')).toEqual([]);
    expect(granted('APP_PERMISSION')).toMatchObject([
      { certain: false, message: expect.stringContaining('may be open') },
    ]);
    expect(granted('BROWSE_PROJECTS', 'APP_PERMISSION')).toMatchObject([{ certain: true, severity: 'high' }]);
  });

  test('of an archived project is no worse than that it can be read', () => {
    const all = found('public-access', [
      { ...pay, archived: true },
      scheme('default', [
        ['BROWSE_PROJECTS', { type: 'anonymous' }],
        ['CREATE_ISSUES', { type: 'anonymous' }],
      ]),
    ]);

    expect(all).toMatchObject([{ severity: 'high', evidence: [{ names: ['BROWSE_PROJECTS'] }] }]);
    expect(all[0]?.message).toBe('pay is open to everybody, without signing in (BROWSE_PROJECTS)');
  });

  test('of a space is certain only where the site is known to let people in', () => {
    const space = entity('confluence.space', 'docs', { anonymousAccess: true });

    expect(found('public-access', [space])).toMatchObject([{ certain: false }]);
    expect(
      found('public-access', [space, entity('confluence.instance', 'c', { anonymousAccess: true })]),
    ).toMatchObject([{ certain: true }]);
  });

  test('is not found where it was not established', () => {
    const { anonymousAccess: _unknown, ...space } = entity('confluence.space', 'docs');

    expect(found('public-access', [space])).toEqual([]);
  });
});

test('what everybody who signs in can read is found', () => {
  const all = found('signed-in-access', [entity('confluence.space', 'docs', { unlicensedAccess: true })]);

  expect(all).toMatchObject([{ id: 'signed-in-access:confluence.space:docs', severity: 'medium', certain: true }]);
});

describe('external people who can write', () => {
  const outside = [
    entity('admin.user', 'guest', { name: 'Gus', email: 'gus@else.example', userType: 'unmanaged' }),
    entity('jira.user', 'guest'),
    entity('jira.group', 'crew', { memberIds: ['guest'] }),
    pay,
  ];

  test('are found with what they can change and through what', () => {
    const all = found('external-write', [...outside, scheme('default', [['EDIT_ISSUES', group('crew')]])]);

    expect(all).toMatchObject([
      {
        id: 'external-write:guest:jira',
        severity: 'medium',
        subjects: [{ id: 'guest' }, { type: 'jira.project', id: 'pay' }],
        message: 'Gus (gus@else.example) is from outside and can change 1 resource of jira (pay)',
        evidence: [{ through: ['group', 'scheme'], names: ['EDIT_ISSUES'] }],
        certain: true,
      },
    ]);
  });

  test('are told with as many resources as asked for, and counted in full', () => {
    const projects = ['a', 'b', 'c'].map((id) => entity('jira.project', id, { permissionSchemeId: 'default' }));
    const entities = [...outside.slice(0, 3), ...projects, scheme('default', [['EDIT_ISSUES', group('crew')]])];

    const [one] = found('external-write', entities, { subjectsPerFinding: 2, evidencePerFinding: 1 });

    expect(one?.subjects.map(({ id }) => id)).toEqual(['guest', 'a', 'b']);
    expect(one?.evidence).toHaveLength(1);
    expect(one?.message).toContain('3 resources of jira (a, b and 1 more)');
  });

  test('are none who only read, are managed, or are suspended', () => {
    const reads = scheme('default', [['BROWSE_PROJECTS', group('crew')]]);
    const writes = scheme('default', [['EDIT_ISSUES', group('crew')]]);
    const with_ = (rest: Partial<Parameters<typeof entity<'admin.user'>>[2]>) => [
      entity('admin.user', 'guest', { userType: 'unmanaged', ...rest }),
      ...outside.slice(1),
    ];

    expect(found('external-write', [...with_({}), reads])).toEqual([]);
    expect(found('external-write', [...with_({ userType: 'managed' }), writes])).toEqual([]);
    expect(found('external-write', [...with_({ membershipStatus: 'suspended' }), writes])).toEqual([]);
  });

  test.each([
    ['Jira', entity('jira.user', 'guest', { accountType: 'app' })],
    ['Confluence', entity('confluence.user', 'guest', { accountType: 'app', externalCollaborator: true })],
  ])('are no apps, also where only %s says that it is one', (_product, app) => {
    const writes = scheme('default', [['EDIT_ISSUES', group('crew')]]);

    expect(found('external-write', [...outside.filter(({ type }) => type !== app.type), app, writes])).toEqual([]);
  });

  test('are none on an archived project, which nobody can change', () => {
    const all = found('external-write', [
      ...outside.map((one) => (one.type === 'jira.project' ? { ...one, archived: true } : one)),
      scheme('default', [
        ['BROWSE_PROJECTS', group('crew')],
        ['EDIT_ISSUES', group('crew')],
      ]),
    ]);

    expect(all).toEqual([]);
  });

  test('are found as possible where the scheme of their role is not known', () => {
    const all = found('external-write', [...outside, role('pay', 'developers', [group('crew')])]);

    expect(all).toMatchObject([{ certain: false, evidence: [{ certain: false }] }]);
  });
});

describe('orphaned accounts', () => {
  const rosa = { accountStatus: 'active', managementSource: 'synced', userType: 'managed' } as const;
  const other = entity('scim.user', 's2', { accountId: 'noor' });

  test('are active ones whose SCIM record is inactive or gone', () => {
    const inactive = entity('scim.user', 's1', { accountId: 'rosa', active: false });

    expect(found('orphaned-account', [entity('admin.user', 'rosa', rosa), inactive])).toMatchObject([
      { id: 'orphaned-account:rosa', severity: 'medium', certain: true },
    ]);
    expect(found('orphaned-account', [entity('admin.user', 'rosa', rosa), other])).toMatchObject([
      { id: 'orphaned-account:rosa', certain: true },
    ]);
  });

  test('are told as active where a product has them so, and not as active in the organization', () => {
    const [finding] = found('orphaned-account', [
      entity('admin.user', 'rosa', { ...rosa, accountStatus: 'inactive' }),
      entity('jira.user', 'rosa'),
    ]);

    expect(finding).toMatchObject({ certain: false });
    expect(finding?.message).toBe(
      'rosa is active in Jira and reaches 0 resources, but the organization has the account as inactive: one of the two answers may be old',
    );
  });

  test('are none with an active record, none that are not synced, and none that are off already', () => {
    const active = entity('scim.user', 's1', { accountId: 'rosa', active: true });

    expect(found('orphaned-account', [entity('admin.user', 'rosa', rosa), active])).toEqual([]);
    expect(
      found('orphaned-account', [entity('admin.user', 'rosa', { ...rosa, managementSource: 'invited' }), other]),
    ).toEqual([]);
    expect(
      found('orphaned-account', [entity('admin.user', 'rosa', { ...rosa, accountStatus: 'inactive' }), other]),
    ).toEqual([]);
  });

  test('are not certain where another directory than the one that was read may have their record', () => {
    const synced = (id: string, rest: object) => entity('admin.group', id, { origin: 'synced', ...rest });
    const groups = [
      synced('crew', { directoryId: 'a', scimGroupId: 'scim-crew' }),
      synced('guild', { directoryId: 'b' }),
    ];
    const of = (groupId: string) => [entity('admin.user', 'rosa', { ...rosa, groupIds: [groupId] }), ...groups, other];

    expect(found('orphaned-account', of('crew'))).toMatchObject([{ id: 'orphaned-account:rosa', certain: true }]);
    expect(found('orphaned-account', of('guild'))).toMatchObject([{ id: 'orphaned-account:rosa', certain: false }]);
  });

  test('are not certain where records are hidden, and are not looked for where none was read', () => {
    const gaps = [gap(['scim.user'], { product: 'admin' })];

    expect(found('orphaned-account', [entity('admin.user', 'rosa', rosa), other], {}, gaps)).toMatchObject([
      { certain: false },
    ]);
    expect(found('orphaned-account', [entity('admin.user', 'rosa', rosa)])).toEqual([]);
  });
});

describe('dormant grants', () => {
  const used = (lastActiveAt?: string) => [
    entity('admin.user', 'rosa', {
      productAccess: [{ product: 'jira-software', ...(lastActiveAt !== undefined && { lastActiveAt }) }],
    }),
    pay,
    scheme('default', [['BROWSE_PROJECTS', account('rosa')]]),
  ];

  test('are those of people who have not used the product for longer than asked', () => {
    const entities = used('2026-07-01T00:00:00Z');

    expect(found('dormant-grant', entities)).toMatchObject([
      {
        id: 'dormant-grant:rosa:jira',
        severity: 'low',
        message: 'rosa has not used jira for 123 days and reaches 1 resource of it (pay)',
        evidence: [{ through: ['scheme'] }],
      },
    ]);
    expect(found('dormant-grant', entities, { dormantAfterDays: 200 })).toEqual([]);
    expect(found('dormant-grant', entities, { asOf: '2026-07-15T00:00:00Z' })).toEqual([]);
  });

  test('are not hidden by use of another site', () => {
    const at = (site: string, lastActiveAt: string) =>
      ({ product: 'jira-software', resourceId: `ari:cloud:jira-software::site/${site}`, lastActiveAt }) as const;
    const productAccess = [at('ours', '2026-07-01T00:00:00Z'), at('another', '2026-10-31T00:00:00Z')];
    const [, ...rest] = used();

    const all = found('dormant-grant', [
      entity('admin.user', 'rosa', { productAccess }),
      entity('jira.instance', 'ours'),
      ...rest,
    ]);

    expect(all).toMatchObject([{ id: 'dormant-grant:rosa:jira' }]);
  });

  test('are none where the last use is not known', () => {
    expect(found('dormant-grant', used())).toEqual([]);
  });

  test('refuse a day that is none', () => {
    expect(() => found('dormant-grant', used(), { asOf: 'yesterday' })).toThrow(RangeError);
    expect(() => found('dormant-grant', used(), { dormantAfterDays: -1 })).toThrow(RangeError);
  });
});

test('default branches without a rule are found, surely only where no rule of the project is hidden', () => {
  const open = { mainBranch: 'main', defaultBranchProtected: false };

  const all = found('unprotected-branch', [
    entity('bitbucket.repository', 'api', { ...open, inheritsRules: false }),
    entity('bitbucket.repository', 'old', open),
    entity('bitbucket.repository', 'web', { ...open, private: false, inheritsRules: true }),
    entity('bitbucket.repository', 'empty', { defaultBranchProtected: false }),
    entity('bitbucket.repository', 'unread', { mainBranch: 'main' }),
  ]);

  expect(all.map(({ id, severity, certain }) => [id, severity, certain])).toEqual([
    ['unprotected-branch:web', 'high', false],
    ['unprotected-branch:api', 'medium', true],
    ['unprotected-branch:old', 'medium', false],
  ]);
});

test('groups that make administrators are found, those of products first', () => {
  const all = found('administrating-group', [
    entity('jira.instance', 'cloud-1', { title: 'Acme' }),
    entity('jira.group', 'leads', { memberIds: ['rosa', 'noor'] }),
    entity('jira.group', 'jira-admins'),
    entity('jira.group', 'readers', { memberIds: ['rosa'] }),
    pay,
    role('pay', 'administrators', [group('leads')]),
    scheme('default', [
      ['ADMINISTER_PROJECTS', { type: 'jira.projectRole', id: 'administrators' }],
      ['BROWSE_PROJECTS', group('readers')],
    ]),
    entity('admin.roleAssignment', 'a1', {
      principal: group('jira-admins'),
      role: 'atlassian/admin',
      resourceOwner: 'jira-software',
    }),
    entity('bitbucket.workspace', 'acme'),
    level('workspace', 'acme', 'owner', { type: 'bitbucket.group', id: 'administrators' }),
  ]);

  expect(all.map(({ id, severity, message }) => [id, severity, message])).toEqual([
    [
      'administrating-group:bitbucket:administrators',
      'high',
      'The group administrators, with members that were not read, administers acme and all that is inside',
    ],
    [
      'administrating-group:jira-admins',
      'high',
      'The group jira-admins, with members that were not read, administers Acme and all that is inside',
    ],
    ['administrating-group:leads', 'low', 'The group leads, with 2 members, administers pay'],
  ]);
  expect(all[2]?.evidence).toMatchObject([{ from: { id: 'leads' }, through: ['role', 'scheme'] }]);
});

test('groups that would administer an archived project administer nothing', () => {
  const administer = [scheme('default', [['ADMINISTER_PROJECTS', group('crew')]]), entity('jira.group', 'crew')];

  expect(found('administrating-group', [pay, ...administer])).toMatchObject([
    { subjects: [{ id: 'crew' }, { id: 'pay' }] },
  ]);
  expect(found('administrating-group', [{ ...pay, archived: true }, ...administer])).toEqual([]);
});
