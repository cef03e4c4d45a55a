import { RateLimitError, type ApiErrorDetails } from '../errors/api-errors.js';
import { AbortedError, NetworkError, TimeoutError, type UnansweredDetails } from '../errors/network-errors.js';
import type { EndReason } from './call-end.js';
import type { NetworkFailure } from './network-failure.js';
import type { Failure } from './retry-policy.js';
import type { HttpMethod, RepeatSafety } from './transport.js';

const READ_BACK = 'It may have been carried out: read back before repeating it.';
const TRY_LATER = 'Try again later.';

/** What every error of an answer holds. */
export interface AnsweredDetails extends ApiErrorDetails {
  readonly method: HttpMethod;
  readonly answerLost: boolean;
  readonly traceId: string | undefined;
}

/** How far one call has come, over all its attempts, and the errors that tell of it. */
export class CallProgress {
  readonly operation: string;
  readonly method: HttpMethod;
  readonly repeat: RepeatSafety;
  /** Attempts begun. */
  attempts = 0;
  /** Whether any attempt can have reached the server. */
  sent = false;
  /** Whether an earlier attempt may have been carried out. */
  answerLost = false;

  constructor(operation: string, method: HttpMethod, repeat: RepeatSafety) {
    this.operation = operation;
    this.method = method;
    this.repeat = repeat;
  }

  /**
   * Notes a failure that will be followed by another attempt. 429 and 503 say that nothing was carried out, and of a read
   * it does not matter.
   */
  noteRepeated(failure: Failure): void {
    const unclear = failure.kind === 'answer' ? failure.status >= 500 && failure.status !== 503 : failure.sent;
    this.answerLost ||= unclear && this.repeat !== 'safe';
  }

  /** For an error of an answer with this status. */
  apiDetails(status: number, traceId: string | undefined): AnsweredDetails {
    const { operation, method, attempts, answerLost } = this;
    return { operation, method, status, attempts, answerLost, traceId };
  }

  /** The call was ended from outside of the attempt: by its caller, or by its total time limit. */
  ended(reason: EndReason, totalMs: number): AbortedError | TimeoutError {
    return reason === 'expired'
      ? new TimeoutError(this.#unanswered(true), 'total', totalMs)
      : new AbortedError(this.#unanswered(false));
  }

  /** The last attempt ran out of time. */
  timedOut(timeoutMs: number): TimeoutError {
    return new TimeoutError(this.#unanswered(true), 'attempt', timeoutMs);
  }

  /** The last attempt lost its connection, or never had one. */
  networkFailed(failure: NetworkFailure): NetworkError {
    return new NetworkError(this.#unanswered(failure.transient), failure);
  }

  /** Not sent, because the API has asked for a longer silence than the policy waits for. */
  blocked(waitMs: number): RateLimitError {
    const seconds = Math.ceil(waitMs / 1000);
    return new RateLimitError(
      {
        ...this.apiDetails(429, undefined),
        detail: `not sent, for the API has asked for silence for another ${String(seconds)} s`,
        retryable: true,
        advice: 'Wait until then, or raise `retry.maxWaitMs` (`http.retry.maxWaitMs` of a provisioner).',
      },
      waitMs,
    );
  }

  #unanswered(retryable: boolean): UnansweredDetails {
    const { operation, attempts, sent } = this;
    const advice = sent && this.repeat !== 'safe' ? READ_BACK : retryable ? TRY_LATER : undefined;
    return { operation, attempts, sent, retryable, advice };
  }
}
