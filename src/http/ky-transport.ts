import ky from 'ky';
import type { Authorization } from './authorizer.js';
import type { CallEnd } from './call-end.js';
import { startTimer, stopTimer } from './clock.js';
import { readNetworkFailure, type NetworkFailure } from './network-failure.js';
import { BodyTooLarge, discardBody, readBody } from './read-body.js';
import { redirectOf } from './redirect.js';
import type { HttpMethod } from './transport.js';

/** A `fetch` that takes a `Request`: the global one, one bound to a proxy agent, or a fake's. */
export type FetchFunction = (request: Request) => Promise<Response>;

/** One HTTP request, but for its credential. */
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
  readonly end: CallEnd;
  /** In milliseconds, body included. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly authorization: Authorization;
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
const MAX_ERROR_BYTES = 65_536;

/**
 * Sends one request once, through ky, and reads the answer within its bounds.
 *
 * ky's own retries and time limit are off: it repeats after any error, a bug in a hook too, shortens the wait a server
 * asks for, and stops the clock before the body is read. Its errors, which print the `Authorization` header, end here.
 *
 * Settles in time even where a `fetch` does not know signals; what it brings later is thrown away.
 */
export function attemptOnce(request: AttemptRequest, bounds: AttemptBounds): Promise<AttemptOutcome> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const progress: Progress = { sent: false, head: undefined };
    const settle = (outcome: AttemptOutcome): void => {
      bounds.end.unwatch();
      if (timer !== undefined) stopTimer(timer);
      resolve(outcome);
    };
    const stop = (outcome: AttemptOutcome): void => {
      settle(outcome);
      controller.abort();
    };
    const timer = Number.isFinite(bounds.timeoutMs)
      ? startTimer(bounds.timeoutMs, () => stop(errorSoFar(progress) ?? { kind: 'timed-out', sent: progress.sent }))
      : undefined;
    bounds.end.watch(() => stop({ kind: 'ended', sent: progress.sent }));

    exchange(request, bounds, controller.signal, progress).then(settle, (error: unknown) =>
      settle(errorSoFar(progress) ?? { kind: 'failed', ...readNetworkFailure(error, bounds.authorization.scrub) }),
    );
  });
}

/** The status of an error decides, even where its body is lost. */
function errorSoFar({ head }: Progress): AttemptOutcome | undefined {
  return head !== undefined && head.status >= 400 ? { kind: 'answered', ...head, text: '' } : undefined;
}

async function exchange(
  request: AttemptRequest,
  bounds: AttemptBounds,
  signal: AbortSignal,
  progress: Progress,
): Promise<AttemptOutcome> {
  let { url } = request;
  for (let hops = 0; ; hops++) {
    signal.throwIfAborted();
    const response = await sendWithKy(url, request, bounds, signal, progress);
    if (signal.aborted) discardBody(response);
    signal.throwIfAborted();

    const redirect = redirectOf(response, url);
    if (redirect === undefined) return readAnswer(response, bounds.maxResponseBytes, progress);
    discardBody(response);
    const { status, headers } = response;
    if (!redirect.sameOrigin || request.method !== 'GET' || hops >= MAX_REDIRECTS)
      return { kind: 'redirected', status, headers, targetOrigin: redirect.target?.origin };
    url = redirect.target.href;
  }
}

async function sendWithKy(
  url: string,
  { method, headers, body }: AttemptRequest,
  { fetch, authorization }: AttemptBounds,
  signal: AbortSignal,
  progress: Progress,
): Promise<Response> {
  let answer: Response | undefined;
  const send = async (request: Request): Promise<Response> => {
    progress.sent = true;
    answer = await (fetch === undefined
      ? globalThis.fetch(request, { signal })
      : fetch(new Request(request, { signal })));
    // ky sends again when a hook gives it no Response of the global class, and a custom fetch can have its own.
    return answer instanceof Response ? answer : new Response();
  };
  const response = await ky(url, {
    method,
    headers: { ...headers, authorization: authorization.header },
    ...(body !== undefined && { body }),
    redirect: 'manual',
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    // Sent from a hook: ky would join signals, and clone the request for the retries that are off.
    hooks: { beforeRequest: [send] },
  });
  return answer ?? response;
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
