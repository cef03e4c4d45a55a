/**
 * Makes a schema when it is first needed, and once.
 *
 * Building a schema costs far more than importing its module, and a program uses few of the answers it could read.
 */
export function lazySchema<Schema extends object>(make: () => Schema): () => Schema {
  let schema: Schema | undefined;
  return () => (schema ??= make());
}

/** Makes the schema of a list, or of another wrapper, once for each schema of what is in it. */
export function schemaAround<Make extends (item: never) => object>(make: Make): Make {
  const made = new WeakMap<object, object>();
  const around = (item: object): object => {
    const schema = made.get(item) ?? make(item as never);
    made.set(item, schema);
    return schema;
  };
  return around as unknown as Make;
}
