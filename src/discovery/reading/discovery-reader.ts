import type { CallOptions } from '../../http/transport.js';
import type { EntitiesOfProduct } from '../entities/entity.js';
import type { EntityType, Product } from '../entities/entity-type.js';
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
 * A part that is `done` is left out the next time; one with a `cursor` goes on from there, and one with `pending` items
 * begins with those: what was not read yet, and what could not be read for now. What was given is not read again, but for
 * what a reading must know to go on: whether the credential is good, and lists that come in one piece. Entities around the
 * cursor may come twice. A part that was read without something it needs, which could not be read for now, is not in it: it
 * is read anew.
 */
export interface ReadCheckpoint {
  readonly version: 1;
  readonly product: Product;
  /** Where it was read; see {@link DiscoveryReader.source}. */
  readonly source: string;
  readonly parts: Readonly<Record<string, PartState>>;
  /** What was given, and is read again from here on: let it go. Every other gap stands. */
  readonly outdated?: Outdated | undefined;
}

/** What a reading that goes on gives anew, or has no reason to give any more. */
export interface Outdated {
  /** Ids of gaps. */
  readonly gaps: readonly string[];
  /** Kinds of entities: each one that was given. */
  readonly kinds: readonly EntityType[];
}

/** How far one part has been read. */
export type PartState =
  /** `kept` is what other parts need to know of it. */
  | { readonly state: 'done'; readonly kept?: unknown }
  | {
      readonly state: 'reading';
      /** How many items were given. */
      readonly count: number;
      /** Of a list: where its next page is. */
      readonly cursor?: string | undefined;
      /** Of a list: the most items that it was said to have. */
      readonly total?: number | undefined;
      /** How many of those that were given have no id of their own. */
      readonly unidentified?: number | undefined;
      /** Of what is read for each item of a list: items that were listed, and not given. */
      readonly pending?: readonly unknown[] | undefined;
      readonly kept?: unknown;
    };

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
  /**
   * Tells where it reads from another place: the id of the organization, the address of the site (also where it is read
   * through the gateway), the name of the workspace. A checkpoint keeps it, and is refused elsewhere.
   */
  readonly source: string;
  /** Streams everything. Nothing is sent before the first entity is asked for. */
  read(options?: ReadOptions): AsyncGenerator<EntitiesOfProduct[Of] | Gap, void, undefined>;
}
