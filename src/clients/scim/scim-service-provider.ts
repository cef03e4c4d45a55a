import type { z } from 'zod';
import { path, type EncodedPath } from '../../http/path.js';
import type { CallOptions, Transport } from '../../http/transport.js';
import {
  scimConfigSchema,
  scimDocumentsSchema,
  scimResourceTypeSchema,
  scimSchemaSchema,
} from './scim-discovery-wire.js';
import type { ScimResourceType, ScimSchema, ScimServiceProviderConfig } from './scim-discovery.js';

/** What the server says about itself. Nothing here depends on the directory's content. */
export class ScimServiceProvider {
  readonly #transport: Transport<'directory-key'>;

  constructor(transport: Transport<'directory-key'>) {
    this.#transport = transport;
  }

  /** Reads the features of the server. */
  async config(options: CallOptions = {}): Promise<ScimServiceProviderConfig> {
    return this.#get('scim.serviceProvider.config', path`/ServiceProviderConfig`, scimConfigSchema(), options);
  }

  /** Reads all schemas. */
  async schemas(options: CallOptions = {}): Promise<readonly ScimSchema[]> {
    return this.#get('scim.serviceProvider.schemas', path`/Schemas`, scimDocumentsSchema(scimSchemaSchema()), options);
  }

  /**
   * Reads one schema by its URN.
   *
   * @throws `not_found` when the server has no such schema.
   */
  async schema(urn: string, options: CallOptions = {}): Promise<ScimSchema> {
    // Colons stay as they are, which a path may have, since a URN with %3A is another path to a literal-minded gateway.
    const literal = path`/Schemas/${urn}`.replaceAll('%3A', ':') as EncodedPath;
    return this.#get('scim.serviceProvider.schema', literal, scimSchemaSchema(), options);
  }

  /** Reads all kinds of resources. */
  async resourceTypes(options: CallOptions = {}): Promise<readonly ScimResourceType[]> {
    return this.#get(
      'scim.serviceProvider.resourceTypes',
      path`/ResourceTypes`,
      scimDocumentsSchema(scimResourceTypeSchema()),
      options,
    );
  }

  /**
   * Reads one kind of resource by its name, `User` or `Group`.
   *
   * @throws `not_found` when the server has no such resource type.
   */
  async resourceType(name: string, options: CallOptions = {}): Promise<ScimResourceType> {
    return this.#get(
      'scim.serviceProvider.resourceType',
      path`/ResourceTypes/${name}`,
      scimResourceTypeSchema(),
      options,
    );
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
