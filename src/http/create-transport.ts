import type { Clock } from './clock.js';
import type { CredentialOf } from './credentials.js';
import type { AttemptEvent, CredentialKind, Transport } from './transport.js';

/** A `fetch` that takes a `Request`: the global one, one bound to a proxy agent, or a fake's. */
export type FetchFunction = (request: Request) => Promise<Response>;

/** How often and how long a call is tried again. */
export interface RetryOptions {
  /** Attempts of one call, the first included. Default 4. */
  readonly maxAttempts?: number | undefined;
  /** Longest wait of the first back-off, in milliseconds; it doubles each time. Default 500. */
  readonly baseDelayMs?: number | undefined;
  /** Longest wait of any back-off, in milliseconds. Default 20,000. */
  readonly maxDelayMs?: number | undefined;
  /** Longest wait a server may ask for; a longer one ends the call at once. In milliseconds, default 60,000. */
  readonly maxWaitMs?: number | undefined;
}

/** Time limits. A call may set its own. */
export interface TimeoutOptions {
  /** For one HTTP attempt, body included, in milliseconds. Default 30,000. */
  readonly attemptMs?: number | undefined;
  /** For a call with its waits and retries, in milliseconds. Default 300,000. */
  readonly totalMs?: number | undefined;
}

/** What all transports have in common, whatever their credential. */
export interface TransportOptions {
  readonly fetch?: FetchFunction | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly timeouts?: TimeoutOptions | undefined;
  /** Longest body that is read, in bytes. Default 32 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** Told of each HTTP attempt. An error it throws is ignored. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** What to do with a 2xx body that does not match. Default `throw`. */
  readonly onInvalidResponse?: 'throw' | 'warn' | undefined;
  readonly clock?: Clock | undefined;
}

/** What one transport needs. */
export interface CreateTransportOptions<Kind extends CredentialKind> extends TransportOptions {
  /** Name of the API, for events and budgets: `scim`, `admin`. */
  readonly api: string;
  readonly baseUrl: string;
  readonly credential: CredentialOf<Kind>;
}

/** Makes a transport: one API, one base URL, one credential. */
export function createTransport<Kind extends CredentialKind>(options: CreateTransportOptions<Kind>): Transport<Kind> {
  throw new Error(`The transport of ${options.api} is being written`);
}
