import type { OpenApiDocument, Schema } from './document.js';

export function schemaOf(document: OpenApiDocument, name: string): Schema {
  const schema = document.components.schemas[name];
  if (schema === undefined) throw new Error(`The document has no schema ${name}`);
  return schema;
}

export function propertyOf(schema: Schema, name: string): Schema {
  const property = schema.properties?.[name];
  if (property === undefined) throw new Error(`The schema has no property ${name}`);
  return property;
}

export function allowNull(schema: Schema, properties: readonly string[]): void {
  const strict = properties.filter((name) => propertyOf(schema, name).nullable !== true);
  demand(strict.length > 0, `a property that cannot be null among ${properties.join(', ')}`);
  for (const name of strict) propertyOf(schema, name).nullable = true;
}

export function addProperty(schema: Schema, name: string, property: Schema): void {
  demand(schema.properties?.[name] === undefined, `a schema without ${name}`);
  schema.properties = { ...schema.properties, [name]: property };
}

export function requireMembers(schema: Schema, properties: readonly string[]): void {
  schema.required = [...new Set([...(schema.required ?? []), ...properties])];
}

export function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(`The document does not have ${what} any more; take it off the list`);
}

/** The schema of a success, to be changed in place. */
export function answerOf(document: OpenApiDocument, path: string): Schema {
  const answer = document.paths[path]?.get?.responses['200'];
  const schema = answer !== undefined && 'content' in answer ? answer.content['application/json']?.schema : undefined;
  if (schema === undefined) throw new Error(`The document has no answer of GET ${path}`);
  return schema;
}
