import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canRepeat, retryDelay, retryPolicy, type Failure } from './retry-policy.js';

const policy = retryPolicy();
const situation = { attempts: 1, repeat: 'safe', remainingMs: Infinity } as const;

const failure: fc.Arbitrary<Failure> = fc.oneof(
  fc.record({
    kind: fc.constant('answer' as const),
    status: fc.integer({ min: 400, max: 599 }),
    waitMs: fc.option(fc.nat(200_000), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('no-answer' as const), sent: fc.boolean(), transient: fc.boolean() }),
);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const where = fc.record({
  attempts: fc.integer({ min: 1, max: 6 }),
  repeat: fc.constantFrom('safe' as const, 'idempotent' as const, 'once' as const),
  remainingMs: fc.nat(300_000),
});

test.for([
  [1, 500],
  [2, 1000],
  [3, 2000],
  [7, 20_000],
] as const)('backs off before attempt %i + 1 by anything up to %i ms', ([attempts, bound]) => {
  const many = retryPolicy({ maxAttempts: 99 });
  const lost: Failure = { kind: 'no-answer', sent: true, transient: true };

  const delays = [0, 0.5, 0.999_999].map((r) => retryDelay(many, lost, { ...situation, attempts }, () => r));

  expect(delays).toEqual([0, bound / 2, bound - 1]);
});

describe('whatever failed', () => {
  test('a wait the server asked for is kept to, never shortened', () => {
    fc.assert(
      fc.property(failure, where, random, (failed, at, r) => {
        const delay = retryDelay(policy, failed, at, () => r) ?? Infinity;
        const asked = failed.kind === 'answer' ? (failed.waitMs ?? 0) : 0;

        expect(delay).toBeGreaterThanOrEqual(asked);
      }),
    );
  });

  test('no wait is over the cap or the time that is left, and no attempt over their number', () => {
    fc.assert(
      fc.property(failure, where, random, (failed, at, r) => {
        const delay = retryDelay(policy, failed, at, () => r);

        if (delay === undefined) return;
        expect(delay).toBeLessThanOrEqual(policy.maxWaitMs);
        expect(delay).toBeLessThan(at.remainingMs);
        expect(at.attempts).toBeLessThan(policy.maxAttempts);
      }),
    );
  });

  test('a write that is not to be repeated is repeated only when it was not carried out', () => {
    fc.assert(
      fc.property(failure, (failed) => {
        const notCarriedOut =
          failed.kind === 'answer' ? failed.status === 429 || failed.status === 503 : !failed.sent && failed.transient;

        expect(canRepeat(failed, 'once')).toBe(notCarriedOut);
      }),
    );
  });
});

test('backs off after a wait of nothing, as after a reset that has passed', () => {
  const delay = retryDelay(policy, { kind: 'answer', status: 429, waitMs: 0 }, situation, () => 0.5);

  expect(delay).toBe(250);
});
