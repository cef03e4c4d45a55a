import type { Clock } from '../http/clock.js';
import { WITHOUT_ORGANIZATION } from './admin/without-organization.js';
import type { Discovered } from './entities/entity.js';
import { productOf, PRODUCTS, typesOfProduct, type Product } from './entities/entity-type.js';
import type { DiscoveryReader, ReadCheckpoint, ReadOptions } from './reading/discovery-reader.js';
import { gap } from './reading/gap-of-error.js';
import { merge } from './reading/merge.js';
import type { AccessSnapshot } from './snapshot/access-snapshot.js';
import { SnapshotBuilder } from './snapshot/snapshot-builder.js';

/** A reading of several products that can be taken up again: everything received, and how far each product had come. */
export interface DiscoveryCheckpoint {
  readonly version: 1;
  readonly startedAt: string;
  readonly found: readonly Discovered[];
  readonly products: Readonly<Partial<Record<Product, ReadCheckpoint>>>;
}

/** What may be set for one discovery. */
export interface DiscoverOptions extends Omit<ReadOptions, 'only' | 'resumeFrom' | 'onCheckpoint'> {
  /** Everything that is configured unless given. */
  readonly products?: readonly Product[] | undefined;
  /** What {@link DiscoverOptions.onInterrupted} was given. */
  readonly resumeFrom?: DiscoveryCheckpoint | undefined;
  /** Told where to go on, when the discovery is cancelled or fails. JSON throughout. */
  readonly onInterrupted?: ((checkpoint: DiscoveryCheckpoint) => void) | undefined;
}

/** The readers there are, by product. */
export type Readers = { readonly [Of in Product]?: DiscoveryReader<Of> | undefined };

/** Reads every product at once and puts what was found together. */
export async function discover(readers: Readers, clock: Clock, options: DiscoverOptions = {}): Promise<AccessSnapshot> {
  const { products: asked, resumeFrom, onInterrupted, ...shared } = options;
  const products = asked ?? PRODUCTS.filter((product) => readers[product] !== undefined);
  const builder = new SnapshotBuilder();
  if (resumeFrom !== undefined) for (const one of stillGood(resumeFrom)) builder.add(one);
  const checkpoints: Partial<Record<Product, ReadCheckpoint>> = { ...resumeFrom?.products };
  const startedAt = resumeFrom?.startedAt ?? new Date(clock.now()).toISOString();
  const end = new AbortController();
  const signal = shared.signal === undefined ? end.signal : AbortSignal.any([shared.signal, end.signal]);

  const streams = products.flatMap((product): AsyncGenerator<Discovered, void, undefined>[] => {
    const reader: DiscoveryReader | undefined = readers[product];
    if (reader === undefined) return [];
    return [
      reader.read({
        ...shared,
        signal,
        resumeFrom: checkpoints[product],
        onCheckpoint: (checkpoint) => {
          checkpoints[product] = checkpoint;
        },
      }),
    ];
  });
  try {
    for await (const one of merge(streams, () => end.abort())) builder.add(one);
  } catch (error) {
    onInterrupted?.({ version: 1, startedAt, found: builder.found(), products: checkpoints });
    throw error;
  }

  for (const one of missingProducts(products, readers)) builder.add(one);
  return builder.build({ startedAt, completedAt: new Date(clock.now()).toISOString(), products });
}

/** What was found before, but what a reading that goes on gives anew, or gives no more. Every other gap stands. */
function stillGood({ found, products }: DiscoveryCheckpoint): readonly Discovered[] {
  const outdated = new Set<string>(PRODUCTS.flatMap((product) => outdatedIn(products[product])));
  return found.filter((one) => {
    const product = one.type === 'gap' ? one.product : productOf(one.type);
    // Nothing of a product without a checkpoint is known to have been read: it is read from the beginning.
    return products[product] !== undefined && !outdated.has(one.type === 'gap' ? one.id : one.type);
  });
}

function outdatedIn(checkpoint: ReadCheckpoint | undefined): readonly string[] {
  const { gaps = [], kinds = [] } = checkpoint?.outdated ?? {};
  return [...gaps, ...kinds];
}

/** A product that was asked for and is not configured, and the organization whenever it is not: without it nothing is tied. */
function missingProducts(products: readonly Product[], readers: Readers): Discovered[] {
  const needed = new Set<Product>([...products, 'admin']);
  return [...needed]
    .filter((product) => readers[product] === undefined || !products.includes(product))
    .map((product) =>
      gap(
        product,
        { name: product === 'admin' ? 'connections' : 'everything', hides: typesOfProduct(product) },
        {
          reason: readers[product] === undefined ? 'not-configured' : 'skipped',
          message: MESSAGES[product],
          advice: 'Give its credential in the configuration, and ask for it.',
        },
      ),
    );
}

const MESSAGES: Readonly<Record<Product, string>> = {
  admin: WITHOUT_ORGANIZATION,
  jira: 'Jira was not read',
  confluence: 'Confluence was not read',
  bitbucket: 'Bitbucket was not read',
};
