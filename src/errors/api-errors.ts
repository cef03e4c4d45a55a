import type { ErrorCode } from './error-code.js';
import { ProvisionerError } from './provisioner-error.js';
import { withAdvice } from './with-advice.js';

/** One reason of several that Atlassian gave for a refusal. */
export interface ErrorReason {
  /** Atlassian's key or code: `externalDirectory.scim`, `maxLength`, `ADMIN-UAM-404-1`. */
  readonly key: string;
  /** The field it concerns, where it concerns one. */
  readonly field?: string;
  /** Atlassian's sentence, where there is one. */
  readonly message?: string;
}

/** What is known of an answer that was an error. */
export interface ApiErrorDetails {
  /** Name of the call, such as `scim.users.get`. */
  readonly operation: string;
  readonly method: string;
  readonly status: number;
  /** HTTP attempts made, from 1. */
  readonly attempts: number;
  /** Atlassian's own code (`ADMIN-UAM-409-2`), or the key of a user-management error (`forbidden.action`). */
  readonly atlassianCode?: string | undefined;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly traceId?: string | undefined;
  /** The key of the rule that forbids it (`externalDirectory.scim`), user management only. */
  readonly reasonKey?: string | undefined;
  /** Every single reason, where the answer had more to say than one code. */
  readonly reasons?: readonly ErrorReason[] | undefined;
  /** `scimType` of a SCIM error (RFC 7644 section 3.12). */
  readonly scimType?: string | undefined;
  /** Whether an earlier attempt may have been carried out: its answer was lost, or a 5xx. `false` unless given. */
  readonly answerLost?: boolean | undefined;
  readonly retryable?: boolean | undefined;
  readonly advice?: string | undefined;
}

/**
 * Atlassian answered, and the answer was an error.
 *
 * A `status` below 300 means that the call was carried out and only its answer could not be used.
 */
export abstract class ApiError extends ProvisionerError {
  override readonly name: string = 'ApiError';
  /** Name of the call, such as `scim.users.get`. */
  readonly operation: string;
  readonly method: string;
  readonly status: number;
  /** HTTP attempts made, from 1. */
  readonly attempts: number;
  /** Atlassian's own code (`ADMIN-UAM-409-2`), or the key of a user-management error (`forbidden.action`). */
  readonly atlassianCode: string | undefined;
  readonly title: string | undefined;
  readonly detail: string | undefined;
  /** Atlassian's id of the request, for its support. */
  readonly traceId: string | undefined;
  /** The key of the rule that forbids it (`externalDirectory.scim`), user management only. */
  readonly reasonKey: string | undefined;
  /** Every single reason, where the answer had more to say than one code. */
  readonly reasons: readonly ErrorReason[];
  /** `scimType` of a SCIM error (RFC 7644 section 3.12). */
  readonly scimType: string | undefined;
  /**
   * Whether an earlier attempt of this call may have been carried out: its answer was lost, or a 5xx.
   *
   * Then a 404 after a delete, or a 409 after a create, may be the work of this very call.
   */
  readonly answerLost: boolean;

  constructor(code: ErrorCode, details: ApiErrorDetails, message: string = describe(details)) {
    super(code, message, { advice: details.advice, retryable: details.retryable });
    this.operation = details.operation;
    this.method = details.method;
    this.status = details.status;
    this.attempts = details.attempts;
    this.atlassianCode = details.atlassianCode;
    this.title = details.title;
    this.detail = details.detail;
    this.traceId = details.traceId;
    this.reasonKey = details.reasonKey;
    this.reasons = details.reasons ?? [];
    this.scimType = details.scimType;
    this.answerLost = details.answerLost ?? false;
  }
}

function describe(details: ApiErrorDetails): string {
  const { operation, status, atlassianCode, detail, title, advice } = details;
  const code = atlassianCode === undefined ? '' : ` (${atlassianCode})`;
  const said = detail ?? title;
  const what = `${operation} failed with ${String(status)}${code}${said === undefined ? '' : `: ${said}`}`;
  return withAdvice(what, advice);
}

/** 401: no credential, or one that is unknown, revoked or of a kind this API does not take. */
export class UnauthenticatedError extends ApiError {
  override readonly name = 'UnauthenticatedError';
  declare readonly code: 'unauthenticated';

  constructor(details: ApiErrorDetails) {
    super('unauthenticated', details);
  }
}

/** 402: the organization has no subscription for this. */
export class PaymentRequiredError extends ApiError {
  override readonly name = 'PaymentRequiredError';
  declare readonly code: 'payment_required';

  constructor(details: ApiErrorDetails) {
    super('payment_required', details);
  }
}

/** 403: the credential may not do this to this target; `reasonKey` says which rule, where Atlassian does. */
export class ForbiddenError extends ApiError {
  override readonly name = 'ForbiddenError';
  declare readonly code: 'forbidden';

  constructor(details: ApiErrorDetails) {
    super('forbidden', details);
  }
}

/** 404: no such resource, or none that the credential may see. */
export class NotFoundError extends ApiError {
  override readonly name = 'NotFoundError';
  declare readonly code: 'not_found';

  constructor(details: ApiErrorDetails) {
    const advice = details.advice ?? adviceOnMissing(details.operation);
    super('not_found', { ...details, advice }, describe(details));
  }
}

/** What every call to an API is about, beside the id that it was asked for: the setting that holds it. */
const ALWAYS_NAMED: readonly (readonly [operations: string, setting: string])[] = [
  ['admin.', '`organizationId`'],
  ['bitbucket.', 'the `workspace` of Bitbucket'],
  ['scim.', 'the SCIM base URL'],
];

function adviceOnMissing(operation: string): string | undefined {
  if (operation.startsWith('admin.managedAccounts.')) return undefined; // by the account alone, of whichever organization
  const setting = ALWAYS_NAMED.find(([operations]) => operation.startsWith(operations))?.[1];
  return setting === undefined
    ? undefined
    : `Check ${setting}, and the id that was asked for: what it names may be deleted, hidden from the credential, or too new to be there.`;
}

/** 409: it clashes with what is there. `atlassianCode` tells "already a member" (`ADMIN-UAM-409-2`) from the rest. */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError';
  declare readonly code: 'conflict';

  constructor(details: ApiErrorDetails) {
    super('conflict', details);
  }
}

/** 409 or 400 with a licence code: no seat is left. Told from a conflict by Atlassian's code, never by its sentence. */
export class LicenseLimitError extends ApiError {
  override readonly name = 'LicenseLimitError';
  declare readonly code: 'license_limit';

  constructor(details: ApiErrorDetails) {
    super('license_limit', details);
  }
}

/** 410: the endpoint or the resource has ended for good. */
export class GoneError extends ApiError {
  override readonly name = 'GoneError';
  declare readonly code: 'gone';

  constructor(details: ApiErrorDetails) {
    super('gone', details);
  }
}

/** Any other 4xx: the request itself is not acceptable. */
export class RejectedError extends ApiError {
  override readonly name = 'RejectedError';
  declare readonly code: 'rejected';

  constructor(details: ApiErrorDetails) {
    super('rejected', details);
  }
}

/** 429, after the retries the client was allowed, or at once when the wait asked for is longer than allowed. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError';
  declare readonly code: 'rate_limited';
  /** From `Retry-After` or `X-RateLimit-Reset`, in milliseconds. `undefined` when Atlassian gave no time. */
  readonly retryAfterMs: number | undefined;

  constructor(details: ApiErrorDetails, retryAfterMs?: number) {
    super('rate_limited', details);
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * 5xx, after the retries the call allowed.
 *
 * A write may have been carried out all the same: read back before it is sent again.
 */
export class ServerError extends ApiError {
  override readonly name = 'ServerError';
  declare readonly code: 'server_error';
  /** From `Retry-After` or `X-RateLimit-Reset`, in milliseconds. `undefined` when Atlassian gave no time. */
  readonly retryAfterMs: number | undefined;

  constructor(details: ApiErrorDetails, retryAfterMs?: number) {
    super('server_error', details);
    this.retryAfterMs = retryAfterMs;
  }
}

/** One place where a body differs from what is known of it. Types only: never the value. */
export interface ResponseFault {
  /** `Resources[0].emails[1].value`; empty for the body as a whole. */
  readonly path: string;
  readonly expected: string;
  readonly received: string;
}

/** A 2xx whose body does not match. The call was carried out. */
export class ResponseInvalidError extends ApiError {
  override readonly name = 'ResponseInvalidError';
  declare readonly code: 'response_invalid';
  readonly faults: readonly ResponseFault[];

  constructor(details: ApiErrorDetails, faults: readonly ResponseFault[], summary?: string) {
    const what = `${details.operation}: ${summary ?? describeFaults(details.status, faults)}`;
    super('response_invalid', details, withAdvice(what, details.advice));
    this.faults = faults;
  }
}

const SHOWN_FAULTS = 5;

function describeFaults(status: number, faults: readonly ResponseFault[]): string {
  const shown = faults
    .slice(0, SHOWN_FAULTS)
    .map(
      ({ path, expected, received }) => `${path === '' ? 'body' : path}: expected ${expected}, received ${received}`,
    );
  const more = faults.length > SHOWN_FAULTS ? `; and ${String(faults.length - SHOWN_FAULTS)} more` : '';
  return `the body of the ${String(status)} does not match: ${shown.join('; ')}${more}`;
}

/** The body is longer than `maxResponseBytes`; reading stopped there. With a 2xx, the call was carried out. */
export class ResponseTooLargeError extends ApiError {
  override readonly name = 'ResponseTooLargeError';
  declare readonly code: 'response_too_large';
  readonly limitBytes: number;

  constructor(details: ApiErrorDetails, limitBytes: number) {
    super(
      'response_too_large',
      details,
      `${details.operation}: the body of the ${String(details.status)} is over the limit of ${String(limitBytes)} bytes`,
    );
    this.limitBytes = limitBytes;
  }
}

/** A redirect that was not followed, because the credential would have gone along, or a write been sent twice. */
export class RedirectRefusedError extends ApiError {
  override readonly name = 'RedirectRefusedError';
  declare readonly code: 'redirect_refused';
  /** Scheme, host and port it pointed to. `undefined` when it pointed nowhere. */
  readonly targetOrigin: string | undefined;

  constructor(details: ApiErrorDetails, targetOrigin: string | undefined) {
    const target = targetOrigin === undefined ? '' : ` to ${targetOrigin}`;
    super('redirect_refused', details, `${details.operation}: refused to follow a ${String(details.status)}${target}`);
    this.targetOrigin = targetOrigin;
  }
}
