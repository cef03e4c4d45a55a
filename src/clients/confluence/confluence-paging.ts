import { z, type ZodType } from 'zod';
import { cursorOfNextLink } from '../../http/next-link.js';
import type { Page } from '../../http/paginate.js';
import type { EncodedPath } from '../../http/path.js';
import type { CallOptions, QueryValue } from '../../http/transport.js';
import { emptyBeforeTheEnd, isLink, positionOf } from '../site/position-paging.js';
import type { SiteTransport } from '../site/site-connection.js';
import { schemaAround } from '../../model/lazy-schema.js';

/** A list, whichever page of it. */
export interface PagedGet<Item> extends CallOptions {
  readonly operation: string;
  readonly path: EncodedPath;
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Length of a page: the largest one unless given. */
  readonly limit?: number | undefined;
  readonly item: ZodType<Item>;
}

/** Largest page of version 2 (documented). A larger one is refused. */
const MAX_CURSOR_PAGE = 250;

/** Largest page of groups and of members (documented). A larger one of members is refused. */
const MAX_OFFSET_PAGE = 200;

const pageSchema = schemaAround(<Item>(item: ZodType<Item>) =>
  z.looseObject({
    results: z.array(item),
    size: z.number().nullish(),
    limit: z.number().nullish(),
    _links: z.looseObject({ next: z.string().nullish() }).nullish(),
  }),
);

/**
 * One page of version 2.
 *
 * The link to the next page is relative to the site, also behind the gateway: its cursor goes with the same query to the
 * same path.
 */
export async function getCursorPage<Item>(
  transport: SiteTransport,
  call: PagedGet<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  const { item, query, limit = MAX_CURSOR_PAGE, ...request } = call;
  const { results, _links } = await transport.send({
    ...request,
    method: 'GET',
    query: { ...query, limit, cursor },
    response: pageSchema(item),
  });
  const context = { operation: call.operation, baseUrl: transport.baseUrl };
  return { items: results, next: cursorOfNextLink(siteRelative(_links?.next), context) };
}

/**
 * One page of version 1. Its cursor is the position of the page.
 *
 * A page may be short before the end, and the server may cap the limit: the link says whether there is more, and what came
 * says where. The query goes along with each page, for the link was seen to lose filters.
 *
 * @throws `response_invalid` for an empty page that is not the last.
 */
export async function getOffsetPage<Item>(
  transport: SiteTransport,
  call: PagedGet<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  const { item, query, limit = MAX_OFFSET_PAGE, ...request } = call;
  const start = positionOf(call.operation, cursor);
  const {
    results,
    size,
    limit: taken,
    _links,
  } = await transport.send({
    ...request,
    method: 'GET',
    query: { ...query, start, limit },
    response: pageSchema(item),
  });
  // Documented as optional for the members of a group. Without links, only a page that is not full is the last: by the limit
  // that the server took, which it may have lowered.
  const full = Math.min(limit, taken ?? limit);
  const hasMore =
    _links === undefined || _links === null ? results.length > 0 && results.length >= full : isLink(_links.next);
  if (!hasMore) return { items: results, next: undefined };
  if (results.length === 0) throw emptyBeforeTheEnd(call.operation, 'results');
  return { items: results, next: String(start + Math.max(results.length, size ?? 0)) };
}

/** The path and query of a link. Its host is not called, and through the gateway it would be another than ours. */
function siteRelative(link: string | null | undefined): string | null | undefined {
  return link?.replace(/^https:\/\/[a-z0-9-]+\.atlassian\.net(?=\/)/, '');
}
