import { setMaxListeners } from 'node:events';
import type { Page } from '../../http/paginate.js';
import { paginate } from '../../http/paginate.js';
import type { CallOptions } from '../../http/transport.js';
import type { EntitiesOfProduct, Product } from '../entities/entity.js';
import type { Gap } from '../entities/gap.js';
import { Checkpoints } from './checkpoints.js';
import type { ReadOptions } from './discovery-reader.js';
import type { Feed } from './feed.js';
import { endsThePart, gap, gapOfError, type Part } from './gap-of-error.js';
import { merge } from './merge.js';

const DEFAULT_CONCURRENCY = 16;

/** A page, and how many items there are in all where the server says so. */
interface CountedPage<Item> extends Page<Item> {
  readonly total?: number | undefined;
}

/** How the pages of a list become entities. */
export interface PagedPart<Item, Found> extends Part {
  readonly fetch: (cursor: string | undefined, call: CallOptions) => Promise<CountedPage<Item>>;
  readonly map: (item: Item) => Found | Gap | readonly (Found | Gap)[];
  /** Of an item: what came on the page before is not given again when the list shifts under the reading. */
  readonly keyOf: (item: Item) => string;
  /** Gets every item, for a part that reads on from it. Ended when the list is. */
  readonly feed?: Pick<Feed<Item>, 'push' | 'end'> | undefined;
}

/** How each of many items is read by itself. */
export interface ItemizedPart<Item, Found> extends Part {
  readonly items: AsyncIterable<Item> | Iterable<Item>;
  readonly keyOf: (item: Item) => string;
  readonly read: (item: Item, call: CallOptions) => Promise<readonly (Found | Gap)[]>;
  readonly resourceOf: (item: Item) => NonNullable<Gap['resource']>;
  /** What is left to say of an item that could not be read: the item itself, with what it lacks absent. */
  readonly otherwise?: (item: Item) => readonly Found[];
  readonly expected?: (() => number | undefined) | undefined;
}

/** What one step of a reading finds. */
type Found<Of extends Product> = readonly (EntitiesOfProduct[Of] | Gap)[];

/** One reading of one product: its gaps, its progress, its checkpoints, its end. */
export class ReadSession<Of extends Product> {
  readonly product: Of;
  /** For every call: cancelled with the reading, and when its consumer stops. */
  readonly call: CallOptions;
  readonly #options: ReadOptions;
  readonly #checkpoints: Checkpoints;
  readonly #end = new AbortController();
  /** Whether a list ended before its end: what reads on from it has not had all of its items. */
  #isCutShort = false;

  /** Throws `request_invalid` for a checkpoint of something else. */
  constructor(product: Of, options: ReadOptions = {}) {
    const { signal, attemptTimeoutMs, totalTimeoutMs, onAttempt } = options;
    this.product = product;
    this.#options = options;
    this.#checkpoints = new Checkpoints(product, options);
    const ends = signal === undefined ? this.#end.signal : AbortSignal.any([signal, this.#end.signal]);
    // Each call under way listens to it, and there are many by intention: Node would warn of a leak.
    setMaxListeners(0, ends);
    this.call = {
      signal: ends,
      attemptTimeoutMs,
      totalTimeoutMs,
      onAttempt,
    };
  }

  /** Whether the caller asked for what a part reads. */
  wants({ hides }: Pick<Part, 'hides'>): boolean {
    const { only } = this.#options;
    return only === undefined || hides.some((type) => only.includes(type));
  }

  /** Whether a part was read to its end before, by the reading that this one takes up. */
  isDone({ name }: Pick<Part, 'name'>): boolean {
    return this.#checkpoints.of(name)?.state === 'done';
  }

  /** Reads several parts at once, and gives what was asked for. */
  async *together(
    parts: readonly AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined>[],
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    const { only } = this.#options;
    for await (const found of merge(parts, () => this.#end.abort()))
      if (found.type === 'gap' || only === undefined || only.includes(found.type)) yield found;
  }

  /** Reads something that takes one step. */
  async *once(
    part: Part,
    read: (call: CallOptions) => Found<Of> | Promise<Found<Of>>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    if (this.isDone(part) || !this.wants(part)) return;
    try {
      const found = await read(this.call);
      yield* found;
      this.#progress(part, 1, 1);
      this.#checkpoints.note(part.name, { state: 'done' });
    } catch (error) {
      yield gapOfError(error, this.product, part);
    }
  }

  /** Reads a list, page by page. */
  async *pages<Item>(
    part: PagedPart<Item, EntitiesOfProduct[Of]>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    let isWhole = false;
    try {
      yield* this.#pages(part);
      isWhole = true;
    } catch (error) {
      yield gapOfError(error, this.product, part);
    } finally {
      this.#isCutShort ||= !isWhole;
      part.feed?.end();
    }
  }

  /** Reads many items, several at once, and yields them in their order. */
  async *each<Item>(
    part: ItemizedPart<Item, EntitiesOfProduct[Of]>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    if (this.isDone(part) || !this.wants(part)) return;
    let done = 0;
    for await (const { item, index, found, error } of this.#underWay(part)) {
      if (error !== undefined && endsThePart(error)) {
        yield this.#restOf(part, error, index);
        return;
      }
      if (error === undefined) yield* found;
      else {
        yield* part.otherwise?.(item) ?? [];
        yield gapOfError(error, this.product, part, part.resourceOf(item));
      }
      done += 1;
      this.#progress(part, done, part.expected?.());
      this.#checkpoints.note(part.name, { state: 'reading', cursor: part.keyOf(item), count: index + 1 });
    }
    if (!this.#isCutShort) this.#checkpoints.note(part.name, { state: 'done' });
  }

  async *#pages<Item>(
    part: PagedPart<Item, EntitiesOfProduct[Of]>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    const before = this.#checkpoints.of(part.name);
    if ((before?.state === 'done' || !this.wants(part)) && part.feed === undefined) return;
    const from = before?.state === 'reading' ? before.cursor : undefined;
    // A part that is fed needs the items of the pages that were read before; they are not given again.
    let given = before === undefined || (from !== undefined && part.feed === undefined);
    let keys = new Set<string>();
    let done = 0;

    const fetchPage = async (cursor: string | undefined): Promise<Page<CountedPage<Item>>> => {
      const page = await part.fetch(cursor ?? (part.feed === undefined ? from : undefined), this.call);
      return { items: [page], next: page.next };
    };
    for await (const page of paginate(fetchPage, part.name)) {
      const last = keys;
      keys = new Set(page.items.map(part.keyOf));
      const fresh = page.items.filter((item) => !last.has(part.keyOf(item)));
      if (given) for (const item of fresh) yield* asList(part.map(item));
      for (const item of fresh) part.feed?.push(item);
      done += fresh.length;
      if (given) {
        this.#progress(part, done, page.total);
        if (page.next !== undefined)
          this.#checkpoints.note(part.name, { state: 'reading', cursor: page.next, count: done });
      }
      given ||= from !== undefined && page.next === from;
    }
    if (from !== undefined && !given) yield* this.#anew(part);
    this.#checkpoints.note(part.name, { state: 'done' });
  }

  /** The cursor of the checkpoint did not come again: the list has changed, and is given whole. */
  async *#anew<Item>({
    fetch,
    map,
    name,
  }: PagedPart<Item, EntitiesOfProduct[Of]>): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    for await (const item of paginate((cursor) => fetch(cursor, this.call), name)) yield* asList(map(item));
  }

  async *#underWay<Item>(part: ItemizedPart<Item, EntitiesOfProduct[Of]>): AsyncGenerator<{
    readonly item: Item;
    readonly index: number;
    readonly found: readonly (EntitiesOfProduct[Of] | Gap)[];
    readonly error?: unknown;
  }> {
    const limit = this.#options.concurrency ?? DEFAULT_CONCURRENCY;
    const begin = async (item: Item, index: number) => {
      try {
        return { item, index, found: await part.read(item, this.call) };
      } catch (error) {
        return { item, index, found: [], error };
      }
    };
    const window: ReturnType<typeof begin>[] = [];
    for await (const { item, index } of this.#unread(part)) {
      window.push(begin(item, index));
      const first = window.length >= limit ? window.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (const left of window) yield await left;
  }

  /** The items after those that the reading before had read; all of them when the list is no longer the same. */
  async *#unread<Item>({
    name,
    items,
    keyOf,
  }: ItemizedPart<Item, EntitiesOfProduct[Of]>): AsyncGenerator<{ readonly item: Item; readonly index: number }> {
    const before = this.#checkpoints.of(name);
    const skipped: Item[] = [];
    let toSkip = before?.state === 'reading' ? before.count : 0;
    let index = 0;
    for await (const item of items) {
      if (toSkip > skipped.length) {
        skipped.push(item);
        if (skipped.length < toSkip) continue;
        const isSame = before?.state === 'reading' && keyOf(item) === before.cursor;
        toSkip = 0;
        if (isSame) index = skipped.length;
        else for (const one of skipped) yield { item: one, index: index++ };
        continue;
      }
      yield { item, index: index++ };
    }
    // Fewer than were read before: it is another list.
    if (toSkip > 0) for (const one of skipped) yield { item: one, index: index++ };
  }

  #restOf(part: Part, error: unknown, done: number): Gap {
    const of = gapOfError(error, this.product, part);
    return gap(this.product, part, {
      ...of,
      message: `${of.message}; after ${String(done)} of them the rest was not tried`,
    });
  }

  #progress({ name }: Part, done: number, expected: number | undefined): void {
    const { onProgress } = this.#options;
    onProgress?.({ product: this.product, part: name, done, ...(expected !== undefined && { expected }) });
  }
}

function asList<Found>(found: Found | readonly Found[]): readonly Found[] {
  // Entities are objects, and none is a list.
  return Array.isArray(found) ? (found as readonly Found[]) : [found as Found];
}
