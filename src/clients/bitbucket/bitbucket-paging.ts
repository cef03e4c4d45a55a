import { z, type ZodType } from 'zod';
import { ResponseInvalidError } from '../../errors/api-errors.js';
import { ProvisionerError } from '../../errors/provisioner-error.js';
import type { Page } from '../../http/paginate.js';
import type { EncodedPath } from '../../http/path.js';
import { totalOf } from '../../http/total.js';
import type { CallOptions, QueryValue, Transport } from '../../http/transport.js';
import { schemaAround } from '../../model/lazy-schema.js';

/** Where Bitbucket serves its API. */
export const BITBUCKET_API_URL = 'https://api.bitbucket.org';

/** Sends calls to Bitbucket. */
export type BitbucketTransport = Transport<'bitbucket'>;

/** Most entries of one page (documented). The default is 10. */
const PAGE_LENGTH = 100;

/** A list of Bitbucket's. */
export interface BitbucketList<Item> extends CallOptions {
  readonly operation: string;
  readonly path: EncodedPath;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly item: ZodType<Item>;
}

/** `size` and `page` are left out by many lists; `values` is the mark of one (documented). */
const pageSchema = schemaAround(<Item>(item: ZodType<Item>) =>
  z.looseObject({ values: z.array(item), next: z.string().nullish(), size: z.unknown().optional() }),
);

/**
 * Reads one page of a list, the first one without a cursor.
 *
 * A cursor is the link to the next page, as the server gave it: nothing is added to it, for many lists page by a hash. It
 * is called on the transport's own base URL, and only when it points there or to Bitbucket's own origin behind a proxy.
 *
 * @throws {@link ResponseInvalidError} for a link to another origin.
 */
export async function bitbucketPage<Item>(
  transport: BitbucketTransport,
  call: BitbucketList<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  const { item, path, query, ...request } = call;
  const { operation } = call;
  const position = cursor === undefined ? undefined : pathOfLink(cursor, transport.baseUrl);
  if (cursor !== undefined && position === undefined)
    throw new ProvisionerError('request_invalid', `${operation} was not sent: the cursor is no page of this API`, {
      advice: 'Give the `next` of a page that this client has read.',
    });

  const { values, next, size } = await transport.send({
    ...request,
    method: 'GET',
    path: position ?? path,
    ...(position === undefined && { query: { pagelen: PAGE_LENGTH, ...query } }),
    response: pageSchema(item),
  });
  return {
    items: values,
    next: checkedNext(next, operation, transport.baseUrl),
    ...totalOf(size),
  };
}

function checkedNext(next: string | null | undefined, operation: string, baseUrl: string): string | undefined {
  if (next === undefined || next === null || next === '') return undefined;
  const position = pathOfLink(next, baseUrl);
  if (position !== undefined) return position;
  throw new ResponseInvalidError({ operation, method: 'GET', status: 200, attempts: 1 }, [
    { path: 'next', expected: 'a link to the origin of the API', received: 'another link' },
  ]);
}

/** The path and query of a link within the API; `undefined` for any other link. */
function pathOfLink(link: string, baseUrl: string): EncodedPath | undefined {
  if (!URL.canParse(link, baseUrl)) return undefined;
  const base = new URL(baseUrl);
  const { origin, pathname, search, username, password } = new URL(link, baseUrl);
  if ((origin !== base.origin && origin !== BITBUCKET_API_URL) || username !== '' || password !== '') return undefined;

  const prefix = base.pathname.replace(/\/$/, '');
  const path = pathname.startsWith(`${prefix}/2.0/`) ? pathname.slice(prefix.length) : pathname;
  return path.startsWith('/2.0/') ? ((path + search) as EncodedPath) : undefined;
}

/**
 * Writes a `fields` parameter that keeps these attributes of each element.
 *
 * `next` is kept too: without it, paging would stop after the first page, in silence. `size` is how many there are in all.
 */
export function keepFields(...names: readonly string[]): string {
  return ['next', 'size', ...names.map((name) => `values.${name}`)].join(',');
}
