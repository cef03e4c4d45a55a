import { describe, expect, test } from 'vitest';
import type { Entity } from '../entities/entity.js';
import type { Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import { AccessGraph } from './access-graph.js';
import type { AccessPath } from './access-path.js';
import type { AccessQuestion } from './answers.js';
import { account, entity, gap, group, level, permission, role, scheme, snapshotOf } from './snapshot.fixture.js';

const pay = { type: 'jira.project', id: 'pay' } as const;
const docs = { type: 'confluence.space', id: 'docs' } as const;
const api = { type: 'bitbucket.repository', id: 'api' } as const;

function graphOf(
  entities: readonly Entity[],
  rest?: { gaps?: readonly Gap[]; products?: readonly Product[] },
): AccessGraph {
  return AccessGraph.from(snapshotOf(entities, rest));
}

/** As the organization tells of most people. */
const active = { accountStatus: 'active', membershipStatus: 'active' };

/** No answer tells who holds it, so that being no administrator is never established. */
const administerJira = { kind: 'administrators-unread' };

/** `rosa > crew > pay - developers > default > pay` */
const drawn = ({ from, steps }: AccessPath): string =>
  [from, ...steps.map(({ to }) => to)].map(({ id }) => id).join(' > ');

const jira = [
  entity('jira.user', 'rosa'),
  entity('jira.user', 'noor'),
  entity('jira.user', 'sten'),
  entity('jira.group', 'crew', { memberIds: ['rosa'] }),
  entity('jira.project', 'pay', { permissionSchemeId: 'default' }),
  role('pay', 'developers', [group('crew'), account('noor')]),
  scheme('default', [
    ['BROWSE_PROJECTS', { type: 'jira.projectRole', id: 'developers' }],
    ['EDIT_ISSUES', { type: 'jira.projectRole', id: 'developers' }],
    ['ADMINISTER_PROJECTS', account('noor')],
  ]),
];

describe('the site of Confluence', () => {
  const site = { type: 'confluence.instance', id: 'c1' } as const;
  const read = [
    entity('confluence.instance', 'c1', { anonymousAccess: false }),
    entity('confluence.group', 'crew', { access: 'user', memberIds: ['rosa'] }),
    entity('confluence.user', 'rosa'),
    entity('admin.user', 'noor'),
  ];
  const reading = { level: 'read' } as const;

  test.each<[string, { gaps?: readonly Gap[]; products?: readonly Product[] }]>([
    ['were not read', { products: ['admin', 'confluence'], gaps: [gap(['admin.roleAssignment'])] }],
    ['were not asked for', { products: ['confluence'] }],
  ])('may be open to somebody in person where the roles of the organization %s', (_what, rest) => {
    const graph = graphOf(read, rest);

    const { verdict, open } = graph.explain('noor', site, reading);

    expect({ verdict, open: open.length }).toEqual({ verdict: 'unknown', open: 1 });
    expect(graph.explain('noor', site, { ...reading, administrators: false }).verdict).toBe('unknown');
    expect(graph.explain('rosa', site, reading).verdict).toBe('yes');
  });

  test('is told of the same each time it is asked for, however many were given it in person', () => {
    const people = Array.from({ length: 10_050 }, (_, index) => `person-${String(index)}`);
    const graph = graphOf(
      [
        ...read,
        ...people.map((id) => entity('admin.user', id, active)),
        ...people.map((id, index) =>
          entity('admin.roleAssignment', `of-${id}`, {
            principal: account(id),
            role: index < 50 ? 'atlassian/admin' : 'atlassian/user',
            resourceId: 'ari:cloud:confluence::site/c1',
            resourceOwner: 'confluence',
          }),
        ),
      ],
      { products: ['admin', 'confluence'] },
    );
    const counted = (question: AccessQuestion) => {
      const { people: reached, holders, openTo } = graph.whoCanAccess(site, question);
      return [reached.size, [...reached].length, holders.length, openTo.length];
    };

    const questions: AccessQuestion[] = [reading, { ...reading, administrators: false }, { level: 'admin' }];

    expect(questions.map(counted)).toEqual(questions.map(counted));
    expect(counted(reading)).toEqual([10_051, 10_051, 10_051, 0]);
  });

  test('is closed to whoever is in no group, where all roles were read', () => {
    const { verdict } = graphOf(read, { products: ['admin', 'confluence'] }).explain('noor', site, reading);

    expect(verdict).toBe('no');
  });
});

describe('a Jira project', () => {
  test('is reached through a group, its role and what the scheme gives to the role', () => {
    const graph = graphOf(jira);

    const { verdict, levels, paths, open } = graph.explain('rosa', pay);

    expect({ verdict, levels, open }).toMatchObject({
      verdict: 'yes',
      levels: ['read', 'write'],
      open: [administerJira],
    });
    expect(paths.map(drawn)).toEqual(['rosa > crew > pay/developers > default > pay']);
    expect(paths[0]).toMatchObject({
      direct: false,
      through: ['group', 'role', 'scheme'],
      names: ['BROWSE_PROJECTS', 'EDIT_ISSUES'],
      certain: true,
      bypass: false,
    });
    expect(paths[0]?.steps.map(({ relation, evidence }) => [relation, evidence])).toEqual([
      ['member', [{ type: 'jira.group', id: 'crew' }]],
      ['actor', [{ type: 'jira.projectRole', id: 'pay/developers' }]],
      ['granted', [{ type: 'jira.permissionScheme', id: 'default' }]],
      ['applies-to', [{ type: 'jira.project', id: 'pay' }]],
    ]);
    expect(paths[0]?.steps[2]?.names).toEqual([
      { name: 'BROWSE_PROJECTS', levels: ['read'], grantId: '1' },
      { name: 'EDIT_ISSUES', levels: ['write'], grantId: '2' },
    ]);
  });

  test('tells everybody who reaches it, by level', () => {
    const graph = graphOf(jira);
    const at = (name?: 'read' | 'admin') =>
      [...graph.whoCanAccess(pay, name === undefined ? {} : { level: name }).people].map(({ identity, levels }) => [
        identity.accountId,
        levels,
      ]);

    expect(at()).toEqual([
      ['rosa', ['read', 'write']],
      ['noor', ['read', 'write', 'admin']],
    ]);
    expect(at('admin')).toEqual([['noor', ['read', 'write', 'admin']]]);
    expect(graph.explain('sten', pay)).toMatchObject({ verdict: 'no', paths: [], open: [administerJira] });
    expect(graph.whoCanAccess(pay)).toMatchObject({ complete: true, open: [] });
  });

  test('may be administered by anybody, as no answer tells who holds Administer Jira', () => {
    const graph = graphOf(jira);

    expect(graph.explain('sten', pay, { level: 'admin' })).toMatchObject({
      verdict: 'unknown',
      open: [administerJira],
    });
    expect(graph.verdict('sten', pay, { level: 'admin', administrators: false })).toBe('no');
    expect(graph.verdict('sten', pay, { level: 'read' })).toBe('no');
    expect(graph.whoCanAccess(pay, { level: 'admin' })).toMatchObject({ complete: false, open: [administerJira] });
  });

  test.each([
    ['the actors of a role', [role('pay', 'developers')], 'actors-unread'],
    ['the role', [], 'actors-unread'],
    ['the members of a group', [role('pay', 'developers', [group('unheard-of')])], 'members-unread'],
    ['a kind of holder', [role('pay', 'developers', [{ type: 'unknown', kind: 'robots' }])], 'unknown-holder'],
  ])('is never denied when %s is not known', (_what, roles, kind) => {
    const others = jira.filter(({ type }) => type !== 'jira.projectRole');

    const { verdict, open } = graphOf([...others, ...roles]).explain('sten', pay);

    expect(verdict).toBe('unknown');
    expect(open.map((question) => question.kind)).toEqual([kind, administerJira.kind]);
  });

  test('may mean anything for those who hold a role while its scheme is not known', () => {
    const graph = graphOf(jira.filter(({ type }) => type !== 'jira.permissionScheme'));

    const rosa = graph.explain('rosa', pay);

    expect(rosa.verdict).toBe('unknown');
    expect(rosa.open.map(({ kind }) => kind)).toContain('scheme-unread');
    expect(rosa.paths).toMatchObject([{ certain: false, levels: [], through: ['group', 'role'] }]);
    expect(graph.whoCanAccess(pay)).toMatchObject({ complete: false, people: { size: 0 } });
  });

  test.each([
    ['all project roles', gap(['jira.projectRole'])],
    ['the roles of this project', gap(['jira.projectRole'], { resource: pay })],
    ['its scheme', gap(['jira.permissionScheme'], { resource: { type: 'jira.permissionScheme', id: 'default' } })],
    ['one group that holds a role', gap(['jira.group'], { resource: { type: 'jira.group', id: 'crew' } })],
    ['the groups of this person', gap(['jira.group'], { resource: { type: 'jira.user', id: 'sten' } })],
    ['something without a name', gap([], { product: 'jira' })],
  ])('is never denied when a gap hides %s, and says which', (_what, hole) => {
    const answer = graphOf(jira, { gaps: [hole] }).explain('sten', pay);

    expect(answer.verdict).toBe('unknown');
    expect(answer.open.map((question) => question.gap)).toContain(hole);
  });

  test('stays denied when a gap is about something else', () => {
    const gaps = [
      gap(['jira.projectRole'], { resource: { type: 'jira.project', id: 'hr' } }),
      gap(['confluence.grant']),
      gap(['bitbucket.repository'], { resource: api }),
      gap(['jira.group'], { resource: { type: 'jira.user', id: 'noor' } }),
    ];

    expect(graphOf(jira, { gaps }).verdict('sten', pay)).toBe('no');
  });

  test.each(['managed accounts', 'deactivations'])(
    'stays denied when a gap is about the %s, who are in no grant',
    (part) => {
      const refused = gap(['admin.user'], { part });

      expect(graphOf(jira, { gaps: [refused] }).verdict('sten', pay)).toBe('no');
      expect(graphOf(jira, { gaps: [gap(['admin.user'], { part: 'users' })] }).verdict('sten', pay)).toBe('unknown');
    },
  );

  test.each([
    ['an application role was read in part', [], { type: 'jira.applicationRole', id: 'jira-software' } as const],
    ['a role may come with a seat', ['atlassian/contributor'], undefined],
  ])('denies no licence where %s', (_what, roles, resource) => {
    const graph = graphOf(
      [
        entity('jira.user', 'sten'),
        entity('jira.project', 'pay', { permissionSchemeId: 'open' }),
        scheme('open', [['BROWSE_PROJECTS', { type: 'licensed' }]]),
        entity('jira.applicationRole', 'jira-software'),
        ...roles.map((name) =>
          entity('admin.roleAssignment', name, {
            principal: account('sten'),
            role: name,
            resourceOwner: 'jira-software',
          }),
        ),
      ],
      { gaps: resource === undefined ? [] : [gap(['jira.applicationRole'], { resource })] },
    );

    expect(graph.verdict('sten', pay)).toBe('unknown');
  });

  test('is reached by its lead, as the lead', () => {
    const graph = graphOf([
      entity('jira.user', 'rosa'),
      entity('jira.project', 'pay', { permissionSchemeId: 'led', leadId: 'rosa' }),
      scheme('led', [['ADMINISTER_PROJECTS', { type: 'conditional', id: 'projectLead' }]]),
    ]);

    expect(graph.explain('rosa', pay).paths.map(drawn)).toEqual(['rosa > projectLead > led > pay']);
    expect([...graph.accessOf('rosa').resources].map(({ resource }) => resource.key)).toEqual(['PAY']);
  });

  test('leaves open who is a reporter, and tells that reporters hold it', () => {
    const graph = graphOf([
      entity('jira.user', 'rosa'),
      entity('jira.project', 'pay', { permissionSchemeId: 'reported' }),
      scheme('reported', [['BROWSE_PROJECTS', { type: 'conditional', id: 'reporter' }]]),
    ]);

    expect(graph.explain('rosa', pay)).toMatchObject({
      verdict: 'unknown',
      open: [{ kind: 'conditional' }, administerJira],
    });
    expect(graph.explain('rosa', pay, { level: 'delete' }).verdict).toBe('no');
    expect(graph.whoCanAccess(pay).holders).toMatchObject([{ holder: { type: 'conditional', id: 'reporter' } }]);
  });

  test('is open to people with a licence, who are the members of the groups of the application roles', () => {
    const graph = graphOf([
      entity('jira.user', 'rosa'),
      entity('jira.user', 'noor'),
      entity('jira.group', 'jira-users', { memberIds: ['rosa'] }),
      entity('jira.applicationRole', 'jira-software', { groupIds: ['jira-users'] }),
      entity('jira.project', 'pay', { permissionSchemeId: 'open' }),
      scheme('open', [['BROWSE_PROJECTS', { type: 'licensed' }]]),
    ]);

    expect(graph.explain('rosa', pay)).toMatchObject({ verdict: 'yes', licence: 'yes' });
    expect(graph.explain('rosa', pay).paths.map(drawn)).toEqual(['rosa > jira-users > jira > open > pay']);
    expect(graph.explain('noor', pay)).toMatchObject({ verdict: 'no', licence: 'no' });
    expect(graph.whoCanAccess(pay).holders).toMatchObject([{ holder: { type: 'licensed' }, memberCount: 1 }]);
  });

  test('is open to people whom the organization gave a licence, and tells where that came by a group', () => {
    const licence = (id: string, obtained: readonly string[]) =>
      entity('admin.roleAssignment', id, {
        principal: account(id),
        role: 'atlassian/user',
        resourceOwner: 'jira-software',
        obtained,
      });
    const graph = graphOf([
      entity('jira.applicationRole', 'jira-software'),
      licence('rosa', ['direct']),
      licence('noor', ['group']),
      entity('jira.project', 'pay', { permissionSchemeId: 'open' }),
      scheme('open', [['BROWSE_PROJECTS', { type: 'licensed' }]]),
    ]);

    expect(graph.explain('rosa', pay).paths).toMatchObject([{ through: ['wildcard', 'scheme'] }]);
    expect(graph.explain('noor', pay).paths).toMatchObject([{ through: ['wildcard', 'effective', 'scheme'] }]);
  });

  test('is only left open to apps where the role of apps was not read', () => {
    const entities = [
      entity('jira.user', 'rosa'),
      entity('jira.user', 'robot', { accountType: 'app' }),
      entity('jira.project', 'pay', { permissionSchemeId: 'default' }),
      { ...role('pay', '10003'), roleName: 'atlassian-addons-project-access' },
      scheme('default', [['BROWSE_PROJECTS', { type: 'jira.projectRole', id: '10003' }]]),
    ];

    const graph = graphOf(entities);

    expect([graph.verdict('rosa', pay), graph.verdict('robot', pay)]).toEqual(['no', 'unknown']);
  });

  test('may be anything for an entitlement that is not known', () => {
    const graph = graphOf([
      entity('jira.user', 'rosa'),
      entity('jira.project', 'pay', { permissionSchemeId: 'app' }),
      scheme('app', [['com.example.plugin__launch', account('rosa')]]),
    ]);

    expect(graph.verdict('rosa', pay)).toBe('yes');
    expect(graph.explain('rosa', pay, { level: 'write' })).toMatchObject({
      verdict: 'unknown',
      open: [{ kind: 'unmapped' }, administerJira],
    });
  });
});

describe('everybody', () => {
  const open = [
    entity('jira.user', 'rosa'),
    entity('jira.user', 'gone', { active: false }),
    entity('confluence.user', 'mia'),
    entity('jira.project', 'pay', { permissionSchemeId: 'open' }),
  ];

  test('without signing in is everybody, in the snapshot or not, deactivated or not', () => {
    const graph = graphOf([...open, scheme('open', [['BROWSE_PROJECTS', { type: 'anonymous' }]])]);

    const answer = graph.whoCanAccess(pay);

    expect(answer.openTo).toMatchObject([{ holder: { type: 'anonymous' }, levels: ['read'] }]);
    expect(answer.people.size).toBe(0);
    expect(['rosa', 'gone', 'nobody@acme.com'].map((who) => graph.verdict(who, pay))).toEqual(['yes', 'yes', 'yes']);
    expect(graph.explain('gone', pay).paths).toMatchObject([{ through: ['wildcard', 'scheme'], from: { id: 'gone' } }]);
  });

  test('who is signed in is whoever is a user of the product, and for others it is not known', () => {
    const graph = graphOf([...open, scheme('open', [['BROWSE_PROJECTS', { type: 'authenticated' }]])]);

    expect(['rosa', 'mia', 'gone', 'nobody@acme.com'].map((who) => graph.verdict(who, pay))).toEqual([
      'yes',
      'unknown',
      'no',
      'unknown',
    ]);
  });
});

describe('a Confluence space', () => {
  const confluence = [
    entity('confluence.user', 'rosa'),
    entity('confluence.user', 'noor'),
    entity('confluence.group', 'crew', { memberIds: ['rosa'], access: 'user' }),
    entity('confluence.space', 'docs'),
  ];

  test('is reached by a role, whose permissions tell the levels', () => {
    const graph = graphOf([
      ...confluence,
      entity('confluence.spaceRole', 'r1', { name: 'Collaborator', permissions: ['read/space', 'create/page'] }),
      entity('confluence.grant', 'g1', {
        spaceId: 'docs',
        principal: group('crew'),
        holds: { kind: 'role', roleId: 'r1' },
      }),
    ]);

    expect(graph.explain('rosa', docs)).toMatchObject({
      verdict: 'yes',
      levels: ['read', 'create', 'write'],
      paths: [{ through: ['group', 'role'], names: ['Collaborator'] }],
    });
    expect(graph.verdict('noor', docs)).toBe('no');
  });

  test('is reached with classic permissions, all of a holder in one path', () => {
    const graph = graphOf([
      ...confluence,
      permission('docs', 'read/space', account('noor')),
      permission('docs', 'delete/page', account('noor')),
    ]);

    expect(graph.explain('noor', docs)).toMatchObject({
      levels: ['read', 'delete'],
      paths: [{ direct: true, through: [], names: ['read/space', 'delete/page'] }],
    });
  });

  test('is open to everybody by its own word, unless the site lets nobody in', () => {
    const space = entity('confluence.space', 'docs', { anonymousAccess: true, unlicensedAccess: false });

    expect(graphOf([space]).whoCanAccess(docs).openTo).toMatchObject([{ holder: { type: 'anonymous' } }]);
    expect(
      graphOf([space, entity('confluence.instance', 'c1', { anonymousAccess: false })]).whoCanAccess(docs),
    ).toMatchObject({
      openTo: [],
    });
  });

  test('may be open to everybody while it is not known whether the site lets anybody in', () => {
    const graph = graphOf([entity('confluence.space', 'docs', { anonymousAccess: true }), entity('jira.user', 'rosa')]);

    expect(graph.explain('rosa', docs)).toMatchObject({
      verdict: 'unknown',
      paths: [{ certain: false }],
      open: [{ kind: 'exposure-unread' }],
    });
    expect(graph.whoCanAccess(docs)).toMatchObject({ complete: false, open: [{ kind: 'exposure-unread' }] });
  });

  test('is not open by what everybody is granted, where the site lets nobody in', () => {
    const granted = entity('confluence.grant', 'g-anonymous', {
      spaceId: 'docs',
      principal: { type: 'anonymous' },
      holds: { kind: 'permission', operation: 'read', target: 'space' },
    });
    const openTo = (anonymousAccess: boolean) =>
      graphOf([
        entity('confluence.space', 'docs', { anonymousAccess: true }),
        entity('confluence.instance', 'c1', { anonymousAccess }),
        granted,
      ]).whoCanAccess(docs).openTo;

    expect(openTo(true)).toMatchObject([{ holder: { type: 'anonymous' } }]);
    expect(openTo(false)).toEqual([]);
  });

  test('is never denied where it was not established whether it is open', () => {
    const { anonymousAccess: _unknown, ...space } = entity('confluence.space', 'docs');

    const graph = graphOf([...confluence.slice(0, 3), space]);

    expect(graph.explain('noor', docs)).toMatchObject({ verdict: 'unknown', open: [{ kind: 'exposure-unread' }] });
    expect(graph.verdict('noor', docs, { level: 'write' })).toBe('no');
  });
});

describe('a Bitbucket repository', () => {
  const bitbucket = [
    entity('bitbucket.workspace', 'acme'),
    ...['rosa', 'noor', 'sten', 'olga'].map((id) => entity('bitbucket.user', id, { uuid: `{${id}}` })),
    entity('bitbucket.group', 'developers', { memberIds: ['rosa'] }),
    entity('bitbucket.project', 'core'),
    entity('bitbucket.repository', 'api', { projectKey: 'CORE' }),
    level('workspace', 'acme', 'owner', account('olga')),
    level('project', 'core', 'write', { type: 'bitbucket.group', id: 'developers' }),
    level('repository', 'api', 'read', account('noor')),
  ];

  test('has the grants of its project, told apart from its own, and the owners of the workspace', () => {
    const graph = graphOf(bitbucket);

    expect(graph.explain('noor', api).paths).toMatchObject([{ direct: true, levels: ['read'], names: ['read'] }]);
    expect(graph.explain('{rosa}', api).paths).toMatchObject([{ through: ['group', 'project'], names: ['write'] }]);
    expect(graph.explain('rosa', api).paths.map(drawn)).toEqual(['rosa > developers > core > api']);
    expect(graph.explain('olga', api).paths).toMatchObject([
      { bypass: true, through: ['administration'], levels: ['read', 'create', 'write', 'delete', 'admin'] },
    ]);
    expect(graph.verdict('olga', api, { administrators: false })).toBe('no');
    expect(graph.verdict('sten', api)).toBe('no');
  });

  test('tells an effective level as one of which the way is not known', () => {
    const graph = graphOf([
      ...bitbucket.slice(0, -1),
      entity('bitbucket.repository', 'web', { projectKey: 'CORE', grants: 'effective' }),
      level('repository', 'web', 'write', account('sten'), 'effective'),
    ]);

    expect(graph.explain('sten', { type: 'bitbucket.repository', id: 'acme/web' }).paths).toMatchObject([
      { direct: false, through: ['effective'], certain: true },
    ]);
  });

  test('with explicit grants hangs on those of its project, and with effective ones does not', () => {
    const gaps = [gap(['bitbucket.grant'], { resource: { type: 'bitbucket.project', id: 'core' } })];
    const effective = entity('bitbucket.repository', 'api', { projectKey: 'CORE', grants: 'effective' });

    const verdictWith = (repository: Entity) =>
      graphOf([...bitbucket.filter(({ id }) => id !== 'api'), repository], { gaps }).verdict('sten', api);

    expect(verdictWith(entity('bitbucket.repository', 'api', { projectKey: 'CORE' }))).toBe('unknown');
    expect(verdictWith(effective)).toBe('no');
  });

  test('with effective grants is denied although its explicit ones were refused', () => {
    const gaps = [gap(['bitbucket.grant']), gap(['bitbucket.grant'], { resource: api })];
    const effective = entity('bitbucket.repository', 'api', { grants: 'effective' });

    expect(graphOf([...bitbucket.slice(0, 5), effective], { gaps }).verdict('sten', api)).toBe('no');
    expect(graphOf(bitbucket, { gaps }).verdict('sten', api)).toBe('unknown');
  });

  test('is public where it is not private, and is never denied where neither is known', () => {
    const { private: _unknown, ...unclear } = entity('bitbucket.repository', 'api', { projectKey: 'CORE' });

    const open = graphOf([entity('bitbucket.repository', 'api', { private: false })]);
    const unknown = graphOf([...bitbucket.filter(({ id }) => id !== 'api'), unclear]);

    expect(open.whoCanAccess(api).openTo).toMatchObject([{ holder: { type: 'anonymous' }, names: ['public'] }]);
    expect(unknown.explain('sten', api)).toMatchObject({ verdict: 'unknown', open: [{ kind: 'exposure-unread' }] });
  });

  test.each([
    ['is not known', [], 'unknown'],
    ['is the organization', [entity('admin.group', 'developers')], 'unknown'],
    ['is no organization', [entity('bitbucket.user', 'ines', { addedAt: '2026-01-01T00:00:00Z' })], 'no'],
  ] as const)('may be administered by the organization, where the owner of the workspace %s', (_who, more, verdict) => {
    const oona = entity('admin.user', 'oona', { ...active, platformRoles: ['atlassian/org-admin'] });
    const graph = graphOf([...bitbucket, oona, entity('admin.user', 'sten'), ...more]);
    const kinds = verdict === 'unknown' ? [{ kind: 'administrators-unread' }] : [];

    expect(graph.explain('oona', api)).toMatchObject({ verdict, open: kinds });
    expect(graph.verdict('oona', api, { administrators: false })).toBe('no');
    expect(graph.verdict('sten', api)).toBe('no');
    expect(graph.whoCanAccess(api)).toMatchObject({ complete: verdict === 'no', open: kinds });
    expect([...graph.accessOf('oona').undecided].some(({ id }) => id === 'api')).toBe(verdict === 'unknown');
  });

  test('with a list of a group leaves open who is in it for the other products, and is sure for its own', () => {
    const shared = [
      ...bitbucket,
      entity('admin.group', 'developers'),
      entity('jira.group', 'developers'),
      entity('jira.project', 'pay', { permissionSchemeId: 'default' }),
      scheme('default', [['BROWSE_PROJECTS', group('developers')]]),
    ];

    const graph = graphOf(shared);

    expect(graph.verdict('sten', pay)).toBe('unknown');
    expect(graph.verdict('sten', api)).toBe('no');
  });

  test.each([
    ['is not known', [], 'unknown'],
    ['is the organization', [entity('admin.group', 'developers')], 'no'],
    ['is no organization', [entity('bitbucket.user', 'ines', { addedAt: '2026-01-01T00:00:00Z' })], 'yes'],
  ] as const)('hangs on a suspended membership as far as the owner of the workspace %s', (_who, more, verdict) => {
    const graph = graphOf([...bitbucket, entity('admin.user', 'rosa', { membershipStatus: 'suspended' }), ...more]);
    const reached = graph.explain('rosa', api);

    expect(reached.verdict).toBe(verdict);
    expect(reached.paths).toMatchObject([{ certain: verdict !== 'unknown' }]);
    expect(reached.paths[0]?.blocked !== undefined).toBe(verdict === 'no');
    const listed = [...graph.whoCanAccess(api).people].some(({ identity }) => identity.accountId === 'rosa');
    expect(listed).toBe(verdict === 'yes');
    const { resources, undecided } = graph.accessOf('rosa');
    expect([...resources].some(({ resource }) => resource.id === 'api')).toBe(verdict === 'yes');
    expect([...undecided].some(({ id }) => id === 'api')).toBe(verdict === 'unknown');
  });

  test('denies nobody while the administrators of the organization were not read', () => {
    const graph = graphOf(bitbucket, { products: ['bitbucket'] });

    expect(graph.explain('sten', api)).toMatchObject({ verdict: 'unknown', open: [{ kind: 'administrators-unread' }] });
    expect(graph.verdict('sten', api, { administrators: false })).toBe('no');
  });

  test('whose grants were not read denies nobody', () => {
    const graph = graphOf([
      entity('bitbucket.user', 'sten'),
      entity('bitbucket.repository', 'api', { grants: 'unread' }),
    ]);

    expect(graph.verdict('sten', api)).toBe('unknown');
  });
});

describe('people', () => {
  test('who are in no list of users and of whom the organization tells nothing are not said to reach what they are given', () => {
    const given = [entity('jira.project', 'pay', { permissionSchemeId: 'default' })];
    const browse = scheme('default', [['BROWSE_PROJECTS', account('rosa')]]);
    const listed = entity('jira.user', 'noor');

    expect(graphOf([...given, browse, listed], { products: ['jira'] }).verdict('rosa', pay)).toBe('unknown');
    expect(graphOf([...given, browse, listed, entity('admin.user', 'rosa', active)]).verdict('rosa', pay)).toBe('yes');
    expect(graphOf([...given, browse, entity('jira.user', 'rosa')]).verdict('rosa', pay)).toBe('yes');
  });

  test('who are not active in one product may be deactivated, which leaves the others open', () => {
    const graph = graphOf(
      [
        entity('jira.user', 'rosa', { active: false }),
        entity('jira.group', 'crew', { memberIds: ['rosa'] }),
        entity('bitbucket.workspace', 'acme'),
        entity('bitbucket.group', 'crew'),
        entity('bitbucket.repository', 'api'),
        level('repository', 'api', 'write', { type: 'bitbucket.group', id: 'crew' }),
      ],
      { products: ['jira', 'bitbucket'] },
    );

    const { verdict, paths, open } = graph.explain('rosa', api);

    expect(verdict).toBe('unknown');
    expect(paths).toMatchObject([{ certain: false }]);
    expect(open).toContainEqual(expect.objectContaining({ kind: 'identity-unknown' }));
    expect(graph.whoCanAccess(api).people.size).toBe(0);
    expect(graph.whoCanAccess(api).complete).toBe(false);
  });

  test.each([
    [
      'hold the role of a site',
      [entity('admin.roleAssignment', 'a', { principal: account('rosa'), role: 'atlassian/site-admin' })],
    ],
    [
      'are told to administer the organization',
      [entity('admin.user', 'rosa', { platformRoles: ['atlassian/org-admin'] })],
    ],
  ] as const)('who %s are not denied what is given to administrators of the product', (_what, more) => {
    const graph = graphOf([
      ...more,
      entity('confluence.user', 'noor'),
      entity('confluence.group', 'admins', { memberIds: [], access: 'admin' }),
      entity('confluence.space', 'docs', { anonymousAccess: false, unlicensedAccess: false }),
      permission('docs', 'delete/page', { type: 'product-admins' }),
    ]);

    expect(graph.verdict('rosa', docs, { level: 'delete' })).toBe('unknown');
    expect(graph.verdict('noor', docs, { level: 'delete' })).toBe('no');
  });

  test('are not denied what is given to administrators of a product while roles were not read', () => {
    const entities = [
      entity('confluence.user', 'noor'),
      entity('confluence.group', 'admins', { memberIds: [], access: 'admin' }),
      entity('confluence.space', 'docs', { anonymousAccess: false, unlicensedAccess: false }),
      permission('docs', 'delete/page', { type: 'product-admins' }),
    ];

    expect(graphOf(entities, { products: ['confluence'] }).verdict('noor', docs, { level: 'delete' })).toBe('unknown');
  });

  test('who are suspended are told apart by whether they would reach it by a grant or only as administrators', () => {
    const graph = graphOf([
      entity('jira.project', 'pay', { permissionSchemeId: 'default' }),
      scheme('default', [['BROWSE_PROJECTS', account('rosa')]]),
      ...['rosa', 'noor'].map((id) => entity('admin.user', id, { membershipStatus: 'suspended' })),
      entity('admin.roleAssignment', 'a', { principal: account('noor'), role: 'atlassian/org-admin' }),
    ]);

    const blocked = [...graph.whoCanAccess(pay).blocked];

    expect(blocked.map(({ identity, onlyByAdministration }) => [identity.accountId, onlyByAdministration])).toEqual([
      ['rosa', false],
      ['noor', true],
    ]);
  });

  test.each([
    ['a deactivated account', { accountStatus: 'inactive' }, 'The account is deactivated'],
    ['a suspended membership', { membershipStatus: 'suspended' }, 'The membership in the organization is suspended'],
  ] as const)('with %s reach nothing, and are told with what they would reach', (_what, status, because) => {
    const graph = graphOf([...jira, entity('admin.user', 'rosa', { groupIds: ['crew'], ...status })]);

    const answer = graph.explain('rosa', pay);

    expect(answer).toMatchObject({ verdict: 'no', levels: [], paths: [{ blocked: because, certain: true }] });
    expect([...graph.whoCanAccess(pay).people].map(({ identity }) => identity.accountId)).toEqual(['noor']);
    expect([...graph.whoCanAccess(pay).blocked].map(({ identity }) => identity.accountId)).toEqual(['rosa']);
    expect(graph.accessOf('rosa').resources.size).toBe(0);
    expect(graph.accessOf('rosa').identity?.blocked).toContainEqual({ product: 'jira', because });
  });

  test('are found by account id, email, SCIM id and the UUID of Bitbucket', () => {
    const graph = graphOf([
      entity('admin.user', 'rosa', { email: 'Rosa@acme.com' }),
      entity('bitbucket.user', 'rosa', { uuid: '{u1}' }),
      entity('scim.user', 's1'),
      entity('connection', 'c1', {
        from: { type: 'scim.user', id: 's1' },
        to: { type: 'admin.user', id: 'rosa' },
        evidence: 'scim-extension',
      }),
    ]);

    for (const ref of ['rosa', 'rosa@acme.com', 's1', '{u1}', { email: 'ROSA@acme.com' }, { scimUserId: 's1' }])
      expect(graph.findIdentities(ref)).toMatchObject([
        { accountId: 'rosa', scimUserIds: ['s1'], bitbucketUuid: '{u1}' },
      ]);
  });

  test('who are not in the snapshot, have no account yet, or share an address, are not denied anything', () => {
    const graph = graphOf([
      ...jira,
      entity('scim.user', 's1', { email: 'new@acme.com' }),
      entity('jira.user', 'a', { email: 'twin@acme.com' }),
      entity('jira.user', 'b', { email: 'twin@acme.com' }),
    ]);

    for (const ref of ['nobody', 's1', 'new@acme.com', 'twin@acme.com']) {
      expect(graph.explain(ref, pay)).toMatchObject({
        verdict: 'unknown',
        open: [{ kind: 'identity-unknown' }, administerJira],
      });
      expect(graph.accessOf(ref).undecided.size).toBe(1);
    }
  });

  test('whose groups Cloud Admin told are not in a group that was not read', () => {
    const others = jira.filter(({ id }) => id !== 'crew');
    const graph = graphOf([
      ...others,
      entity('jira.group', 'crew'),
      entity('admin.group', 'crew'),
      entity('admin.user', 'sten', { groupIds: [] }),
    ]);

    expect([graph.verdict('sten', pay), graph.verdict('rosa', pay)]).toEqual(['no', 'unknown']);
  });
});

describe('administrators', () => {
  const site = [
    ...jira,
    entity('admin.tenant', 'org'),
    entity('jira.instance', 'cloud-1'),
    entity('admin.user', 'olga', { ...active, platformRoles: ['atlassian/org-admin'] }),
    entity('admin.roleAssignment', 'a1', {
      principal: account('sten'),
      role: 'atlassian/admin',
      resourceId: 'ari:cloud:jira-software::site/cloud-1',
      resourceOwner: 'jira-software',
    }),
    entity('admin.roleAssignment', 'a2', {
      principal: account('rosa'),
      role: 'atlassian/admin',
      resourceId: 'ari:cloud:jira-software::site/another',
      resourceOwner: 'jira-software',
    }),
  ];

  test('of a product may be of the site that was read, while no product told which it is', () => {
    const graph = graphOf(site.filter(({ type }) => type !== 'jira.instance'));

    expect(graph.explain('rosa', pay, { level: 'admin' })).toMatchObject({
      verdict: 'unknown',
      open: [{ message: expect.stringContaining('sites') as string }, administerJira],
    });
  });

  test('of the organization and of the product reach what they hold no grant on, on their own site', () => {
    const graph = graphOf(site);

    expect(graph.explain('olga', pay).paths.map(drawn)).toEqual(['olga > org > pay']);
    expect(graph.explain('sten', pay).paths.map(drawn)).toEqual(['sten > cloud-1 > pay']);
    expect(graph.explain('sten', pay)).toMatchObject({ verdict: 'yes', levels: ['admin'], paths: [{ bypass: true }] });
    expect(graph.explain('rosa', pay).paths.filter(({ bypass }) => bypass)).toEqual([]);
    expect([...graph.whoCanAccess(pay).people].filter((one) => one.onlyByAdministration)).toHaveLength(2);
    expect(
      [...graph.accessOf('sten').resources].map(({ resource, administering }) => [resource.id, administering]),
    ).toEqual([
      ['cloud-1', false],
      ['pay', true],
    ]);
  });

  test('may be anybody without an organization key, and can be left out of a question', () => {
    const graph = graphOf(jira, { products: ['jira'] });

    expect(graph.explain('sten', pay)).toMatchObject({
      verdict: 'unknown',
      open: [{ kind: 'administrators-unread' }, administerJira],
    });
    expect(graph.explain('sten', pay, { administrators: false })).toMatchObject({ verdict: 'no', open: [] });
    expect(graph.whoCanAccess(pay, { administrators: false }).complete).toBe(true);
  });
});

test('a resource that is not in the snapshot is nobody’s no', () => {
  const graph = graphOf(jira);

  expect(graph.explain('sten', { type: 'jira.project', id: 'nope' }).verdict).toBe('unknown');
  expect(graph.whoCanAccess({ type: 'jira.project', id: 'nope' })).toMatchObject({
    complete: false,
    open: [{ kind: 'resource-unknown' }],
  });
});

test('resources are found by id, key, slug and full name', () => {
  const graph = graphOf([...jira, entity('bitbucket.repository', '{1}', { slug: 'api', fullName: 'acme/api' })]);

  expect(graph.findResource({ type: 'jira.project', id: 'PAY' })).toMatchObject({ id: 'pay' });
  expect(graph.findResource({ type: 'bitbucket.repository', id: 'acme/api' })).toMatchObject({ id: '{1}' });
  expect(graph.findResource({ type: 'bitbucket.repository', id: 'api' })).toMatchObject({ id: '{1}' });
});

describe('a list of people is not told as complete', () => {
  test('where what somebody holds is not known to give the level', () => {
    const graph = graphOf([
      entity('jira.project', 'pay', { permissionSchemeId: 'default' }),
      scheme('default', [['com.example__BERTHS', account('rosa')]]),
    ]);

    const { complete, open } = graph.whoCanAccess(pay, { level: 'write' });

    expect(graph.verdict('rosa', pay, { level: 'write' })).toBe('unknown');
    expect({ complete, open }).toMatchObject({ complete: false, open: [{ kind: 'unmapped' }] });
    expect(graph.whoCanAccess(pay)).toMatchObject({ complete: true, open: [] });
  });

  test('where somebody on it is suspended in an organization that need not be that of the workspace', () => {
    const graph = graphOf([
      entity('admin.user', 'rosa', { membershipStatus: 'suspended' }),
      entity('bitbucket.workspace', 'w'),
      entity('bitbucket.project', 'k'),
      entity('bitbucket.repository', 'api', { projectKey: 'K' }),
      level('repository', 'api', 'write', account('rosa')),
    ]);

    const { people, complete, open } = graph.whoCanAccess(api, { level: 'write', administrators: false });

    expect(graph.verdict('rosa', api, { level: 'write', administrators: false })).toBe('unknown');
    expect({ people: [...people], complete }).toEqual({ people: [], complete: false });
    expect(open).toMatchObject([{ message: expect.stringContaining('suspended') as string }]);
  });
});
