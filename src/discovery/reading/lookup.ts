import type { EntitiesOfProduct } from '../entities/entity.js';
import type { Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import { CompactIds } from './compact-ids.js';
import type { Part } from './gap-of-error.js';
import type { PagedPart, ReadSession } from './read-session.js';

/** What a checkpoint keeps. */
interface Kept {
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

/** What a list says of some ids, yes or no, for parts that are read at the same time and need it. A checkpoint keeps it. */
export class Lookup {
  /** Resolves when all is known that can be: `false` when the list could not be read to its end. */
  readonly isRead: Promise<boolean>;
  #isWhole = false;
  readonly #part: Part;
  readonly #yes: CompactIds;
  readonly #no: CompactIds;
  #finish: (isWhole: boolean) => void = () => undefined;

  constructor(session: ReadSession<Product>, part: Part) {
    this.#part = part;
    // What was kept is what was put in here.
    const kept = session.kept(part) as Kept | undefined;
    this.#yes = new CompactIds(kept?.yes);
    this.#no = new CompactIds(kept?.no);
    this.isRead = new Promise((resolve) => {
      this.#finish = (isWhole) => {
        this.#isWhole = isWhole;
        resolve(isWhole);
      };
    });
  }

  /** `undefined` for an id that the list did not have. */
  get(id: string): boolean | undefined {
    if (this.#yes.has(id)) return true;
    return this.#no.has(id) ? false : undefined;
  }

  put(id: string, value: boolean): void {
    (value ? this.#yes : this.#no).add(id);
  }

  /** Whether the list has been read to its end: an id that it did not have is not in it. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** How many ids the list had. */
  get size(): number {
    return this.#yes.size + this.#no.size;
  }

  /** Reads the list; its `map` puts in what it finds. */
  async *read<Of extends Product, Item>(
    session: ReadSession<Of>,
    list: Pick<PagedPart<Item, EntitiesOfProduct[Of]>, 'fetch' | 'keyOf' | 'map'>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    const kept = (): Kept => ({ yes: this.#yes.toTexts(), no: this.#no.toTexts() });
    let isWhole = true;
    try {
      for await (const found of session.pages({ ...this.#part, ...list, kept })) {
        isWhole &&= found.type !== 'gap';
        yield found;
      }
    } finally {
      this.#finish(isWhole);
    }
  }
}
