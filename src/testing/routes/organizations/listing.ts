import type { JsonObject } from '../../../model/json.js';
import { openCursor, sealCursor } from '../../rules/cursors.js';
import { cutPage, type CutPage, type Cuttable, type Place } from '../../rules/page-cut.js';
import { json } from '../respond.js';
import type { FakeResponse, RouteContext } from '../route.js';
import { given, present } from '../presentation.js';
import { envelope, refuseWith } from './refusals.js';

/** How the answer of a listing leads to the next page. */
export type LinkStyle =
  /** Full URLs under `links`. */
  | 'urls'
  /** Bare cursors under `links`. */
  | 'cursors';

/** Where in a listing a request stands, and what it asks for. */
export interface ListingRequest<Query> {
  readonly query: Query;
  readonly place?: Place;
}

/**
 * Reads what a listing is asked for: from its cursor, which stands for all the other parameters, or with `parse`.
 *
 * A cursor that is altered, of another operation or too old is refused with `ADMIN-400-1`.
 */
export function listingRequest<Query>(
  context: RouteContext,
  operation: string,
  cursor: string | undefined,
  parse: () => Query,
  lifetimeMs = context.switches.cursorLifetimeMs,
): ListingRequest<Query> {
  if (cursor === undefined) return { query: parse() };
  const content = openCursor(cursor, { operation, now: context.now, lifetimeMs });
  if (content === undefined) refuseWith(context, 'ADMIN-400-1', 'The page cursor is invalid');
  return { query: content.query === null ? parse() : (content.query as Query), place: content.place };
}

/** A page of rows with the cursors around it. */
export interface ListedPage<Row> {
  readonly rows: readonly Row[];
  readonly self: string;
  readonly next: string | undefined;
  readonly prev: string | undefined;
  /** Whether it was asked for without a cursor. */
  readonly isFirst: boolean;
}

/** Cuts the page that a request stands at. */
export function listedPage<Row>(
  { now }: RouteContext,
  operation: string,
  request: ListingRequest<unknown>,
  list: Cuttable<Row>,
): ListedPage<Row> {
  const page: CutPage<Row> = cutPage(list, request.place);
  const seal = (place: Place | undefined): string | undefined =>
    place === undefined ? undefined : sealCursor({ query: request.query, place }, { operation, now });
  return {
    rows: page.rows,
    self: seal(page.self) ?? '',
    next: seal(page.next),
    prev: seal(page.prev),
    isFirst: request.place === undefined,
  };
}

/** `{data, links, meta?}` with bare cursors or URLs under `links`. */
export function pageAnswer(
  context: RouteContext,
  data: readonly JsonObject[],
  page: Omit<ListedPage<unknown>, 'rows'>,
  style: LinkStyle,
  meta?: JsonObject | null,
): FakeResponse {
  return json(200, given({ data, links: pageLinks(context, page, style), meta }));
}

function pageLinks(context: RouteContext, page: Omit<ListedPage<unknown>, 'rows'>, style: LinkStyle): JsonObject {
  const { self, prev, next, isFirst } = page;
  if (style === 'cursors') return present(context, { self, prev, next });
  const url = (cursor: string | undefined): string | undefined =>
    cursor === undefined ? undefined : urlOf(context, cursor);
  // Where links are URLs, what is not there is left out (documented and seen).
  return given({
    self: isFirst ? `${context.origin}${context.path}` : url(self),
    prev: url(prev),
    next: url(next),
  });
}

/** The URL of this request with a cursor in place of its query. */
export function urlOf({ origin, path }: RouteContext, cursor: string): string {
  return `${origin}${path}?cursor=${encodeURIComponent(cursor)}`;
}

/** The cursor that an item of a list carries. It leads nowhere: no operation takes it. */
export function itemCursor(id: string): string {
  return Buffer.from(id, 'utf8').toString('base64url');
}

/** The 400 of a request with a fault in it. */
export function badRequest({ state }: RouteContext, fault: string): FakeResponse {
  return envelope(state, 'ADMIN-UAM-400-1', fault);
}
