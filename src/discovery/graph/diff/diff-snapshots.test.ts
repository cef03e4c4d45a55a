import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../audit/audit-event.js';
import type { Entity } from '../../entities/entity.js';
import type { Gap } from '../../entities/gap.js';
import { account, entity, gap, group, level, permission, role, scheme, snapshotOf } from '../snapshot.fixture.js';
import { auditEvent } from './audit-event.fixture.js';
import { type DiffOptions, diffSnapshots } from './diff-snapshots.js';

const users = ['rosa', 'noor'].map((id) => entity('jira.user', id));
const pay = entity('jira.project', 'pay', { permissionSchemeId: 'default' });
const browse = scheme('default', [['BROWSE_PROJECTS', group('crew')]]);
const crew = (...memberIds: string[]) => entity('jira.group', 'crew', { memberIds });

function diff(
  before: readonly Entity[],
  after: readonly Entity[],
  { gaps = [], ...options }: DiffOptions & { gaps?: readonly Gap[] } = {},
) {
  return diffSnapshots(snapshotOf(before), snapshotOf(after, { gaps }), options);
}

const event: typeof auditEvent = (operation, rest) =>
  auditEvent(operation, { target: { type: 'group', id: 'scim-crew', name: 'Crew' }, ...rest });

describe('two snapshots', () => {
  const all = [...users, pay, browse, crew('rosa')];

  test('that are the same have nothing between them', () => {
    expect(diff(all, all.toReversed())).toEqual({
      added: [],
      removed: [],
      changed: [],
      memberships: [],
      provisioning: [],
      access: [],
      undetermined: { entities: [], attributes: [], accessCount: 0, membershipCount: 0 },
    });
  });

  test('tell who came into a group, and what access that brought', () => {
    const { changed, memberships, access } = diff(all, [...users, pay, browse, crew('noor')]);

    expect(changed).toEqual([
      { type: 'jira.group', id: 'crew', attributes: [{ attribute: 'memberIds', added: ['noor'], removed: ['rosa'] }] },
    ]);
    expect(memberships.map(({ change, accountId, origin, certain }) => [change, accountId, origin, certain])).toEqual([
      ['added', 'noor', 'unknown', true],
      ['removed', 'rosa', 'unknown', true],
    ]);
    expect(
      access.map(({ change, who, resource, levels, entirely }) => [change, who.id, resource.id, levels, entirely]),
    ).toEqual([
      ['gained', 'noor', 'pay', ['read'], true],
      ['lost', 'rosa', 'pay', ['read'], true],
    ]);
  });

  test('say nothing of what is in a space that may only be hidden, and tell what went out of one that is there', () => {
    const spaces = ['docs', 'plans'].map((id) => entity('confluence.space', id));
    const grants = ['docs', 'plans'].map((id) =>
      entity('confluence.grant', `in-${id}`, {
        spaceId: id,
        principal: { type: 'licensed' },
        holds: { kind: 'permission', operation: 'read', target: 'space' },
      }),
    );

    const { removed, undetermined } = diff([...spaces, ...grants], spaces.slice(0, 1), {
      gaps: [gap(['confluence.space'])],
    });

    expect(removed.map(({ id }) => id)).toEqual(['in-docs']);
    expect(undetermined.entities).toEqual(
      expect.arrayContaining([
        { type: 'confluence.space', id: 'plans' },
        { type: 'confluence.grant', id: 'in-plans' },
      ]),
    );
  });

  test('tell entities that came and went, and attributes that changed', () => {
    const { added, removed, changed } = diff(
      [...all, entity('jira.project', 'old')],
      [...users, { ...pay, name: 'Payments' }, browse, crew('rosa'), entity('jira.project', 'new')],
    );

    expect(added).toMatchObject([{ type: 'jira.project', id: 'new', certain: true }]);
    expect(removed).toMatchObject([{ type: 'jira.project', id: 'old' }]);
    expect(changed).toEqual([
      { type: 'jira.project', id: 'pay', attributes: [{ attribute: 'name', from: 'pay', to: 'Payments' }] },
    ]);
  });

  test('do not tell effective levels as gone where explicit grants are read instead', () => {
    const api = (grants: 'effective' | 'explicit') => entity('bitbucket.repository', 'api', { grants });
    const effective = level('repository', 'api', 'write', account('rosa'), 'effective');
    const explicit = level('repository', 'api', 'read', account('noor'));

    const { added, removed, undetermined } = diff([api('effective'), effective], [api('explicit'), explicit]);

    expect(removed).toEqual([]);
    expect(undetermined.entities).toEqual([{ type: 'bitbucket.grant', id: effective.id }]);
    expect(added).toMatchObject([{ id: explicit.id, certain: false }]);
  });

  test('leave open the level of somebody whose explicit grant is the effective one of another day', () => {
    const api = (grants: 'effective' | 'explicit') => entity('bitbucket.repository', 'api', { grants });
    const explicit = level('repository', 'api', 'write', account('rosa'));
    const effective = { ...level('repository', 'api', 'admin', account('rosa'), 'effective'), id: explicit.id };

    const { changed, undetermined } = diff([api('explicit'), explicit], [api('effective'), effective]);

    expect(changed).toEqual([]);
    expect(undetermined.attributes).toMatchObject([
      { type: 'bitbucket.grant', attributes: [{ attribute: 'level', from: 'write', to: 'admin' }] },
    ]);
  });

  test('leave open the access to a resource that a gap may hide', () => {
    const { access, undetermined } = diff(all, [...users, browse, crew('rosa')], { gaps: [gap(['jira.project'])] });

    expect(access).toEqual([]);
    expect(undetermined.accessCount).toBe(1);
  });

  test('leave open an entity that a gap about another kind of thing may hide', () => {
    const gaps = [gap(['jira.group'], { resource: { type: 'jira.user', id: 'rosa' } })];

    const { removed, undetermined } = diff(all, [...users, pay, browse], { gaps });

    expect(removed).toEqual([]);
    expect(undetermined.entities).toEqual([{ type: 'jira.group', id: 'crew' }]);
  });

  test('are not sure of what everybody gained where the site may let nobody in', () => {
    const space = entity('confluence.space', 'docs', { anonymousAccess: true });
    const site = (rest: { anonymousAccess?: boolean }) => entity('confluence.instance', 'site', rest);

    const { access } = diff([space, site({ anonymousAccess: false })], [space, site({})]);

    expect(access).toMatchObject([{ change: 'gained', who: { type: 'anonymous' }, certain: false }]);
  });

  test('tell a resource that became public, and one level gained on top of others', () => {
    const repository = entity('bitbucket.repository', 'api');
    const before = [repository, level('repository', 'api', 'read', account('rosa'))];
    const after = [{ ...repository, private: false }, level('repository', 'api', 'write', account('rosa'))];

    const { access } = diff(before, after);

    expect(access).toMatchObject([
      { change: 'gained', who: { id: 'rosa' }, levels: ['create', 'write'], entirely: false },
      { change: 'gained', who: { type: 'anonymous' }, levels: ['read'], entirely: true },
    ]);
  });

  test('tell that a suspended person lost access although every grant is still there', () => {
    const suspended = entity('admin.user', 'rosa', { membershipStatus: 'suspended' });

    expect(diff(all, [...all, suspended]).access).toMatchObject([{ change: 'lost', who: { id: 'rosa' } }]);
  });
});

describe('a gap of the later snapshot', () => {
  const docs = entity('confluence.space', 'docs');
  const grant = permission('docs', 'read/space', account('rosa'));
  const before = [entity('confluence.user', 'rosa'), docs, grant];

  test('hides grants that are then not removed, nor is the access lost', () => {
    const gaps = [gap(['confluence.grant'], { resource: { type: 'confluence.space', id: 'docs' } })];

    const { removed, access, undetermined } = diff(before, [before[0]!, docs], { gaps });

    expect({ removed, access }).toEqual({ removed: [], access: [] });
    expect(undetermined).toMatchObject({ entities: [{ type: 'confluence.grant', id: grant.id }], accessCount: 1 });
  });

  test('about another space hides nothing of this one', () => {
    const gaps = [gap(['confluence.grant'], { resource: { type: 'confluence.space', id: 'hr' } })];

    const { removed, access } = diff(before, [before[0]!, docs], { gaps });

    expect(removed).toHaveLength(1);
    expect(access).toMatchObject([{ change: 'lost', who: { id: 'rosa' } }]);
  });

  test('hides members, who then have not left', () => {
    const { changed, memberships, access, undetermined } = diff(
      [...users, pay, browse, crew('rosa')],
      [...users, pay, browse, entity('jira.group', 'crew')],
    );

    expect({ changed, memberships, access }).toEqual({ changed: [], memberships: [], access: [] });
    expect(undetermined).toMatchObject({ membershipCount: 1, accessCount: 1 });
  });

  test('of the earlier one makes what is new uncertain', () => {
    const gaps = [gap(['confluence.grant'])];

    const { added, access } = diffSnapshots(snapshotOf([before[0]!, docs], { gaps }), snapshotOf(before));

    expect(added).toMatchObject([{ id: grant.id, certain: false }]);
    expect(access).toMatchObject([{ change: 'gained', certain: false }]);
  });
});

describe('with the audit log', () => {
  const known = entity('admin.group', 'crew', { name: 'Crew', scimGroupId: 'scim-crew' });
  const base = [...users, known];
  const added = (audit: AuditEvent[]) => diff([...base, crew()], [...base, crew('noor')], { audit }).memberships;
  const removed = (audit: AuditEvent[]) => diff([...base, crew('noor')], [...base, crew()], { audit }).memberships;

  test('a membership that an event explains was made through the SDK, and one without was not', () => {
    expect(added([event('scim.group.addMember')])).toMatchObject([
      { origin: 'sdk', auditEventId: 'event-scim.group.addMember' },
    ]);
    expect(added([])).toMatchObject([{ origin: 'elsewhere' }]);
    expect(removed([event('org.group.removeMember')])).toMatchObject([{ origin: 'sdk' }]);
  });

  test.each([
    ['the other direction', event('scim.group.removeMember')],
    ['another group', event('scim.group.addMember', { target: { type: 'group', id: 'else', name: 'else' } })],
    ['somebody else', event('scim.group.addMember', { subject: { email: 'rosa@acme.com' } })],
    ['a failure', event('scim.group.addMember', { outcome: 'failed' })],
    ['another time', event('scim.group.addMember', { time: '2026-10-01T00:00:00.000Z' })],
  ])('an event about %s explains nothing', (_what, other) => {
    expect(added([other])).toMatchObject([{ origin: 'elsewhere' }]);
  });

  test('a membership may have gone with the record, which leaves it open', () => {
    expect(removed([event('scim.user.delete', { target: { type: 'identity' } })])).toMatchObject([
      { origin: 'unknown', auditEventId: 'event-scim.user.delete' },
    ]);
  });

  describe('of two groups of one name, in two directories', () => {
    const groups = [
      entity('admin.group', 'crew', { name: 'Crew', directoryId: 'a' }),
      entity('admin.group', 'crew-b', { name: 'Crew', directoryId: 'b' }),
    ];
    const origins = (target: AuditEvent['target']) => {
      const joined = (...groupIds: string[]) => [...groups, entity('admin.user', 'noor', { groupIds })];
      const audit = [event('org.group.addMember', { target })];
      const { memberships } = diff(joined(), joined('crew', 'crew-b'), { audit });
      return memberships.map(({ group: { id }, origin }) => [id, origin]).sort();
    };

    test('an event is of the one whose id it has', () => {
      expect(origins({ type: 'group', id: 'crew', name: 'Crew' })).toEqual([
        ['crew', 'sdk'],
        ['crew-b', 'elsewhere'],
      ]);
    });

    test('an event that has no id may be of either', () => {
      expect(origins({ type: 'group', name: 'crew' })).toEqual([
        ['crew', 'unknown'],
        ['crew-b', 'unknown'],
      ]);
    });
  });

  test('an event of a directory whose groups are not known by id is told by the name', () => {
    const unlinked = entity('admin.group', 'crew', { name: 'Crew' });
    const audit = [event('scim.group.addMember')];

    const { memberships } = diff([...users, unlinked, crew()], [...users, unlinked, crew('noor')], { audit });

    expect(memberships).toMatchObject([{ origin: 'sdk' }]);
  });

  test('a group of Bitbucket may be the one of its name or not', () => {
    const planners = (...memberIds: string[]) => entity('bitbucket.group', 'crew', { memberIds });

    const { memberships } = diff([planners()], [planners('noor')], { audit: [event('org.group.addMember')] });

    expect(memberships).toMatchObject([{ origin: 'unknown' }]);
  });

  test('an event that was undone later, or came just before the first snapshot, leaves it open', () => {
    const undone = event('scim.group.removeMember', { time: '2026-11-01T10:20:00.000Z' });
    const trailing = event('scim.group.addMember', { time: '2026-11-01T09:59:00.000Z' });

    expect(added([undone, event('scim.group.addMember')])).toMatchObject([{ origin: 'unknown' }]);
    expect(added([trailing])).toMatchObject([{ origin: 'unknown' }]);
  });

  test('a log that does not cover the time proves nothing by having no event', () => {
    const auditCovers = { from: '2026-11-01T10:10:00.000Z' };
    const { memberships } = diff([...base, crew()], [...base, crew('noor')], { audit: [], auditCovers });

    expect(memberships).toMatchObject([{ origin: 'unknown' }]);
  });

  test('an event of which the outcome is not known leaves it open', () => {
    expect(added([event('org.group.addMember', { outcome: 'unknown' })])).toMatchObject([{ origin: 'unknown' }]);
  });
});

test('a project role that lost its actors to a gap takes no access away', () => {
  const before = [
    ...users,
    pay,
    scheme('default', [['BROWSE_PROJECTS', { type: 'jira.projectRole', id: 'dev' }]]),
    role('pay', 'dev', [account('rosa')]),
  ];

  const { access, undetermined } = diff(before, [...before.slice(0, -1), role('pay', 'dev')]);

  expect(access).toEqual([]);
  expect(undetermined.accessCount).toBe(1);
});
