import { USUAL_ADVICE, type ErrorCode } from './error-code.js';

/** Holds across two copies of the package and across realms, where `instanceof` does not. */
export const ERROR_BRAND: unique symbol = Symbol.for('atlassian-provisioner.error');

/** What every error of this SDK says beside its message. */
export interface ProvisionerErrorOptions extends ErrorOptions {
  /** What the caller can do about it, one sentence. What the code usually asks for, unless given. */
  readonly advice?: string | undefined;
  /** Whether the same call can succeed later without a change. */
  readonly retryable?: boolean | undefined;
}

/** The base of every error this SDK throws. Switch on `code`; see {@link isProvisionerError}. */
export class ProvisionerError extends Error {
  override readonly name: string = 'ProvisionerError';
  readonly code: ErrorCode;
  /**
   * What the caller can do about it, one sentence: of this very error where that is known, else of its code.
   *
   * `message` may end with it: print it beside the message only where `message.includes(advice)` is false.
   */
  readonly advice: string;
  /** Whether the same call can succeed later without a change. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: ProvisionerErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.advice = options.advice ?? USUAL_ADVICE[code];
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
