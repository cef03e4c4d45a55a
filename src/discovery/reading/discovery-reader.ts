import type { CallOptions } from '../../http/transport.js';
import type { EntitiesOfProduct, EntityType, Product } from '../entities/entity.js';
import type { Gap } from '../entities/gap.js';

/** How far a reading has come. */
export interface ReadProgress {
  readonly product: Product;
  /** What is being read: `users`, `project roles`. */
  readonly part: string;
  readonly done: number;
  /** How many there are, where that is known. */
  readonly expected?: number;
}

/**
 * Where a reading can be taken up again. JSON: keep it beside the entities that were received before it.
 *
 * A part that is `done` is left out the next time; one with a `cursor` goes on from there. Entities around the cursor may
 * come twice.
 */
export interface ReadCheckpoint {
  readonly version: 1;
  readonly product: Product;
  readonly parts: Readonly<Record<string, PartState>>;
}

/** How far one part has been read. */
export type PartState =
  | { readonly state: 'done' }
  /** `count` of items, the last of which had the key `cursor`; or the cursor of the next page. */
  | { readonly state: 'reading'; readonly cursor: string; readonly count: number };

/** What may be set for one reading. */
export interface ReadOptions extends CallOptions {
  /** Told after each page or item. */
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
  /** The last checkpoint of a reading that was cut short. */
  readonly resumeFrom?: ReadCheckpoint | undefined;
  /** Told when the entities before the checkpoint have all been taken by the consumer. */
  readonly onCheckpoint?: ((checkpoint: ReadCheckpoint) => void) | undefined;
  /** Kinds of entities to read; the calls that only others need are not made. Everything unless given. */
  readonly only?: readonly EntityType[] | undefined;
  /** Most items of one part under way at once. Default 16; the rate limits of the API bound the calls themselves. */
  readonly concurrency?: number | undefined;
}

/**
 * Reads one product.
 *
 * What cannot be read comes as a gap, in the place of the entities it hides, and the rest goes on. Only a cancellation
 * throws (`aborted`).
 */
export interface DiscoveryReader<Of extends Product = Product> {
  readonly product: Of;
  /** Streams everything. Nothing is sent before the first entity is asked for. */
  read(options?: ReadOptions): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined>;
}
