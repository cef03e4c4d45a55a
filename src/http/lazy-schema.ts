/**
 * Makes a schema when it is first needed, and once.
 *
 * Building a schema costs far more than importing its module, and a program uses few of the answers it could read.
 */
export function lazySchema<Schema extends object>(make: () => Schema): () => Schema {
  let schema: Schema | undefined;
  return () => (schema ??= make());
}
