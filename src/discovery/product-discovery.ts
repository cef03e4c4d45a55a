import type { EntitiesOfProduct } from './entities/entity.js';
import type { Product } from './entities/entity-type.js';
import type { Gap } from './entities/gap.js';
import type { DiscoveryReader, ReadOptions } from './reading/discovery-reader.js';

/** The kinds of entities of one product. */
export type TypesOf<Of extends Product> = EntitiesOfProduct[Of]['type'];

/** What `stream` yields: entities of the kinds that were asked for. */
export type OfTypes<Of extends Product, Type extends TypesOf<Of>> = Extract<
  EntitiesOfProduct[Of],
  { readonly type: Type }
>;

/** Reads one product as a stream, gaps included. */
export class ProductDiscovery<Of extends Product> {
  readonly product: Of;
  readonly #reader: DiscoveryReader<Of>;

  constructor(reader: DiscoveryReader<Of>) {
    this.product = reader.product;
    this.#reader = reader;
  }

  /** Streams everything, as it is read. A gap comes in the place of what could not be read. */
  read(options: ReadOptions = {}): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined> {
    return this.#reader.read(options);
  }

  /**
   * Streams entities of some kinds alone, with the calls that they need and no others.
   *
   * @example
   * ```ts
   * for await (const one of atlassian.discovery.confluence.stream('confluence.grant'))
   *   if (one.type === 'gap') console.warn(one.message);
   *   else console.log(one.spaceId, one.principal);
   * ```
   */
  stream<const Type extends TypesOf<Of>>(
    types: Type | readonly Type[],
    options: Omit<ReadOptions, 'only'> = {},
  ): AsyncGenerator<OfTypes<Of, Type> | Gap, void, undefined> {
    const only = typeof types === 'string' ? [types] : types;
    // The reader leaves out every other kind.
    return this.#reader.read({ ...options, only }) as AsyncGenerator<OfTypes<Of, Type> | Gap, void, undefined>;
  }
}
