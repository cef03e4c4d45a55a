import { describe, expect, test } from 'vitest';
import { afterAnswer, earliestStart, emptyLog, freshBudget, noteStart, type AnswerReport } from './rate-budget.js';

const limits = { maxConcurrent: 8, maxPauseMs: 60_000 };
const good: AnswerReport = { throttled: false };
const tooMany: AnswerReport = { throttled: true };

describe('a budget', () => {
  test('that knows nothing lets calls start', () => {
    const state = freshBudget(limits);

    expect(earliestStart(state, emptyLog(), limits, 5)).toBeLessThanOrEqual(5);
    expect(state.window).toBe(8);
  });

  test('halves what it lets through at once on "too many", down to one', () => {
    const states = [freshBudget(limits)];
    for (let round = 1; round <= 4; round++) states.push(afterAnswer(states.at(-1)!, limits, tooMany, round, round));

    expect(states.map(({ window }) => window)).toEqual([8, 4, 2, 1, 1]);
  });

  test('slows down once for a crowd of calls that were under way together', () => {
    let state = afterAnswer(freshBudget(limits), limits, tooMany, 0, 10);

    for (let call = 0; call < 7; call++) state = afterAnswer(state, limits, { ...tooMany, waitMs: 500 }, 1, 11);

    expect(state.window).toBe(4);
    expect(state.blockedUntil).toBe(511);
  });

  test('asks again after an hour, however long a silence the server wants', () => {
    const state = afterAnswer(freshBudget(limits), limits, { ...tooMany, waitMs: 1e15 }, 0, 10);

    expect(state.blockedUntil).toBe(3_600_010);
  });

  test('gets faster by about one more call at once for each round of good answers', () => {
    let state = afterAnswer(freshBudget(limits), limits, tooMany, 0, 10);

    for (let call = 0; call < 5; call++) state = afterAnswer(state, limits, good, 20, 30);

    expect(Math.floor(state.window)).toBe(5);
  });

  test.for([
    ['spreads what is left over the time until there is more', { limit: 100, remaining: 5, resetInMs: 20_000 }, 5000],
    ['does not slow down while there is enough left', { limit: 100, remaining: 50, resetInMs: 20_000 }, 1000],
    ['waits for the reset when nothing is left', { limit: 100, remaining: 0, resetInMs: 20_000 }, 21_000],
    ['asks after the longest pause when the reset is further away', { remaining: 0, resetInMs: 3_600_000 }, 61_000],
    ['does not wait for a reset that is now', { limit: 100, remaining: 0, resetInMs: 0 }, 1000],
  ] as const)('%s', ([, left, expected]) => {
    const log = emptyLog();
    noteStart(log, limits, 1000);

    const state = afterAnswer(freshBudget(limits), limits, { ...good, ...left }, 1000, 1000);

    expect(earliestStart(state, log, limits, 1000)).toBe(expected);
  });

  test('lets the first call after the reset start, however long the pause was to be', () => {
    const log = emptyLog();
    noteStart(log, limits, 10_000);

    const state = afterAnswer(
      freshBudget(limits),
      limits,
      { ...good, limit: 10, remaining: 1, resetInMs: 12_000 },
      0,
      0,
    );

    expect(earliestStart(state, log, limits, 11_000)).toBe(12_000);
  });

  test('counts the starts of any stretch of its time', () => {
    const counted = { ...limits, calls: { requests: 2, intervalMs: 100 } };
    const log = emptyLog();

    for (const at of [0, 10, 105]) noteStart(log, counted, at);

    expect(earliestStart(freshBudget(counted), log, counted, 106)).toBe(110);
    expect(log.counted).toEqual([10, 105]);
  });
});
