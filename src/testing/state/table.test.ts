import { beforeEach, expect, test } from 'vitest';
import { Table } from './table.js';

interface Row {
  readonly id: string;
  readonly colour?: string;
}

let now = 0;
let reachMs = 0;
let table: Table<Row, 'colour'>;
beforeEach(() => {
  now = 0;
  reachMs = 0;
  table = new Table<Row, 'colour'>(
    (row) => row.id,
    { colour: (row) => row.colour },
    {
      now: () => now,
      reachMs: () => reachMs,
    },
  );
});

test('finds rows by an index, and follows them when their value changes', () => {
  table.put({ id: 'a', colour: 'red' });
  table.put({ id: 'b', colour: 'red' });
  expect(table.findAll('colour', 'red')).toHaveLength(2);

  table.put({ id: 'a', colour: 'blue' });
  table.delete('b');

  expect(table.findAll('colour', 'red')).toEqual([]);
  expect(table.find('colour', 'blue')).toEqual({ id: 'a', colour: 'blue' });
  expect(table.count('colour', 'blue')).toBe(1);
});

test('keeps the order of creation when a row is replaced', () => {
  for (const id of ['a', 'b', 'c']) table.put({ id, colour: 'red' });

  table.put({ id: 'a', colour: 'red' });

  expect(table.ids()).toEqual(['a', 'b', 'c']);
  expect(table.idsBy('colour', 'red')).toEqual(['a', 'b', 'c']);
});

test('lists afresh after rows have come and gone', () => {
  table.put({ id: 'a', colour: 'red' });
  const before = [table.ids(), table.idsBy('colour', 'red')];

  table.put({ id: 'b', colour: 'red' });
  table.delete('a');

  expect(before).toEqual([['a'], ['a']]);
  expect([table.ids(), table.idsBy('colour', 'red')]).toEqual([['b'], ['b']]);
});

test('a snapshot does not see later writes, and restoring it twice gives the same, indexes included', () => {
  table.put({ id: 'a', colour: 'red' });
  table.find('colour', 'red');
  const snapshot = table.snapshot();

  for (let round = 0; round < 2; round += 1) {
    table.put({ id: 'a', colour: 'blue' });
    table.put({ id: 'b', colour: 'red' });
    table.restore(snapshot);

    expect([...table.values()]).toEqual([{ id: 'a', colour: 'red' }]);
    expect(table.findAll('colour', 'red')).toEqual([{ id: 'a', colour: 'red' }]);
    expect(table.findAll('colour', 'blue')).toEqual([]);
  }
});

test('restores what an index says that was first used after the snapshot', () => {
  table.put({ id: 'a', colour: 'red' });
  const snapshot = table.snapshot();
  table.put({ id: 'a', colour: 'blue' });
  expect(table.find('colour', 'blue')).toBeDefined();

  table.restore(snapshot);

  expect(table.find('colour', 'blue')).toBeUndefined();
  expect(table.find('colour', 'red')).toBeDefined();
});

test('tells what rows were at an earlier instant, as far back as it is asked to reach', () => {
  reachMs = 100;
  table.put({ id: 'a', colour: 'red' });
  now = 50;
  table.put({ id: 'a', colour: 'blue' });
  table.put({ id: 'b' });

  expect([...table.changedSince(10)]).toEqual([
    ['a', { id: 'a', colour: 'red' }],
    ['b', undefined],
  ]);
  expect(table.changedSince(50).size).toBe(0);
});
