import type { core, ZodType } from 'zod';
import type { ResponseFault } from '../errors/api-errors.js';
import { NotJson, parseJson } from './parse-json.js';
import { faultsOf, typeName, valueAt } from './response-faults.js';

/** A body that does not match its schema. */
interface Mismatch<Result> {
  readonly faults: readonly ResponseFault[];
  /** Works out what can be handed over all the same, if anything. */
  readonly bestEffort: () => { readonly value: Result } | undefined;
}

/** What a 2xx body came to. */
export type ReadAnswer<Result> = { readonly value: Result } | Mismatch<Result>;

/** Reads the body of a 2xx by its schema. Never fails: a schema that throws is a body that does not match. */
export function readAnswer<Result>(text: string, schema: ZodType<Result>): ReadAnswer<Result> {
  const body = parseJson(text);
  if (body instanceof NotJson) return wholly('JSON', body.looksLike);

  const parsed = parse(schema, body);
  if (parsed === undefined) return wholly('a body this version can read', typeName(body));
  if (parsed.success) return { value: parsed.data };
  const { issues } = parsed.error;
  return { faults: faultsOf(issues, body), bestEffort: () => bestEffort(schema, body, issues) };
}

function wholly<Result>(expected: string, received: string): Mismatch<Result> {
  return { faults: [{ path: '', expected, received }], bestEffort: () => undefined };
}

/** `undefined` when the schema itself fails, as a `transform` can on a body nobody thought of. */
function parse<Result>(schema: ZodType<Result>, body: unknown): ReturnType<ZodType<Result>['safeParse']> | undefined {
  try {
    return schema.safeParse(body);
  } catch {
    return undefined;
  }
}

/**
 * The body without the members that do not match, if it matches without them.
 *
 * Else the body as it came, unless the schema maps it to another form: then there is nothing of the promised type.
 */
function bestEffort<Result>(
  schema: ZodType<Result>,
  body: unknown,
  issues: readonly core.$ZodIssue[],
): { readonly value: Result } | undefined {
  const parsed = parse(schema, withoutMembers(body, issues));
  if (parsed?.success === true) return { value: parsed.data };

  return schema.def.type === 'pipe' ? undefined : { value: body as Result };
}

function withoutMembers(body: unknown, issues: readonly core.$ZodIssue[]): unknown {
  try {
    const rest = structuredClone(body);
    for (const { path } of issues) dropMember(rest, path);
    return rest;
  } catch {
    return body; // nested too deeply to be copied
  }
}

/** Drops a member of an object. An element of a list stays: a list that is shorter in silence would hide somebody. */
function dropMember(body: unknown, path: readonly PropertyKey[]): void {
  const holder = valueAt(body, path.slice(0, -1));
  const key = path.at(-1);
  if (key !== undefined && typeof holder === 'object' && holder !== null && !Array.isArray(holder))
    Reflect.deleteProperty(holder, key);
}
