/** Where a request goes when it has waited. */
type Answer = (input: Request) => Promise<Response>;

/** A simulated time in which every request takes equally long and nothing else takes any. */
export class FixedLatency {
  readonly #latencyMs: number;
  readonly #due: { readonly at: number; readonly wake: () => void }[] = [];
  #now = Date.UTC(2026, 0, 5);
  #calls = 0;

  constructor(latencyMs: number) {
    this.#latencyMs = latencyMs;
  }

  get calls(): number {
    return this.#calls;
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const at = this.#now + ms;
    await new Promise<void>((resolve, reject) => {
      this.#due.push({ at, wake: resolve });
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller chose the reason
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.#wakeLater();
    });
  }

  /** A `fetch` that answers after the latency. */
  delayed(answer: Answer): Answer {
    return async (request) => {
      this.#calls += 1;
      const response = await answer(request);
      await this.sleep(this.#latencyMs);
      return response;
    };
  }

  /** Moves on to the next instant once everybody has done what there is to do now: turns of the event loop with no news. */
  #wakeLater(turns = 20): void {
    const waiting = this.#due.length;
    setImmediate(() => {
      if (this.#due.length !== waiting) return;
      if (turns > 0) {
        this.#wakeLater(turns - 1);
        return;
      }
      const at = Math.min(...this.#due.map((one) => one.at));
      this.#now = Math.max(this.#now, at);
      const awake = this.#due.filter((one) => one.at === at);
      this.#due.splice(0, this.#due.length, ...this.#due.filter((one) => one.at !== at));
      for (const { wake } of awake) wake();
      if (this.#due.length > 0) this.#wakeLater();
    });
  }
}
