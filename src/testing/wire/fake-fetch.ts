import { destinationOf } from './hosts.js';
import { UnknownRouteError } from './unknown-route-error.js';
import type { WireOutcome, WireRequest } from './wire.js';

/** The `fetch` of the fake: takes what the global one takes, and opens no socket. */
export type FakeFetch = (input: Request | URL | string, init?: RequestInit) => Promise<Response>;

/** Statuses whose answers cannot have a body (Fetch standard, "null body status"). */
const NULL_BODY = new Set([204, 205, 304]);

/** Makes a `fetch` of something that serves Atlassian's hosts, the admin APIs at `apiUrl`. Every other URL is thrown. */
export function createFetch(apiUrl: string, dispatch: (request: WireRequest) => WireOutcome): FakeFetch {
  return async (input, init) => {
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const bodyText = request.body === null ? undefined : await request.text();
    request.signal.throwIfAborted();

    const url = new URL(request.url);
    const destination = destinationOf(url, apiUrl);
    if (destination === undefined)
      throw new UnknownRouteError(
        `FakeAtlassian serves ${apiUrl}, its sites and Bitbucket, and was asked for ${url.origin}${url.pathname}`,
      );
    const outcome = dispatch({
      ...destination,
      method: request.method,
      query: url.searchParams,
      authorization: request.headers.get('authorization'),
      header: (name) => request.headers.get(name) ?? undefined,
      bodyText,
    });

    switch (outcome.type) {
      case 'reset':
        throw connectionReset();
      case 'hang':
        return never(request.signal);
      case 'answer':
        return toResponse(outcome, request.url);
    }
  };
}

function toResponse({ status, headers, bodyText }: Extract<WireOutcome, { type: 'answer' }>, url: string): Response {
  const response = new Response(NULL_BODY.has(status) ? null : (bodyText ?? null), { status, headers: { ...headers } });
  // A constructed Response has no URL, and clients resolve links against it.
  Object.defineProperty(response, 'url', { value: url });
  return response;
}

/** What undici throws when the other side resets the connection. */
function connectionReset(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });
  return new TypeError('fetch failed', { cause });
}

async function never(signal: AbortSignal): Promise<never> {
  return new Promise<never>((_resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        // The caller's own reason, as the global fetch rejects with it.
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}
