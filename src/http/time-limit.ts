import { startTimer, stopTimer } from './clock.js';

/** A signal that is aborted with its parent, or when its time is up. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Whether it was the time, and not the parent, that ended it. */
  readonly expired: boolean;
  /** Frees the timer and lets go of the parent; a signal that lives long must not collect one listener a call. */
  dispose(): void;
}

/**
 * Limits something to a time, on the timers of the machine: work that hangs must end, whatever clock waits are on.
 * `Infinity` is no limit.
 */
export function limitTime(parent: AbortSignal | undefined, ms: number): TimeLimit {
  const controller = new AbortController();
  let expired = false;
  const follow = (): void => controller.abort(parent?.reason);
  const timer = Number.isFinite(ms)
    ? startTimer(ms, () => {
        expired = !controller.signal.aborted;
        controller.abort();
      })
    : undefined;

  if (parent?.aborted === true) follow();
  else parent?.addEventListener('abort', follow, { once: true });

  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    dispose: () => {
      if (timer !== undefined) stopTimer(timer);
      parent?.removeEventListener('abort', follow);
    },
  };
}
