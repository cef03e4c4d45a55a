/**
 * Every code an error of this SDK can have.
 *
 * Nothing was sent: `config_invalid`, `request_invalid`.
 *
 * Atlassian answered: `unauthenticated` (401), `forbidden` (403), `not_found` (404), `conflict` (409), `license_limit`
 * (409 or 400, no seat left), `payment_required` (402), `gone` (410), `rate_limited` (429), `rejected` (other 4xx),
 * `server_error` (5xx), `response_invalid` (a body that does not match), `response_too_large`, `redirect_refused`.
 *
 * No answer: `network_failed`, `timed_out`, `aborted`.
 *
 * Identities and groups: `identity_not_found`, `identity_ambiguous`, `identity_conflict`, `identity_unlinked`,
 * `group_not_found`, `group_ambiguous`, `group_not_writable`.
 *
 * Refused by a rule of the SDK: `create_not_allowed`, `domain_not_claimed`, `email_in_use`, `confirmation_mismatch`,
 * `action_blocked`, `capability_missing`, `plan_expired`, `plan_stale`, `plan_altered`,
 * `audit_failed`, `action_failed`.
 */
export type ErrorCode =
  | 'config_invalid'
  | 'request_invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'license_limit'
  | 'payment_required'
  | 'gone'
  | 'rate_limited'
  | 'rejected'
  | 'server_error'
  | 'response_invalid'
  | 'response_too_large'
  | 'redirect_refused'
  | 'network_failed'
  | 'timed_out'
  | 'aborted'
  | 'identity_not_found'
  | 'identity_ambiguous'
  | 'identity_conflict'
  | 'identity_unlinked'
  | 'group_not_found'
  | 'group_ambiguous'
  | 'group_not_writable'
  | 'create_not_allowed'
  | 'domain_not_claimed'
  | 'email_in_use'
  | 'confirmation_mismatch'
  | 'action_blocked'
  | 'capability_missing'
  | 'plan_expired'
  | 'plan_stale'
  | 'plan_altered'
  | 'audit_failed'
  | 'action_failed';

/** Holds across two copies of the package and across realms, where `instanceof` does not. */
export const ERROR_BRAND: unique symbol = Symbol.for('atlassian-provisioner.error');

/** What every error of this SDK says beside its message. */
export interface ProvisionerErrorOptions extends ErrorOptions {
  /** What the caller can do about it, one sentence. */
  readonly advice?: string | undefined;
  /** Whether the same call can succeed later without a change. */
  readonly retryable?: boolean | undefined;
}

/** The base of every error this SDK throws. Switch on `code`; see {@link isProvisionerError}. */
export class ProvisionerError extends Error {
  override readonly name: string = 'ProvisionerError';
  readonly code: ErrorCode;
  /** What the caller can do about it, one sentence. */
  readonly advice: string | undefined;
  /** Whether the same call can succeed later without a change. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: ProvisionerErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.advice = options.advice;
    this.retryable = options.retryable ?? false;
  }

  // eslint-disable-next-line @typescript-eslint/class-literal-property-style -- a field would be printed
  get [ERROR_BRAND](): true {
    return true;
  }

  /**
   * The error as plain data for a log: name, code, message and the fields of its class.
   *
   * No stack, and of a `cause` only an error of this SDK.
   */
  toJSON(): Record<string, unknown> {
    const { name, code, ...fields } = this;
    const cause = isBranded(this.cause) ? { cause: this.cause } : undefined;
    return { name, code, ...fields, message: this.message, ...cause };
  }
}

/** Whether a value is an error of this SDK, of whichever installed copy. */
export function isBranded(value: unknown): value is ProvisionerError {
  return typeof value === 'object' && value !== null && (value as Partial<ProvisionerError>)[ERROR_BRAND] === true;
}
