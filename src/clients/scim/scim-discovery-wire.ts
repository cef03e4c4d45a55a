import { z } from 'zod';
import { mapped } from './answers.js';
import { present } from '../../model/present.js';
import type { ScimResourceType, ScimSchema, ScimSchemaAttribute, ScimServiceProviderConfig } from './scim-discovery.js';
import { lazySchema } from '../../model/lazy-schema.js';

const text = lazySchema(() => z.string().nullish());
const flag = lazySchema(() => z.boolean().nullish());
const feature = lazySchema(() => z.looseObject({ supported: flag() }).nullish());

/** Schema of a service provider configuration. */
export const scimConfigSchema = lazySchema((): z.ZodType<ScimServiceProviderConfig> =>
  z
    .looseObject({
      documentationUri: text(),
      patch: feature(),
      bulk: feature(),
      filter: z.looseObject({ supported: flag(), maxResults: z.number().nullish() }).nullish(),
      changePassword: feature(),
      sort: feature(),
      etag: feature(),
      authenticationSchemes: z.array(z.looseObject({ type: z.string(), name: text(), description: text() })).nullish(),
    })
    .transform((wire) => ({
      ...present({ documentationUri: wire.documentationUri, filterMaxResults: wire.filter?.maxResults }),
      patch: wire.patch?.supported ?? false,
      bulk: wire.bulk?.supported ?? false,
      filter: wire.filter?.supported ?? false,
      changePassword: wire.changePassword?.supported ?? false,
      sort: wire.sort?.supported ?? false,
      etag: wire.etag?.supported ?? false,
      authenticationSchemes: (wire.authenticationSchemes ?? []).map(({ type, name, description }) => ({
        type,
        ...present({ name, description }),
      })),
    })),
);

/** Attributes nest once (RFC 7643 section 2.3.8); deeper levels of an answer are not read. */
const leafSchema = lazySchema(() =>
  z.looseObject({
    name: z.string(),
    type: text(),
    multiValued: flag(),
    required: flag(),
    caseExact: flag(),
    mutability: text(),
    returned: text(),
    uniqueness: text(),
    canonicalValues: z.array(z.string()).nullish(),
  }),
);

function toAttribute(wire: z.infer<ReturnType<typeof leafSchema>>): ScimSchemaAttribute {
  const { type, mutability, returned, uniqueness, canonicalValues } = wire;
  return {
    name: wire.name,
    multiValued: wire.multiValued ?? false,
    required: wire.required ?? false,
    caseExact: wire.caseExact ?? false,
    ...present({ type, mutability, returned, uniqueness, canonicalValues }),
  };
}

/** Schema of a schema. */
export const scimSchemaSchema = lazySchema((): z.ZodType<ScimSchema> =>
  z
    .looseObject({
      id: z.string(),
      name: text(),
      description: text(),
      attributes: z.array(leafSchema().extend({ subAttributes: z.array(leafSchema()).nullish() })).nullish(),
    })
    .transform(({ id, name, description, attributes }) => ({
      id,
      ...present({ name, description }),
      attributes: (attributes ?? []).map((attribute) => ({
        ...toAttribute(attribute),
        ...present({ subAttributes: attribute.subAttributes?.map(toAttribute) }),
      })),
    })),
);

/** Schema of a resource type. */
export const scimResourceTypeSchema = lazySchema((): z.ZodType<ScimResourceType> =>
  z
    .looseObject({
      id: text(),
      name: z.string(),
      description: text(),
      endpoint: z.string(),
      schema: z.string(),
      schemaExtensions: z.array(z.looseObject({ schema: z.string(), required: flag() })).nullish(),
    })
    .transform(({ id, name, description, endpoint, schema, schemaExtensions }) => ({
      name,
      endpoint,
      schema,
      ...present({ id, description }),
      schemaExtensions: (schemaExtensions ?? []).map((extension) => ({
        schema: extension.schema,
        required: extension.required ?? false,
      })),
    })),
);

/** Discovery documents come as a ListResponse (RFC 7644 section 4); some servers send the bare array. */
export function scimDocumentsSchema<Item>(item: z.ZodType<Item>): z.ZodType<readonly Item[]> {
  const items = z.array(item);
  return mapped(
    z.union([items, z.looseObject({ Resources: items.nullish() }).transform(({ Resources }) => Resources ?? [])]),
  );
}
