import { expect, test } from 'vitest';
import type { Entity } from '../entities/entity.js';
import { AccessGraph } from './access-graph.js';
import { ACCESS_LEVELS } from './access-level.js';
import { account, entity, gap, group, role, scheme, snapshotOf } from './snapshot.fixture.js';

const pay = { type: 'jira.project', id: 'pay' } as const;
const BECAUSE = 'The project PAY is archived: it can only be read until an administrator restores it';

/** Two projects of one scheme, of which one is archived. Rosa is a developer, Noor may only edit, Sten administers Jira. */
const entities = [
  ...['rosa', 'noor', 'sten'].map((id) => entity('jira.user', id)),
  entity('jira.group', 'crew', { memberIds: ['rosa'] }),
  entity('jira.project', 'pay', { permissionSchemeId: 'default', archived: true }),
  entity('jira.project', 'fleet', { permissionSchemeId: 'default' }),
  role('pay', 'developers', [group('crew')]),
  role('fleet', 'developers', [group('crew')]),
  scheme('default', [
    ['BROWSE_PROJECTS', { type: 'jira.projectRole', id: 'developers' }],
    ['EDIT_ISSUES', { type: 'jira.projectRole', id: 'developers' }],
    ['ADMINISTER_PROJECTS', { type: 'jira.projectRole', id: 'developers' }],
    ['EDIT_ISSUES', account('noor')],
  ]),
  entity('admin.roleAssignment', 'a1', {
    principal: account('sten'),
    role: 'atlassian/admin',
    resourceOwner: 'jira-software',
  }),
];

const graphOf = (all: readonly Entity[], gaps: Parameters<typeof gap>[] = []): AccessGraph =>
  AccessGraph.from(snapshotOf(all, { gaps: gaps.map((one) => gap(...one)) }));

/** The levels that somebody has for certain. */
const heldBy = (graph: AccessGraph, who: string, id = 'pay') =>
  ACCESS_LEVELS.filter((level) => graph.verdict(who, { type: 'jira.project', id }, { level }) === 'yes');

test('an archived project can only be read, and another project of its scheme is as it was', () => {
  const graph = graphOf(entities);

  expect(heldBy(graph, 'rosa')).toEqual(['read']);
  expect(heldBy(graph, 'rosa', 'fleet')).toEqual(['read', 'write', 'admin']);
  expect(graph.verdict('rosa', pay, { level: 'write' })).toBe('no');
  expect([...graph.whoCanAccess(pay, { level: 'write' }).people]).toEqual([]);
  expect([...graph.accessOf('rosa').resources].map(({ resource, levels }) => [resource.id, levels])).toEqual([
    ['pay', ['read']],
    ['fleet', ['read', 'write', 'admin']],
  ]);
});

test('what is granted on an archived project beyond reading is explained as blocked', () => {
  const { verdict, levels, paths } = graphOf(entities).explain('rosa', pay);

  expect({ verdict, levels }).toEqual({ verdict: 'yes', levels: ['read'] });
  expect(paths.map(({ blocked, names, levels: of }) => ({ blocked, names, of }))).toEqual([
    { blocked: undefined, names: ['BROWSE_PROJECTS'], of: ['read'] },
    { blocked: BECAUSE, names: ['EDIT_ISSUES', 'ADMINISTER_PROJECTS'], of: ['write', 'admin'] },
  ]);
  expect(paths[1]).toMatchObject({ certain: true, through: ['group', 'role', 'scheme'] });
});

test('somebody who may only change an archived project has nothing on it', () => {
  const { verdict, paths } = graphOf(entities).explain('noor', pay, { administrators: false });

  expect(verdict).toBe('no');
  expect(paths).toMatchObject([{ blocked: BECAUSE, names: ['EDIT_ISSUES'] }]);
});

test('why the account is of no use is told before the project being archived', () => {
  const off = entities.map((one) => (one.id === 'rosa' ? entity('jira.user', 'rosa', { active: false }) : one));

  const { paths } = graphOf(off).explain('rosa', pay);

  expect(paths.map(({ blocked }) => blocked)).toEqual([
    'The user is not active in Jira',
    'The user is not active in Jira',
  ]);
});

test('administrators of Jira keep an archived project, for they can restore it', () => {
  const graph = graphOf(entities);

  expect(heldBy(graph, 'sten')).toEqual(['admin']);
  expect(graph.explain('sten', pay).paths).toMatchObject([{ bypass: true, levels: ['admin'] }]);
});

test('of an archived project only reading and its administrators stay open, whatever was not read', () => {
  const graph = graphOf(
    [
      entity('jira.user', 'rosa'),
      entity('jira.project', 'pay', { archived: true }),
      role('pay', 'developers', [account('rosa')]),
    ],
    [[['jira.projectRole', 'jira.permissionScheme', 'admin.roleAssignment']]],
  );

  const verdicts = ACCESS_LEVELS.map((level) => graph.verdict('rosa', pay, { level }));

  expect(verdicts).toEqual(['unknown', 'no', 'no', 'no', 'unknown']);
  expect(graph.verdict('rosa', pay)).toBe('unknown');
});

test('a permission of an app may let an archived project be read, and no more', () => {
  const graph = graphOf([
    entity('jira.user', 'rosa'),
    entity('jira.project', 'pay', { permissionSchemeId: 'default', archived: true }),
    scheme('default', [['com.example__SEE_BERTHS', account('rosa')]]),
  ]);

  const verdicts = ACCESS_LEVELS.map((level) => graph.verdict('rosa', pay, { level, administrators: false }));

  expect(verdicts).toEqual(['unknown', 'no', 'no', 'no', 'no']);
  expect(graph.verdict('rosa', pay, { administrators: false })).toBe('unknown');
});

test('an archived space of Confluence is what its grants say', () => {
  const graph = graphOf([
    entity('confluence.user', 'rosa'),
    entity('confluence.space', 'docs', { status: 'archived' }),
    {
      ...entity('confluence.grant', 'g1', { spaceId: 'docs' }),
      principal: account('rosa'),
      holds: { kind: 'permission', operation: 'update', target: 'page' },
    },
  ]);

  expect(graph.verdict('rosa', { type: 'confluence.space', id: 'docs' }, { level: 'write' })).toBe('yes');
});
