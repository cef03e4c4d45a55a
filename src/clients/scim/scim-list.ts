import { z } from 'zod';
import { ResponseInvalidError, type ResponseFault } from '../../errors/api-errors.js';
import { ProvisionerError } from '../../errors/provisioner-error.js';
import { paginate } from '../../http/paginate.js';
import { mapped } from './answers.js';

/** Atlassian gives at most 100 users a page (documented). */
export const SCIM_PAGE_SIZE = 100;

/** What a whole list is asked with. */
export interface ScimListQuery<Filter> {
  readonly filter?: Filter | undefined;
  /** Page size to ask for, 100 unless given. The server may give fewer, and Atlassian never gives more than 100. */
  readonly count?: number | undefined;
}

/** What one page is asked with. `count: 0` reads the total only. */
export interface ScimPageQuery<Filter> extends ScimListQuery<Filter> {
  /** Index of the first item, from 1. */
  readonly startIndex?: number | undefined;
}

/** One page of a list. */
export interface ScimPage<Item> {
  readonly items: readonly Item[];
  /** Number of matches on all pages, at the time of this page. */
  readonly totalResults: number;
  /** Index of the first item, from 1. */
  readonly startIndex: number;
  /** Where the next page starts; `undefined` ends the list. */
  readonly nextStartIndex: number | undefined;
}

/** The query parameters of one page; refuses what no server can answer. */
export function pageQuery({ startIndex = 1, count = SCIM_PAGE_SIZE }: ScimPageQuery<unknown>): {
  startIndex: number;
  count: number;
} {
  if (!Number.isSafeInteger(startIndex) || startIndex < 1)
    throw new ProvisionerError(
      'request_invalid',
      `startIndex must be a whole number from 1; it is ${String(startIndex)}`,
    );
  if (!Number.isSafeInteger(count) || count < 0)
    throw new ProvisionerError('request_invalid', `count must be a whole number from 0; it is ${String(count)}`);
  return { startIndex, count };
}

/** A ListResponse (RFC 7644 section 3.4.2), as far as paging needs it. */
export interface ScimListResponse<Item> {
  readonly totalResults: number;
  readonly startIndex?: number | null | undefined;
  readonly Resources?: readonly Item[] | null | undefined;
}

/** Schema of a ListResponse. `startIndex` may be absent, and `Resources` too when there are none. */
export function scimListSchema<Item>(item: z.ZodType<Item>): z.ZodType<ScimListResponse<Item>> {
  return mapped(
    z.looseObject({
      totalResults: z.number().int().nonnegative(),
      startIndex: z.number().int().nullish(),
      Resources: z.array(item).nullish(),
    }),
  );
}

/**
 * Reads the page that was asked for out of the answer.
 *
 * The next page starts after what really came. `itemsPerPage` is not believed: it is the page size in force at Atlassian
 * (seen) and the number returned elsewhere, and neither need be the count that was asked for.
 */
export function toScimPage<Item>(
  operation: string,
  { totalResults, startIndex, Resources }: ScimListResponse<Item>,
  asked: number,
): ScimPage<Item> {
  const items = Resources ?? [];
  const answered = startIndex === 0 ? 1 : (startIndex ?? asked); // 0 and 1 mean the same to Atlassian (seen)
  if (items.length > 0 && answered !== asked)
    throw pagingError(
      operation,
      `the list does not advance: asked to start at ${String(asked)}, the page starts at ${String(answered)}`,
      { path: 'startIndex', expected: String(asked), received: String(answered) },
      IGNORES_START_INDEX,
    );

  const next = asked + items.length;
  return {
    items,
    totalResults,
    startIndex: asked,
    nextStartIndex: items.length === 0 || next > totalResults ? undefined : next,
  };
}

/**
 * Walks a list page by page, from its start.
 *
 * Pages are cut by offset out of a list that goes on changing: what is created or deleted meanwhile can make an item
 * come twice or not at all. Items are handed on as they come, repeated ones too.
 */
export function walkList<Item extends { readonly id: string }>(
  operation: string,
  count: number | undefined,
  fetchPage: (startIndex: number) => Promise<ScimPage<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let before: string | undefined;

  return paginate(async (cursor) => {
    if (count === 0)
      throw new ProvisionerError('request_invalid', `${operation} needs a count of at least 1; listPage takes 0`);
    const page = await fetchPage(cursor === undefined ? 1 : Number(cursor));

    // Taken for an empty list, it would hide somebody, who would then be created a second time.
    if (cursor === undefined && page.items.length === 0 && page.totalResults > 0)
      throw pagingError(
        operation,
        `the first page is empty, and says that there are ${String(page.totalResults)}`,
        { path: 'Resources', expected: 'at least one resource', received: 'none' },
        'The server contradicts itself; try again, or ask whoever runs it.',
      );

    // Some servers do not know startIndex and send the same page for ever, without saying which one it is.
    const ids = page.items.map(({ id }) => id).join('\n');
    if (ids !== '' && ids === before)
      throw pagingError(
        operation,
        'the list does not advance: one page came twice',
        { path: 'Resources', expected: 'the next page', received: 'the page before' },
        IGNORES_START_INDEX,
      );
    before = ids;

    const next = page.nextStartIndex;
    return { items: page.items, next: next === undefined ? undefined : String(next) };
  });
}

const IGNORES_START_INDEX = 'The server ignores startIndex; ask for one page with a higher count.';

function pagingError(operation: string, what: string, fault: ResponseFault, advice: string): ResponseInvalidError {
  // A page that cannot be used came in an answer that otherwise was as it should be.
  const details = { operation, method: 'GET', status: 200, attempts: 1, advice };
  return new ResponseInvalidError(details, [fault], what);
}
