import { normalizeBaseUrl } from '../config/base-url.js';
import { fixedAuthorizer, type Authorizer } from './authorizer.js';
import { systemClock } from './clock.js';
import { authorizationOf, type Credential, type CredentialOf } from './credentials.js';
import { documentedBudgets } from './documented-budgets.js';
import { HttpTransport, type HttpTransportParts } from './http-transport.js';
import { OauthAuthorizer } from './oauth-authorizer.js';
import { RateLimiter } from './rate-limiter.js';
import { retryPolicy } from './retry-policy.js';
import { checkSettings, type TransportOptions } from './transport-settings.js';
import type { CredentialKind, Transport } from './transport.js';

export type { FetchFunction } from './ky-transport.js';
export type { TransportOptions } from './transport-settings.js';

/** What one transport needs. */
export interface CreateTransportOptions<Kind extends CredentialKind> extends TransportOptions {
  /** Name of the API, which has its documented budgets: `scim`, `admin`. */
  readonly api: string;
  /** `https`, or `http` on loopback. A path in it is kept, for a proxy or a gateway. */
  readonly baseUrl: string;
  readonly credential: CredentialOf<Kind>;
}

const DEFAULT_ATTEMPT_MS = 30_000;
const DEFAULT_TOTAL_MS = 300_000;
const DEFAULT_MAX_RESPONSE_BYTES = 33_554_432;

/**
 * Makes a transport: one API, one base URL, one credential.
 *
 * Sends nothing yet.
 *
 * @throws {@link ConfigError} with every fault of the options at once, by path.
 */
export function createTransport<Kind extends CredentialKind>(options: CreateTransportOptions<Kind>): Transport<Kind> {
  // A conditional type on a parameter of the function is opaque to the compiler; every CredentialOf is a Credential.
  const credential: Credential = options.credential;
  checkSettings({ ...options, credential });

  const clock = options.clock ?? systemClock;
  const retry = retryPolicy(options.retry);
  const parts: Omit<HttpTransportParts<Kind>, 'authorizer'> = {
    credentialKind: options.credential.kind,
    baseUrl: normalizeBaseUrl(options.baseUrl),
    fetch: options.fetch,
    retry,
    limiter: limiterOf(options.api, options, retry.maxWaitMs),
    attemptTimeoutMs: options.timeouts?.attemptMs ?? DEFAULT_ATTEMPT_MS,
    totalTimeoutMs: options.timeouts?.totalMs ?? DEFAULT_TOTAL_MS,
    maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    onAttempt: options.onAttempt,
    onInvalidResponse: options.onInvalidResponse ?? 'throw',
    clock,
    random: Math.random,
  };
  return new HttpTransport({ ...parts, authorizer: authorizerOf(credential, parts) });
}

function limiterOf(api: string, { rateLimit = {}, clock }: TransportOptions, maxWaitMs: number): RateLimiter {
  if (rateLimit instanceof RateLimiter) return rateLimit;
  return new RateLimiter({
    ...rateLimit,
    budgets: rateLimit.budgets ?? documentedBudgets(api, rateLimit),
    maxWaitMs,
    clock,
  });
}

function authorizerOf(
  credential: Credential,
  parts: Omit<HttpTransportParts<CredentialKind>, 'authorizer'>,
): Authorizer {
  if (!('oauthKey' in credential)) return fixedAuthorizer(authorizationOf(credential));

  return new OauthAuthorizer(credential, parts.clock, (authorization, baseUrl, request) => {
    const authorizer = fixedAuthorizer(authorization);
    const limiter = new RateLimiter({ clock: parts.clock });
    return new HttpTransport({ ...parts, baseUrl, authorizer, limiter }).send(request);
  });
}
