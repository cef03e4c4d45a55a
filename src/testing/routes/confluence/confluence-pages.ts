import { Buffer } from 'node:buffer';
import type { JsonObject, JsonValue } from '../../../model/json.js';
import { json } from '../respond.js';
import type { FakeResponse, RouteContext } from '../route.js';
import { refuseParameter, refuseV1 } from './confluence-refusals.js';

const MAX_CURSOR_LIMIT = 250;

/** `https://acme.atlassian.net/wiki`, also behind the gateway. */
export function wikiOf({ isGateway, origin, site }: RouteContext): string {
  return `${isGateway ? (site?.url ?? '') : origin}/wiki`;
}

/** A page of version 2. `show` makes the document of an item, or `undefined` for one that is passed over. */
export function cursorPage<Item>(
  context: RouteContext,
  items: readonly Item[],
  show: (item: Item) => JsonValue | undefined,
): FakeResponse {
  const limit = limitOf(context);
  let place = startOf(context);
  const results: JsonValue[] = [];
  let hasMore = false;
  for (; place < items.length && !hasMore; place += 1) {
    const shown = show(items[place] as Item);
    if (shown === undefined) continue;
    if (results.length < limit) results.push(shown);
    else hasMore = true;
  }
  if (!hasMore) return json(200, { results, _links: { base: wikiOf(context) } });

  const query = new URLSearchParams(context.query);
  query.set('limit', String(limit));
  query.set('cursor', Buffer.from(JSON.stringify({ place: place - 1 })).toString('base64'));
  // Relative to the site, also behind the gateway, where it leads nowhere.
  const next = `${context.path.replace(/^.*?(?=\/wiki\/)/u, '')}?${query.toString()}`;
  return {
    ...json(200, { results, _links: { next, base: wikiOf(context) } }),
    headers: { link: `<${next}>; rel="next"` },
  };
}

function limitOf({ query }: RouteContext): number {
  const text = query.get('limit') ?? '25';
  const limit = Number(text);
  if (!/^\d+$/u.test(text) || limit < 1 || limit > MAX_CURSOR_LIMIT)
    refuseParameter(`Provided value {${text}} for 'limit' is not between 1 and ${MAX_CURSOR_LIMIT}`);
  return limit;
}

function startOf({ query }: RouteContext): number {
  const cursor = query.get('cursor');
  if (cursor === null) return 0;
  try {
    const { place } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as { place: unknown };
    if (typeof place === 'number' && Number.isInteger(place) && place >= 0) return place;
  } catch {
    // Refused below, as one that was altered.
  }
  return refuseParameter("Provided value for 'cursor' is not valid");
}

/** What a list of version 1 does with its limit. */
export interface OffsetLimits {
  readonly defaultLimit: number;
  /** A larger limit counts as this one, unless `refuses`. */
  readonly cap: number;
  readonly refuses?: boolean;
  /** More members of the page. */
  readonly extra?: (size: number) => JsonObject;
}

/** A page of version 1. Its link to the next loses the filters, as was seen. */
export function offsetPage<Item>(
  context: RouteContext,
  items: readonly Item[],
  show: (item: Item) => JsonValue,
  limits: OffsetLimits,
): FakeResponse {
  const start = numberOf(context, 'start', 0);
  const asked = numberOf(context, 'limit', limits.defaultLimit);
  if (limits.refuses === true && asked > limits.cap) refuseV1(400, `The limit must not be over ${limits.cap}.`);
  const limit = Math.min(asked, limits.cap);
  const isLast = start + limit >= items.length;
  const length = isLast ? limit : Math.max(1, limit - context.switches.confluenceShortPages);
  const results = items.slice(start, start + length).map(show);
  const path = context.path.replace(/^.*?\/wiki(?=\/)/u, '');
  const base = wikiOf(context);
  return json(200, {
    results,
    start,
    limit,
    size: results.length,
    ...(context.query.get('shouldReturnTotalSize') === 'true' && { totalSize: items.length }),
    ...limits.extra?.(results.length),
    _links: {
      base,
      context: '/wiki',
      self: `${base}${path}`,
      ...(!isLast && { next: `${path}?start=${start + results.length}&limit=${limit}` }),
    },
  });
}

function numberOf({ query }: RouteContext, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  if (!/^\d{1,9}$/u.test(text)) refuseV1(400, `The parameter ${name} is not a number.`);
  return Number(text);
}
