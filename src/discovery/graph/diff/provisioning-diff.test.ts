import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../audit/audit-event.js';
import type { AdminRoleAssignment, AdminUser, ScimRecord } from '../../entities/admin-entities.js';
import type { Entity } from '../../entities/entity.js';
import { account, entity, gap, group, type Loose, snapshotOf } from '../snapshot.fixture.js';
import { auditEvent } from './audit-event.fixture.js';
import { type DiffOptions, diffSnapshots } from './diff-snapshots.js';

const user = (rest: Partial<Loose<AdminUser>> = {}) =>
  entity('admin.user', 'noor', {
    accountStatus: 'active',
    membershipStatus: 'active',
    status: 'active',
    userType: 'managed',
    ...rest,
  });
const record = (rest: Partial<Loose<ScimRecord>> = {}) =>
  entity('scim.user', 'scim-noor', { userName: 'noor@acme.com', displayName: 'Noor', accountId: 'noor', ...rest });
const JIRA = 'ari:cloud:jira-software::site/acme';
const assignment = (rest: Partial<Loose<AdminRoleAssignment>> = {}) =>
  entity('admin.roleAssignment', 'noor-user', {
    principal: account('noor') as Loose<ReturnType<typeof account>>,
    role: 'atlassian/user',
    resourceId: JIRA,
    ...rest,
  });
const roleEvent = (operation: string, resource = JIRA) =>
  auditEvent(operation, {
    target: { type: 'product', id: resource },
    changes: [
      operation === 'org.role.grant'
        ? { attribute: 'role', from: null, to: 'atlassian/user' }
        : { attribute: 'role', from: 'atlassian/user', to: null },
    ],
  });

function changes(before: readonly Entity[], after: readonly Entity[], options: DiffOptions = {}) {
  return diffSnapshots(snapshotOf(before), snapshotOf(after), options).provisioning;
}

const inactive = { accountStatus: 'inactive', status: 'deactivated' };
const leaving = { accountStatus: 'inactive', status: 'for_deletion' };
const suspended = { membershipStatus: 'suspended', status: 'suspended' };
const switched = (active: boolean) => ({ changes: [{ attribute: 'active', from: !active, to: active }] });

/** Each change that operations make, from one snapshot to the next, with the events that explain it. */
const CASES: readonly (readonly [string, readonly Entity[], readonly Entity[], readonly AuditEvent[]])[] = [
  ['record-created', [user()], [user(), record()], [auditEvent('scim.user.create')]],
  ['record-deleted', [record()], [], [auditEvent('scim.user.delete'), auditEvent('links.deleteRecords')]],
  ['record-deactivated', [record()], [record({ active: false })], [auditEvent('scim.user.deactivate')]],
  [
    'record-activated',
    [record({ active: false })],
    [record()],
    [auditEvent('scim.user.activate'), auditEvent('scim.user.update', switched(true))],
  ],
  [
    'record-updated',
    [record()],
    [record({ displayName: 'Noor Vance' })],
    [auditEvent('scim.user.update', { changes: [{ attribute: 'displayName', from: 'Noor', to: 'Noor Vance' }] })],
  ],
  [
    'account-disabled',
    [user()],
    [user(inactive)],
    ['account.disable', 'scim.user.deactivate', 'scim.user.delete'].map((kind) => auditEvent(kind)),
  ],
  [
    'account-enabled',
    [user(inactive)],
    [user()],
    ['account.enable', 'scim.user.activate'].map((kind) => auditEvent(kind)),
  ],
  ['deletion-scheduled', [user()], [user(leaving)], [auditEvent('account.scheduleDeletion')]],
  ['deletion-cancelled', [user(leaving)], [user()], [auditEvent('account.cancelDeletion')]],
  ['access-suspended', [user()], [user(suspended)], [auditEvent('org.user.suspend')]],
  ['access-restored', [user(suspended)], [user()], [auditEvent('org.user.restore')]],
  ['role-granted', [], [assignment()], [roleEvent('org.role.grant')]],
  ['role-revoked', [assignment()], [], [roleEvent('org.role.revoke')]],
];

describe.each(CASES)('%s', (change, before, after, explaining) => {
  test('is told once, and by the SDK where an event explains it', () => {
    for (const event of explaining)
      expect(changes(before, after, { audit: [event] })).toMatchObject([
        { change, accountId: 'noor', origin: 'sdk', auditEventId: event.id, certain: true },
      ]);
  });

  test('was made elsewhere where the log has nothing, and by nobody known without a log', () => {
    expect(changes(before, after, { audit: [] })).toMatchObject([{ change, origin: 'elsewhere' }]);
    expect(changes(before, after)).toMatchObject([{ change, origin: 'unknown' }]);
  });

  test('is left open by an operation of which the outcome is not known', () => {
    const [event] = explaining;

    expect(changes(before, after, { audit: [{ ...event!, outcome: 'unknown' }] })).toMatchObject([
      { origin: 'unknown', auditEventId: event!.id },
    ]);
  });

  test.each(['already', 'failed', 'staged', 'skipped'] as const)('is not explained by one that was %s', (outcome) => {
    expect(changes(before, after, { audit: explaining.map((event) => ({ ...event, outcome })) })).toMatchObject([
      { origin: 'elsewhere' },
    ]);
  });

  test('is not explained by the same operation on somebody else', () => {
    const others = explaining.map((event) => auditEvent(event.operation, { subject: { email: 'rosa@acme.com' } }));

    expect(changes(before, after, { audit: others })).toMatchObject([{ origin: 'elsewhere' }]);
  });
});

describe('a record', () => {
  const renamed = record({ displayName: 'Noor Vance', userName: 'noor.vance@acme.com' });

  test('that was changed in two attributes is told attribute by attribute', () => {
    const audit = [
      auditEvent('scim.user.update', {
        changes: [{ attribute: 'userName', from: 'noor@acme.com', to: 'Noor.Vance@acme.com' }],
      }),
    ];

    expect(changes([record()], [renamed], { audit })).toMatchObject([
      { attribute: 'userName', from: 'noor@acme.com', to: 'noor.vance@acme.com', origin: 'sdk' },
      { attribute: 'displayName', from: 'Noor', to: 'Noor Vance', origin: 'elsewhere' },
    ]);
  });

  test('that has another value than the SDK wrote was changed elsewhere', () => {
    const audit = [
      auditEvent('scim.user.update', { changes: [{ attribute: 'displayName', from: 'Noor', to: 'N. Vance' }] }),
    ];

    expect(changes([record()], [record({ displayName: 'Noor Vance' })], { audit })).toMatchObject([
      { origin: 'elsewhere' },
    ]);
  });

  test('without an account is known by its own id', () => {
    const unlinked = entity('scim.user', 'scim-noor', { userName: 'noor@acme.com' });
    const audit = [auditEvent('scim.user.create', { subject: { scimUserId: 'scim-noor' } })];

    const [change] = changes([], [unlinked], { audit });

    expect(change).toMatchObject({ scimUserId: 'scim-noor', origin: 'sdk' });
    expect(change).not.toHaveProperty('accountId');
  });

  test('that was linked to an account may owe it to the write of the SDK', () => {
    const unlinked = entity('scim.user', 'scim-noor', { userName: 'noor@acme.com', displayName: 'Noor' });
    const audit = [auditEvent('scim.user.update', { subject: { scimUserId: 'scim-noor' } })];

    expect(changes([unlinked], [record()], { audit })).toMatchObject([{ attribute: 'accountId', origin: 'unknown' }]);
  });

  test('that is new beside a gap may have been there before', () => {
    const before = snapshotOf([], { gaps: [gap(['scim.user'], { product: 'admin' })] });

    expect(diffSnapshots(before, snapshotOf([record()])).provisioning).toMatchObject([{ certain: false }]);
  });

  test('that a gap of the later snapshot hides is not told', () => {
    const after = snapshotOf([], { gaps: [gap(['scim.user'], { product: 'admin' })] });

    expect(diffSnapshots(snapshotOf([record()]), after).provisioning).toEqual([]);
  });
});

describe('an account from outside', () => {
  const external = { userType: 'unmanaged' };

  test('is not switched by its record', () => {
    const audit = [auditEvent('scim.user.deactivate')];

    expect(changes([user(external)], [user({ ...external, ...inactive })], { audit })).toMatchObject([
      { change: 'account-disabled', origin: 'elsewhere' },
    ]);
  });
});

describe('a role', () => {
  test('that came with a group is told as a membership, not as a role', () => {
    expect(changes([], [assignment({ obtained: ['group'] })])).toEqual([]);
    expect(changes([], [assignment({ principal: group('crew') as Loose<ReturnType<typeof group>> })])).toEqual([]);
  });

  test('of which it is not told how it is held may have come with a group', () => {
    const audit = [auditEvent('org.group.addMember', { target: { type: 'group', id: 'crew' } })];

    expect(changes([], [assignment({ obtained: [] })], { audit })).toMatchObject([{ origin: 'unknown' }]);
    expect(changes([], [assignment()], { audit })).toMatchObject([{ origin: 'elsewhere' }]);
  });

  test('that is held directly too is granted, although a group gave it before', () => {
    const byGroup = assignment({ obtained: ['group'] });
    const both = assignment({ obtained: ['group', 'direct'] });

    expect(changes([byGroup], [both])).toMatchObject([{ change: 'role-granted', role: 'atlassian/user' }]);
    expect(changes([both], [byGroup])).toMatchObject([{ change: 'role-revoked', resourceId: JIRA }]);
  });

  test('of another product is explained by no event of this one', () => {
    const audit = [roleEvent('org.role.grant', 'ari:cloud:confluence::site/acme')];

    expect(changes([], [assignment()], { audit })).toMatchObject([{ origin: 'elsewhere' }]);
  });
});

describe('whatever the log holds', () => {
  const cases = fc.constantFrom(...CASES);
  const log = fc.array(
    fc
      .record({
        event: fc.constantFrom(...CASES.flatMap(([, , , events]) => events)),
        outcome: fc.constantFrom('applied', 'already', 'failed', 'unknown' as const),
        minute: fc.integer({ min: -120, max: 120 }),
        who: fc.constantFrom('noor', 'rosa'),
      })
      .map(({ event, outcome, minute, who }) =>
        auditEvent(event.operation, {
          ...(event as Loose<AuditEvent>),
          outcome,
          subject: { accountId: who },
          time: new Date(Date.parse('2026-11-01T10:00:00.000Z') + minute * 60_000).toISOString(),
        }),
      ),
    { maxLength: 6 },
  );

  test('a change is the SDK’s only by an applied operation on that person in that time', () => {
    fc.assert(
      fc.property(cases, log, ([, before, after], audit) => {
        const mayExplain = audit.filter(
          ({ outcome, subject, time }) =>
            outcome === 'applied' &&
            subject.accountId === 'noor' &&
            time >= '2026-11-01T10:00:00.000Z' &&
            time <= '2026-11-01T10:30:00.000Z',
        );

        const found = changes(before, after, { audit });

        const wrong = found.filter(
          ({ origin, auditEventId }) =>
            (origin === 'sdk' && !mayExplain.some(({ id }) => id === auditEventId)) ||
            (origin === 'elsewhere') !== (auditEventId === undefined),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });

  test('the order in which it is handed over tells nothing', () => {
    fc.assert(
      fc.property(cases, log, ([, before, after], events) => {
        const audit = events.map((event, index) => ({ ...event, sequence: index + 1 }));

        expect(changes(before, after, { audit })).toEqual(changes(before, after, { audit: audit.toReversed() }));
      }),
    );
  });

  test('a log without an event of the person says elsewhere where it covers the time, and nothing where it does not', () => {
    fc.assert(
      fc.property(cases, log, ([, before, after], events) => {
        const audit = events.filter(({ subject }) => subject.accountId !== 'noor');
        const origins = (options: DiffOptions) => changes(before, after, options).map(({ origin }) => origin);

        expect(origins({ audit })).toEqual(['elsewhere']);
        expect(origins({ audit, auditCovers: { to: '2026-11-01T10:20:00.000Z' } })).toEqual(['unknown']);
      }),
    );
  });
});

test('an event of an address that two people have leaves open whose it is', () => {
  const shared = (id: string, active: boolean) =>
    entity('scim.user', id, { accountId: id, userName: `${id}@acme.com`, email: 'crew@acme.com', active });
  const audit = [auditEvent('scim.user.deactivate', { subject: { email: 'crew@acme.com' } })];

  const told = changes([shared('rosa', true), shared('noor', true)], [shared('rosa', true), shared('noor', false)], {
    audit,
  });

  expect(told).toMatchObject([{ change: 'record-deactivated', origin: 'unknown', auditEventId: audit[0]?.id }]);
});
