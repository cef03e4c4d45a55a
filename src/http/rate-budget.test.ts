import { describe, expect, test } from 'vitest';
import { afterAnswer, afterStart, earliestStart, freshBudget, type AnswerReport } from './rate-budget.js';

const limits = { maxConcurrent: 8, maxPauseMs: 60_000 };
const answer: AnswerReport = { startedAt: 0, at: 0, throttled: false };

describe('a budget', () => {
  test('that knows nothing lets calls start', () => {
    const state = freshBudget(limits);

    expect(earliestStart(state, limits, 5)).toBeLessThanOrEqual(5);
    expect(state.window).toBe(8);
  });

  test('halves what it lets through at once on "too many", down to one', () => {
    const states = [freshBudget(limits)];
    for (let round = 1; round <= 4; round++)
      states.push(afterAnswer(states.at(-1)!, limits, { ...answer, startedAt: round, at: round, throttled: true }));

    expect(states.map(({ window }) => window)).toEqual([8, 4, 2, 1, 1]);
  });

  test('slows down once for a crowd of calls that were under way together', () => {
    let state = afterAnswer(freshBudget(limits), limits, { ...answer, startedAt: 0, at: 10, throttled: true });

    for (let call = 0; call < 7; call++)
      state = afterAnswer(state, limits, { ...answer, startedAt: 1, at: 11, throttled: true, waitMs: 500 });

    expect(state.window).toBe(4);
    expect(state.blockedUntil).toBe(511);
  });

  test('gets faster by about one more call at once for each round of good answers', () => {
    let state = afterAnswer(freshBudget(limits), limits, { ...answer, at: 10, throttled: true });

    for (let call = 0; call < 5; call++) state = afterAnswer(state, limits, { ...answer, startedAt: 20, at: 30 });

    expect(Math.floor(state.window)).toBe(5);
  });

  test('spreads what is left over the time until there is more, once little is left', () => {
    const started = afterStart(freshBudget(limits), limits, 1000);

    const state = afterAnswer(started, limits, { ...answer, at: 1000, limit: 100, remaining: 5, resetInMs: 20_000 });

    expect(earliestStart(state, limits, 1000)).toBe(5000);
  });

  test('does not slow down while there is enough left', () => {
    const started = afterStart(freshBudget(limits), limits, 1000);

    const state = afterAnswer(started, limits, { ...answer, at: 1000, limit: 100, remaining: 50, resetInMs: 20_000 });

    expect(earliestStart(state, limits, 1000)).toBeLessThanOrEqual(1000);
  });

  test('waits for the reset when nothing is left', () => {
    const started = afterStart(freshBudget(limits), limits, 1000);

    const state = afterAnswer(started, limits, { ...answer, at: 3000, limit: 100, remaining: 0, resetInMs: 20_000 });

    expect(earliestStart(state, limits, 3000)).toBe(23_000);
  });

  test('asks the server after the longest pause, when the reset is further away', () => {
    const started = afterStart(freshBudget(limits), limits, 1000);

    const state = afterAnswer(started, limits, { ...answer, at: 1000, remaining: 0, resetInMs: 3_600_000 });

    expect(earliestStart(state, limits, 1000)).toBe(61_000);
  });

  test('lets the first call after the reset start, however long the pause was to be', () => {
    const started = afterStart(freshBudget(limits), limits, 10_000);

    const state = afterAnswer(started, limits, { ...answer, at: 0, limit: 10, remaining: 1, resetInMs: 12_000 });

    expect(earliestStart(state, limits, 11_000)).toBe(12_000);
  });

  test('counts the starts of any stretch of its time', () => {
    const counted = { ...limits, calls: { requests: 2, intervalMs: 100 } };
    const starts = [0, 10, 105].reduce((state, at) => afterStart(state, counted, at), freshBudget(counted));

    expect(earliestStart(starts, counted, 106)).toBe(110);
    expect(starts.starts).toEqual([10, 105]);
  });
});
