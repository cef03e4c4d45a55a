import { Feed, type FeedInput } from './feed.js';

/** Batches that wait before their source is asked to wait too. */
const CAPACITY = 4;

/** Gathers items that come one by one, for a part that reads many of them with one call: each batch is full but the last. */
export class Batches<Item> implements Pick<FeedInput<Item>, 'push' | 'end' | 'room'> {
  readonly feed = new Feed<readonly Item[]>(CAPACITY);
  readonly #most: number;
  #rest: Item[];

  /** `rest` is what {@link Batches.rest} was at the end of the reading that is taken up. */
  constructor(most: number, rest: readonly Item[] = []) {
    this.#most = most;
    this.#rest = [...rest];
  }

  /** Those that are in no batch yet. */
  get rest(): readonly Item[] {
    return [...this.#rest];
  }

  push(item: Item): void {
    this.#rest.push(item);
    if (this.#rest.length >= this.#most) this.#hand();
  }

  end(isWhole?: boolean): void {
    if (this.#rest.length > 0) this.#hand();
    this.feed.end(isWhole);
  }

  async room(): Promise<void> {
    return this.feed.room();
  }

  #hand(): void {
    this.feed.push(this.#rest);
    this.#rest = [];
  }
}
