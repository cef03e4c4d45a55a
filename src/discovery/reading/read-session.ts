import { setMaxListeners } from 'node:events';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { ProvisionerError } from '../../errors/provisioner-error.js';
import type { Page } from '../../http/paginate.js';
import { paginatePages } from '../../http/paginate.js';
import type { CallOptions } from '../../http/transport.js';
import type { EntitiesOfProduct } from '../entities/entity.js';
import type { Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import { ahead } from './ahead.js';
import { checkReadOptions } from './check-reading.js';
import { Checkpoints } from './checkpoints.js';
import type { ReadOptions } from './discovery-reader.js';
import type { Feed, FeedInput } from './feed.js';
import { endsThePart, gap, gapOfError, isPassing, type Part } from './gap-of-error.js';
import { ListSoFar } from './list-so-far.js';
import { merge } from './merge.js';
import { unidentified } from './unidentified.js';
import { underWay, type Give } from './under-way.js';

const DEFAULT_CONCURRENCY = 16;

/** How the pages of a list become entities. */
export interface PagedPart<Item, Found> extends Part {
  readonly fetch: (cursor: string | undefined, call: CallOptions) => Promise<Page<Item>>;
  readonly map: (item: Item) => Found | Gap | readonly (Found | Gap)[];
  /**
   * Of an item: what came on the page before is not given again when the list shifts under the reading. Empty for somebody
   * whom nothing tells apart: they are counted, and not mapped.
   */
  readonly keyOf: (item: Item) => string;
  /** What it says of the reading that the whole list has nothing in it. */
  readonly ofNothing?: (() => Gap | undefined) | undefined;
  /** Gets every item, for a part that reads on from it. Ended when the list is. */
  readonly feed?: FeedInput<Item> | undefined;
  /** Tells what `map` has learned that other parts need, as JSON. See {@link ReadSession.kept}. */
  readonly kept?: (() => unknown) | undefined;
}

/** How each of many items is read by itself. */
export interface ItemizedPart<Item, Found> extends Part {
  readonly items: Feed<Item>;
  /** May give some before the rest is found, where one item has very much. It comes again when the reading is cut there. */
  readonly read: (item: Item, call: CallOptions, give: Give<Found | Gap>) => Promise<readonly (Found | Gap)[]>;
  /** What the gap of an item is about. Without it, items that cannot be read for the same reason have one gap. */
  readonly resourceOf?: (item: Item) => NonNullable<Gap['resource']>;
  /** What is left to say of an item that could not be read: the item itself, with what it lacks absent. */
  readonly otherwise?: (item: Item) => readonly Found[];
  /** What `read` has learned that other parts need; as with {@link PagedPart.kept}. */
  readonly kept?: (() => unknown) | undefined;
  /** Where `read` puts what another part reads on from. Ended when the items are. */
  readonly feed?: Pick<FeedInput<never>, 'end'> | undefined;
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

  /** Throws `request_invalid` for a checkpoint of something else, and for options that would read less. */
  constructor(product: Of, options: ReadOptions = {}, source = '') {
    checkReadOptions(options);
    const { signal, attemptTimeoutMs, totalTimeoutMs, onAttempt } = options;
    this.product = product;
    this.#options = options;
    this.#checkpoints = new Checkpoints(product, source, options);
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
    return this.#checkpoints.before(name)?.state === 'done';
  }

  /** What a part of the reading that this one takes up had learned. */
  kept({ name }: Pick<Part, 'name'>): unknown {
    return this.#checkpoints.before(name)?.kept;
  }

  /**
   * Makes of an error the gap of a part that a reading which is taken up tries again.
   *
   * The gap goes with it, and what has been read without the part is read anew. Where the rights are missing, which may
   * be so for good, a gap that others rest on stands instead.
   */
  gapOf(error: unknown, part: Part): Gap {
    return this.triedAgain(gapOfError(error, this.product, part), part);
  }

  /** As {@link ReadSession.gapOf}, of a gap that is told otherwise. */
  triedAgain(found: Gap, { neededBy }: Pick<Part, 'neededBy'> = {}): Gap {
    if (neededBy === undefined || isPassing(found)) this.#checkpoints.outdate(found.id, neededBy);
    return found;
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
      const isPassed = this.#passes(found);
      yield* this.#given(part, found);
      this.#progress(part, 1, 1);
      if (!isPassed) this.#checkpoints.note(part.name, { state: 'done' });
    } catch (error) {
      yield this.gapOf(error, part);
    }
  }

  /** Reads a list, page by page; the next page is under way while one is given. */
  async *pages<Item>(
    part: PagedPart<Item, EntitiesOfProduct[Of]>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    if (this.isDone(part)) {
      part.feed?.end();
      return;
    }
    if (part.feed === undefined && !this.wants(part)) return;
    let isWhole = false;
    try {
      yield* this.#pages(part);
      isWhole = true;
    } catch (error) {
      yield this.gapOf(error, part);
    } finally {
      part.feed?.end(isWhole);
    }
    if (isWhole) this.#checkpoints.note(part.name, { state: 'done', ...keptOf(part) });
  }

  /**
   * Reads many items, several at once, and yields each when it is finished.
   *
   * After an error that the next ones would meet too, nothing more is sent: there is one gap, and `otherwise` has the
   * word on the rest. A reading that is taken up from the checkpoint tries them again, and each that could not be read for
   * now.
   */
  async *each<Item>(
    part: ItemizedPart<Item, EntitiesOfProduct[Of]>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    let isWhole = this.isDone(part);
    try {
      if (isWhole || !this.wants(part)) part.items.close();
      else isWhole = yield* this.#each(part);
    } finally {
      part.feed?.end(isWhole);
    }
  }

  async *#each<Item>(
    part: ItemizedPart<Item, EntitiesOfProduct[Of]>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, boolean, undefined> {
    const { name, items, read } = part;
    const before = this.#checkpoints.before(name);
    // What it was told to keep.
    if (before?.state === 'reading') items.putFirst((before.pending ?? []) as readonly Item[]);
    let done = before?.state === 'reading' ? before.count : 0;
    this.#checkpoints.track(name, () => ({
      state: 'reading',
      count: done - items.failures,
      pending: items.unsettled(),
      ...keptOf(part),
    }));

    let ended: ProvisionerError | undefined;
    const failed = new Set<Item>();
    const limit = this.#options.concurrency ?? DEFAULT_CONCURRENCY;
    const outcomes = underWay<Item, EntitiesOfProduct[Of] | Gap>(items, limit, async (item, give) => {
      if (ended !== undefined) throw ended;
      return read(item, this.call, give);
    });
    for await (const { item, found, error, isLast } of outcomes) {
      if (error !== undefined) yield* part.otherwise?.(item) ?? [];
      if (endsThePart(error)) {
        if (ended === undefined) {
          ended = error;
          yield this.#restOf(part, error, done);
        }
        continue;
      }
      const given = error === undefined ? found : [gapOfError(error, this.product, part, part.resourceOf?.(item))];
      if (this.#passes(given, part)) failed.add(item);
      yield* this.#given(part, given);
      if (!isLast) continue;
      done += 1;
      if (failed.has(item)) items.fail(item);
      else items.settle(item);
      this.#progress(part, done, items.expected(done));
      this.#checkpoints.tell();
    }
    const isWhole = ended === undefined && items.isWhole && items.failures === 0;
    if (isWhole) this.#checkpoints.note(name, { state: 'done', ...keptOf(part) });
    return isWhole;
  }

  async *#pages<Item>(
    part: PagedPart<Item, EntitiesOfProduct[Of]>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    const before = this.#checkpoints.before(part.name);
    const from = before?.state === 'reading' ? before : undefined;
    const list = new ListSoFar(part.name, part.keyOf, from);

    for await (const page of ahead(this.#walk(part, from?.cursor, list), part.feed)) {
      const fresh = list.take(page);
      for (const item of fresh.known) yield* this.#given(part, asList(part.map(item)));
      if (fresh.known.length < fresh.all.length)
        yield* this.#given(part, [unidentified(this.product, part, list.unidentified)]);
      if (page.total !== undefined) part.feed?.expect(page.total);
      for (const item of fresh.all) part.feed?.push(item);
      this.#progress(part, list.done, page.next === undefined ? list.done : page.total);
      if (page.next !== undefined)
        this.#checkpoints.note(part.name, { state: 'reading', cursor: page.next, ...list.state, ...keptOf(part) });
    }
    const ofNothing = list.done === 0 ? part.ofNothing?.() : undefined;
    if (ofNothing !== undefined) yield* this.#given(part, [ofNothing]);
    const doubt = list.doubt();
    if (doubt === undefined) return;
    const message = `The list of ${part.name} ${doubt}`;
    yield* this.#given(part, [gap(this.product, part, { what: 'short', reason: 'truncated', message })]);
  }

  /** The pages from a cursor on, or from the beginning where the server takes the cursor no more. */
  #walk<Item>(
    { fetch, name }: PagedPart<Item, EntitiesOfProduct[Of]>,
    from: string | undefined,
    list: Pick<ListSoFar<Item>, 'restart'>,
  ): AsyncGenerator<Page<Item>, void, undefined> {
    return paginatePages(async (cursor) => {
      if (cursor !== undefined || from === undefined) return fetch(cursor, this.call);
      return fetch(from, this.call).catch(async (error: unknown) => {
        if (!isProvisionerError(error, 'rejected', 'not_found', 'gone')) throw error;
        list.restart();
        return fetch(undefined, this.call);
      });
    }, name);
  }

  #restOf(part: Part, error: unknown, done: number): Gap {
    const found = gapOfError(error, this.product, part);
    const message = `${found.message}; after ${String(done)} of them the rest was not tried`;
    return this.triedAgain({ ...found, message }, part);
  }

  /** Whether something that was found stands for what may be read the next time: it goes when it is, and what rests on it. */
  #passes(found: readonly (EntitiesOfProduct[Of] | Gap)[], { neededBy }: Pick<Part, 'neededBy'> = {}): boolean {
    const passing = found.filter((one) => one.type === 'gap' && isPassing(one));
    for (const { id } of passing) this.#checkpoints.outdate(id, neededBy);
    return passing.length > 0;
  }

  /** What a part gives, with its gaps written down. */
  #given<One extends EntitiesOfProduct[Of] | Gap>({ name }: Part, found: readonly One[]): readonly One[] {
    for (const one of found) if (one.type === 'gap') this.#checkpoints.gave(name, one.id);
    return found;
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

function keptOf({ kept }: { readonly kept?: (() => unknown) | undefined }): { readonly kept?: unknown } {
  return kept === undefined ? {} : { kept: kept() };
}
