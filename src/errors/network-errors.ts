import type { ErrorCode } from './error-code.js';
import { ProvisionerError } from './provisioner-error.js';
import { withAdvice } from './with-advice.js';

/** What is known of a call that got no answer. */
export interface UnansweredDetails {
  /** Name of the call, such as `scim.users.get`. */
  readonly operation: string;
  /** HTTP attempts begun; 0 when it ended before the first. */
  readonly attempts: number;
  /** `false` only when no attempt of the call can have reached the server. */
  readonly sent: boolean;
  readonly retryable?: boolean | undefined;
  readonly advice?: string | undefined;
}

/**
 * No answer came.
 *
 * Where `sent` is `true` a write may have been carried out: read back before it is sent again.
 */
export abstract class UnansweredError extends ProvisionerError {
  override readonly name: string = 'UnansweredError';
  /** Name of the call, such as `scim.users.get`. */
  readonly operation: string;
  /** HTTP attempts begun; 0 when it ended before the first. */
  readonly attempts: number;
  /** `false` only when no attempt of the call can have reached the server. */
  readonly sent: boolean;

  constructor(code: ErrorCode, message: string, details: UnansweredDetails) {
    super(code, withAdvice(message, details.advice), { advice: details.advice, retryable: details.retryable });
    this.operation = details.operation;
    this.attempts = details.attempts;
    this.sent = details.sent;
  }
}

/** The connection failed, before or after the request was sent. */
export class NetworkError extends UnansweredError {
  override readonly name = 'NetworkError';
  declare readonly code: 'network_failed';
  /** Code of the system or of the HTTP client, such as `ECONNRESET`, where there is one. */
  readonly systemCode: string | undefined;

  constructor(details: UnansweredDetails, reason: { readonly systemCode?: string; readonly text?: string } = {}) {
    const why = reason.systemCode ?? reason.text;
    super('network_failed', `${details.operation} got no answer${why === undefined ? '' : `: ${why}`}`, details);
    this.systemCode = reason.systemCode;
  }
}

/** A time limit passed. */
export class TimeoutError extends UnansweredError {
  override readonly name = 'TimeoutError';
  declare readonly code: 'timed_out';
  /** Which limit: that of one attempt, or that of the call with all its waits and retries. */
  readonly limit: 'attempt' | 'total';
  readonly timeoutMs: number;

  constructor(details: UnansweredDetails, limit: 'attempt' | 'total', timeoutMs: number) {
    const whole = limit === 'total' ? ' with its retries' : '';
    super('timed_out', `${details.operation} got no answer within ${String(timeoutMs)} ms${whole}`, details);
    this.limit = limit;
    this.timeoutMs = timeoutMs;
  }
}

/** The caller's signal ended the call. */
export class AbortedError extends UnansweredError {
  override readonly name = 'AbortedError';
  declare readonly code: 'aborted';

  constructor(details: UnansweredDetails) {
    super('aborted', `${details.operation} was aborted by its caller`, details);
  }
}
