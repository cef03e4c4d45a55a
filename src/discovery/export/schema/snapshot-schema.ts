import { z } from 'zod';
import { lazySchema } from '../../../model/lazy-schema.js';
import type { Connection } from '../../entities/connection.js';
import type { EntityOf } from '../../entities/entity.js';
import { ENTITY_TYPES, PRODUCTS, type EntityType, type Product } from '../../entities/entity-type.js';
import type { Gap } from '../../entities/gap.js';
import { SNAPSHOT_VERSION, type AccessSnapshot, type EntitiesByType } from '../../snapshot/access-snapshot.js';
import { adminSchemas } from './admin-schemas.js';
import { bitbucketSchemas } from './bitbucket-schemas.js';
import { confluenceSchemas } from './confluence-schemas.js';
import { entityOf, id, instant, many, objectOf, optional, optionalText, text } from './entity-schema.js';
import { jiraSchemas } from './jira-schemas.js';

/** What a snapshot calls itself. */
export const SNAPSHOT_FORMAT = 'atlassian-provisioner/access-snapshot';

/** The products that were asked for. */
export const productsSchema = lazySchema(() => many<Product>(z.enum(PRODUCTS)));

const entityReference = lazySchema(() => ({
  type: z.enum(ENTITY_TYPES),
  id: z.string(),
}));

const connectionSchema = lazySchema(() =>
  entityOf<Connection>('connection', {
    id: text(),
    from: objectOf<Connection['from']>(entityReference()),
    to: objectOf<Connection['to']>(entityReference()),
    evidence: z.enum(['scim-extension', 'account-id']),
  }),
);

/** A part that could not be read. */
export const gapSchema = lazySchema(() =>
  entityOf<Gap>('gap', {
    id: text(),
    product: z.enum(PRODUCTS),
    part: text(),
    reason: z.enum([
      'forbidden',
      'unauthenticated',
      'not-configured',
      'absent',
      'rate-limited',
      'not-found',
      'failed',
      'truncated',
      'skipped',
    ]),
    hides: many<EntityType>(z.enum(ENTITY_TYPES)),
    resource: optional(objectOf<NonNullable<Gap['resource']>>({ ...entityReference(), name: optionalText() })),
    message: text(),
    advice: optionalText(),
    // Codes are added in minor versions of the package: an older one must still read what a newer one wrote.
    code: optional(id<NonNullable<Gap['code']>>()),
  }),
);

/** One schema for each kind. */
export const entitySchemas = lazySchema((): { readonly [Type in EntityType]: z.ZodType<EntityOf<Type>> } => ({
  ...adminSchemas(),
  ...jiraSchemas(),
  ...confluenceSchemas(),
  ...bitbucketSchemas(),
  connection: connectionSchema(),
}));

/** The whole document. */
export const snapshotSchema = lazySchema(() => {
  const schemas: Readonly<Record<EntityType, z.ZodType>> = entitySchemas();
  const lists = Object.fromEntries(ENTITY_TYPES.map((type) => [type, z.array(schemas[type])]));

  return objectOf<AccessSnapshot>({
    format: z.literal(SNAPSHOT_FORMAT),
    version: z.literal(SNAPSHOT_VERSION),
    startedAt: instant(),
    completedAt: instant(),
    products: productsSchema(),
    entities: z.looseObject(lists) as unknown as z.ZodType<EntitiesByType>,
    gaps: many(gapSchema()),
  });
});
