import { untilAborted } from './until-aborted.js';

/** Lets one holder a key at a time, in the order in which they asked. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  /**
   * Runs `work` while it holds every key.
   *
   * Keys are taken in sorted order, so two callers that want the same keys cannot wait for each other. `work` is told
   * whether it had to wait: what was read before may be out of date then.
   *
   * @throws `aborted` when the signal ended the wait; `work` was not run.
   */
  async hold<Result>(
    keys: Iterable<string>,
    work: (hadToWait: boolean) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const releases: (() => void)[] = [];
    let hadToWait = false;
    try {
      for (const key of [...new Set(keys)].sort()) {
        const earlier = this.#tails.get(key);
        releases.push(this.#enqueue(key, earlier));
        if (earlier === undefined) continue;
        hadToWait = true;
        await untilAborted('Waiting for another action on the same person', earlier, signal);
      }
      return await work(hadToWait);
    } finally {
      for (const release of releases) release();
    }
  }

  #enqueue(key: string, earlier: Promise<void> | undefined): () => void {
    let open: () => void = () => undefined;
    let isTurn = earlier === undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const tail = (earlier ?? Promise.resolve()).then(() => {
      isTurn = true;
      return gate;
    });
    this.#tails.set(key, tail);
    const leave = (): void => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    };
    return () => {
      open();
      // Whoever gave up before its turn stays in line, or the next one would not see who still holds the key.
      if (isTurn) leave();
      else void tail.then(leave);
    };
  }
}
