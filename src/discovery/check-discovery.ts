import { z } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { lazySchema } from '../model/lazy-schema.js';
import type { DiscoverOptions, DiscoveryCheckpoint, Readers } from './discover-options.js';
import { PRODUCTS, type Product } from './entities/entity-type.js';
import { readAs } from './invalid-document.js';
import { instant } from './export/schema/entity-schema.js';
import { entitySchemas, gapSchema, productsSchema } from './export/schema/snapshot-schema.js';
import { checkCheckpoint, checkReadOptions } from './reading/check-reading.js';

const discoverySchema = lazySchema(() =>
  z.looseObject({
    version: z.literal(1),
    startedAt: instant(),
    asked: productsSchema(),
    found: z.array(
      z.discriminatedUnion('type', [gapSchema(), ...Object.values(entitySchemas())] as unknown as Discriminated),
    ),
    // Each is held against its own schema with what it is to be a checkpoint of.
    products: z.partialRecord(z.enum(PRODUCTS), z.unknown()),
  }),
);

/** The options of a union of objects with a literal type each, which the hand-written types hide. */
type Discriminated = readonly [z.ZodObject, ...z.ZodObject[]];

/**
 * The products to read, each once: those that were asked for, those of the checkpoint, or all that are configured.
 *
 * @throws {@link ProvisionerError} `request_invalid`, with the field: a product that there is not, a checkpoint that is
 *   malformed, or of another organization, site or workspace, or of other products.
 */
export function productsToRead(readers: Readers, options: DiscoverOptions): readonly Product[] {
  const { products, resumeFrom } = options;
  checkReadOptions(options);
  const unknown = products?.find((product) => !PRODUCTS.includes(product));
  if (unknown !== undefined)
    throw invalid(
      `products has ${JSON.stringify(unknown)}, which is none of ${PRODUCTS.join(', ')}`,
      'Ask for products by these names.',
    );
  const asked = products && PRODUCTS.filter((product) => products.includes(product));
  if (resumeFrom === undefined) return asked ?? PRODUCTS.filter((product) => readers[product] !== undefined);

  checkResumed(readers, resumeFrom);
  if (asked !== undefined && String(asked) !== String(resumeFrom.asked))
    throw invalid(
      `products asks for ${asked.join(', ')}, and resumeFrom.asked has ${resumeFrom.asked.join(', ')}`,
      'Leave `products` out to go on, or `resumeFrom` to begin.',
    );
  return resumeFrom.asked;
}

function checkResumed(readers: Readers, resumeFrom: DiscoveryCheckpoint): void {
  readAs(discoverySchema(), resumeFrom, 'resumeFrom');
  for (const product of PRODUCTS) {
    const checkpoint = resumeFrom.products[product];
    if (checkpoint === undefined) continue;
    const field = `resumeFrom.products.${product}`;
    const reader = readers[product];
    if (reader === undefined)
      throw invalid(`${field} is there, and ${product} is not configured`, 'Give the configuration it was begun with.');
    checkCheckpoint(product, reader.source, checkpoint, field);
  }
}

function invalid(message: string, advice: string): ProvisionerError {
  return new ProvisionerError('request_invalid', message, { advice });
}
