import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CompactIds } from './compact-ids.js';

/** Ids that begin and end alike, and letters that an id should not have. */
const ids = fc.array(
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\\', '"', 'é'), maxLength: 4 }),
    fc.integer({ min: 0, max: 400 }).map((n) => `712020:acc0acc0-0000-4000-8000-${String(n).padStart(12, '0')}`),
    fc.integer({ min: 0, max: 3 }).map((n) => `${'x'.repeat(40_000)}${String(n)}`),
  ),
  { maxLength: 700, size: 'max' },
);

test('has what was added, and nothing else, whatever the ids are', () => {
  fc.assert(
    fc.property(ids, ids, (added, others) => {
      const compact = new CompactIds();
      const plain = new Set<string>();

      const wasNew = added.map((id) => compact.add(id));

      expect(wasNew).toEqual(added.map((id) => plain.size < plain.add(id).size));
      expect(compact.size).toBe(plain.size);
      const asked = [...added, ...others];
      expect(asked.map((id) => compact.has(id))).toEqual(asked.map((id) => plain.has(id)));
    }),
    { numRuns: 10 },
  );
});

test('is the same after it was written down and read', () => {
  fc.assert(
    fc.property(ids, ids, (added, others) => {
      const compact = new CompactIds();
      for (const id of added) compact.add(id);

      const read = new CompactIds(JSON.parse(JSON.stringify(compact.toTexts())) as string[]);

      expect(read.size).toBe(compact.size);
      const asked = [...added, ...others];
      expect(asked.map((id) => read.has(id))).toEqual(asked.map((id) => compact.has(id)));
    }),
    { numRuns: 10 },
  );
});

test('has a hundred thousand ids, and tells those next to them apart', () => {
  const id = (n: number): string => `712020:acc0acc0-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const compact = new CompactIds();
  for (let n = 0; n < 200_000; n += 2) compact.add(id(n));

  const found = Array.from({ length: 200_000 }, (_, n) => n).filter((n) => compact.has(id(n)));

  expect(compact.size).toBe(100_000);
  expect(found.filter((n) => n % 2 === 1)).toEqual([]);
  expect(found).toHaveLength(100_000);
});
