import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { whenAborted } from './when-aborted.js';

test('tells everybody who watches a signal, once, over one listener', () => {
  const controller = new AbortController();
  const told: number[] = [];
  for (let watcher = 0; watcher < 20; watcher++) whenAborted(controller.signal, () => told.push(watcher));

  const listeners = getEventListeners(controller.signal, 'abort').length;
  controller.abort();
  controller.abort();

  expect(listeners).toBe(1);
  expect(told).toEqual(Array.from({ length: 20 }, (_, watcher) => watcher));
});

test('tells at once of a signal that was aborted before', () => {
  let told = 0;

  const leave = whenAborted(AbortSignal.abort(), () => told++);
  leave();

  expect(told).toBe(1);
});

test('does not tell who has left, and lets go of the signal with the last', () => {
  const controller = new AbortController();
  const told: string[] = [];
  const leaveFirst = whenAborted(controller.signal, () => told.push('first'));
  const leaveSecond = whenAborted(controller.signal, () => told.push('second'));
  leaveFirst();
  const listenersOfOne = getEventListeners(controller.signal, 'abort').length;
  leaveSecond();
  const listenersOfNone = getEventListeners(controller.signal, 'abort').length;
  whenAborted(controller.signal, () => told.push('third'));
  leaveSecond();

  controller.abort();

  expect([listenersOfOne, listenersOfNone]).toEqual([1, 0]);
  expect(told).toEqual(['third']);
});

test('does not tell who is made to leave by another that was told before', () => {
  const controller = new AbortController();
  const told: string[] = [];
  whenAborted(controller.signal, () => {
    told.push('first');
    leaveSecond();
  });
  const leaveSecond = whenAborted(controller.signal, () => told.push('second'));

  controller.abort();

  expect(told).toEqual(['first']);
});
