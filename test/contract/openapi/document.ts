/** The part of OpenAPI 3.0 that these documents use. */
export interface OpenApiDocument {
  readonly paths: Record<string, PathItem>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly parameters?: Record<string, Parameter>;
    readonly responses?: Record<string, Response>;
  };
}

type PathItem = Record<string, Operation>;

export interface Operation {
  parameters?: (Parameter | Reference)[];
  /** Some documents refer to it instead: see {@link follow}. */
  readonly requestBody?: RequestBody;
  readonly responses: Record<string, Response | Reference>;
}

export interface RequestBody {
  readonly required?: boolean;
  content: Content;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly explode?: boolean;
  schema: Schema;
}

export interface Response {
  readonly content?: Content;
}

type Content = Record<string, { schema?: Schema }>;

export interface Reference {
  readonly $ref: string;
}

/** A schema of OpenAPI 3.0, which is JSON Schema but for `nullable`, `readOnly`, and what stands beside a `$ref`. */
export interface Schema {
  $ref?: string;
  type?: string;
  nullable?: boolean;
  readOnly?: boolean;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  /** Which variant of `oneOf` a value is, by one of its properties. */
  discriminator?: { readonly propertyName: string; readonly mapping?: Record<string, string> };
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  uniqueItems?: boolean;
}

/** Follows a reference inside a document. */
export function follow<Target extends object>(document: OpenApiDocument, target: Target | Reference): Target {
  if (!isReference(target)) return target;
  let at: unknown = document;
  for (const key of target.$ref.replace(/^#\//, '').split('/')) at = (at as Record<string, unknown>)[key];
  if (at === undefined) throw new Error(`The document has no ${target.$ref}`);
  return at as Target;
}

function isReference(target: object): target is Reference {
  return '$ref' in target && typeof target.$ref === 'string';
}
