import type {
  ConflictError,
  ForbiddenError,
  GoneError,
  LicenseLimitError,
  NotFoundError,
  PaymentRequiredError,
  RateLimitError,
  RedirectRefusedError,
  RejectedError,
  ResponseInvalidError,
  ResponseTooLargeError,
  ServerError,
  UnauthenticatedError,
} from './api-errors.js';
import type { ConfigError } from './config-error.js';
import type { IdentityConflictError } from './identity-conflict-error.js';
import type { GroupAmbiguousError, GroupNotFoundError, IdentityAmbiguousError } from './identity-errors.js';
import type { AbortedError, NetworkError, TimeoutError } from './network-errors.js';
import type { ErrorCode } from './error-code.js';
import { isBranded, type ProvisionerError } from './provisioner-error.js';

/** The class of each code that has one of its own. */
export interface ErrorClasses {
  readonly config_invalid: ConfigError;
  readonly unauthenticated: UnauthenticatedError;
  readonly payment_required: PaymentRequiredError;
  readonly forbidden: ForbiddenError;
  readonly not_found: NotFoundError;
  readonly conflict: ConflictError;
  readonly license_limit: LicenseLimitError;
  readonly gone: GoneError;
  readonly rejected: RejectedError;
  readonly rate_limited: RateLimitError;
  readonly server_error: ServerError;
  readonly response_invalid: ResponseInvalidError;
  readonly response_too_large: ResponseTooLargeError;
  readonly redirect_refused: RedirectRefusedError;
  readonly network_failed: NetworkError;
  readonly timed_out: TimeoutError;
  readonly aborted: AbortedError;
  readonly identity_ambiguous: IdentityAmbiguousError;
  readonly identity_conflict: IdentityConflictError;
  readonly group_not_found: GroupNotFoundError;
  readonly group_ambiguous: GroupAmbiguousError;
}

/** What an error with this code is: the class of the code, or the base with that code. */
export type ErrorOfCode<Code extends ErrorCode> = Code extends keyof ErrorClasses
  ? ErrorClasses[Code]
  : ProvisionerError & { readonly code: Code };

/**
 * Whether a value is an error of this SDK, and one with one of the codes if any are given.
 *
 * Narrows to the class of the code. Works for errors of another installed copy of the package and of another realm,
 * where `instanceof` fails.
 *
 * @example
 * ```ts
 * if (isProvisionerError(error, 'rate_limited')) await sleep(error.retryAfterMs ?? 60_000);
 * ```
 */
export function isProvisionerError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is ErrorOfCode<Code> {
  return isBranded(error) && (codes.length === 0 || codes.some((code) => code === error.code));
}
