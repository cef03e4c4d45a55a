import { expect, test } from 'vitest';
import { peopleInNoGroup } from '../confluence/people-in-no-group.js';
import type { Discovered, EntityOf } from '../entities/entity.js';
import type { EntityType } from '../entities/entity-type.js';
import { SnapshotBuilder } from './snapshot-builder.js';

const SITE = '0f6c8f0e-4d0f-4a3e-9f3b-3a4d6b2f9c11';

test('adds whoever has a licence on the site that is not by a group alone', () => {
  const { users, gaps } = build([
    ...person('direct', { obtained: ['direct'] }),
    ...person('both', { obtained: ['group', 'inferred'] }),
    ...person('not-told', { obtained: [] }),
    ...person('member', { obtained: ['group'] }),
    ...person('guest', { role: 'atlassian/guest' }),
    ...person('of-jira', { resourceId: `ari:cloud:jira-software::site/${SITE}` }),
    ...person('elsewhere', { resourceId: 'ari:cloud:confluence::site/another' }),
  ]);

  expect(users).toEqual(['both', 'direct', 'not-told']);
  expect(gaps).toEqual([]);
});

test('leaves out who is suspended, and keeps who was read as Confluence tells it', () => {
  const { users, read } = build([
    ...person('suspended', {}, { membershipStatus: 'suspended' }),
    ...person('rosa', {}, { name: 'Rosa Quell' }),
    entity('confluence.user', { id: 'rosa', displayName: 'Rosa' }),
  ]);

  expect(users).toEqual(['rosa']);
  expect(read).toMatchObject([{ displayName: 'Rosa' }]);
});

test.each<[string, Discovered]>([
  [
    "somebody's roles could not be read",
    gapOf(['admin.roleAssignment'], { resource: { type: 'admin.user', id: 'x' } }),
  ],
  ['the people could not all be listed', gapOf(['admin.user'], { part: 'users' })],
  [
    'a role may come with a licence',
    entity('admin.roleAssignment', {
      ...roleOf('viewer'),
      role: 'atlassian/viewer',
    }),
  ],
])('keeps the gap where %s, and adds whom it knows', (_, found) => {
  const { users, gaps } = build([...person('direct'), found]);

  expect(users).toEqual(['direct']);
  expect(gaps).toContain('people in no group');
});

test.each<[string, Discovered]>([
  ['billing was not read', gapOf(['admin.user'], { part: 'managed accounts' })],
  ["a group's roles were not read", gapOf(['admin.roleAssignment'], { resource: { type: 'admin.group', id: 'g' } })],
])('closes the gap though %s', (_, found) => {
  const { gaps } = build([...person('direct'), found]);

  expect(gaps).not.toContain('people in no group');
});

test('keeps the gap where no role of the organization is on the site: it may be of another organization', () => {
  const { users, gaps } = build(person('elsewhere', { resourceId: 'ari:cloud:confluence::site/another' }));

  expect(users).toEqual([]);
  expect(gaps).toEqual(['people in no group']);
});

function build(found: readonly Discovered[]) {
  const builder = new SnapshotBuilder();
  for (const one of [entity('confluence.instance', { id: SITE }), peopleInNoGroup(), ...found]) builder.add(one);
  const at = '2026-01-05T00:00:00.000Z';
  const { entities, gaps } = builder.build({ startedAt: at, completedAt: at, products: ['admin', 'confluence'] });
  const read = entities['confluence.user'];
  return { read, users: read.map(({ id }) => id), gaps: gaps.map(({ part }) => part) };
}

function person(id: string, role: object = {}, user: object = {}): Discovered[] {
  return [entity('admin.user', { id, ...user }), entity('admin.roleAssignment', { ...roleOf(id), ...role })];
}

function roleOf(id: string) {
  return {
    id: `role-of-${id}`,
    principal: { type: 'account', id },
    role: 'atlassian/user',
    resourceId: `ari:cloud:confluence::site/${SITE}`,
    resourceOwner: undefined,
    obtained: ['direct'],
  };
}

function entity<Type extends EntityType>(type: Type, rest: object): EntityOf<Type> {
  return { type, ...rest } as unknown as EntityOf<Type>;
}

function gapOf(hides: readonly EntityType[], rest: object): Discovered {
  const about = { product: 'admin', part: 'roles of users', reason: 'failed', message: 'It was not read' } as const;
  return { type: 'gap', id: 'a gap', ...about, hides, ...rest };
}
