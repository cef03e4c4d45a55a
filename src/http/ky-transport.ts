import ky from 'ky';
import { readNetworkFailure, type NetworkFailure } from './network-failure.js';
import { BodyTooLarge, discardBody, readBody } from './read-body.js';
import type { Scrubber } from './scrubber.js';
import { limitTime } from './time-limit.js';
import type { HttpMethod } from './transport.js';

/** A `fetch` that takes a `Request`: the global one, one bound to a proxy agent, or a fake's. */
export type FetchFunction = (request: Request) => Promise<Response>;

/** One HTTP request, ready to be sent. */
export interface AttemptRequest {
  readonly url: string;
  readonly method: HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The bounds of one attempt. */
export interface AttemptBounds {
  /** The global `fetch` unless given. */
  readonly fetch: FetchFunction | undefined;
  /** Of the whole call. */
  readonly signal: AbortSignal;
  /** In milliseconds, body included. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly scrub: Scrubber;
}

/** What one attempt came to. It never throws. */
export type AttemptOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: 'too-large'; readonly status: number; readonly headers: Headers }
  | {
      readonly kind: 'redirected';
      readonly status: number;
      readonly headers: Headers;
      readonly targetOrigin: string | undefined;
    }
  | ({ readonly kind: 'failed' } & NetworkFailure)
  | { readonly kind: 'timed-out'; readonly sent: boolean }
  /** The call as a whole has ended: aborted, or out of time. */
  | { readonly kind: 'ended'; readonly sent: boolean };

/** What an attempt has reached so far, for when it is cut short. */
interface Progress {
  sent: boolean;
  head: { readonly status: number; readonly headers: Headers } | undefined;
}

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MAX_ERROR_BYTES = 65_536;

/**
 * Sends one request once, through ky, and reads the answer within its bounds.
 *
 * ky's own retries and time limit are off: it repeats after any error, a bug in a hook too, shortens the wait a server
 * asks for, and stops the clock before the body is read. Its errors, which print the `Authorization` header, end here.
 */
export async function attemptOnce(request: AttemptRequest, bounds: AttemptBounds): Promise<AttemptOutcome> {
  const limit = limitTime(bounds.signal, bounds.timeoutMs);
  const progress: Progress = { sent: false, head: undefined };
  try {
    return await unlessAborted(exchange(request, bounds, limit.signal, progress), limit.signal);
  } catch (error) {
    const ended = limit.signal.aborted && !limit.expired;
    // The status of an error decides, even where its body is lost.
    if (!ended && progress.head !== undefined && progress.head.status >= 400)
      return { kind: 'answered', ...progress.head, text: '' };
    if (limit.signal.aborted) return { kind: ended ? 'ended' : 'timed-out', sent: progress.sent };
    return { kind: 'failed', ...readNetworkFailure(error, bounds.scrub) };
  } finally {
    limit.dispose();
  }
}

async function exchange(
  request: AttemptRequest,
  bounds: AttemptBounds,
  signal: AbortSignal,
  progress: Progress,
): Promise<AttemptOutcome> {
  let { url } = request;
  for (let hops = 0; ; hops++) {
    const response = await sendWithKy({ ...request, url }, bounds.fetch, signal, progress);
    const { status, headers } = response;
    if (signal.aborted) discardBody(response);
    signal.throwIfAborted();

    const redirect = redirectOf(response, url);
    if (redirect === undefined) return readAnswer(response, bounds.maxResponseBytes, progress);
    discardBody(response);
    if (!redirect.sameOrigin || request.method !== 'GET' || hops >= MAX_REDIRECTS)
      return { kind: 'redirected', status, headers, targetOrigin: redirect.target?.origin };
    url = redirect.target.href;
  }
}

async function sendWithKy(
  { url, method, headers, body }: AttemptRequest,
  fetchFunction: FetchFunction | undefined,
  signal: AbortSignal,
  progress: Progress,
): Promise<Response> {
  return ky(url, {
    method,
    headers,
    ...(body !== undefined && { body }),
    signal,
    redirect: 'manual',
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    fetch: (input) => {
      progress.sent = true;
      // ky hands over the Request it made, and nothing that a Request does not hold.
      const request = input as Request;
      return fetchFunction === undefined ? globalThis.fetch(request) : fetchFunction(request);
    },
  });
}

async function readAnswer(response: Response, maxBytes: number, progress: Progress): Promise<AttemptOutcome> {
  const head = { status: response.status, headers: response.headers };
  progress.head = head;
  if (response.ok) {
    const text = await readBody(response, maxBytes);
    return text instanceof BodyTooLarge ? { kind: 'too-large', ...head } : { kind: 'answered', ...head, text };
  }
  const text = await readBody(response, Math.min(maxBytes, MAX_ERROR_BYTES));
  return { kind: 'answered', ...head, text: text instanceof BodyTooLarge ? '' : text };
}

type Redirect =
  | { readonly sameOrigin: true; readonly target: URL }
  | { readonly sameOrigin: false; readonly target: URL | undefined };

/** `fetch` is told not to follow; one that did all the same is believed only as far as its own origin. */
function redirectOf(response: Response, url: string): Redirect | undefined {
  const { origin } = new URL(url);
  if (response.redirected && URL.canParse(response.url) && new URL(response.url).origin !== origin)
    return { sameOrigin: false, target: new URL(response.url) };
  if (response.type === 'opaqueredirect') return { sameOrigin: false, target: undefined };
  if (!REDIRECTS.has(response.status)) return undefined;

  const location = response.headers.get('location') ?? '';
  if (location === '' || !URL.canParse(location, url)) return { sameOrigin: false, target: undefined };
  const target = new URL(location, url);
  return { sameOrigin: target.origin === origin && target.username === '' && target.password === '', target };
}

/** A `fetch` that does not know signals must not hold a call up; what it brings later is thrown away. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the signal's reason, never shown
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
