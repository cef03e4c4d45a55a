import type { Clock } from '../http/clock.js';
import { WITHOUT_ORGANIZATION } from './admin/without-organization.js';
import { productsToRead } from './check-discovery.js';
import type { DiscoverOptions, DiscoveryCheckpoint, Readers } from './discover-options.js';
import type { Discovered } from './entities/entity.js';
import { productOf, PRODUCTS, typesOfProduct, type Product } from './entities/entity-type.js';
import type { DiscoveryReader, ReadCheckpoint } from './reading/discovery-reader.js';
import { gap } from './reading/gap-of-error.js';
import { merge } from './reading/merge.js';
import type { AccessSnapshot } from './snapshot/access-snapshot.js';
import { SnapshotBuilder } from './snapshot/snapshot-builder.js';

/** Reads every product at once and puts what was found together. */
export async function discover(readers: Readers, clock: Clock, options: DiscoverOptions = {}): Promise<AccessSnapshot> {
  const { products: _asked, resumeFrom, onInterrupted, ...shared } = options;
  const products = productsToRead(readers, options);
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
    onInterrupted?.({ version: 1, startedAt, asked: products, found: builder.found(), products: checkpoints });
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
          what: 'not-read',
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
