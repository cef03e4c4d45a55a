import type { Discovered } from './entities/entity.js';
import type { Product } from './entities/entity-type.js';
import type { DiscoveryReader, ReadCheckpoint, ReadOptions } from './reading/discovery-reader.js';

/** A reading of several products that can be taken up again: everything received, and how far each product had come. */
export interface DiscoveryCheckpoint {
  readonly version: 1;
  readonly startedAt: string;
  /** The products to read. */
  readonly asked: readonly Product[];
  readonly found: readonly Discovered[];
  readonly products: Readonly<Partial<Record<Product, ReadCheckpoint>>>;
}

/** What may be set for one discovery. */
export interface DiscoverOptions extends Omit<ReadOptions, 'only' | 'resumeFrom' | 'onCheckpoint'> {
  /** Everything that is configured unless given; when going on, what the checkpoint was to read. */
  readonly products?: readonly Product[] | undefined;
  /** What {@link DiscoverOptions.onInterrupted} was given. */
  readonly resumeFrom?: DiscoveryCheckpoint | undefined;
  /** Told where to go on, when the discovery is cancelled or fails. JSON throughout. */
  readonly onInterrupted?: ((checkpoint: DiscoveryCheckpoint) => void) | undefined;
}

/** The readers there are, by product. */
export type Readers = { readonly [Of in Product]?: DiscoveryReader<Of> | undefined };
