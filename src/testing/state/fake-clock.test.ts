import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.js';

test('moves only when told to, and never back', () => {
  const clock = new FakeClock(1000);

  clock.advance(500);

  expect(clock.now()).toBe(1500);
  expect(() => clock.advance(-1)).toThrow(RangeError);
});

test('sleeps by moving the time, and takes none itself', async () => {
  const clock = new FakeClock(0);

  await clock.sleep(14 * 24 * 3600_000);

  expect(clock.now()).toBe(14 * 24 * 3600_000);
});

test('wakes sleepers in the order of their instants and counts time they share once', async () => {
  const clock = new FakeClock(0);
  const woken: [string, number][] = [];
  const sleep = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    woken.push([name, clock.now()]);
  };

  await Promise.all([sleep('long', 300), sleep('short', 100), sleep('middle', 200)]);

  expect(woken).toEqual([
    ['short', 100],
    ['middle', 200],
    ['long', 300],
  ]);
});

test('rejects with the reason of a signal, before and during the sleep, and does not move for it', async () => {
  const clock = new FakeClock(0);
  const controller = new AbortController();
  const reason = new Error('enough');

  const sleeping = clock.sleep(1000, controller.signal);
  controller.abort(reason);

  await expect(sleeping).rejects.toBe(reason);
  await expect(clock.sleep(1000, controller.signal)).rejects.toBe(reason);
  expect(clock.now()).toBe(0);
});

test('in real time goes on by itself, and can be moved forward', async () => {
  const clock = new FakeClock(1_000_000, { realTime: true });

  await clock.sleep(5);
  const afterSleep = clock.now();
  clock.advance(3600_000);

  expect(afterSleep).toBeGreaterThanOrEqual(1_000_004);
  expect(clock.now()).toBeGreaterThanOrEqual(afterSleep + 3600_000);
});
