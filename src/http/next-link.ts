import { ResponseInvalidError } from '../errors/api-errors.js';

/** The origin that Atlassian puts into links, whatever proxy or gateway the call went through. */
const ATLASSIAN_ORIGIN = 'https://api.atlassian.com';

/** Where a `next` link was found. */
export interface NextLinkContext {
  /** The call that answered with it. */
  readonly operation: string;
  /** `baseUrl` of the transport. */
  readonly baseUrl: string;
  /** The query parameter that carries the cursor. `cursor` unless given. */
  readonly parameter?: string | undefined;
}

/**
 * Takes the cursor out of a `next` link, which is a URL in some lists and the bare cursor in others.
 *
 * The link itself is never called: the cursor goes to the transport's own base URL. A link to any origin but that of the
 * base URL, or Atlassian's own behind a gateway, is refused all the same, for such a server is not to be believed.
 *
 * @throws {@link ResponseInvalidError} for a link to another origin, or a URL without a cursor.
 */
export function cursorOfNextLink(link: string | null | undefined, context: NextLinkContext): string | undefined {
  if (link === undefined || link === null || link === '') return undefined;

  const url = asUrl(link, context.baseUrl);
  if (url === undefined) return link;
  if (url.origin !== new URL(context.baseUrl).origin && url.origin !== ATLASSIAN_ORIGIN)
    throw invalid(context, 'a link to the origin of the API', 'a link to another origin');

  const cursor = url.searchParams.get(context.parameter ?? 'cursor');
  if (cursor === null || cursor === '') throw invalid(context, 'a link with a cursor', 'a link without one');
  return cursor;
}

function asUrl(link: string, baseUrl: string): URL | undefined {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(link) || /^(\/[^?]*)?\?/.test(link);
  return isUrl && URL.canParse(link, baseUrl) ? new URL(link, baseUrl) : undefined;
}

function invalid(context: NextLinkContext, expected: string, received: string): ResponseInvalidError {
  return new ResponseInvalidError({ operation: context.operation, method: 'GET', status: 200, attempts: 1 }, [
    { path: 'next', expected, received },
  ]);
}
