import type { Authorization } from './authorizer.js';
import type { AttemptOutcome } from './ky-transport.js';
import type { PermitReport } from './rate-limiter.js';
import { rateLimitOf, resetInOf, traceIdOf, waitOf } from './response-headers.js';
import type { Failure } from './retry-policy.js';
import type { RateLimitState } from './transport.js';

/** What the status and the headers of an answer say; nothing when none came. */
export interface AttemptHead {
  readonly status?: number;
  readonly traceId?: string | undefined;
  readonly rateLimit?: RateLimitState | undefined;
  /** The wait the server asked for, in milliseconds. */
  readonly waitMs?: number | undefined;
  readonly resetInMs?: number | undefined;
}

/** Reads the head of an answer. */
export function headOf(outcome: AttemptOutcome, now: number, { scrub }: Authorization): AttemptHead {
  if (!('headers' in outcome)) return {};
  const { status, headers } = outcome;
  const traceId = traceIdOf(headers);
  return {
    status,
    traceId: traceId === undefined ? undefined : scrub(traceId),
    rateLimit: rateLimitOf(headers, now),
    waitMs: status === 429 || status === 503 ? waitOf(headers, now) : undefined,
    resetInMs: resetInOf(headers, now),
  };
}

/** What the limiter learns from it. */
export function reportOf({ status, rateLimit, waitMs, resetInMs }: AttemptHead): PermitReport | undefined {
  if (status === undefined) return undefined;
  const throttled = status === 429 || (status === 503 && waitMs !== undefined);
  return { throttled, waitMs, limit: rateLimit?.limit, remaining: rateLimit?.remaining, resetInMs };
}

/** What of an outcome could be helped by trying again; `undefined` for a success, and for what ends the call. */
export function failureOf(outcome: AttemptOutcome, { waitMs }: AttemptHead): Failure | undefined {
  switch (outcome.kind) {
    case 'answered':
      return outcome.status >= 400 ? { kind: 'answer', status: outcome.status, waitMs } : undefined;
    case 'failed':
      return { kind: 'no-answer', sent: outcome.sent, transient: outcome.transient };
    case 'timed-out':
      return { kind: 'no-answer', sent: outcome.sent, transient: true };
    case 'too-large':
    case 'redirected':
    case 'ended':
      return undefined;
  }
}
