import fc from 'fast-check';
import type { Entity } from '../entities/entity.js';
import type { Principal } from '../entities/principal.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { gaps, withoutTwins } from './any-gaps.fixture.js';
import { entitiesOf, GROUPS, PEOPLE, some, worlds } from './small-world.fixture.js';
import { account, entity, group, level, permission, scheme, snapshotOf } from './snapshot.fixture.js';

const person = fc.constantFrom(...PEOPLE);
const groupId = fc.constantFrom(...GROUPS);
const flag = fc.option(fc.boolean(), { nil: undefined });
const holder = fc.oneof(
  { weight: 3, arbitrary: person.map(account) },
  { weight: 3, arbitrary: groupId.map(group) },
  fc.constantFrom<Principal>(
    { type: 'anonymous' },
    { type: 'authenticated' },
    { type: 'licensed' },
    { type: 'product-admins' },
    { type: 'conditional', id: 'reporter' },
    { type: 'conditional', id: 'userCustomField', parameter: 'customfield_10001' },
    { type: 'unknown', kind: 'somebody.else' },
    { type: 'jira.applicationRole', id: 'jira-software' },
    { type: 'bitbucket.group', id: 'crew' },
    { type: 'bitbucket.group', id: 'g0' },
  ),
);
const defined = (record: object) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** What the plain worlds have none of: people of every standing, odd holders, levels that nobody knows, parts left out. */
const oddEntity: fc.Arbitrary<Entity> = fc.oneof(
  fc
    .record({
      accountStatus: fc.constantFrom('active', 'inactive', 'closed', undefined),
      membershipStatus: fc.constantFrom('active', 'suspended', 'suspended', undefined),
      userType: fc.constantFrom('managed', 'unmanaged', undefined),
      accountType: fc.constantFrom('atlassian', 'app', undefined),
      groupIds: fc.option(fc.subarray(GROUPS), { nil: undefined }),
      platformRoles: fc.option(
        fc.subarray(['atlassian/org-admin', 'atlassian/site-admin', 'atlassian/odd', 'atlassian/user-access-admin']),
        { nil: undefined },
      ),
      id: person,
    })
    .map(({ id, ...rest }) => entity('admin.user', id, defined(rest))),
  fc
    .record({ id: person, active: fc.boolean(), guest: flag, accountType: fc.constantFrom('atlassian', 'app') })
    .map(({ id, ...rest }) => entity('jira.user', id, defined(rest))),
  fc
    .record({ id: person, externalCollaborator: flag, accountStatus: fc.constantFrom('active', 'closed', undefined) })
    .map(({ id, ...rest }) => entity('confluence.user', id, defined(rest))),
  fc
    .record({ id: person, active: fc.boolean(), deleted: fc.boolean() })
    .map(({ id, ...rest }) => entity('bitbucket.user', id, rest)),
  fc
    .record({ id: groupId, memberCount: fc.option(fc.nat(4), { nil: undefined }) })
    .map(({ id, ...rest }) => entity('admin.group', id, defined(rest))),
  groupId.map((id) => entity('jira.group', id)),
  fc
    .record({ id: fc.constantFrom('crew', 'g0'), memberIds: fc.subarray(PEOPLE) })
    .map(({ id, memberIds }) => entity('bitbucket.group', id, { memberIds })),
  fc
    .record({
      id: fc.constantFrom('j0', 'j1'),
      permissionSchemeId: fc.constantFrom('s0', 's9', undefined),
      archived: flag,
    })
    .map(({ id, ...rest }) => entity('jira.project', id, defined(rest))),
  some(fc.tuple(fc.constantFrom('BROWSE_PROJECTS', 'EDIT_ISSUES', 'ASSIGNABLE_USER', 'app__FLY'), holder)).map(
    (grants) => scheme('s0', grants),
  ),
  fc
    .record({ id: fc.constantFrom('c0', 'c1'), anonymousAccess: flag, unlicensedAccess: flag })
    .map(({ id, ...rest }) => ({ ...entity('confluence.space', id), ...rest }) as Entity),
  flag.map((anonymousAccess) => entity('confluence.instance', 'site', defined({ anonymousAccess }))),
  fc
    .tuple(fc.constantFrom('c0', 'c1'), fc.constantFrom('read/space', 'fly/space', 'create/page'), holder)
    .map(([space, name, who]) => permission(space, name, who)),
  fc.tuple(fc.constantFrom('c0', 'c1'), fc.constantFrom('known', 'odd'), holder).map(([spaceId, roleId, principal]) =>
    entity('confluence.grant', `${spaceId} ${roleId} ${JSON.stringify(principal)}`, {
      spaceId,
      principal,
      holds: { kind: 'role', roleId },
    }),
  ),
  fc.constant(entity('confluence.spaceRole', 'known', { name: 'Writer', permissions: ['read/space', 'create/page'] })),
  fc
    .record({
      id: fc.constantFrom('b0', 'b1'),
      projectKey: fc.constantFrom('K0', 'K9', undefined),
      private: flag,
      grants: fc.constantFrom('explicit', 'effective', 'unread'),
    })
    .map(({ id, ...rest }) => ({ ...entity('bitbucket.repository', id), ...rest }) as Entity),
  fc
    .tuple(
      fc.constantFrom(['repository', 'b0'] as const, ['project', 'k0'] as const, ['workspace', 'w'] as const),
      fc.constantFrom('read', 'admin', 'none', 'odd'),
      holder,
      fc.constantFrom('explicit' as const, 'effective' as const),
    )
    .map(([[on, id], name, who, basis]) => level(on, id, name, who, basis)),
  fc
    .record({
      role: fc.constantFrom('atlassian/user', 'atlassian/admin', 'atlassian/org-admin', 'atlassian/contributor', 'odd'),
      resourceOwner: fc.constantFrom('jira-software', 'confluence', 'bitbucket', undefined),
      principal: holder,
      obtained: fc.constantFrom(['direct'], ['inferred'], []),
    })
    .map((rest) => entity('admin.roleAssignment', JSON.stringify(rest), defined(rest))),
  fc.constantFrom<Entity>(
    entity('admin.tenant', 'org', { name: 'Acme' }),
    entity('jira.instance', 'jira'),
    entity('bitbucket.workspace', 'w2'),
    entity('jira.applicationRole', 'jira-software', { name: 'Jira Software', groupIds: ['g0'] }),
    entity('jira.applicationRole', 'jira-servicedesk', { groupIds: ['g0', 'g1'] }),
  ),
);

/** A small organization with oddities, from which some was lost, with gaps and without. */
export const oddSnapshots: fc.Arbitrary<AccessSnapshot> = fc
  .record({
    world: worlds,
    odd: some(oddEntity, 12),
    gaps: fc.oneof(fc.constant([]), gaps),
    lots: fc.infiniteStream(fc.nat(14)),
    ownerKnown: fc.boolean(),
  })
  .map(({ world, odd, gaps: some_, lots, ownerKnown }) => {
    const plain = entitiesOf(world).map((one) => {
      if (one.type !== 'bitbucket.user' || ownerKnown) return one;
      const { addedAt: _untold, ...rest } = one;
      return rest;
    });
    const kept = [...plain, ...odd].filter(() => lots.next().value !== 0);
    return withoutTwins(snapshotOf(kept, { gaps: some_ }));
  });
