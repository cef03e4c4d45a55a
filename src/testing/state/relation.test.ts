import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Relation } from './relation.js';

const still = { now: () => 0, reachMs: () => 0 };

test('is readable from both sides, and says what changed', () => {
  const relation = new Relation(still);

  const changes = [
    relation.add('crew', 'rosa'),
    relation.add('crew', 'rosa'),
    relation.add('guests', 'rosa'),
    relation.remove('guests', 'noor'),
    relation.remove('guests', 'rosa'),
  ];

  expect(changes).toEqual([true, false, true, false, true]);
  expect([...relation.membersOf('crew')]).toEqual(['rosa']);
  expect([...relation.groupsOf('rosa')]).toEqual(['crew']);
  expect(relation.memberCount('guests')).toBe(0);
});

test('drops a group, and a member, from both sides', () => {
  const relation = new Relation(still);
  for (const member of ['rosa', 'noor']) for (const group of ['crew', 'guests']) relation.add(group, member);

  relation.dropGroup('guests');
  relation.dropMember('noor');

  expect([...relation.membersOf('crew')]).toEqual(['rosa']);
  expect([...relation.groupsOf('rosa')]).toEqual(['crew']);
  expect([...relation.groupsOf('noor')]).toEqual([]);
});

const step = fc.record({
  op: fc.constantFrom('add', 'remove', 'snapshot', 'restore'),
  group: fc.constantFrom('g1', 'g2'),
  member: fc.integer({ min: 0, max: 20 }).map((number) => `m${number}`),
});

test('agrees with plain sets after any sequence of writes, snapshots and restores', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      const relation = new Relation(still);
      let model = new Set<string>();
      const saved = [{ snapshot: relation.snapshot(), model: new Set(model) }];
      for (const { op, group, member } of steps) {
        if (op === 'add') {
          relation.add(group, member);
          model.add(`${group} ${member}`);
        } else if (op === 'remove') {
          relation.remove(group, member);
          model.delete(`${group} ${member}`);
        } else if (op === 'snapshot') {
          saved.push({ snapshot: relation.snapshot(), model: new Set(model) });
        } else {
          const back = saved[member.length % saved.length]!;
          relation.restore(back.snapshot);
          model = new Set(back.model);
        }
      }

      const members = ['g1', 'g2'].flatMap((group) => [...relation.membersOf(group)].map((id) => `${group} ${id}`));
      const groups = Array.from({ length: 21 }, (_, number) => `m${number}`).flatMap((id) =>
        [...relation.groupsOf(id)].map((group) => `${group} ${id}`),
      );
      expect(members.sort()).toEqual([...model].sort());
      expect(groups.sort()).toEqual([...model].sort());
    }),
  );
});

test('shows members and groups as they were at an earlier instant', () => {
  let now = 0;
  const relation = new Relation({ now: () => now, reachMs: () => 100 });
  relation.add('crew', 'rosa');
  now = 50;
  relation.remove('crew', 'rosa');
  relation.add('crew', 'noor');

  expect([...relation.membersAt('crew', 20)]).toEqual(['rosa']);
  expect([...relation.groupsAt('rosa', 20)]).toEqual(['crew']);
  expect([...relation.groupsAt('noor', 20)]).toEqual([]);
  expect([...relation.membersAt('crew', 50)]).toEqual(['noor']);
});
