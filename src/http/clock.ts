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
