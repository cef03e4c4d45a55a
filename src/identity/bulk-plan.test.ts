import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planBulk, type BulkCounts } from './bulk-plan.js';

const NOBODY: BulkCounts = { records: 0, recordsByAccount: 0, emailsOnly: 0, accountsOnly: 0 };

describe('planBulk', () => {
  test('plans a look-up for each record when the size of the directory is not known', () => {
    expect(planBulk({ ...NOBODY, records: 7 })).toMatchObject({ strategy: 'look-up', plannedCalls: 7 });
  });

  test('searches for 100 emails and for 10 account ids in one call', () => {
    expect(planBulk({ ...NOBODY, emailsOnly: 250, accountsOnly: 21 })).toMatchObject({
      searches: 3 + 3,
      plannedCalls: 6,
    });
  });

  test.each([
    { records: 3, unlisted: 200, strategy: 'list', plannedCalls: 2 },
    { records: 2, unlisted: 200, strategy: 'list', plannedCalls: 2 },
    { records: 2, unlisted: 201, strategy: 'look-up', plannedCalls: 2 },
    { records: 500, unlisted: 100_000, strategy: 'look-up', plannedCalls: 500 },
    { records: 5000, unlisted: 100_000, strategy: 'list', plannedCalls: 1000 },
  ])(
    'plans $plannedCalls calls ($strategy) for $records people and $unlisted records',
    ({ records, unlisted, ...plan }) => {
      expect(planBulk({ ...NOBODY, records, unlisted })).toMatchObject(plan);
    },
  );

  test('counts the search that comes before look-ups by account id, and not before a listing', () => {
    const counts = { ...NOBODY, records: 20, recordsByAccount: 20 };

    expect(planBulk(counts)).toMatchObject({ lookUps: 20, searches: 2, plannedCalls: 22 });
    expect(planBulk({ ...counts, unlisted: 2200 })).toMatchObject({ strategy: 'list', plannedCalls: 22 });
  });

  test('counts the pages that the server really gives', () => {
    expect(planBulk({ ...NOBODY, records: 5, unlisted: 200, pageSize: 20 })).toMatchObject({ strategy: 'look-up' });
    expect(planBulk({ ...NOBODY, records: 5, unlisted: 200, pageSize: 50 })).toMatchObject({
      strategy: 'list',
      listPages: 4,
    });
  });

  test('never plans more calls than the other way takes', () => {
    const count = fc.nat({ max: 3000 });

    fc.assert(
      fc.property(
        count,
        count,
        count,
        count,
        fc.nat({ max: 200_000 }),
        (records, byAccount, emailsOnly, accountsOnly, size) => {
          const recordsByAccount = Math.min(records, byAccount);
          const plan = planBulk({ records, recordsByAccount, emailsOnly, accountsOnly, unlisted: size });

          const searches = Math.ceil(emailsOnly / 100) + Math.ceil(accountsOnly / 10);
          const oneByOne = records + Math.ceil(recordsByAccount / 10);
          const cheapest = records === 0 ? 0 : Math.min(oneByOne, Math.ceil(size / 100));
          expect(plan.plannedCalls).toBe(searches + cheapest);
          expect(plan.plannedCalls).toBe(plan.lookUps + plan.listPages + plan.searches);
        },
      ),
    );
  });
});
