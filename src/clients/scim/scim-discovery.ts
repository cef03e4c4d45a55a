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
