import type { JsonValue } from '../model/json.js';
import type { ZodType } from 'zod';
import type { EncodedPath } from './path.js';

/**
 * The kinds of credential Atlassian tells apart. One does not open what another opens.
 *
 * - `directory-key`: bearer key of one SCIM directory
 * - `organization-key`: bearer key of the organization (Organizations, User management, provisioning links)
 * - `site-token`: a user's email and API token, or a service account's or OAuth token, for Jira and Confluence
 * - `bitbucket`: Bitbucket's OAuth consumer or API token
 */
export type CredentialKind = 'directory-key' | 'organization-key' | 'site-token' | 'bitbucket';

/** Rate-limit state that an answer reported. */
export interface RateLimitState {
  readonly limit?: number;
  readonly remaining?: number;
  /** ISO 8601 instant, UTC, at which the budget is full again. */
  readonly resetAt?: string;
}

/** One HTTP attempt of one call. It holds no header, no body and no query. */
export interface AttemptEvent {
  /** Name of the call, such as `scim.users.get`. */
  readonly operation: string;
  readonly method: HttpMethod;
  /** From 1. */
  readonly attempt: number;
  /** Absent when no answer came. */
  readonly status?: number;
  /**
   * Why it brought no body to read, if it did not.
   *
   * - `failed`: no connection, or one that broke
   * - `timed-out`: over the limit for one attempt
   * - `ended`: the call was aborted, or its total time ran out
   * - `redirected`: a redirect that is not followed
   * - `too-large`: a body over the limit
   */
  readonly failure?: 'failed' | 'timed-out' | 'ended' | 'redirected' | 'too-large';
  readonly durationMs: number;
  /** How long it waited for its turn before it was sent, in milliseconds. */
  readonly queuedMs: number;
  readonly traceId?: string;
  readonly rateLimit?: RateLimitState;
  /** Wait before the next attempt, in milliseconds. Absent when there is no next one. */
  readonly retryInMs?: number;
}

/** What a caller may set for any single call. */
export interface CallOptions {
  /** Cancels the call, its waits and its retries. */
  readonly signal?: AbortSignal | undefined;
  /** Limit for one HTTP attempt, in milliseconds. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Limit for the call with all its waits and retries, in milliseconds. */
  readonly totalTimeoutMs?: number | undefined;
  /** Told of each HTTP attempt of this call, after the attempt. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
}

/** HTTP methods these APIs use. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Whether a call may be sent again when its answer was lost.
 *
 * - `safe`: it changes nothing (every GET, and searches by POST)
 * - `idempotent`: a second time ends in the same state
 * - `once`: a second time may do something else; only a read-back can tell whether to repeat it
 */
export type RepeatSafety = 'safe' | 'idempotent' | 'once';

/** Values of one query parameter; a list repeats the name. `undefined` leaves the parameter out. */
export type QueryValue = string | number | boolean | readonly string[] | undefined;

/**
 * Headers that a call may set: names and values are fixed, so that none can carry a credential.
 *
 * A call with anything else is refused with `request_invalid`, and not sent.
 */
export interface RequestHeaders {
  /** Lets a write of Confluence's version 1 pass its check for forged requests, which else answers 403. */
  readonly 'x-atlassian-token'?: 'no-check' | undefined;
  /** Reads past the permissions of spaces, while the user of the token has an admin key. */
  readonly 'atl-confluence-with-admin-key'?: 'true' | undefined;
}

/** A call, described without its credential: the transport owns credentials, retries and limits. */
export interface ApiRequest<Result> extends CallOptions {
  /** Stable name: API, resource, verb; `admin.groups.addMember`. */
  readonly operation: string;
  readonly method: HttpMethod;
  readonly path: EncodedPath;
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly body?: JsonValue | undefined;
  /** `application/json` unless given. */
  readonly contentType?: string | undefined;
  readonly headers?: RequestHeaders | undefined;
  /** Schema of a 2xx body. An empty body reaches it as `undefined`. */
  readonly response: ZodType<Result>;
  /** `safe` for GET and `once` for everything else, unless given. */
  readonly repeat?: RepeatSafety | undefined;
}

/** Sends calls with one kind of credential to one base URL. */
export interface Transport<Kind extends CredentialKind = CredentialKind> {
  readonly credentialKind: Kind;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /**
   * Sends one call and reads its answer.
   *
   * Throws a `ProvisionerError` and nothing else.
   */
  send<Result>(request: ApiRequest<Result>): Promise<Result>;
  /**
   * Tells the scopes of an OAuth token, of which one is asked for if there is none yet; no other request is sent.
   *
   * `undefined`: not known, as with every other credential. Throws a `ProvisionerError` and nothing else.
   */
  grantedScopes?(options?: CallOptions): Promise<ReadonlySet<string> | undefined>;
}
