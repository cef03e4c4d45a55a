import { MAX_SAME_PAGES, repeating, type Page } from '../../http/paginate.js';
import { present } from '../../model/present.js';
import type { PartState } from './discovery-reader.js';
import { ListLength } from './list-length.js';

/** What a checkpoint has of a list. */
type Begun = Extract<PartState, { state: 'reading' }>;

/** Items of a page that were not on the page before. */
export interface Fresh<Item> {
  readonly all: readonly Item[];
  /** Those that something tells apart. */
  readonly known: readonly Item[];
}

/** What has come of a list: finds out what comes twice, who has no id, whether it goes round in circles, and whether it is whole. */
export class ListSoFar<Item> {
  readonly #name: string;
  readonly #keyOf: (item: Item) => string;
  /** One of each page. */
  readonly #firsts = new Set<string>();
  #keys: ReadonlySet<string> = new Set();
  #stale = 0;
  #done: number;
  #unidentified: number;
  #length: ListLength;

  /** `keyOf` is empty for somebody whom nothing tells apart. `from` is where the reading that is taken up was. */
  constructor(name: string, keyOf: (item: Item) => string, from?: Begun) {
    this.#name = name;
    this.#keyOf = keyOf;
    this.#done = from?.count ?? 0;
    this.#unidentified = from?.unidentified ?? 0;
    this.#length = new ListLength(from);
  }

  get done(): number {
    return this.#done;
  }

  /** How many have come whom nothing tells apart. */
  get unidentified(): number {
    return this.#unidentified;
  }

  /** For a checkpoint. */
  get state(): Pick<Begun, 'count' | 'total' | 'unidentified'> {
    const unidentified = this.#unidentified === 0 ? undefined : this.#unidentified;
    return { count: this.#done, ...present({ total: this.#length.most, unidentified }) };
  }

  /** The list is read from its beginning after all. */
  restart(): void {
    this.#done = 0;
    this.#unidentified = 0;
    this.#length = new ListLength();
  }

  /** Takes in a page. Throws `response_invalid` when nothing new comes any more. */
  take(page: Page<Item>): Fresh<Item> {
    const last = this.#keys;
    this.#keys = new Set(page.items.map(this.#keyOf));
    // Those without a key cannot be told apart: each is new.
    const all = page.items.filter((item) => this.#keyOf(item) === '' || !last.has(this.#keyOf(item)));
    const known = all.filter((item) => this.#keyOf(item) !== '');
    this.#expectSomethingNew(page, all);
    this.#length.tell(page);
    this.#unidentified += all.length - known.length;
    this.#done += all.length;
    return { all, known };
  }

  /** Why it may not be whole, at its end. */
  doubt(): string | undefined {
    return this.#length.doubt(this.#done);
  }

  #expectSomethingNew({ items }: Page<Item>, fresh: readonly Item[]): void {
    const [key = ''] = this.#keys;
    // Of a page of people whom nothing tells apart, all of it.
    const first = this.#keys.has('') && this.#keys.size === 1 ? JSON.stringify(items) : key;
    const isStale = (fresh.length === 0 && items.length > 0) || this.#firsts.has(first);
    this.#stale = isStale ? this.#stale + 1 : 0;
    if (this.#stale > MAX_SAME_PAGES) throw repeating(this.#name);
    if (first !== '') this.#firsts.add(first);
  }
}
