/** Where items go in that somebody reads on from. */
export interface FeedInput<Item> {
  push(item: Item): void;
  /** How many items its source says that there are. */
  expect(total: number): void;
  /** No item comes after this; `false` when there may be more, and they could not be listed. */
  end(isWhole?: boolean): void;
  /** Resolves when so few items wait that the next page of them may be read. */
  room(): Promise<void>;
}

/** Items that wait in a {@link Feed} before its source is asked to wait too, unless it is told otherwise. */
const CAPACITY = 400;

/**
 * Items that one part finds and another reads on from, in the order in which they were found.
 *
 * It knows which of them are not settled: a reading that is taken up again begins with those.
 */
export class Feed<Item> implements FeedInput<Item> {
  #waiting: Item[] = [];
  readonly #taken = new Set<Item>();
  readonly #failed: Item[] = [];
  readonly #takers: ((item: Item | undefined) => void)[] = [];
  #ended = false;
  #closed = false;
  #stopped = false;
  #isWhole = false;
  #told: number | undefined;
  #makeRoom: (() => void)[] = [];
  readonly #capacity: number;

  /** `capacity` is how many items may wait before their source is asked to. */
  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  /** Whether everything has come that there is. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  push(item: Item): void {
    if (this.#closed) return;
    const taker = this.#takers.shift();
    if (taker === undefined) {
      this.#waiting.push(item);
      return;
    }
    this.#taken.add(item);
    taker(item);
  }

  expect(total: number): void {
    this.#told = total;
  }

  /** How many items there are in all when so many are settled: all that came, or as many as the source says. */
  expected(settled: number): number | undefined {
    if (this.#isWhole) return settled + this.#taken.size + this.#waiting.length;
    return this.#told === undefined || this.#told < settled ? undefined : this.#told;
  }

  /** Puts items before all others: those that a reading before this one had left. */
  putFirst(items: readonly Item[]): void {
    this.#waiting = [...items, ...this.#waiting];
  }

  end(isWhole = true): void {
    this.#ended = true;
    this.#isWhole = isWhole;
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  /** Nobody reads on: what is pushed from now on is dropped. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    for (const taker of this.#takers.splice(0)) taker(undefined);
    this.#letIn();
  }

  /** The reading ends before its time: nothing more is taken, and what is pushed is still kept as not settled. */
  stop(): void {
    this.#stopped = true;
    for (const taker of this.#takers.splice(0)) taker(undefined);
    this.#letIn();
  }

  async room(): Promise<void> {
    if (this.#closed || this.#stopped || this.#waiting.length < this.#capacity) return;
    await new Promise<void>((resolve) => this.#makeRoom.push(resolve));
  }

  /** The next item, when there is one; `undefined` after the last. It counts as not settled until it is. */
  async take(): Promise<Item | undefined> {
    if (this.#closed || this.#stopped) return undefined;
    const next = this.#waiting.shift();
    if (next !== undefined) {
      this.#taken.add(next);
      if (this.#waiting.length < this.#capacity) this.#letIn();
      return next;
    }
    if (this.#ended) return undefined;
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** What an item led to has been given. */
  settle(item: Item): void {
    this.#taken.delete(item);
  }

  /** An item could not be read for now: it stays, and is not taken again. */
  fail(item: Item): void {
    this.#taken.delete(item);
    this.#failed.push(item);
  }

  /** How many items failed. */
  get failures(): number {
    return this.#failed.length;
  }

  /** Items that failed, those that are under way, and those that wait. */
  unsettled(): readonly Item[] {
    return [...this.#failed, ...this.#taken, ...this.#waiting];
  }

  #letIn(): void {
    for (const resolve of this.#makeRoom.splice(0)) resolve();
  }
}

/** One way into several feeds. */
export function intoAll<Item>(feeds: readonly FeedInput<Item>[]): FeedInput<Item> {
  return {
    push: (item) => {
      for (const feed of feeds) feed.push(item);
    },
    expect: (total) => {
      for (const feed of feeds) feed.expect(total);
    },
    end: (isWhole) => {
      for (const feed of feeds) feed.end(isWhole);
    },
    room: async () => {
      await Promise.all(feeds.map(async (feed) => feed.room()));
    },
  };
}

/** A way into a feed of something else. */
export function mapped<From, To>(feed: FeedInput<To>, map: (item: From) => To): FeedInput<From> {
  return {
    push: (item) => feed.push(map(item)),
    expect: (total) => feed.expect(total),
    end: (isWhole) => feed.end(isWhole),
    room: async () => feed.room(),
  };
}
