import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { Discovered, Entity } from '../entities/entity.js';
import { ENTITY_TYPES, type EntityType, type Product } from '../entities/entity-type.js';
import { SNAPSHOT_VERSION, type AccessSnapshot } from '../snapshot/access-snapshot.js';
import { invalidDocument, readAs, readJson, requireFormat } from '../invalid-document.js';
import { emptyEntities } from './empty-entities.js';
import { linesOf, type Chunks } from './lines-of.js';
import { instant } from './schema/entity-schema.js';
import { entitySchemas, gapSchema, productsSchema, SNAPSHOT_FORMAT } from './schema/snapshot-schema.js';

const FORMAT = `${SNAPSHOT_FORMAT}+ndjson`;
const WHAT = 'The NDJSON cannot be read';

/** The first line: what follows, and when reading began. */
export interface NdjsonHeader {
  readonly type: 'header';
  readonly format: typeof FORMAT;
  readonly version: typeof SNAPSHOT_VERSION;
  /** ISO 8601 instant. */
  readonly startedAt: string;
  /** What was asked for. */
  readonly products: readonly Product[];
}

/** The last line. A text without it, or with other counts, was cut off or changed. */
export interface NdjsonFooter {
  readonly type: 'footer';
  /** ISO 8601 instant. */
  readonly completedAt: string;
  /** Lines of each kind, gaps among them. A kind without a line is absent. */
  readonly counts: Readonly<Record<string, number>>;
}

const headerSchema = lazySchema(() =>
  z.looseObject({ type: z.literal('header'), startedAt: instant(), products: productsSchema() }),
);
const footerSchema = lazySchema(() =>
  z.looseObject({ type: z.literal('footer'), completedAt: instant(), counts: z.record(z.string(), z.number()) }),
);

/** What a stream of entities cannot tell of itself. */
export interface NdjsonOptions {
  readonly startedAt: string;
  readonly products: readonly Product[];
  /** Asked when the last entity has been written. */
  readonly completedAt: () => string;
}

/**
 * Writes entities as they come, one line each, between a header and a footer. Each string is one line with its end.
 *
 * Nothing is held back: a file of any size takes the memory of one line.
 */
export async function* discoveredToNdjson(
  discovered: AsyncIterable<Discovered> | Iterable<Discovered>,
  options: NdjsonOptions,
): AsyncGenerator<string, void, undefined> {
  const { startedAt, products } = options;
  const header: NdjsonHeader = { type: 'header', format: FORMAT, version: SNAPSHOT_VERSION, startedAt, products };
  const counts = new Map<string, number>();

  yield line(header);
  for await (const item of discovered) {
    counts.set(item.type, (counts.get(item.type) ?? 0) + 1);
    yield line(item);
  }
  const footer: NdjsonFooter = {
    type: 'footer',
    completedAt: options.completedAt(),
    counts: Object.fromEntries(counts),
  };
  yield line(footer);
}

/** Writes a snapshot as NDJSON: entities by kind, then the gaps. */
export function toNdjson(snapshot: AccessSnapshot): AsyncGenerator<string, void, undefined> {
  const { startedAt, products, completedAt } = snapshot;
  return discoveredToNdjson(everythingIn(snapshot), { startedAt, products, completedAt: () => completedAt });
}

/**
 * Reads NDJSON line by line, and yields entities and gaps. Returns what the header and the footer said.
 *
 * That a text was cut off is known at its end only: what was yielded before the error is good as far as it goes.
 *
 * @throws {@link ProvisionerError} `request_invalid` with the number of the line, or when the text ends too early.
 */
export async function* readNdjson(chunks: Chunks): AsyncGenerator<Discovered, NdjsonSummary, undefined> {
  const counts = new Map<string, number>();
  let header: z.output<ReturnType<typeof headerSchema>> | undefined;
  let footer: z.output<ReturnType<typeof footerSchema>> | undefined;
  let number = 0;

  for await (const text of linesOf(chunks)) {
    number += 1;
    if (text === '') continue;
    const what = `${WHAT}, line ${String(number)}`;
    const value = readJson(text, what);

    if (header === undefined) {
      requireFormat(value, what, FORMAT, SNAPSHOT_VERSION);
      header = readAs(headerSchema(), value, what);
      continue;
    }
    if (footer !== undefined) throw invalidDocument(what, 'there is more after the footer');
    const type = typeOf(value);
    if (type === 'footer') {
      footer = readAs(footerSchema(), value, what);
      continue;
    }
    counts.set(type, (counts.get(type) ?? 0) + 1);
    yield readLine(type, value, what);
  }

  if (header === undefined) throw cutOff('it is empty');
  if (footer === undefined) throw cutOff(`it ends after line ${String(number)} without a footer`);
  requireCounts(footer.counts, counts);
  return { startedAt: header.startedAt, completedAt: footer.completedAt, products: header.products };
}

/** What the header and the footer said. */
export type NdjsonSummary = Pick<AccessSnapshot, 'startedAt' | 'completedAt' | 'products'>;

/**
 * Reads NDJSON into a snapshot. Lines of one kind keep their order; what comes twice, as in a stream that was taken up again,
 * is kept once, as it came last. Fails as {@link readNdjson} does.
 */
export async function snapshotFromNdjson(chunks: Chunks): Promise<AccessSnapshot> {
  const lines = readNdjson(chunks);
  const entities = emptyEntities();
  const gaps = new Map<string, AccessSnapshot['gaps'][number]>();

  for (;;) {
    const { done, value } = await lines.next();
    if (done === true)
      return {
        format: SNAPSHOT_FORMAT,
        version: SNAPSHOT_VERSION,
        ...value,
        entities: entities.done(),
        gaps: [...gaps.values()],
      };
    if (value.type === 'gap') gaps.set(value.id, value);
    else entities.add(value);
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function* everythingIn({ entities, gaps }: AccessSnapshot): Generator<Discovered, void, undefined> {
  for (const type of ENTITY_TYPES) yield* entities[type] as readonly Entity[];
  yield* gaps;
}

const KNOWN_TYPES: ReadonlySet<string> = new Set(ENTITY_TYPES);

function typeOf(value: unknown): string {
  const type: unknown = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return typeof type === 'string' ? type : '';
}

function readLine(type: string, value: unknown, what: string): Discovered {
  if (type === 'gap') return readAs(gapSchema(), value, what);
  if (!KNOWN_TYPES.has(type)) throw invalidDocument(what, 'type: it is not one that this version knows');
  const schemas: Readonly<Record<EntityType, z.ZodType<Entity>>> = entitySchemas();
  return readAs(schemas[type as EntityType], value, what);
}

function requireCounts(expected: Readonly<Record<string, number>>, found: ReadonlyMap<string, number>): void {
  for (const type of new Set([...Object.keys(expected), ...found.keys()])) {
    const [wanted, had] = [Object.hasOwn(expected, type) ? expected[type] : 0, found.get(type) ?? 0];
    if (wanted !== had)
      throw cutOff(`the footer tells of ${String(wanted)} lines of ${type}, and there are ${String(had)}`);
  }
}

function cutOff(problem: string): Error {
  return invalidDocument(WHAT, problem, 'It was cut off or changed: export it again.');
}
