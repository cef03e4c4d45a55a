import { setImmediate, setTimeout } from 'node:timers';
import { whenAborted } from '../../model/when-aborted.js';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** How a clock runs. */
export interface FakeClockOptions {
  /** Whether it goes on by itself, as a real one does. Default false. */
  readonly realTime?: boolean;
}

/**
 * The time of the fake. It starts at a fixed instant and moves only when it is told to, when somebody sleeps on it, or
 * when a request takes its configured duration: two runs of a test see the same instants.
 *
 * Give it to the code under test in place of its own clock, and no retry or poll takes real time. For code that cannot take
 * one, and waits for lags or rate limits to end, there is a clock in real time, which can be moved forward as well.
 */
export class FakeClock {
  readonly #realTime: boolean;
  #nowMs: number;
  /** When `#nowMs` was right, by the clock of the machine. */
  #setAt = Date.now();
  #sleepers: Sleeper[] = [];

  constructor(startMs: number, { realTime = false }: FakeClockOptions = {}) {
    this.#nowMs = startMs;
    this.#realTime = realTime;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#realTime ? this.#nowMs + Date.now() - this.#setAt : this.#nowMs;
  }

  /** Moves the time forward by `ms` milliseconds. Throws a `RangeError` for a step back. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`The clock of the fake moves forward only, and was asked to move by ${ms} ms`);
    this.#nowMs += ms;
  }

  /**
   * Waits in the time of the fake: the clock jumps to the end of the wait in one of the next turns of the event loop.
   *
   * Of several that sleep at once, the one that wakes first comes first, and the time is counted once. Rejects with the
   * reason of `signal` as soon as that is aborted.
   */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const wakesAt = this.now() + Math.max(0, ms);
    await new Promise<void>((resolve, reject) => {
      const sleeper: Sleeper = {
        wakesAt,
        wake: () => {
          leave?.();
          resolve();
        },
      };
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        // The caller's own reason, whatever it is, as AbortSignal.throwIfAborted() would throw it.
        reject(signal?.reason as Error);
      };
      const leave = signal && whenAborted(signal, abort);
      this.#sleepers.push(sleeper);
      if (this.#realTime) setTimeout(() => this.#wakeFirst(), Math.max(0, ms));
      else setImmediate(() => this.#wakeFirst());
    });
  }

  /** Puts the clock to an instant, backwards too: for restoring a snapshot. */
  set(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#setAt = Date.now();
  }

  #wakeFirst(): void {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (first === undefined || sleeper.wakesAt < first.wakesAt) first = sleeper;
    }
    if (first === undefined) return;
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== first);
    if (!this.#realTime) this.#nowMs = Math.max(this.#nowMs, first.wakesAt);
    first.wake();
  }
}
