import { z } from 'zod';
import { path, type EncodedPath } from '../../http/path.js';
import type { CallOptions, Transport } from '../../http/transport.js';
import { present } from './present.js';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const feature = z.looseObject({ supported: flag }).nullish();

/** What a server says it can do (RFC 7643 section 5). A feature it does not mention is not supported. */
export interface ScimServiceProviderConfig {
  readonly documentationUri?: string;
  readonly patch: boolean;
  readonly bulk: boolean;
  readonly filter: boolean;
  /**
   * The most results a filter returns. Atlassian said 10000 (seen in 2021) while a page holds 100 (documented): not a
   * page size.
   */
  readonly filterMaxResults?: number;
  readonly changePassword: boolean;
  readonly sort: boolean;
  readonly etag: boolean;
  readonly authenticationSchemes: readonly ScimAuthenticationScheme[];
}

/** A way to authenticate that the server knows. */
export interface ScimAuthenticationScheme {
  readonly type: string;
  readonly name?: string;
  readonly description?: string;
}

/** One attribute of a schema (RFC 7643 section 7). */
export interface ScimSchemaAttribute {
  readonly name: string;
  readonly type?: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability?: string;
  readonly returned?: string;
  readonly uniqueness?: string;
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly ScimSchemaAttribute[];
}

/** A schema of the server. Atlassian's list lacks attributes that its API takes, `externalId` among them (seen). */
export interface ScimSchema {
  /** URN. */
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly attributes: readonly ScimSchemaAttribute[];
}

/** A kind of resource the server has (RFC 7643 section 6). */
export interface ScimResourceType {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  /** Path below the base URL, such as `/Users`. */
  readonly endpoint: string;
  /** URN of the main schema. */
  readonly schema: string;
  readonly schemaExtensions: readonly { readonly schema: string; readonly required: boolean }[];
}

const configSchema: z.ZodType<ScimServiceProviderConfig> = z
  .looseObject({
    documentationUri: text,
    patch: feature,
    bulk: feature,
    filter: z.looseObject({ supported: flag, maxResults: z.number().nullish() }).nullish(),
    changePassword: feature,
    sort: feature,
    etag: feature,
    authenticationSchemes: z.array(z.looseObject({ type: z.string(), name: text, description: text })).nullish(),
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
  }));

/** Attributes nest once (RFC 7643 section 2.3.8); deeper levels of an answer are not read. */
const leafSchema = z.looseObject({
  name: z.string(),
  type: text,
  multiValued: flag,
  required: flag,
  caseExact: flag,
  mutability: text,
  returned: text,
  uniqueness: text,
  canonicalValues: z.array(z.string()).nullish(),
});

function toAttribute(wire: z.infer<typeof leafSchema>): ScimSchemaAttribute {
  const { type, mutability, returned, uniqueness, canonicalValues } = wire;
  return {
    name: wire.name,
    multiValued: wire.multiValued ?? false,
    required: wire.required ?? false,
    caseExact: wire.caseExact ?? false,
    ...present({ type, mutability, returned, uniqueness, canonicalValues }),
  };
}

const schemaSchema: z.ZodType<ScimSchema> = z
  .looseObject({
    id: z.string(),
    name: text,
    description: text,
    attributes: z.array(leafSchema.extend({ subAttributes: z.array(leafSchema).nullish() })).nullish(),
  })
  .transform(({ id, name, description, attributes }) => ({
    id,
    ...present({ name, description }),
    attributes: (attributes ?? []).map((attribute) => ({
      ...toAttribute(attribute),
      ...present({ subAttributes: attribute.subAttributes?.map(toAttribute) }),
    })),
  }));

const resourceTypeSchema: z.ZodType<ScimResourceType> = z
  .looseObject({
    id: text,
    name: z.string(),
    description: text,
    endpoint: z.string(),
    schema: z.string(),
    schemaExtensions: z.array(z.looseObject({ schema: z.string(), required: flag })).nullish(),
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
  }));

/** Discovery documents come as a ListResponse (RFC 7644 section 4); some servers send the bare array. */
function everyOf<Item>(item: z.ZodType<Item>): z.ZodType<readonly Item[]> {
  const items = z.array(item);
  return z.union([items, z.looseObject({ Resources: items.nullish() }).transform(({ Resources }) => Resources ?? [])]);
}

/** What the server says about itself. Nothing here depends on the directory's content. */
export class ScimServiceProvider {
  readonly #transport: Transport<'directory-key'>;

  constructor(transport: Transport<'directory-key'>) {
    this.#transport = transport;
  }

  /** Reads the features of the server. */
  async config(options: CallOptions = {}): Promise<ScimServiceProviderConfig> {
    return this.#get('scim.serviceProvider.config', path`/ServiceProviderConfig`, configSchema, options);
  }

  /** Reads all schemas. */
  async schemas(options: CallOptions = {}): Promise<readonly ScimSchema[]> {
    return this.#get('scim.serviceProvider.schemas', path`/Schemas`, everyOf(schemaSchema), options);
  }

  /**
   * Reads one schema by its URN.
   *
   * @throws `not_found` when the server has no such schema.
   */
  async schema(urn: string, options: CallOptions = {}): Promise<ScimSchema> {
    // Colons stay as they are, which a path may have, since a URN with %3A is another path to a literal-minded gateway.
    const literal = path`/Schemas/${urn}`.replaceAll('%3A', ':') as EncodedPath;
    return this.#get('scim.serviceProvider.schema', literal, schemaSchema, options);
  }

  /** Reads all kinds of resources. */
  async resourceTypes(options: CallOptions = {}): Promise<readonly ScimResourceType[]> {
    return this.#get('scim.serviceProvider.resourceTypes', path`/ResourceTypes`, everyOf(resourceTypeSchema), options);
  }

  /**
   * Reads one kind of resource by its name, `User` or `Group`.
   *
   * @throws `not_found` when the server has no such resource type.
   */
  async resourceType(name: string, options: CallOptions = {}): Promise<ScimResourceType> {
    return this.#get('scim.serviceProvider.resourceType', path`/ResourceTypes/${name}`, resourceTypeSchema, options);
  }

  async #get<Result>(
    operation: string,
    target: EncodedPath,
    response: z.ZodType<Result>,
    options: CallOptions,
  ): Promise<Result> {
    return this.#transport.send({ operation, method: 'GET', path: target, response, ...options });
  }
}
