import { baseUrlFault } from '../config/base-url.js';
import { ConfigError, type ConfigFault } from '../errors/config-error.js';
import type { Clock } from './clock.js';
import { credentialFaults, type Credential } from './credentials.js';
import type { AttemptListener } from './diagnostics.js';
import type { FetchFunction } from './ky-transport.js';
import { RateLimiter, type RateLimitOptions } from './rate-limiter.js';
import type { RetryOptions } from './retry-policy.js';

/** Time limits. A call may set its own. */
export interface TimeoutOptions {
  /** For one HTTP attempt, body included, in milliseconds. Default 30,000; `Infinity` for none. */
  readonly attemptMs?: number | undefined;
  /** For a call with its waits and retries, in milliseconds. Default 300,000; `Infinity` for none. */
  readonly totalMs?: number | undefined;
}

/** What all transports have in common, whatever their credential. */
export interface TransportOptions {
  /**
   * Used for every request. The global `fetch` unless given.
   *
   * It gets a `Request` with `redirect: 'manual'` and a signal, and must keep to both. This is where a proxy, an agent
   * with other keep-alive settings, or a fake goes in.
   *
   * @example
   * ```ts
   * import { Agent, fetch, ProxyAgent } from 'undici';
   *
   * const dispatcher = new ProxyAgent('http://proxy.acme.com:8080'); // or new Agent({ keepAliveTimeout: 30_000 })
   * const viaProxy = async (request: Request) =>
   *   fetch(request.url, {
   *     dispatcher,
   *     method: request.method,
   *     headers: [...request.headers],
   *     body: request.body === null ? null : await request.text(),
   *     redirect: request.redirect,
   *     signal: request.signal,
   *   });
   * ```
   */
  readonly fetch?: FetchFunction | undefined;
  readonly retry?: RetryOptions | undefined;
  /** Limits of this transport, or a limiter that it shares with others. */
  readonly rateLimit?: RateLimitOptions | RateLimiter | undefined;
  readonly timeouts?: TimeoutOptions | undefined;
  /** Longest body that is read, in bytes after decompression. Default 32 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** Told of each HTTP attempt, after it. An error it throws is warned about and does not disturb the call. */
  readonly onAttempt?: AttemptListener | undefined;
  /**
   * What to do with a 2xx body that does not match what is known of it.
   *
   * - `throw` (default): a {@link ResponseInvalidError}
   * - `warn`: a process warning (`ATLASSIAN_PROVISIONER_RESPONSE`) with the same text, and the result without the members
   *   that do not match. Elements of lists are never left out. Where something is wrong with what must be there, the body
   *   is handed over as it came; and where even that is not possible, because the result has another form than the body
   *   or the body is no JSON, the error is thrown all the same.
   */
  readonly onInvalidResponse?: 'throw' | 'warn' | undefined;
  /** Clock for waits, dates and durations. Time limits run on the timers of the machine whatever it is. */
  readonly clock?: Clock | undefined;
}

/**
 * Checks the settings of a transport.
 *
 * @throws {@link ConfigError} with all that is wrong at once.
 */
export function checkSettings(
  options: TransportOptions & { readonly baseUrl: string; readonly credential: Credential },
): void {
  const { retry = {}, timeouts = {}, rateLimit = {} } = options;
  const limits = rateLimit instanceof RateLimiter ? {} : rateLimit;
  const faults = [
    fault('baseUrl', baseUrlFault(options.baseUrl)),
    ...credentialFaults(options.credential),
    atLeast('retry.maxAttempts', retry.maxAttempts, 1, true),
    atLeast('retry.baseDelayMs', retry.baseDelayMs, 0),
    atLeast('retry.maxDelayMs', retry.maxDelayMs, 0),
    atLeast('retry.maxWaitMs', retry.maxWaitMs, 0),
    atLeast('timeouts.attemptMs', timeouts.attemptMs, 1),
    atLeast('timeouts.totalMs', timeouts.totalMs, 1),
    atLeast('maxResponseBytes', options.maxResponseBytes, 1),
    atLeast('rateLimit.maxConcurrent', limits.maxConcurrent, 1, true),
    ...[limits.budget, ...(limits.budgets ?? [])].flatMap((budget) => [
      atLeast('rateLimit.budget.requests', budget?.requests, 1, true),
      atLeast('rateLimit.budget.intervalMs', budget?.intervalMs, 1),
    ]),
  ].filter((found) => found !== undefined);
  if (faults.length > 0) throw new ConfigError(faults);
}

function fault(path: string, message: string | undefined): ConfigFault | undefined {
  return message === undefined ? undefined : { path, message };
}

function atLeast(path: string, value: number | undefined, minimum: number, whole = false): ConfigFault | undefined {
  if (value === undefined || (value >= minimum && (!whole || Number.isInteger(value)))) return undefined;
  return { path, message: `must be a ${whole ? 'whole ' : ''}number of at least ${String(minimum)}` };
}
