import type { JsonObject, JsonValue } from '../../../model/json.js';
import { isJsonObject } from '../json-object.js';
import type { FakeRequestBody } from '../route.js';

/** What is asked of a list of words. */
export interface WordLimits {
  readonly most: number;
  readonly unique?: boolean;
  /** The only words there are. */
  readonly oneOf?: readonly string[];
  readonly allows?: (word: string) => boolean;
}

/**
 * Reads named values from a query or a body, and keeps the first fault.
 *
 * A value that is absent is `undefined`; one that does not fit is a fault, and `undefined` too. Names nobody asks for are
 * ignored, as the service ignores them: a misspelled filter filters nothing (seen).
 */
export abstract class Fields {
  /** What is wrong with the request, in words for the `detail` of the refusal. */
  fault: string | undefined;

  words(name: string, { most, unique = false, oneOf, allows }: WordLimits): string[] | undefined {
    const values = this.list(name);
    if (values === undefined) return undefined;
    const words = values.filter((value): value is string => typeof value === 'string');
    const isKnown = (word: string): boolean => (oneOf?.includes(word) ?? true) && (allows?.(word) ?? true);
    const fits =
      this.check(words.length === values.length, `${name} must be a list of strings`) &&
      this.check(words.length >= 1 && words.length <= most, `${name} must have 1 to ${most} entries`) &&
      this.check(!unique || new Set(words).size === words.length, `${name} must not repeat an entry`) &&
      this.check(words.every(isKnown), `${name} has an entry that is not allowed`);
    return fits ? words : undefined;
  }

  integer(name: string, least: number, most: number): number | undefined {
    const value = this.scalar(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    const fits = typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most;
    return this.check(fits, `${name} must be a whole number from ${least} to ${most}`) ? Number(number) : undefined;
  }

  text(name: string, oneOf?: readonly string[]): string | undefined {
    const value = this.scalar(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') this.check(false, `${name} must be a string`);
    else if (this.check(oneOf?.includes(value) ?? true, `${name} is not one of its values`)) return value;
    return undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.scalar(name);
    if (value === undefined) return undefined;
    const flag = value === 'true' ? true : value === 'false' ? false : value;
    return this.check(typeof flag === 'boolean', `${name} must be true or false`) ? flag === true : undefined;
  }

  /** Notes the fault unless the claim holds, and gives the claim back. */
  check(holds: boolean, fault: string): boolean {
    if (!holds) this.fault ??= fault;
    return holds;
  }

  /** The direction of `sortBy`, a list with one `{field, direction}`. */
  abstract sortBy(field: string): 'asc' | 'desc' | undefined;

  protected abstract list(name: string): readonly JsonValue[] | undefined;

  protected abstract scalar(name: string): JsonValue | undefined;
}

/** Reads from the query of a GET: a list repeats its name, and is not joined with commas. */
export class QueryFields extends Fields {
  readonly #query: URLSearchParams;

  constructor(query: URLSearchParams) {
    super();
    this.#query = query;
  }

  /** The document leaves the form of this parameter open: it is ignored. */
  override sortBy(): undefined {
    return undefined;
  }

  protected override list(name: string): readonly JsonValue[] | undefined {
    const values = this.#query.getAll(name);
    return values.length === 0 ? undefined : values;
  }

  protected override scalar(name: string): JsonValue | undefined {
    return this.#query.get(name) ?? undefined;
  }
}

/** Reads from a JSON body; without a body every value is absent. */
export class BodyFields extends Fields {
  readonly #values: JsonObject;

  constructor(body: FakeRequestBody) {
    super();
    if (body.kind === 'json' && isJsonObject(body.value)) {
      this.#values = body.value;
      return;
    }
    this.#values = {};
    this.check(body.kind === 'none', 'Invalid request body');
  }

  override sortBy(field: string): 'asc' | 'desc' | undefined {
    const values = this.list('sortBy');
    if (values === undefined) return undefined;
    const [first] = values;
    if (values.length !== 1 || !isJsonObject(first) || first.field !== field) {
      this.check(false, `sortBy must be one {"field":"${field}","direction":"asc" or "desc"}`);
      return undefined;
    }
    const { direction } = first;
    if (direction === 'asc' || direction === 'desc') return direction;
    this.check(false, 'sortBy has an unknown direction');
    return undefined;
  }

  object(name: string): JsonObject | undefined {
    const value = this.scalar(name);
    if (value === undefined || isJsonObject(value)) return value;
    this.check(false, `${name} must be an object`);
    return undefined;
  }

  objects(name: string): JsonObject[] | undefined {
    const values = this.list(name);
    if (values === undefined || values.every(isJsonObject)) return values?.filter(isJsonObject);
    this.check(false, `${name} must be a list of objects`);
    return undefined;
  }

  /** Whether anything beside this name is given. */
  hasOtherThan(name: string): boolean {
    return Object.keys(this.#values).some((key) => key !== name);
  }

  raw(name: string): JsonValue | undefined {
    return this.#values[name];
  }

  protected override list(name: string): readonly JsonValue[] | undefined {
    const value = this.scalar(name);
    if (value === undefined || Array.isArray(value)) return value;
    this.check(false, `${name} must be a list`);
    return undefined;
  }

  protected override scalar(name: string): JsonValue | undefined {
    return this.#values[name] ?? undefined;
  }
}
