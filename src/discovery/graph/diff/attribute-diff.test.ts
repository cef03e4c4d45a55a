import { describe, expect, test } from 'vitest';
import type { Discovered, Entity } from '../../entities/entity.js';
import type { Gap } from '../../entities/gap.js';
import { SnapshotBuilder } from '../../snapshot/snapshot-builder.js';
import { entity, gap, group, scheme, snapshotOf } from '../snapshot.fixture.js';
import { diffSnapshots } from './diff-snapshots.js';
import type { SnapshotDiff } from './snapshot-diff.js';

interface Side {
  readonly has: Entity;
  readonly gaps?: readonly Gap[];
}

const between = (before: Side, after: Side): SnapshotDiff =>
  diffSnapshots(snapshotOf([before.has], before), snapshotOf([after.has], after));

const about = ({ type, id }: Entity) => ({ type, id });

const crew = (...memberIds: string[]): Entity => entity('bitbucket.group', 'crew', { memberIds });
const ledger = (grants: 'explicit' | 'unread'): Entity => entity('bitbucket.repository', 'ledger', { grants });
const readers = (access: 'admin' | 'user'): Entity => entity('confluence.group', 'readers', { access });
const open = scheme('1', [['BROWSE_PROJECTS', group('crew')]]);

describe('what a gap of either snapshot may have brought about is not told as changed', () => {
  test.each<[string, Side, Side]>([
    ['members of a group', { has: crew('rosa') }, { has: crew('rosa', 'noor') }],
    ['grants of a scheme', { has: scheme('1', []) }, { has: open }],
  ])('%s that were hidden before, or are now', (_what, fewer, more) => {
    const hidden = { ...fewer, gaps: [gap([fewer.has.type], { resource: about(fewer.has) })] };

    const came = between(hidden, more);
    const went = between(more, hidden);

    expect([came.changed, went.changed]).toEqual([[], []]);
    expect([came.undetermined.attributes, went.undetermined.attributes]).toMatchObject([
      [{ id: fewer.has.id, attributes: [{ removed: [] }] }],
      [{ id: fewer.has.id, attributes: [{ added: [] }] }],
    ]);
  });

  test('what a group gives, where one of the lists that tell was not read', () => {
    const gaps = [gap(['confluence.group'])];

    const { changed, undetermined } = between({ has: readers('admin') }, { has: readers('user'), gaps });

    expect(changed).toEqual([]);
    expect(undetermined.attributes).toMatchObject([
      { attributes: [{ attribute: 'access', from: 'admin', to: 'user' }] },
    ]);
  });

  test('who may write a group of which one snapshot does not know the origin', () => {
    const origin = (known: 'local' | 'unknown') => ({ has: entity('admin.group', 'crew', { origin: known }) });

    const { changed, undetermined } = between(origin('local'), origin('unknown'));

    expect(changed).toEqual([]);
    expect(undetermined.attributes).toMatchObject([{ attributes: [{ attribute: 'origin' }] }]);
  });

  test('how the grants of a repository were read, which is nothing of the repository', () => {
    const { changed, undetermined } = between({ has: ledger('explicit') }, { has: ledger('unread') });

    expect([changed, undetermined.attributes]).toEqual([[], []]);
  });

  test('that a role is held directly, where one snapshot does not say how', () => {
    const role = (...obtained: string[]) => ({
      has: entity('admin.roleAssignment', 'r', { principal: { type: 'account', id: 'rosa' }, role: 'user', obtained }),
    });

    const { changed, provisioning } = between(role(), role('direct'));

    expect([changed, provisioning]).toEqual([[], []]);
  });
});

test('what was hidden neither before nor now has changed, whatever a gap says of others', () => {
  const gaps = [gap(['bitbucket.group'], { resource: { type: 'bitbucket.group', id: 'guests' } })];

  const { changed } = between({ has: crew('rosa'), gaps }, { has: crew('noor'), gaps });

  expect(changed).toMatchObject([{ attributes: [{ attribute: 'memberIds', added: ['noor'], removed: ['rosa'] }] }]);
});

test('a member who left a group of which some were hidden before has left', () => {
  const before = { has: crew('rosa'), gaps: [gap(['bitbucket.group'])] };

  const { changed } = between(before, { has: crew('noor') });

  expect(changed).toMatchObject([{ attributes: [{ attribute: 'memberIds', added: [], removed: ['rosa'] }] }]);
});

describe('attributes that the organization fills in for others', () => {
  const about = {
    startedAt: '2026-11-01T10:00:00.000Z',
    completedAt: '2026-11-01T10:30:00.000Z',
    products: ['admin', 'jira', 'confluence', 'bitbucket'],
  } as const;
  const built = (...found: readonly Discovered[]) => {
    const builder = new SnapshotBuilder();
    for (const one of found) builder.add(one);
    return builder.build(about);
  };
  const noor = entity('admin.user', 'noor', { accountStatus: 'inactive', addedAt: '2026-01-05T09:00:00.000042Z' });
  const record = entity('scim.user', 's1', {
    accountId: 'noor',
    createdAt: '2026-01-05T09:00:00Z',
    groups: [{ id: 'scim-crew', name: 'crew' }],
  });
  const whole = [
    noor,
    record,
    entity('admin.group', 'crew'),
    entity('bitbucket.user', 'noor'),
    entity('jira.user', 'noor'),
  ];

  test.each([
    [
      'people',
      noor,
      [
        ['jira.user', 'createdAt'],
        ['bitbucket.user', 'active'],
      ],
    ],
    ['records', record, [['admin.group', 'scimGroupId']]],
  ] as const)('do not change with the %s that were not read', (_what, unread, expected) => {
    const lacking = [...whole.filter((one) => one !== unread), gap([unread.type], { product: 'admin', part: 'list' })];

    const went = diffSnapshots(built(...whole), built(...lacking));
    const came = diffSnapshots(built(...lacking), built(...whole));

    for (const { changed, undetermined } of [went, came]) {
      const told = undetermined.attributes.map(({ type, attributes }) => [type, attributes[0]?.attribute]);
      expect(changed).toEqual([]);
      expect(told.toSorted()).toEqual(expected.toSorted());
    }
  });

  test('change where billing alone was not read', () => {
    const gaps = gap(['admin.user'], { product: 'admin', part: 'managed accounts' });

    const { changed } = diffSnapshots(
      built(...whole, gaps),
      built(...whole.filter((one) => one !== noor), { ...noor, accountStatus: 'active' }, gaps),
    );

    expect(changed.map(({ type }) => type)).toEqual(['admin.user', 'bitbucket.user']);
  });
});
