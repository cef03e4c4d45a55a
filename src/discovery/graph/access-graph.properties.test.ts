import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entity } from '../entities/entity.js';
import type { EntityType } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { Principal } from '../entities/principal.js';
import { AccessGraph } from './access-graph.js';
import { ACCESS_LEVELS, type AccessLevel } from './access-level.js';
import { diffSnapshots } from './diff/diff-snapshots.js';
import type { ResourceRef } from './resources.js';
import { account, entity, gap, group, level, permission, role, scheme, snapshotOf } from './snapshot.fixture.js';

const PEOPLE = ['p0', 'p1', 'p2', 'p3'];
const GROUPS = ['g0', 'g1', 'g2'];
const ROLES = ['r0', 'r1'];
const SCHEMES = ['s0', 's1'];
const JIRA_PERMISSIONS: Record<string, AccessLevel> = {
  BROWSE_PROJECTS: 'read',
  CREATE_ISSUES: 'create',
  EDIT_ISSUES: 'write',
  DELETE_ISSUES: 'delete',
  ADMINISTER_PROJECTS: 'admin',
};
const SPACE_PERMISSIONS: Record<string, AccessLevel> = {
  'read/space': 'read',
  'create/comment': 'create',
  'delete/page': 'delete',
  'administer/space': 'admin',
};
const BITBUCKET_LEVELS: Record<string, readonly AccessLevel[]> = {
  read: ['read'],
  write: ['read', 'create', 'write'],
  admin: ACCESS_LEVELS,
};

/** A small organization in which everything was read. */
interface World {
  readonly inactive: readonly string[];
  readonly suspended: readonly string[];
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly licensedGroups: readonly string[];
  readonly projects: readonly {
    readonly id: string;
    readonly scheme: string;
    readonly lead: string;
    readonly archived: boolean;
  }[];
  readonly actors: readonly { readonly project: string; readonly role: string; readonly actor: Principal }[];
  readonly schemeGrants: readonly {
    readonly scheme: string;
    readonly permission: string;
    readonly holder: Principal;
  }[];
  readonly spaceGrants: readonly { readonly space: string; readonly permission: string; readonly holder: Principal }[];
  readonly publicSpaces: readonly string[];
  readonly repositories: readonly { readonly id: string; readonly project: string; readonly public: boolean }[];
  readonly levels: readonly {
    readonly on: 'project' | 'repository' | 'workspace';
    readonly resource: string;
    readonly level: string;
    readonly holder: Principal;
  }[];
  readonly admins: readonly { readonly on: 'jira' | 'confluence' | 'organization'; readonly holder: Principal }[];
}

const person = fc.constantFrom(...PEOPLE);
const named = fc.oneof(person.map(account), fc.constantFrom(...GROUPS).map(group));
const key = <Value>(record: Record<string, Value>) => fc.constantFrom(...Object.keys(record));
const some = <Value>(one: fc.Arbitrary<Value>, maxLength = 6) => fc.array(one, { maxLength });
const wildcard = fc.constantFrom<Principal>({ type: 'anonymous' }, { type: 'authenticated' }, { type: 'licensed' });

const worlds: fc.Arbitrary<World> = fc.record({
  inactive: fc.subarray(PEOPLE, { maxLength: 1 }),
  suspended: fc.subarray(PEOPLE, { maxLength: 1 }),
  members: fc.record(Object.fromEntries(GROUPS.map((id) => [id, fc.subarray(PEOPLE)]))),
  licensedGroups: fc.subarray(GROUPS),
  projects: fc.tuple(
    ...['j0', 'j1'].map((id) =>
      fc.record({
        id: fc.constant(id),
        scheme: fc.constantFrom(...SCHEMES),
        lead: person,
        archived: fc.constantFrom(false, false, true),
      }),
    ),
  ),
  actors: some(fc.record({ project: fc.constantFrom('j0', 'j1'), role: fc.constantFrom(...ROLES), actor: named })),
  schemeGrants: some(
    fc.record({
      scheme: fc.constantFrom(...SCHEMES),
      permission: key(JIRA_PERMISSIONS),
      holder: fc.oneof(
        { weight: 3, arbitrary: named },
        { weight: 3, arbitrary: fc.constantFrom(...ROLES).map((id): Principal => ({ type: 'jira.projectRole', id })) },
        { weight: 1, arbitrary: wildcard },
        { weight: 1, arbitrary: fc.constant<Principal>({ type: 'jira.applicationRole', id: 'jira-software' }) },
        { weight: 1, arbitrary: fc.constant<Principal>({ type: 'conditional', id: 'projectLead' }) },
      ),
    }),
    10,
  ),
  spaceGrants: some(
    fc.record({
      space: fc.constantFrom('c0', 'c1'),
      permission: key(SPACE_PERMISSIONS),
      holder: fc.oneof({ weight: 4, arbitrary: named }, { weight: 1, arbitrary: wildcard }),
    }),
  ),
  publicSpaces: fc.subarray(['c0', 'c1'], { maxLength: 1 }),
  repositories: fc.tuple(
    ...['b0', 'b1'].map((id) =>
      fc.record({
        id: fc.constant(id),
        project: fc.constantFrom('k0', 'k1'),
        public: fc.constantFrom(false, false, true),
      }),
    ),
  ),
  levels: some(
    fc.oneof(
      fc.record({
        on: fc.constant('project' as const),
        resource: fc.constantFrom('k0', 'k1'),
        level: key(BITBUCKET_LEVELS),
        holder: named,
      }),
      fc.record({
        on: fc.constant('repository' as const),
        resource: fc.constantFrom('b0', 'b1'),
        level: key(BITBUCKET_LEVELS),
        holder: named,
      }),
      fc.record({
        on: fc.constant('workspace' as const),
        resource: fc.constant('w'),
        level: fc.constantFrom('member', 'owner'),
        holder: person.map(account),
      }),
    ),
  ),
  admins: some(fc.record({ on: fc.constantFrom('jira', 'confluence', 'organization'), holder: named }), 2),
});

const RESOURCES: readonly ResourceRef[] = [
  ...['j0', 'j1'].map((id) => ({ type: 'jira.project', id }) as const),
  ...['c0', 'c1'].map((id) => ({ type: 'confluence.space', id }) as const),
  ...['b0', 'b1'].map((id) => ({ type: 'bitbucket.repository', id }) as const),
];
const LEVELS = [undefined, ...ACCESS_LEVELS] as const;

/** The world as a snapshot in which nothing is missing. */
function entitiesOf(world: World): Entity[] {
  const actorsOf = (project: string, roleId: string) =>
    world.actors.flatMap((one) => (one.project === project && one.role === roleId ? [one.actor] : []));
  return [
    ...PEOPLE.flatMap((id) => [
      entity('admin.user', id, {
        accountStatus: world.inactive.includes(id) ? 'inactive' : 'active',
        membershipStatus: world.suspended.includes(id) ? 'suspended' : 'active',
      }),
      entity('jira.user', id),
      entity('confluence.user', id),
      // Only a workspace that no organization manages tells it.
      entity('bitbucket.user', id, { addedAt: '2026-01-01T00:00:00Z' }),
    ]),
    ...GROUPS.flatMap((id) => {
      const memberIds = world.members[id] ?? [];
      return [
        entity('jira.group', id, { memberIds }),
        entity('confluence.group', id, { memberIds, ...(world.licensedGroups.includes(id) && { access: 'user' }) }),
      ];
    }),
    entity('confluence.group', 'staff', { memberIds: [], access: 'user' }),
    entity('jira.applicationRole', 'jira-software', { groupIds: world.licensedGroups }),
    ...world.projects.map(({ id, scheme: permissionSchemeId, lead, archived }) =>
      entity('jira.project', id, { permissionSchemeId, leadId: lead, ...(archived && { archived }) }),
    ),
    ...['j0', 'j1'].flatMap((project) => ROLES.map((id) => role(project, id, actorsOf(project, id)))),
    ...SCHEMES.map((id) =>
      scheme(
        id,
        world.schemeGrants.flatMap((one) => (one.scheme === id ? [[one.permission, one.holder] as const] : [])),
      ),
    ),
    ...['c0', 'c1'].map((id) => entity('confluence.space', id, { anonymousAccess: world.publicSpaces.includes(id) })),
    ...world.spaceGrants.map(({ space, permission: name, holder }, index) => ({
      ...permission(space, name, holder),
      id: `cg${index}`,
    })),
    entity('confluence.instance', 'site', { anonymousAccess: true }),
    entity('bitbucket.workspace', 'w'),
    ...['k0', 'k1'].map((id) => entity('bitbucket.project', id)),
    ...world.repositories.map(({ id, project, public: isPublic }) =>
      entity('bitbucket.repository', id, { projectKey: project.toUpperCase(), private: !isPublic }),
    ),
    ...world.levels.map((one, index) => ({ ...level(one.on, one.resource, one.level, one.holder), id: `bg${index}` })),
    ...world.admins.map(({ on, holder }, index) =>
      entity('admin.roleAssignment', `a${index}`, {
        principal: holder,
        role: on === 'organization' ? 'atlassian/org-admin' : 'atlassian/admin',
        ...(on !== 'organization' && { resourceOwner: on === 'jira' ? 'jira-software' : 'confluence' }),
      }),
    ),
  ];
}

function isBlocked(world: World, who: string): boolean {
  return world.inactive.includes(who) || world.suspended.includes(who);
}

/** Everything that one person has on one resource, from the world itself and by no index: what the graph must agree with. */
function oracle(world: World, who: string, { type, id }: ResourceRef): Set<AccessLevel | undefined> {
  const blocked = type === 'bitbucket.repository' ? world.inactive.includes(who) : isBlocked(world, who);
  const is = (holder: Principal, project?: World['projects'][number]): boolean => {
    if (holder.type === 'anonymous') return true;
    if (blocked) return false;
    switch (holder.type) {
      case 'account':
        return holder.id === who;
      case 'group':
        return world.members[holder.id]?.includes(who) ?? false;
      case 'authenticated':
        return true;
      case 'licensed':
      case 'jira.applicationRole':
        return (
          world.licensedGroups.some((one) => world.members[one]?.includes(who) ?? false) ||
          world.admins.some((one) => one.on === (type === 'jira.project' ? 'jira' : 'confluence') && is(one.holder))
        );
      case 'jira.projectRole':
        return world.actors.some((one) => one.project === project?.id && one.role === holder.id && is(one.actor));
      case 'conditional':
        return project?.lead === who;
      default:
        return false;
    }
  };
  const held = new Set<AccessLevel | undefined>();
  const give = (levels: readonly AccessLevel[]): void => {
    held.add(undefined);
    for (const one of levels) held.add(one);
  };

  if (type === 'jira.project') {
    const project = world.projects.find((one) => one.id === id)!;
    for (const one of world.schemeGrants)
      if (one.scheme === project.scheme && is(one.holder, project)) {
        const given = JIRA_PERMISSIONS[one.permission]!;
        if (given === 'read' || !project.archived) give([given]);
      }
  }
  if (type === 'confluence.space') {
    for (const one of world.spaceGrants)
      if (one.space === id && is(one.holder)) give([SPACE_PERMISSIONS[one.permission]!]);
    if (world.publicSpaces.includes(id)) give(['read']);
  }
  if (type === 'bitbucket.repository') {
    const repository = world.repositories.find((one) => one.id === id)!;
    if (repository.public) give(['read']);
    for (const one of world.levels) {
      if (!is(one.holder)) continue;
      if (one.on === 'workspace' && one.level === 'owner') give(ACCESS_LEVELS);
      const isHere =
        one.on === 'repository' ? one.resource === id : one.on === 'project' && one.resource === repository.project;
      if (isHere) give(BITBUCKET_LEVELS[one.level]!);
    }
  } else {
    const product = type === 'jira.project' ? 'jira' : 'confluence';
    for (const one of world.admins)
      if ((one.on === product || one.on === 'organization') && is(one.holder)) give(['admin']);
  }
  return held;
}

const graphOf = (entities: readonly Entity[], gaps: readonly Gap[] = []): AccessGraph =>
  AccessGraph.from(snapshotOf(entities, { gaps }));

const pairs = PEOPLE.flatMap((who) => RESOURCES.map((resource) => ({ who, resource })));
const asked = pairs.flatMap((pair) => LEVELS.map((name) => ({ ...pair, name })));
const ask = (name: AccessLevel | undefined) => (name === undefined ? {} : { level: name });

describe('of any small organization', () => {
  test('the graph of a complete snapshot says yes and no as a plain reading of the grants does', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const graph = graphOf(entitiesOf(world));
        for (const { who, resource } of pairs) {
          const held = oracle(world, who, resource);
          const told = LEVELS.map((name) => graph.verdict(who, resource, ask(name)));
          // Who holds Administer Jira is told by no answer.
          const otherwise = (name?: AccessLevel) =>
            name === 'admin' && resource.type === 'jira.project' && !isBlocked(world, who) ? 'unknown' : 'no';
          expect(told).toEqual(LEVELS.map((name) => (held.has(name) ? 'yes' : otherwise(name))));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a path is found exactly for those who are listed, and both ways of asking agree', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...LEVELS), (world, name) => {
        const graph = graphOf(entitiesOf(world));
        for (const resource of RESOURCES) {
          const answer = graph.whoCanAccess(resource, ask(name));
          const listed = new Set([...answer.people].map(({ identity }) => identity.accountId as string));
          for (const who of PEOPLE) {
            const { verdict, paths } = graph.explain(who, resource, ask(name));
            const open = paths.filter(({ blocked, certain }) => blocked === undefined && certain);
            const inPerson = open.filter(
              ({ steps }) => !['anonymous', 'authenticated'].includes(steps[0]?.to.type ?? ''),
            );
            expect(listed.has(who)).toBe(inPerson.length > 0);
            expect(verdict === 'yes').toBe(open.length > 0);
            const reached = [...graph.accessOf(who, ask(name)).resources].find(
              (one) => one.resource.type === resource.type && one.resource.id === resource.id,
            );
            expect(reached !== undefined).toBe(verdict === 'yes');
            expect(reached?.levels ?? []).toEqual(
              graph.explain(who, resource).levels.filter(() => reached !== undefined),
            );
          }
        }
      }),
    );
  });

  test('taking a grant, a member or an actor away gives nobody anything', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), fc.nat(), (world, which, what) => {
        const list = (['actors', 'schemeGrants', 'spaceGrants', 'levels', 'admins', 'members'] as const)[which % 6]!;
        const smaller: World =
          list === 'members'
            ? { ...world, members: { ...world.members, [GROUPS[what % 3]!]: [] } }
            : { ...world, [list]: world[list].filter((_, index) => index !== what % world[list].length) };
        const before = graphOf(entitiesOf(world));
        const after = graphOf(entitiesOf(smaller));

        const more = asked.filter(
          ({ who, resource, name }) =>
            before.verdict(who, resource, ask(name)) === 'no' && after.verdict(who, resource, ask(name)) !== 'no',
        );
        expect(more).toEqual([]);
        expect(diffSnapshots(before, after).access.filter(({ change }) => change === 'gained')).toEqual([]);
      }),
    );
  });

  const gaps = some(
    fc
      .record({
        hides: fc.subarray<EntityType>([
          'jira.projectRole',
          'jira.permissionScheme',
          'jira.group',
          'jira.applicationRole',
          'confluence.grant',
          'confluence.group',
          'bitbucket.grant',
          'admin.roleAssignment',
          'admin.user',
        ]),
        resource: fc.option(
          fc.constantFrom<{ type: EntityType; id: string }>(
            { type: 'jira.project', id: 'j0' },
            { type: 'jira.permissionScheme', id: 's0' },
            { type: 'jira.projectRole', id: 'j1/r0' },
            { type: 'jira.group', id: 'g0' },
            { type: 'confluence.group', id: 'g0' },
            { type: 'confluence.space', id: 'c1' },
            { type: 'bitbucket.repository', id: 'b0' },
            { type: 'bitbucket.project', id: 'k0' },
            { type: 'jira.user', id: 'p2' },
            { type: 'admin.user', id: 'p3' },
          ),
          { nil: undefined },
        ),
      })
      .map(({ hides, resource }) => gap(hides, resource === undefined ? {} : { resource })),
    3,
  );

  test('a gap more never makes a no out of an unknown, nor touches a yes', () => {
    fc.assert(
      fc.property(worlds, gaps, gaps, (world, few, more) => {
        const before = graphOf(entitiesOf(world), few);
        const after = graphOf(entitiesOf(world), [...few, ...more]);
        const turned = asked.filter(({ who, resource, name }) => {
          const earlier = before.verdict(who, resource, ask(name));
          const later = after.verdict(who, resource, ask(name));
          return earlier !== 'no' && later !== earlier;
        });
        expect(turned).toEqual([]);
      }),
    );
  });

  test('what was lost on the way to the snapshot is never denied, as long as a gap tells of it', () => {
    const lost: readonly (readonly [EntityType, (one: Entity) => boolean])[] = [
      ['jira.projectRole', ({ type }) => type === 'jira.projectRole'],
      ['jira.permissionScheme', ({ type }) => type === 'jira.permissionScheme'],
      ['confluence.grant', ({ type }) => type === 'confluence.grant'],
      ['bitbucket.grant', ({ type }) => type === 'bitbucket.grant'],
      ['admin.roleAssignment', ({ type }) => type === 'admin.roleAssignment'],
      ['jira.applicationRole', ({ type }) => type === 'jira.applicationRole'],
    ];
    fc.assert(
      fc.property(worlds, fc.constantFrom(...lost), fc.infiniteStream(fc.boolean()), (world, [hides, isLost], keep) => {
        const whole = entitiesOf(world);
        const part = whole.filter((one) => !isLost(one) || keep.next().value === true);
        const graph = graphOf(part, [gap([hides])]);
        const denied = asked.filter(
          ({ who, resource, name }) =>
            oracle(world, who, resource).has(name) && graph.verdict(who, resource, ask(name)) === 'no',
        );
        expect(denied).toEqual([]);
      }),
    );
  });

  test('members that were not read are never denied', () => {
    fc.assert(
      fc.property(worlds, fc.subarray(GROUPS), (world, unread) => {
        const graph = graphOf(
          entitiesOf(world).map((one) => {
            if ((one.type !== 'jira.group' && one.type !== 'confluence.group') || !unread.includes(one.id)) return one;
            const { memberIds: _unread, ...rest } = one;
            return rest;
          }),
        );
        const denied = asked.filter(
          ({ who, resource, name }) =>
            oracle(world, who, resource).has(name) && graph.verdict(who, resource, ask(name)) === 'no',
        );
        expect(denied).toEqual([]);
      }),
    );
  });

  test('nothing is between a snapshot and itself, and access gained and lost is what the oracle says', () => {
    fc.assert(
      fc.property(worlds, worlds, (one, other) => {
        const [before, after] = [graphOf(entitiesOf(one)), graphOf(entitiesOf(other))];
        const nothing = diffSnapshots(before, AccessGraph.from(before.snapshot));
        expect([nothing.added, nothing.removed, nothing.changed, nothing.memberships, nothing.access].flat()).toEqual(
          [],
        );

        const { access } = diffSnapshots(before, after);
        for (const { who, resource } of pairs) {
          const had = before.whoCanAccess(resource);
          const has = after.whoCanAccess(resource);
          const levelsIn = (answer: typeof had) =>
            [...answer.people].find(({ identity }) => identity.accountId === who)?.levels ?? [];
          const told = access.filter((change) => change.who.id === who && change.resource.id === resource.id);
          const gained = levelsIn(has).filter((name) => before.verdict(who, resource, { level: name }) !== 'yes');
          const lost = levelsIn(had).filter((name) => after.verdict(who, resource, { level: name }) === 'no');
          expect(told.filter(({ change }) => change === 'gained').flatMap(({ levels }) => levels)).toEqual(gained);
          expect(told.filter(({ change }) => change === 'lost').flatMap(({ levels }) => levels)).toEqual(lost);
        }
      }),
      { numRuns: 50 },
    );
  });
});
