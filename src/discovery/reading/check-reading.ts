import { z } from 'zod';
import { ProvisionerError } from '../../errors/provisioner-error.js';
import { lazySchema } from '../../model/lazy-schema.js';
import { ENTITY_TYPES, PRODUCTS, type EntityType, type Product } from '../entities/entity-type.js';
import { readAs } from '../invalid-document.js';
import type { ReadCheckpoint, ReadOptions } from './discovery-reader.js';

const kept = { kept: z.unknown().optional() };

/** What a reading tells of how far it has come. */
const checkpointSchema = lazySchema(() =>
  z.looseObject({
    version: z.literal(1),
    product: z.enum(PRODUCTS),
    source: z.string(),
    parts: z.record(
      z.string(),
      z.discriminatedUnion('state', [
        z.looseObject({ state: z.literal('done'), ...kept }),
        z.looseObject({
          state: z.literal('reading'),
          count: z.int().nonnegative(),
          cursor: z.string().optional(),
          total: z.int().nonnegative().optional(),
          unidentified: z.int().nonnegative().optional(),
          pending: z.array(z.unknown()).optional(),
          ...kept,
        }),
      ]),
    ),
    outdated: z.looseObject({ gaps: z.array(z.string()), kinds: z.array(z.enum(ENTITY_TYPES)) }).optional(),
  }),
);

const ADVICE = 'Pass the last checkpoint that a reading of the same product, from the same place, gave; or none.';

/**
 * Refuses what is not a checkpoint, and one of something else: it would put two organizations into one.
 *
 * @throws {@link ProvisionerError} `request_invalid`, with the field.
 */
export function checkCheckpoint(
  product: Product,
  source: string,
  checkpoint: ReadCheckpoint,
  field = 'resumeFrom',
): void {
  readAs(checkpointSchema(), checkpoint, field);
  if (checkpoint.product !== product)
    throw invalid(`${field}.product is "${checkpoint.product}", and ${product} is to be read`, ADVICE);
  if (checkpoint.source !== source)
    throw invalid(`${field}.source is not the ${SOURCES[product]} that is configured`, ADVICE);
}

const SOURCES: Readonly<Record<Product, string>> = {
  admin: 'organization or directory',
  jira: 'site',
  confluence: 'site',
  bitbucket: 'workspace',
};

/**
 * Refuses options with which less would be read than is there.
 *
 * @throws {@link ProvisionerError} `request_invalid`, with the field.
 */
export function checkReadOptions({ concurrency, only }: Pick<ReadOptions, 'concurrency' | 'only'>): void {
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0))
    throw invalid(`concurrency must be a whole number from 1 on, and is ${String(concurrency)}`);
  const unknown = only?.find((type: EntityType) => !ENTITY_TYPES.includes(type));
  if (unknown !== undefined)
    throw invalid(`only has ${JSON.stringify(unknown)}, which is no kind of entity`, 'Use kinds of ENTITY_TYPES.');
}

function invalid(message: string, advice?: string): ProvisionerError {
  return new ProvisionerError('request_invalid', message, { advice });
}
