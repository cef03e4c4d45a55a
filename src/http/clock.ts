import { whenAborted } from '../model/when-aborted.js';

/** Time, as the SDK sees it. Give your own in tests, so that nothing waits. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /**
   * Resolves after `ms` milliseconds, or rejects with the signal's reason as soon as the signal is aborted.
   *
   * A real one keeps the process alive while it waits: a retry that is due must not be lost.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest delay a timer takes; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** Starts a timer. Its handle is given to {@link stopTimer}. A delay over 24 days is cut to that. */
export function startTimer(ms: number, callback: () => void): NodeJS.Timeout {
  return setTimeout(callback, Math.min(ms, MAX_TIMER_MS));
}

/** Stops a timer; of no effect on one that has fired. */
export function stopTimer(timer: NodeJS.Timeout): void {
  clearTimeout(timer);
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),

  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const fail = (): void => {
        stopTimer(timer);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller chose the reason
        reject(signal?.reason);
      };
      const timer = startTimer(ms, () => {
        leave?.();
        resolve();
      });
      const leave = signal && whenAborted(signal, fail);
    }),
};
