import { RedirectRefusedError, ResponseTooLargeError } from '../errors/api-errors.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { Authorization, Authorizer } from './authorizer.js';
import { AttemptHead, failureOf } from './attempt-head.js';
import { CallEnd } from './call-end.js';
import { CallProgress } from './call-progress.js';
import type { Clock } from './clock.js';
import { publishAttempt, type AttemptListener } from './diagnostics.js';
import { errorFromResponse, loginFailedError } from './error-from-response.js';
import { attemptOnce, type AttemptOutcome, type AttemptRequest, type FetchFunction } from './ky-transport.js';
import { BlockedTooLong, type RateLimiter } from './rate-limiter.js';
import { requestParts } from './request-parts.js';
import { resultOf } from './result.js';
import { retryDelay, type Failure, type RetryPolicy } from './retry-policy.js';
import type { ApiRequest, CallOptions, CredentialKind, Transport } from './transport.js';

/** What a transport is made of, with all defaults filled in. */
export interface HttpTransportParts<Kind extends CredentialKind> {
  readonly credentialKind: Kind;
  /** Normalized. */
  readonly baseUrl: string;
  readonly authorizer: Authorizer;
  readonly fetch: FetchFunction | undefined;
  readonly retry: RetryPolicy;
  readonly limiter: RateLimiter;
  readonly attemptTimeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxResponseBytes: number;
  readonly onAttempt: AttemptListener | undefined;
  readonly onInvalidResponse: 'throw' | 'warn';
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** A call under way. */
interface Call {
  readonly request: ApiRequest<unknown>;
  readonly wire: AttemptRequest;
  readonly progress: CallProgress;
  readonly end: CallEnd;
  readonly totalTimeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly deadline: number;
  /** Its place in the order of calls. */
  readonly ticket: number;
}

/** One attempt, and how it went. */
interface Attempt {
  readonly outcome: AttemptOutcome;
  readonly head: AttemptHead;
  readonly durationMs: number;
  readonly queuedMs: number;
}

/** A 2xx, its body not yet understood. */
interface Success {
  readonly text: string;
  readonly head: AttemptHead;
}

/** The transport: waits its turn, sends, decides whether to send again, and tells of each attempt. */
export class HttpTransport<Kind extends CredentialKind> implements Transport<Kind> {
  readonly credentialKind: Kind;
  readonly baseUrl: string;
  readonly #parts: HttpTransportParts<Kind>;

  constructor(parts: HttpTransportParts<Kind>) {
    this.credentialKind = parts.credentialKind;
    this.baseUrl = parts.baseUrl;
    this.#parts = parts;
  }

  async send<Result>(request: ApiRequest<Result>): Promise<Result> {
    const { clock, limiter } = this.#parts;
    const totalTimeoutMs = request.totalTimeoutMs ?? this.#parts.totalTimeoutMs;
    const repeat = request.repeat ?? (request.method === 'GET' ? 'safe' : 'once');
    const call: Call = {
      request,
      wire: requestParts(request, this),
      progress: new CallProgress(request.operation, request.method, repeat),
      end: new CallEnd(request.signal, totalTimeoutMs),
      totalTimeoutMs,
      attemptTimeoutMs: request.attemptTimeoutMs ?? this.#parts.attemptTimeoutMs,
      deadline: clock.now() + totalTimeoutMs,
      ticket: limiter.ticket(),
    };
    try {
      const { text, head } = await this.#untilSuccess(call);
      return resultOf(
        text,
        request.response,
        () => call.progress.apiDetails(head.status ?? 0, head.traceId),
        this.#parts.onInvalidResponse,
      );
    } finally {
      call.end.dispose();
    }
  }

  async grantedScopes(options: CallOptions = {}): Promise<ReadonlySet<string> | undefined> {
    const scopes = this.#parts.authorizer.scopes?.bind(this.#parts.authorizer);
    if (scopes === undefined) return undefined;
    const totalTimeoutMs = options.totalTimeoutMs ?? this.#parts.totalTimeoutMs;
    const progress = new CallProgress('bitbucket.oauth.token', 'POST', 'safe');
    const end = new CallEnd(options.signal, totalTimeoutMs);
    try {
      return await this.#unlessEnded({ progress, end, totalTimeoutMs }, scopes(end));
    } finally {
      end.dispose();
    }
  }

  async #untilSuccess(call: Call): Promise<Success> {
    const { authorizer, clock } = this.#parts;
    let renewed = false;
    for (;;) {
      const authorizing = authorizer.authorize(call.end);
      const authorization = 'then' in authorizing ? await this.#unlessEnded(call, authorizing) : authorizing;
      const attempt = await this.#attempt(call, authorization);
      const { outcome, head } = attempt;
      const failure = failureOf(outcome, head);
      const renew: boolean = head.status === 401 && !renewed && authorizer.refused(authorization);
      renewed ||= renew;

      const retryInMs = renew ? 0 : this.#retryDelay(call, failure);
      this.#tell(call, attempt, retryInMs);
      if (retryInMs === undefined) return this.#finish(call, outcome, head, authorization);

      if (failure !== undefined) call.progress.noteRepeated(failure);
      if (retryInMs > 0) await this.#unlessEnded(call, clock.sleep(retryInMs, call.end.signal));
    }
  }

  async #attempt(call: Call, authorization: Authorization): Promise<Attempt> {
    const { clock, limiter, fetch, maxResponseBytes } = this.#parts;
    const { request, wire, progress, end, attemptTimeoutMs, ticket } = call;
    if (end.reason !== undefined) throw progress.ended(end.reason, call.totalTimeoutMs);
    const permit =
      limiter.tryAcquire(request.operation) ??
      (await this.#unlessEnded(call, limiter.acquire(request.operation, ticket, end.signal)));
    try {
      const startedAt = clock.now();
      progress.attempts++;
      const bounds = { fetch, end, timeoutMs: attemptTimeoutMs, maxResponseBytes, authorization };
      const outcome = await attemptOnce(wire, bounds);
      progress.sent ||= !('sent' in outcome) || outcome.sent;
      const now = clock.now();
      const head = new AttemptHead(outcome, now, authorization.scrub);
      permit.release(head.report);
      return { outcome, head, durationMs: now - startedAt, queuedMs: permit.queuedMs };
    } finally {
      permit.release();
    }
  }

  #retryDelay({ progress, deadline }: Call, failure: Failure | undefined): number | undefined {
    if (failure === undefined) return undefined;
    const { retry, clock, random } = this.#parts;
    const situation = {
      attempts: progress.attempts,
      repeat: progress.repeat,
      remainingMs: deadline - clock.now(),
    };
    return retryDelay(retry, failure, situation, random);
  }

  #tell({ request, progress }: Call, attempt: Attempt, retryInMs: number | undefined): void {
    const { outcome, head, durationMs, queuedMs } = attempt;
    publishAttempt([this.#parts.onAttempt, request.onAttempt], () => {
      const { status, traceId, rateLimit } = head;
      return {
        operation: request.operation,
        method: request.method,
        attempt: progress.attempts,
        ...(status !== undefined && { status }),
        ...(outcome.kind !== 'answered' && { failure: outcome.kind }),
        durationMs,
        queuedMs,
        ...(traceId !== undefined && { traceId }),
        ...(rateLimit !== undefined && { rateLimit }),
        ...(retryInMs !== undefined && { retryInMs }),
      };
    });
  }

  /** The end of a call: its answer, or its error. */
  #finish(call: Call, outcome: AttemptOutcome, head: AttemptHead, authorization: Authorization): Success {
    const { progress, end, totalTimeoutMs, attemptTimeoutMs } = call;
    switch (outcome.kind) {
      case 'answered':
        if (head.loginFailed)
          throw loginFailedError(progress.apiDetails(outcome.status, head.traceId), this.credentialKind);
        if (outcome.status >= 200 && outcome.status < 300) return { text: outcome.text, head };
        throw errorFromResponse(
          {
            ...progress.apiDetails(outcome.status, head.traceId),
            credentialKind: this.credentialKind,
            repeat: progress.repeat,
            text: outcome.text,
            waitMs: head.waitMs,
          },
          authorization.scrub,
        );
      case 'too-large':
        throw new ResponseTooLargeError(
          progress.apiDetails(outcome.status, head.traceId),
          this.#parts.maxResponseBytes,
        );
      case 'redirected':
        throw new RedirectRefusedError(progress.apiDetails(outcome.status, head.traceId), outcome.targetOrigin);
      case 'failed':
        throw progress.networkFailed(outcome);
      case 'timed-out':
        throw progress.timedOut(attemptTimeoutMs);
      case 'ended':
        throw progress.ended(end.reason ?? 'aborted', totalTimeoutMs);
    }
  }

  /** Waits for something of the call's, and tells its end in the words of an error of the SDK. */
  async #unlessEnded<Value>(
    { progress, end, totalTimeoutMs }: Pick<Call, 'progress' | 'end' | 'totalTimeoutMs'>,
    waiting: Promise<Value>,
  ): Promise<Value> {
    try {
      return await waiting;
    } catch (error) {
      if (end.reason !== undefined) throw progress.ended(end.reason, totalTimeoutMs);
      if (error instanceof BlockedTooLong) throw progress.blocked(error.waitMs);
      throw error as ProvisionerError;
    }
  }
}
