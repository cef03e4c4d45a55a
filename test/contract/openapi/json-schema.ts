import type { OpenApiDocument, Schema } from './document.js';

/** A JSON Schema of draft 2020-12. */
export type JsonSchema = Record<string, unknown>;

/**
 * How to read a schema.
 *
 * - `request`: members that are read-only are neither required nor allowed
 * - `answer`: they are as they stand
 *
 * In both, an object takes no member that its schema does not name: everything is optional in many of these schemas, and
 * a misspelt name would otherwise pass.
 */
export type Direction = 'request' | 'answer';

/** All schemas of a document, for a validator to refer to. A schema inside `allOf` is left open: see `Name.open`. */
export function definitionsOf(document: OpenApiDocument, direction: Direction): JsonSchema {
  const definitions: JsonSchema = {};
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    definitions[name] = toJsonSchema(schema, { document, direction, closed: true });
    definitions[`${name}.open`] = toJsonSchema(schema, { document, direction, closed: false });
  }
  return { $defs: definitions };
}

interface Reading {
  readonly document: OpenApiDocument;
  readonly direction: Direction;
  readonly closed: boolean;
  /** In front of `#`, when the definitions are in another schema. */
  readonly base?: string;
}

/** A schema of OpenAPI 3.0 as JSON Schema. */
export function toJsonSchema(schema: Schema, reading: Reading): JsonSchema {
  const json = withoutNull(schema, reading);
  if (schema.nullable !== true) return json;
  return { anyOf: [json, { type: 'null' }] };
}

function withoutNull(schema: Schema, reading: Reading): JsonSchema {
  if (schema.$ref !== undefined) {
    // What stands beside a $ref counts for nothing in OpenAPI 3.0; `nullable` alone is meant, and read above.
    const name = schema.$ref.replace('#/components/schemas/', '');
    return { $ref: `${reading.base ?? ''}#/$defs/${name}${reading.closed ? '' : '.open'}` };
  }

  const json: JsonSchema = {};
  for (const keyword of PLAIN_KEYWORDS) if (schema[keyword] !== undefined) json[keyword] = schema[keyword];
  if (schema.items !== undefined) json.items = toJsonSchema(schema.items, inside(reading));
  for (const keyword of ['anyOf', 'oneOf'] as const)
    if (schema[keyword] !== undefined)
      json[keyword] = schema[keyword].map((variant) => variantOf(schema, variant, reading));
  if (schema.allOf !== undefined)
    json.allOf = schema.allOf.map((part) => toJsonSchema(part, { ...reading, closed: false }));

  if (schema.properties !== undefined) {
    const shown = Object.entries(schema.properties).filter(([, property]) => isShown(property, reading));
    json.properties = Object.fromEntries(
      shown.map(([name, property]) => [name, toJsonSchema(property, inside(reading))]),
    );
  }
  if (schema.required !== undefined)
    json.required = schema.required.filter((name) => {
      const property = schema.properties?.[name];
      return property === undefined || isShown(property, reading);
    });
  if (schema.additionalProperties !== undefined)
    json.additionalProperties =
      typeof schema.additionalProperties === 'boolean'
        ? schema.additionalProperties
        : toJsonSchema(schema.additionalProperties, inside(reading));
  else if (reading.closed && (schema.properties !== undefined || schema.allOf !== undefined))
    json.unevaluatedProperties = false;
  return json;
}

/** A variant, held to the values of the discriminator that stand for it: two variants may have the same properties. */
function variantOf({ discriminator }: Schema, variant: Schema, reading: Reading): JsonSchema {
  const json = toJsonSchema(variant, reading);
  const names = Object.entries(discriminator?.mapping ?? {}).filter(([, $ref]) => $ref === variant.$ref);
  if (discriminator === undefined || names.length === 0) return json;
  const values = names.map(([name]) => (name === 'true' || name === 'false' ? name === 'true' : name));
  return { ...json, properties: { [discriminator.propertyName]: { enum: values } } };
}

const PLAIN_KEYWORDS = [
  'type',
  'enum',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minProperties',
  'uniqueItems',
] as const;

/** A value below is closed again, also where the schema around it is part of an `allOf`. */
function inside(reading: Reading): Reading {
  return { ...reading, closed: true };
}

function isShown(property: Schema, { document, direction }: Reading): boolean {
  return direction === 'answer' || !isReadOnly(property, document);
}

function isReadOnly(schema: Schema, document: OpenApiDocument): boolean {
  if (schema.readOnly === true) return true;
  if (schema.$ref === undefined) return false;
  const target = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
  return target !== undefined && isReadOnly(target, document);
}
