import {
  ConflictError,
  ForbiddenError,
  GoneError,
  LicenseLimitError,
  NotFoundError,
  PaymentRequiredError,
  RateLimitError,
  RejectedError,
  ServerError,
  UnauthenticatedError,
  type ApiError,
  type ApiErrorDetails,
} from '../errors/api-errors.js';
import type { AnsweredDetails } from './call-progress.js';
import { adviceFor, LICENSE_ADVICE } from './error-advice.js';
import { readErrorBody, type ErrorBody } from './error-body.js';
import type { Scrubber } from './scrubber.js';
import type { CredentialKind, RepeatSafety } from './transport.js';

/** "Product licence limit exceeded" in three families of codes (documented; the first also seen). */
const LICENSE_CODES: ReadonlySet<string> = new Set(['ADMIN-UAM-409-3', 'ADMIN-409-3', 'ADMIN-400-32']);

/** An answer that is an error, with what is known of the call. */
export interface ErrorAnswer extends AnsweredDetails {
  readonly credentialKind: CredentialKind;
  /** Whether the call changes anything, and what a second one would do. */
  readonly repeat: RepeatSafety;
  /** Empty when the body was empty, too long, or cut off. */
  readonly text: string;
  /** The wait the server asked for, in milliseconds. */
  readonly waitMs: number | undefined;
}

/** Makes the error of an answer: its class from the status and Atlassian's code, never from a sentence. */
export function errorFromResponse(answer: ErrorAnswer, scrub: Scrubber): ApiError {
  const body = readErrorBody(answer.text, scrub);
  const license = licenseCodeOf(body);
  const details: ApiErrorDetails = {
    ...body,
    operation: answer.operation,
    method: answer.method,
    status: answer.status,
    attempts: answer.attempts,
    answerLost: answer.answerLost,
    atlassianCode: license ?? body.atlassianCode,
    traceId: answer.traceId ?? body.traceId,
    retryable: answer.status === 429 || answer.status >= 500,
    advice: license === undefined ? adviceFor(answer.status, body, answer) : LICENSE_ADVICE,
  };
  if (license !== undefined && answer.status < 500) return new LicenseLimitError(details);
  return errorOfStatus(answer.status, details, answer.waitMs);
}

/** The error of an answer, of whatever status, that was given as to nobody because the credential does not count. */
export function loginFailedError(answer: AnsweredDetails, credentialKind: CredentialKind): UnauthenticatedError {
  return new UnauthenticatedError({
    ...answer,
    detail: 'the answer is the one that nobody in particular gets, for the credential was not taken',
    retryable: false,
    advice: adviceFor(401, {}, { ...answer, repeat: 'once', credentialKind }),
  });
}

/** An answer may list several errors; a missing seat is the one that decides. */
function licenseCodeOf(body: ErrorBody): string | undefined {
  const codes = [body.atlassianCode, ...(body.reasons ?? []).map(({ key }) => key)];
  return codes.find((code) => code !== undefined && LICENSE_CODES.has(code));
}

function errorOfStatus(status: number, details: ApiErrorDetails, waitMs: number | undefined): ApiError {
  switch (status) {
    case 401:
      return new UnauthenticatedError(details);
    case 402:
      return new PaymentRequiredError(details);
    case 403:
      return new ForbiddenError(details);
    case 404:
      return new NotFoundError(details);
    case 409:
      return new ConflictError(details);
    case 410:
      return new GoneError(details);
    case 429:
      return new RateLimitError(details, waitMs);
    default:
      return status >= 500 ? new ServerError(details, waitMs) : new RejectedError(details);
  }
}
