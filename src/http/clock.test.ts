import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTimer, systemClock } from './clock.js';
import { errorOf } from './transport.fixture.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the clock of the machine', () => {
  test('sleeps for as long as it is told', async () => {
    let awake = false;
    const sleep = systemClock.sleep(1000).then(() => (awake = true));

    await vi.advanceTimersByTimeAsync(999);
    const before = awake;
    await vi.advanceTimersByTimeAsync(1);
    await sleep;

    expect([before, awake]).toEqual([false, true]);
  });

  test('wakes at once with the reason of the signal, and leaves no timer', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const sleep = errorOf(systemClock.sleep(1000, controller.signal));

    controller.abort(reason);

    expect(await sleep).toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not fall asleep on a signal that is aborted already', async () => {
    const error = await errorOf(systemClock.sleep(1000, AbortSignal.abort('done')));

    expect(error).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a timer over the longest delay does not fire at once', async () => {
  let fired = false;
  startTimer(1e12, () => (fired = true));

  await vi.advanceTimersByTimeAsync(60_000);

  expect(fired).toBe(false);
});
