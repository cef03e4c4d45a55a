import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entity } from '../entities/entity.js';
import type { EntityType } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import { AccessGraph } from './access-graph.js';
import type { AccessLevel } from './access-level.js';
import { diffSnapshots } from './diff/diff-snapshots.js';
import {
  entitiesOf,
  GROUPS,
  isBlocked,
  isOrganizationAdmin,
  LEVELS,
  oracle,
  PEOPLE,
  RESOURCES,
  some,
  type World,
  worlds,
} from './small-world.fixture.js';
import { gap, snapshotOf } from './snapshot.fixture.js';

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
          const plain = LEVELS.map((name) => (held.has(name) ? 'yes' : otherwise(name)));
          // No page tells whether administrators of the organization count among those with a licence.
          const isOpen = isOrganizationAdmin(world, who) && resource.type !== 'bitbucket.repository';
          expect(told).toEqual(
            plain.map((verdict, index) => (isOpen && told[index] === 'unknown' ? 'unknown' : verdict)),
          );
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
    const lost: readonly EntityType[] = [
      'jira.projectRole',
      'jira.permissionScheme',
      'jira.applicationRole',
      'jira.group',
      'jira.user',
      'jira.project',
      'confluence.grant',
      'confluence.group',
      'confluence.user',
      'confluence.space',
      'bitbucket.grant',
      'bitbucket.project',
      'bitbucket.user',
      'admin.roleAssignment',
      'admin.user',
    ];
    fc.assert(
      fc.property(worlds, fc.constantFrom(...lost), fc.infiniteStream(fc.boolean()), (world, hides, keep) => {
        const whole = entitiesOf(world);
        const part = whole.filter((one) => one.type !== hides || keep.next().value === true);
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
