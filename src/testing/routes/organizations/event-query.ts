import type { JsonObject, JsonValue } from '../../../model/json.js';
import type { AuditLogEvent } from '../../state/organization-rows.js';
import type { RouteContext } from '../route.js';
import { isJsonObject } from '../json-object.js';
import { QueryFields } from './fields.js';
import { given } from '../presentation.js';
import { refuseWith } from './refusals.js';

/** Which events are asked for. What is absent filters nothing. */
export interface EventQuery {
  readonly q?: string;
  /** Milliseconds since the epoch, both ends included. */
  readonly from?: number;
  readonly to?: number;
  readonly action?: string;
  readonly actor?: readonly string[];
  readonly ip?: readonly string[];
  readonly product?: readonly string[];
  readonly location?: readonly JsonObject[];
  readonly limit: number;
}

const PRODUCTS = ['bitbucket', 'confluence', 'guard_detect', 'jira', 'loom'];

/** Reads the filters of the audit log from the query. */
export function eventQuery(context: RouteContext): EventQuery {
  const { query } = context;
  const q = query.get('q') ?? undefined;
  if (q !== undefined && /\s/.test(q.trim())) refuseWith(context, 'ADMIN-400-21', 'q takes one term');
  const product = listOf(query, 'product');
  if (product?.every((name) => PRODUCTS.includes(name)) === false)
    refuseWith(context, 'ADMIN-400-19', 'product has an entry that is not allowed');
  return {
    ...timeRange(context),
    ...given({
      q,
      action: query.get('action') ?? undefined,
      actor: listOf(query, 'actor'),
      ip: listOf(query, 'ip'),
      product,
      location: locations(context),
    }),
    limit: eventLimit(context, 30),
  };
}

/** Reads `from` and `to`: milliseconds since the epoch, as text. */
export function timeRange(context: RouteContext): Pick<EventQuery, 'from' | 'to'> {
  const [from, to] = ['from', 'to'].map((name) => {
    const text = context.query.get(name) ?? undefined;
    if (text !== undefined && !/^\d{1,16}$/.test(text))
      refuseWith(context, 'ADMIN-400-3', `${name} must be milliseconds since the epoch`);
    return text === undefined ? undefined : Number(text);
  });
  if (from !== undefined && to !== undefined && from > to)
    refuseWith(context, 'ADMIN-400-3', 'from must not be after to');
  return given({ from, to });
}

/** Reads `limit`: 1 to 500. */
export function eventLimit(context: RouteContext, usual: number): number {
  const fields = new QueryFields(context.query);
  const limit = fields.integer('limit', 1, 500) ?? usual;
  if (fields.fault !== undefined) refuseWith(context, 'ADMIN-400-19', fields.fault);
  return limit;
}

/** Whether an event is asked for. */
export function isEventAskedFor(event: AuditLogEvent, query: EventQuery): boolean {
  return (
    event.at >= (query.from ?? -Infinity) &&
    event.at <= (query.to ?? Infinity) &&
    (query.action === undefined || event.action === query.action) &&
    (query.actor?.includes(textOf(event.actor.id)) ?? true) &&
    (query.ip?.includes(textOf(event.location?.ip)) ?? true) &&
    (query.product?.includes(event.product ?? '') ?? true) &&
    (query.location?.some((place) => isAt(event, place)) ?? true) &&
    (query.q === undefined || mentions(event, query.q.trim().toLowerCase()))
  );
}

/** These lists are joined with commas, where lists elsewhere repeat their name (documented). */
function listOf(query: URLSearchParams, name: string): string[] | undefined {
  const values = query.getAll(name).flatMap((value) => value.split(','));
  return values.length === 0 ? undefined : values;
}

function locations(context: RouteContext): JsonObject[] | undefined {
  const text = context.query.get('location');
  if (text === null) return undefined;
  const places = parseJson(text);
  if (!Array.isArray(places) || !places.every(isJsonObject))
    refuseWith(context, 'ADMIN-400-19', 'location must be a JSON array of {"city","countryName"}');
  return places.filter(isJsonObject);
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function isAt({ location }: AuditLogEvent, place: JsonObject): boolean {
  return ['city', 'countryName'].every((name) => place[name] === undefined || place[name] === location?.[name]);
}

function mentions({ action, actor, context }: AuditLogEvent, term: string): boolean {
  return [action, JSON.stringify(actor), JSON.stringify(context)].some((text) => text.toLowerCase().includes(term));
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
