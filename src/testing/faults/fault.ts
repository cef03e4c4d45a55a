import type { JsonValue } from '../../model/json.js';
import type { FakeMethod } from '../routes/route.js';

/**
 * Which requests go wrong: an operation (`scim.users.create`), several (`admin.groups.*`), all (`*`), or by the wire.
 * A string `path` is compared whole, without the query.
 */
export type FaultTarget = string | { readonly method?: FakeMethod; readonly path?: string | RegExp };

/**
 * How a request goes wrong. Without any field it answers 503 and changes nothing.
 *
 * `status` replaces the answer. By default the operation does not happen; with `takesEffect` it does, and only its answer
 * is lost. The other ways are exclusive of each other.
 */
export interface FakeFault {
  /** How many matching requests go wrong. Default 1; `Infinity` for all. */
  readonly times?: number;
  /** How many matching requests pass before that. Default 0. */
  readonly skip?: number;
  /** Status to answer with. Default 503, unless another way is chosen. */
  readonly status?: number;
  /** Body to answer with: JSON, or a string as it is. Default: what the gateway says, `{"code":503,"message":…}`. */
  readonly body?: JsonValue;
  /** Headers to answer with, beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `Retry-After` of the answer: seconds, or a HTTP date. */
  readonly retryAfter?: number | string;
  /** Whether the operation happens although its answer is replaced. Default false. */
  readonly takesEffect?: boolean;
  /** Cuts the connection, before the operation happens or after it did. */
  readonly reset?: 'before' | 'after';
  /**
   * Never answers, before or after the operation happens. The caller's time limit ends it, in real time: lower it, as with
   * `http.timeouts.attemptMs` of the SDK, or each attempt takes 30 seconds.
   */
  readonly hang?: 'before' | 'after';
  /** The operation happens, and its answer is cut off in the middle. An empty answer becomes half a JSON document. */
  readonly malformed?: boolean;
  /** Lets the clock of the fake go on by this long before anything else. Goes with every other field, or alone. */
  readonly delayMs?: number;
}

/** A fault that has been scripted. */
export interface ScriptedFault {
  /** How many requests it has made go wrong so far. */
  readonly hits: number;
  /** Takes it out of the script. */
  cancel(): void;
}
