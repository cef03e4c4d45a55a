import type { Clock } from '../http/clock.js';

interface Removal {
  readonly at: number;
  /** Members the group had before it, where that is known. */
  readonly members: number | undefined;
}

/** Counts removals per key over a sliding window, so that many small actions cannot do what one large may not. */
export class GuardLedger {
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #removals = new Map<string, Removal[]>();

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** Removals of a key, such as a group, within the window, those under way included. */
  count(key: string): number {
    return this.#recent(key).length;
  }

  /** Members the group had before the first removal within the window; `undefined` when there was none, or unknown. */
  membersAtStart(key: string): number | undefined {
    return this.#recent(key)[0]?.members;
  }

  /** How many keys have a removal within the window. */
  get keys(): number {
    return [...this.#removals.keys()].filter((key) => this.count(key) > 0).length;
  }

  /** When the count of a key is next lower, in milliseconds since 1970. */
  freeAt(key: string): number {
    return (this.#recent(key)[0]?.at ?? this.#clock.now()) + this.#windowMs;
  }

  /** When there is next one key less, in milliseconds since 1970. */
  keyFreeAt(): number {
    const last = [...this.#removals.keys()].flatMap((key) => this.#recent(key).at(-1)?.at ?? []);
    return (last.length === 0 ? this.#clock.now() : Math.min(...last)) + this.#windowMs;
  }

  /** Counts a removal before it is sent. The function it returns takes it back, for one that did not happen. */
  reserve(key: string, members: number | undefined): () => void {
    const removal: Removal = { at: this.#clock.now(), members };
    this.#removals.set(key, [...this.#recent(key), removal]);
    return () => {
      this.#removals.set(
        key,
        this.#recent(key).filter((other) => other !== removal),
      );
    };
  }

  #recent(key: string): Removal[] {
    const since = this.#clock.now() - this.#windowMs;
    const recent = (this.#removals.get(key) ?? []).filter(({ at }) => at > since);
    if (recent.length === 0) this.#removals.delete(key);
    return recent;
  }
}
