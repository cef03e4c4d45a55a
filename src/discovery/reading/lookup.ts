import type { EntitiesOfProduct, Product } from '../entities/entity.js';
import type { Gap } from '../entities/gap.js';
import type { Part } from './gap-of-error.js';
import type { PagedPart, ReadSession } from './read-session.js';

/** What a list tells of some ids, for parts that are read at the same time and need it. A checkpoint keeps it. */
export class Lookup<Value extends string | boolean> {
  /** Resolves when all is known that can be: `false` when the list could not be read to its end. */
  readonly isRead: Promise<boolean>;
  readonly #part: Part;
  readonly #values: Record<string, Value>;
  #finish: (isWhole: boolean) => void = () => undefined;

  constructor(session: ReadSession<Product>, part: Part) {
    this.#part = part;
    // Without a prototype, in which an id might be found that is in no list. What was kept is what was put in here.
    this.#values = Object.assign(Object.create(null) as Record<string, Value>, session.kept(part));
    this.isRead = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  get(id: string): Value | undefined {
    return this.#values[id];
  }

  put(id: string, value: Value): void {
    this.#values[id] = value;
  }

  /** How many ids the list had. */
  get size(): number {
    return Object.keys(this.#values).length;
  }

  /** Reads the list; its `map` puts in what it finds. */
  async *read<Of extends Product, Item>(
    session: ReadSession<Of>,
    list: Pick<PagedPart<Item, EntitiesOfProduct[Of]>, 'fetch' | 'keyOf' | 'map'>,
  ): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    let isWhole = true;
    try {
      for await (const found of session.pages({ ...this.#part, ...list, kept: this.#values })) {
        isWhole &&= found.type !== 'gap';
        yield found;
      }
    } finally {
      this.#finish(isWhole);
    }
  }
}
