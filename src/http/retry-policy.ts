import type { RepeatSafety } from './transport.js';

/** How often and how long a call is tried again. */
export interface RetryOptions {
  /** Attempts of one call, the first included. Default 4; 1 turns retries off. */
  readonly maxAttempts?: number | undefined;
  /** Upper bound of the first back-off, in milliseconds; it doubles each time. Default 500. */
  readonly baseDelayMs?: number | undefined;
  /** Upper bound of any back-off, in milliseconds. Default 20,000. */
  readonly maxDelayMs?: number | undefined;
  /**
   * Longest wait a server may ask for, in milliseconds. Default 60,000.
   *
   * A longer one is not shortened, which would only ask too early: the call ends at once, and its error holds
   * `retryAfterMs`.
   */
  readonly maxWaitMs?: number | undefined;
}

/** The options with their defaults. */
export type RetryPolicy = { readonly [Name in keyof RetryOptions]-?: number };

const DEFAULTS: RetryPolicy = { maxAttempts: 4, baseDelayMs: 500, maxDelayMs: 20_000, maxWaitMs: 60_000 };

/** Fills in what is not given. */
export function retryPolicy(options: RetryOptions = {}): RetryPolicy {
  return {
    maxAttempts: options.maxAttempts ?? DEFAULTS.maxAttempts,
    baseDelayMs: options.baseDelayMs ?? DEFAULTS.baseDelayMs,
    maxDelayMs: options.maxDelayMs ?? DEFAULTS.maxDelayMs,
    maxWaitMs: options.maxWaitMs ?? DEFAULTS.maxWaitMs,
  };
}

/** How an attempt failed, as far as that bears on trying again. */
export type Failure =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The wait the server asked for, if it did. */
      readonly waitMs: number | undefined;
    }
  | {
      readonly kind: 'no-answer';
      /** `false` only when the request cannot have reached the server. */
      readonly sent: boolean;
      /** Whether it is of a sort that passes. */
      readonly transient: boolean;
    };

/** Where a call stands when an attempt has failed. */
export interface RetrySituation {
  /** Attempts made so far, from 1. */
  readonly attempts: number;
  readonly repeat: RepeatSafety;
  /** Time left for the call, in milliseconds. */
  readonly remainingMs: number;
}

/** Statuses by which a server says that it did not carry the call out, and to come again. */
const COME_AGAIN: ReadonlySet<number> = new Set([429, 503]);

/** Whether the failure is one that trying again can help, and that the call allows to try again. */
export function canRepeat(failure: Failure, repeat: RepeatSafety): boolean {
  if (failure.kind === 'answer') {
    if (COME_AGAIN.has(failure.status)) return true;
    return failure.status >= 500 && repeat !== 'once';
  }
  return failure.transient && (!failure.sent || repeat !== 'once');
}

/**
 * How long to wait before the next attempt, or `undefined` when there is to be none.
 *
 * A wait the server asks for is kept to, or, over the cap or the time that is left, not begun. Without one: exponential
 * with full jitter, so that many clients that failed together do not come back together.
 * `random` gives from 0 up to 1.
 */
export function retryDelay(
  policy: RetryPolicy,
  failure: Failure,
  situation: RetrySituation,
  random: () => number,
): number | undefined {
  if (situation.attempts >= policy.maxAttempts || !canRepeat(failure, situation.repeat)) return undefined;

  const asked = failure.kind === 'answer' ? failure.waitMs : undefined;
  if (asked !== undefined && asked > policy.maxWaitMs) return undefined;

  const delay = asked !== undefined && asked > 0 ? asked : backoff(policy, situation.attempts, random);
  return delay < situation.remainingMs ? delay : undefined;
}

function backoff(policy: RetryPolicy, attempts: number, random: () => number): number {
  return Math.floor(random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempts - 1)));
}
