import { requireWhatTheSdkNeeds } from './requirements.js';
import { follow, type OpenApiDocument, type Response, type Schema } from './document.js';
import { documents } from './load.js';

/**
 * How much of an answer to make up.
 *
 * - `required`: what the schema demands, and nothing else
 * - `full`: every member, and one more in each object, as of a service that has moved on
 * - `null`: every member, `null` wherever it may be
 */
type Fullness = 'required' | 'full' | 'null';

/** A made-up body of a 2xx. */
export interface Sample {
  readonly fullness: Fullness;
  readonly status: number;
  /** `undefined` when the operation answers without one. */
  readonly body: unknown;
}

const FULLNESSES: readonly Fullness[] = ['required', 'full', 'null'];
/** Enough to meet each variant and each value of an enumeration. */
const ROUNDS = 12;

const demanding = documents.map(({ name, prefix, document: original }) => {
  const document = structuredClone(original);
  requireWhatTheSdkNeeds(name, document);
  return { prefix, document };
});

/** Made-up bodies of every success of an operation (`GET /admin/v1/orgs`), in every fullness, with every variant. */
export function samplesOf(key: string): readonly Sample[] {
  const [method = '', path = ''] = key.split(' ');
  const { document, responses } = responsesOf(method, path);
  return Object.entries(responses).flatMap(([code, response]): Sample[] => {
    const status = Number(code);
    if (status >= 400) return [];
    const { content } = follow<Response>(document, response);
    const schema = status === 204 ? undefined : content?.['application/json']?.schema;
    if (schema === undefined) return [{ fullness: 'required', status, body: undefined }];
    return FULLNESSES.flatMap((fullness) => {
      const bodies = Array.from({ length: ROUNDS }, (_, round) =>
        sample(schema, { document, fullness, round, path: '', count: { made: 0 } }),
      );
      return distinct(bodies).map((body) => ({ fullness, status, body }));
    });
  });
}

function responsesOf(method: string, path: string) {
  for (const { prefix, document } of demanding) {
    const operation = path.startsWith(prefix)
      ? document.paths[path.slice(prefix.length)]?.[method.toLowerCase()]
      : undefined;
    if (operation !== undefined) return { document, responses: operation.responses };
  }
  throw new Error(`No document has ${method} ${path}`);
}

interface Making {
  readonly document: OpenApiDocument;
  readonly fullness: Fullness;
  /** Chooses among variants and values. */
  readonly round: number;
  /** Where the value stands. It is the text of a text, so that it can be found again. */
  readonly path: string;
  /** Makes numbers and times differ. */
  readonly count: { made: number };
}

const MAX_PATH = 500;

function sample(schema: Schema, making: Making): unknown {
  if (making.fullness === 'null' && schema.nullable === true) return null;
  if (schema.$ref !== undefined) return sample(follow<Schema>(making.document, { $ref: schema.$ref }), making);
  if (making.path.length > MAX_PATH) throw new Error('A schema does not end');

  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) return sample(pick(variants, making.round), making);
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((part) => sample(part, making));
    return parts.length === 1 ? parts[0] : (Object.assign({}, ...parts) as Record<string, unknown>);
  }
  if (schema.enum !== undefined) return pick(schema.enum, making.round);

  switch (schema.type) {
    case 'string':
      return text(schema, making);
    case 'integer':
    case 'number':
      return 1000 + making.count.made++;
    case 'boolean':
      return making.round % 2 === 0;
    case 'array':
      return list(schema, making);
    default:
      return object(schema, making);
  }
}

function text({ format, pattern }: Schema, { path, count }: Making): string {
  const time = new Date(Date.UTC(2026, 0, 1 + count.made++)).toISOString();
  if (format === 'date-time') return time;
  if (format === 'uri') return `https://acme.example/${path}`;
  if (format === 'uuid') return `0a000000-0000-4000-8000-${String(count.made++).padStart(12, '0')}`;
  if (format === 'date') return time.slice(0, '2026-01-01'.length);
  if (pattern?.includes('1,30') === true) return path.slice(-30);
  return pattern === undefined ? path : path.replaceAll('.', ':');
}

function list(schema: Schema, making: Making): unknown[] {
  // One item also of a list that may be empty, for an empty one says nothing of its items; the first round has none.
  const isEmpty = making.fullness === 'required' && making.round === 0 && (schema.minItems ?? 0) === 0;
  return isEmpty ? [] : [sample(schema.items ?? {}, at('0', making))];
}

function object(schema: Schema, making: Making): Record<string, unknown> {
  const required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {})
    .filter(([name]) => making.fullness !== 'required' || required.has(name))
    .map(([name, property]) => [name, sample(property, at(name, making))] as const);
  const more = schema.additionalProperties;
  const extra =
    typeof more === 'object' && Object.keys(more).length > 0
      ? [['extra', sample(more, at('extra', making))] as const]
      : making.fullness === 'full'
        ? [['ofTomorrow', { unknown: true }] as const]
        : [];
  return Object.fromEntries([...members, ...extra]);
}

function at(name: string, making: Making): Making {
  return { ...making, path: making.path === '' ? name : `${making.path}.${name}` };
}

function pick<Item>(items: readonly Item[], round: number): Item {
  return items[round % items.length] as Item;
}

function distinct(bodies: readonly unknown[]): unknown[] {
  return [...new Map(bodies.map((body) => [JSON.stringify(body), body])).values()];
}
