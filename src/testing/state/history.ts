/** Tells the instant, and how far back a read may look. */
export interface HistoryWindow {
  readonly now: () => number;
  /** Milliseconds. Zero keeps no history. */
  readonly reachMs: () => number;
}

interface Change<Value> {
  readonly at: number;
  readonly key: string;
  readonly before: Value;
}

/** What rows were before their last changes, for reads that trail behind the writes. */
export class History<Value> {
  readonly #window: HistoryWindow;
  #changes: Change<Value>[] = [];

  constructor(window: HistoryWindow) {
    this.#window = window;
  }

  /** Whether anything is recorded at all. */
  get isKept(): boolean {
    return this.#window.reachMs() > 0;
  }

  record(key: string, before: Value): void {
    const reachMs = this.#window.reachMs();
    if (reachMs === 0) return;
    const at = this.#window.now();
    const firstKept = this.#changes.findIndex((change) => change.at > at - reachMs);
    if (firstKept !== 0) this.#changes = firstKept === -1 ? [] : this.#changes.slice(firstKept);
    this.#changes.push({ at, key, before });
  }

  /** The changes after `instant`, the oldest first: the first one of a key holds its value at that instant. */
  since(instant: number): Map<string, Value> {
    const values = new Map<string, Value>();
    for (const change of this.#changes) {
      if (change.at > instant && !values.has(change.key)) values.set(change.key, change.before);
    }
    return values;
  }

  clear(): void {
    this.#changes = [];
  }
}
