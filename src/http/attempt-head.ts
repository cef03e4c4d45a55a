import type { AttemptOutcome } from './ky-transport.js';
import type { AnswerReport } from './rate-budget.js';
import { loginFailed, rateLimitOf, resetInOf, traceIdOf, waitOf } from './response-headers.js';
import type { Failure } from './retry-policy.js';
import type { Scrubber } from './scrubber.js';
import type { RateLimitState } from './transport.js';

/**
 * What the status and the headers of an answer say; nothing when none came.
 *
 * Each is read when asked for: a good answer that nobody watches needs few of them, and each header costs.
 */
export class AttemptHead {
  readonly status: number | undefined;
  readonly #headers: Headers | undefined;
  readonly #now: number;
  readonly #scrub: Scrubber;

  constructor(outcome: AttemptOutcome, now: number, scrub: Scrubber) {
    this.status = 'status' in outcome ? outcome.status : undefined;
    this.#headers = 'headers' in outcome ? outcome.headers : undefined;
    this.#now = now;
    this.#scrub = scrub;
  }

  get traceId(): string | undefined {
    const traceId = this.#headers === undefined ? undefined : traceIdOf(this.#headers);
    return traceId === undefined ? undefined : this.#scrub(traceId);
  }

  get rateLimit(): RateLimitState | undefined {
    return this.#headers === undefined ? undefined : rateLimitOf(this.#headers, this.#now);
  }

  /** The wait the server asked for, in milliseconds; of 429 and 503 only. */
  get waitMs(): number | undefined {
    return this.status === 429 || this.status === 503 ? waitOf(this.#headers ?? new Headers(), this.#now) : undefined;
  }

  /** Whether the server says that it took the caller for nobody. An answer that may be tried again says something else. */
  get loginFailed(): boolean {
    const { status = 0 } = this;
    return status < 500 && status !== 429 && this.#headers !== undefined && loginFailed(this.#headers);
  }

  /** What the limiter learns from it. */
  get report(): AnswerReport | undefined {
    if (this.status === undefined || this.#headers === undefined) return undefined;
    const { waitMs, rateLimit } = this;
    const throttled = this.status === 429 || (this.status === 503 && waitMs !== undefined);
    if (rateLimit === undefined) return { throttled, waitMs };
    const { limit, remaining } = rateLimit;
    return { throttled, waitMs, limit, remaining, resetInMs: resetInOf(this.#headers, this.#now) };
  }
}

/** What of an outcome could be helped by trying again; `undefined` for a success, and for what ends the call. */
export function failureOf(outcome: AttemptOutcome, head: AttemptHead): Failure | undefined {
  switch (outcome.kind) {
    case 'answered':
      return outcome.status >= 400 ? { kind: 'answer', status: outcome.status, waitMs: head.waitMs } : undefined;
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
