import type { Clock } from '../http/clock.js';

interface Removal {
  readonly at: number;
  /** Members the group had before it, where that is known. */
  readonly members: number | undefined;
}

/** Counts removals per group over a sliding window, so that many small actions cannot do what one large may not. */
export class GuardLedger {
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #removals = new Map<string, Removal[]>();

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** Removals from a group within the window, those under way included. */
  count(groupKey: string): number {
    return this.#recent(groupKey).length;
  }

  /** Members the group had before the first removal within the window; `undefined` when there was none, or unknown. */
  membersAtStart(groupKey: string): number | undefined {
    return this.#recent(groupKey)[0]?.members;
  }

  /** Counts a removal before it is sent. The function it returns takes it back, for one that did not happen. */
  reserve(groupKey: string, members: number | undefined): () => void {
    const removal: Removal = { at: this.#clock.now(), members };
    this.#removals.set(groupKey, [...this.#recent(groupKey), removal]);
    return () => {
      this.#removals.set(
        groupKey,
        this.#recent(groupKey).filter((other) => other !== removal),
      );
    };
  }

  #recent(groupKey: string): Removal[] {
    const since = this.#clock.now() - this.#windowMs;
    const recent = (this.#removals.get(groupKey) ?? []).filter(({ at }) => at > since);
    if (recent.length === 0) this.#removals.delete(groupKey);
    return recent;
  }
}
