/** Lets one holder a key at a time, in the order in which they asked. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  /**
   * Runs `work` while it holds every key.
   *
   * Keys are taken in sorted order, so two callers that want the same keys cannot wait for each other. `work` is told
   * whether it had to wait: what was read before may be out of date then.
   */
  async hold<Result>(keys: Iterable<string>, work: (hadToWait: boolean) => Promise<Result>): Promise<Result> {
    const releases: (() => void)[] = [];
    let hadToWait = false;
    try {
      for (const key of [...new Set(keys)].sort()) {
        const earlier = this.#tails.get(key);
        releases.push(this.#enqueue(key));
        if (earlier === undefined) continue;
        hadToWait = true;
        await earlier;
      }
      return await work(hadToWait);
    } finally {
      for (const release of releases) release();
    }
  }

  #enqueue(key: string): () => void {
    let open: () => void = () => undefined;
    const earlier = this.#tails.get(key) ?? Promise.resolve();
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const tail = earlier.then(() => gate);
    this.#tails.set(key, tail);
    return () => {
      open();
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    };
  }
}
