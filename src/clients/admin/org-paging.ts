import { z, type ZodType } from 'zod';
import { cursorOfNextLink } from '../../http/next-link.js';
import type { Page } from '../../http/paginate.js';
import type { EncodedPath } from '../../http/path.js';
import { totalOf } from '../../http/total.js';
import type { CallOptions, QueryValue, Transport } from '../../http/transport.js';
import type { JsonObject } from '../../model/json.js';
import { toBody, type BodyFields } from './json-body.js';
import { lazySchema, schemaAround } from '../../model/lazy-schema.js';

/** Sends calls with the organization's key. */
export type OrganizationTransport = Transport<'organization-key'>;

/** A list of the organization, before it is known which page is wanted. */
interface PagedCall<Item> extends CallOptions {
  readonly operation: string;
  readonly path: EncodedPath;
  readonly item: ZodType<Item>;
}

/** A list whose page is chosen by the query. */
export interface PagedGet<Item> extends PagedCall<Item> {
  readonly query?: Readonly<Record<string, QueryValue>>;
}

/** A list whose page is chosen by the body. */
export interface PagedSearch<Item> extends PagedCall<Item> {
  readonly body: BodyFields;
}

const linksSchema = lazySchema(() => z.looseObject({ next: z.string().nullish() }).nullish());

const pageSchema = schemaAround(<Item>(item: ZodType<Item>) =>
  z.looseObject({
    // Documented as optional in all lists but the searches. A page without it would pass for an empty one.
    data: z.array(item),
    links: linksSchema(),
    meta: z.looseObject({ next: z.string().nullish(), total: z.unknown().optional() }).nullish(),
  }),
);

const partSchema = schemaAround(<Item>(item: ZodType<Item>) => z.looseObject({ data: item, links: linksSchema() }));

/** One page of a version 1 list whose `links.next` is a URL: organizations, managed accounts, domains. */
export async function getUrlLinkPage<Item>(
  transport: OrganizationTransport,
  call: PagedGet<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  const { data, links, meta } = await sendGet(transport, call, cursor, pageSchema(call.item));
  return { items: data, next: nextOf(links?.next, call, transport), ...totalOf(meta?.total) };
}

/** One page of a version 1 list with a bare cursor in `meta.next`: events and policies. */
export async function getMetaCursorPage<Item>(
  transport: OrganizationTransport,
  call: PagedGet<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  const { data, links, meta } = await sendGet(transport, call, cursor, pageSchema(call.item));
  // `meta.next: null` ends the list, whatever the links say; only without a `meta.next` do the links decide.
  const next = meta?.next === undefined ? nextOf(links?.next, call, transport) : nextOf(meta.next, call, transport);
  return { items: data, next };
}

/**
 * One page of a version 2 list whose `links.next` is a bare cursor.
 *
 * The filters go along with the cursor; documented is that the server then discards them.
 */
export async function getCursorPage<Item>(
  transport: OrganizationTransport,
  call: PagedGet<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  const { data, links } = await sendGet(transport, call, cursor, pageSchema(call.item));
  return { items: data, next: nextOf(links?.next, call, transport) };
}

/** One page of a search by POST, the cursor in the body. The filters go along: whether a cursor holds them is not said. */
export async function searchPage<Item>(
  transport: OrganizationTransport,
  call: PagedSearch<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  return sendSearch(transport, call, toBody({ ...call.body, cursor }));
}

/**
 * One page of the workspace search. A cursor must be the only member of the body.
 *
 * Documented is a URL in `links.next`; clients have seen the bare cursor. Both are read.
 */
export async function searchLoneCursorPage<Item>(
  transport: OrganizationTransport,
  call: PagedSearch<Item>,
  cursor: string | undefined,
): Promise<Page<Item>> {
  return sendSearch(transport, call, cursor === undefined ? toBody(call.body) : { cursor });
}

/** A part of one resource, and where the next part is. */
export interface ResourcePart<Resource> {
  readonly resource: Resource;
  readonly next: string | undefined;
}

/** One part of a resource that comes in parts, with a bare cursor in `links.next`: last active dates. */
export async function getResourcePart<Resource>(
  transport: OrganizationTransport,
  call: PagedGet<Resource>,
  cursor: string | undefined,
): Promise<ResourcePart<Resource>> {
  const { data, links } = await sendGet(transport, call, cursor, partSchema(call.item));
  return { resource: data, next: nextOf(links?.next, call, transport) };
}

async function sendGet<Item, Answer>(
  transport: OrganizationTransport,
  { item: _item, query, ...request }: PagedGet<Item>,
  cursor: string | undefined,
  response: ZodType<Answer>,
): Promise<Answer> {
  return transport.send({ ...request, method: 'GET', query: { ...query, cursor }, response });
}

async function sendSearch<Item>(
  transport: OrganizationTransport,
  call: PagedSearch<Item>,
  body: JsonObject,
): Promise<Page<Item>> {
  const { item, body: _filters, ...request } = call;
  const { data, links } = await transport.send({
    ...request,
    method: 'POST',
    body,
    response: pageSchema(item),
    repeat: 'safe',
  });
  return { items: data, next: nextOf(links?.next, call, transport) };
}

/** Bare cursors and links are both read in every family: pages and clients disagree about which one has which. */
function nextOf<Item>(
  next: string | null | undefined,
  { operation }: PagedCall<Item>,
  { baseUrl }: OrganizationTransport,
): string | undefined {
  return cursorOfNextLink(next, { operation, baseUrl });
}
