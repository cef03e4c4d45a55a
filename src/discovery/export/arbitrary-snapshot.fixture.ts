import fc from 'fast-check';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { snapshotJsonSchema } from './snapshot-json.js';

interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Few ids, so that entities refer to each other at times; and what breaks text formats. */
const TEXT = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'A', 'b', 'c.d', '1', '10001') },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '=1+1',
      "'quoted",
      '"',
      'a,b',
      'a;b\\',
      '\r\n',
      '\u2028',
      '</script><script>alert(1)</script>',
      '<!--',
      '__proto__',
    ),
  },
);

const INSTANT = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
  .map((date) => date.toISOString());

/** Any snapshot that the published schema allows: attributes present and absent, references that lead nowhere. */
export function arbitrarySnapshot(): fc.Arbitrary<AccessSnapshot> {
  const root = snapshotJsonSchema() as unknown as Schema;
  return arbitraryOf(root, root) as fc.Arbitrary<AccessSnapshot>;
}

function arbitraryOf(schema: Schema, root: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return arbitraryOf(root.$defs![schema.$ref.split('/').at(-1)!]!, root);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return fc.oneof(...either.map((option) => arbitraryOf(option, root)));

  switch (schema.type) {
    case 'string':
      return schema.format === 'date-time' ? INSTANT : TEXT;
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.integer();
    case 'array':
      return fc.array(arbitraryOf(schema.items!, root), { maxLength: 3 });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties!).map(([name, property]) => [name, arbitraryOf(property, root)]),
        ),
        { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true },
      );
    default:
      throw new Error(`No values are known for ${JSON.stringify(schema)}`);
  }
}
