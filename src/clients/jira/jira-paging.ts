import { z, type ZodType } from 'zod';
import type { Page } from '../../http/paginate.js';
import type { EncodedPath } from '../../http/path.js';
import type { CallOptions, QueryValue } from '../../http/transport.js';
import { beyondTheTotal, emptyBeforeTheEnd, isLink, positionOf } from '../site/position-paging.js';
import type { SiteTransport } from '../site/site-connection.js';
import { schemaAround } from '../../model/lazy-schema.js';

/** A list, whichever page of it. */
export interface PagedGet<Item> extends CallOptions {
  readonly operation: string;
  readonly path: EncodedPath;
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** What to ask for. The server may give less, and says so. */
  readonly maxResults: number;
  readonly item: ZodType<Item>;
}

const pageBeanSchema = schemaAround(<Item>(item: ZodType<Item>) =>
  z.looseObject({
    values: z.array(item),
    total: z.number().nullish(),
    isLast: z.boolean().nullish(),
    nextPage: z.string().nullish(),
  }),
);

const arraySchema = schemaAround(<Item>(item: ZodType<Item>) => z.array(item));

/**
 * One page of a list in a page bean. Its cursor is the position of the page.
 *
 * The server silently lowers a page size that is too large: what came says where the next page begins, never what was
 * asked for.
 *
 * @throws `response_invalid` for an empty page before the end, and for more items than the server says that there are when
 * more are to follow.
 */
export async function getPageBean<Item>(
  transport: SiteTransport,
  call: PagedGet<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  const { item, query, maxResults, ...request } = call;
  const startAt = positionOf(call.operation, cursor);
  const { values, total, isLast, nextPage } = await transport.send({
    ...request,
    method: 'GET',
    query: { ...query, startAt, maxResults },
    response: pageBeanSchema(item),
  });
  const position = startAt + values.length;
  const hasMore = typeof isLast === 'boolean' ? !isLast : isMoreSaid({ values, total, nextPage }, position);
  const page = { items: values, ...(typeof total === 'number' && { total }) };
  if (!hasMore) return { ...page, next: undefined };
  if (typeof total === 'number' && values.length > 0 && position > total) throw beyondTheTotal(call.operation, total);
  if (values.length > 0) return { ...page, next: String(position) };
  // The list has become shorter while it was read.
  if (typeof total === 'number' && total <= startAt) return { ...page, next: undefined };
  throw emptyBeforeTheEnd(call.operation, 'values');
}

/** Whether more follow, of a page that does not say whether it is the last. Without any word, only an empty one is. */
function isMoreSaid(
  {
    values,
    total,
    nextPage,
  }: { values: readonly unknown[]; total?: number | null | undefined; nextPage?: string | null | undefined },
  position: number,
): boolean {
  if (isLink(nextPage)) return true;
  return typeof total === 'number' ? position < total : values.length > 0;
}

/**
 * One page of a list that comes as a bare array. Its cursor is the position of the page.
 *
 * Only an empty page ends it: whether a short one may come before the end is not known.
 */
export async function getArrayPage<Item>(
  transport: SiteTransport,
  call: PagedGet<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  const { item, query, maxResults, ...request } = call;
  const startAt = positionOf(call.operation, cursor);
  const items = await transport.send({
    ...request,
    method: 'GET',
    query: { ...query, startAt, maxResults },
    response: arraySchema(item),
  });
  return { items, next: items.length === 0 ? undefined : String(startAt + items.length) };
}
