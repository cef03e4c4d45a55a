import type { JsonObject } from '../../../model/json.js';
import { json } from '../respond.js';
import type { FakeResponse, RouteContext } from '../route.js';
import { refuseBitbucket } from './answers.js';
import { project } from './projection.js';
import { parseQuery, parseSort, type QueryFields } from './query-language.js';

/** A list, before it is known which page is wanted. */
export interface BitbucketListing<Item> {
  readonly items: readonly Item[];
  readonly view: (item: Item) => JsonObject;
  /** Paths of an element that are not shown unless they are asked for. */
  readonly hidden?: readonly string[];
  /** What `q` and `sort` may name. Without it both are ignored. */
  readonly fields?: QueryFields<Item>;
  /** Default 10. */
  readonly pageLength?: number;
}

const MOST = 100;

/** Answers with one page. `next` is absent on the last, and on every page whose `fields` do not name it. */
export function listPage<Item>(context: RouteContext, listing: BitbucketListing<Item>): FakeResponse {
  const { query, switches } = context;
  const items = selected(query, listing);
  const pagelen = pageLength(context, listing.pageLength ?? 10);
  const page = pageNumber(query);
  const end = page * pagelen;
  const numbered = switches.bitbucketPages === 'numbered';
  const body = {
    values: items.slice(end - pagelen, end).map(listing.view),
    pagelen,
    ...(numbered && { size: items.length, page }),
    ...(end < items.length && { next: linkTo(context, page + 1, numbered) }),
    ...(numbered && page > 1 && { previous: linkTo(context, page - 1, numbered) }),
  };
  const hidden = (listing.hidden ?? []).map((path) => `values.${path}`);
  return json(200, project(body, query.get('fields'), hidden));
}

/** Answers with one object. */
export function showOne(
  { query }: RouteContext,
  document: JsonObject,
  hidden: readonly string[] = [],
  status = 200,
): FakeResponse {
  return json(status, project(document, query.get('fields'), hidden));
}

function selected<Item>(query: URLSearchParams, { items, fields }: BitbucketListing<Item>): readonly Item[] {
  if (fields === undefined) return items;
  const [q, sort] = [query.get('q'), query.get('sort')];
  const found = q === null ? items : items.filter(parseQuery(q, fields));
  return sort === null ? found : [...found].sort(parseSort(sort, fields));
}

function pageLength({ query, switches }: RouteContext, standard: number): number {
  const pagelen = Number(query.get('pagelen') ?? standard);
  if (!Number.isInteger(pagelen) || pagelen < 1) return refuseBitbucket(400, 'Invalid pagelen');
  if (pagelen <= MOST) return pagelen;
  return switches.bitbucketLongPages === 'clamped' ? MOST : refuseBitbucket(400, 'Invalid pagelen');
}

function pageNumber(query: URLSearchParams): number {
  const page = query.has('ctx') ? Number.parseInt(query.get('ctx') ?? '', 36) - HASH : Number(query.get('page') ?? 1);
  return Number.isInteger(page) && page >= 1 ? page : refuseBitbucket(400, 'Invalid page');
}

/** Makes a hash of a page number look like one. */
const HASH = 1_234_567_890;

function linkTo({ origin, path, query }: RouteContext, page: number, numbered: boolean): string {
  const params = new URLSearchParams(query);
  if (numbered) params.set('page', String(page));
  else params.set('ctx', (page + HASH).toString(36));
  return `${origin}${path}?${params.toString()}`;
}
