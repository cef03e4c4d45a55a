import type { RateLimitState } from './transport.js';

/** A number of seconds this large is an instant since 1970 and no wait: over thirty years. */
const EPOCH_SECONDS = 1_000_000_000;

const TRACE_HEADERS = ['atl-traceid', 'x-trace-id', 'x-b3-traceid', 'x-request-id', 'x-arequestid'] as const;

const TRACE_ID = /^[\w.:/+=-]{1,128}$/;

/** The id by which Atlassian's support finds the request, if the value has the shape of one. */
export function asTraceId(value: unknown): string | undefined {
  return typeof value === 'string' && TRACE_ID.test(value) ? value : undefined;
}

/** The trace id among the headers, if there is one. */
export function traceIdOf(headers: Headers): string | undefined {
  for (const name of TRACE_HEADERS) {
    const traceId = asTraceId(headers.get(name));
    if (traceId !== undefined) return traceId;
  }
  return undefined;
}

/**
 * Whether a product of a site answered as to nobody, because it does not take the credential (seen): with 200 and less or
 * nothing in it wherever nobody may call, and else with whatever nobody gets there.
 */
export function loginFailed(headers: Headers): boolean {
  return headers.get('x-seraph-loginreason')?.includes('AUTHENTICATED_FAILED') ?? false;
}

/**
 * How long the server asks to wait, in milliseconds: `Retry-After` (seconds or a date), else `X-RateLimit-Reset`.
 *
 * Instants are held against the server's own `Date` where it sends one, so a clock that is off does no harm.
 */
export function waitOf(headers: Headers, now: number): number | undefined {
  const retryAfter = headers.get('retry-after')?.trim();
  if (retryAfter !== undefined && /^\d+(\.\d+)?$/.test(retryAfter)) return Math.ceil(Number(retryAfter) * 1000);

  const until = parseInstant(retryAfter);
  return until === undefined ? resetInOf(headers, now) : Math.max(0, until - serverNowOf(headers, now));
}

/** The rate-limit state among the headers, if there is any. */
export function rateLimitOf(headers: Headers, now: number): RateLimitState | undefined {
  const limit = countOf(headers.get('x-ratelimit-limit'));
  const remaining = countOf(headers.get('x-ratelimit-remaining'));
  const resetAt = resetInstantOf(headers, now);
  if (limit === undefined && remaining === undefined && resetAt === undefined) return undefined;

  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetAt !== undefined && { resetAt: new Date(resetAt).toISOString() }),
  };
}

/** When the budget is full again, in milliseconds from now by the server's clock. */
export function resetInOf(headers: Headers, now: number): number | undefined {
  const resetAt = resetInstantOf(headers, now);
  return resetAt === undefined ? undefined : Math.max(0, resetAt - serverNowOf(headers, now));
}

function serverNowOf(headers: Headers, now: number): number {
  return parseInstant(headers.get('date')) ?? now;
}

/** ISO 8601 by Atlassian's admin APIs (documented); seconds that remain by Bitbucket (seen); an epoch by others. */
function resetInstantOf(headers: Headers, now: number): number | undefined {
  const reset = headers.get('x-ratelimit-reset')?.trim();
  if (reset === undefined || reset === '') return undefined;

  if (!/^\d+$/.test(reset)) return parseInstant(reset);
  const instant = Number(reset) * 1000 + (Number(reset) < EPOCH_SECONDS ? serverNowOf(headers, now) : 0);
  return instant <= MAX_INSTANT ? instant : undefined;
}

const HTTP_DATE = /^[A-Z][a-z]{2,8},? /;
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})?$/i;

/** Only the two forms the headers have: `Date.parse` makes a date of almost anything. An offset that is missing is UTC. */
function parseInstant(text: string | null | undefined): number | undefined {
  const value = text?.trim() ?? '';
  const iso = ISO_8601.exec(value);
  if (iso === null && !HTTP_DATE.test(value)) return undefined;

  const instant = Date.parse(iso !== null && iso[1] === undefined ? `${value}Z` : value);
  return Number.isNaN(instant) ? undefined : instant;
}

/** What a `Date` can hold. */
const MAX_INSTANT = 8.64e15;

/** Takes the first number: Bitbucket sends `60, 60;w=3600`. */
function countOf(value: string | null): number | undefined {
  const digits = /^\s*(\d{1,15})\b/.exec(value ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
