/**
 * The time of the fake. It starts at a fixed instant and moves only when it is told to, or when a request takes its
 * configured duration, so that two runs of a test see the same instants.
 */
export class FakeClock {
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#nowMs;
  }

  /** Moves the time forward by `ms` milliseconds. Throws a `RangeError` for a step back. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`The clock of the fake moves forward only, and was asked to move by ${ms} ms`);
    this.#nowMs += ms;
  }

  /**
   * Waits by moving the time: resolves at once, with the clock `ms` milliseconds later.
   *
   * Give it to the code under test in place of its own waiting, and no retry or poll takes real time.
   * Rejects with the reason of `signal` when that is aborted.
   */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.advance(Math.max(0, ms));
    // A turn of the event loop, so that code that polls in a loop cannot starve the rest of the test.
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }

  /** Puts the clock to an instant, backwards too: for restoring a snapshot. */
  set(nowMs: number): void {
    this.#nowMs = nowMs;
  }
}
