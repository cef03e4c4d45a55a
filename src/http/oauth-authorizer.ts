import { z } from 'zod';
import { normalizeBaseUrl } from '../config/base-url.js';
import { ConfigError } from '../errors/config-error.js';
import type { Authorization, Authorizer } from './authorizer.js';
import type { Clock } from './clock.js';
import {
  basic,
  bearer,
  credentialFaults,
  type BitbucketOauthCredential,
  type StaticAuthorization,
} from './credentials.js';
import { lazySchema } from '../model/lazy-schema.js';
import type { EncodedPath } from './path.js';
import { createScrubber } from './scrubber.js';
import type { ApiRequest } from './transport.js';

/** Where Bitbucket's tokens are asked for: not on `api.bitbucket.org` (documented). */
const BITBUCKET_TOKEN_URL = 'https://bitbucket.org/site/oauth2/access_token';

/** Renewed this long before it ends, so that no call starts with a token that ends on the way. */
const RENEW_EARLY_MS = 300_000;
/** How many tokens are hidden in what is told: the one in use and those before it. */
const TOKENS_KEPT_SECRET = 4;
/** Used when the answer does not say (documented as one hour; 7200 s seen). */
const DEFAULT_LIFETIME_S = 3600;

const tokenSchema = lazySchema(() =>
  z.looseObject({
    // What cannot stand in a header would fail later, and in other words.
    access_token: z.string().regex(/^[\x21-\x7e]+$/),
    // RFC 6749 has a number; some servers send its digits.
    expires_in: z
      .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
      .pipe(z.number().positive())
      .optional(),
    // `scope` since 4 May 2026 (documented), `scopes` before (seen).
    scope: z.unknown().optional(),
    scopes: z.unknown().optional(),
  }),
);

/** Sends a call with a fixed authorization to a base URL, with the retries and limits of the transport. */
export type SendAs = <Result>(
  authorization: StaticAuthorization,
  baseUrl: string,
  request: ApiRequest<Result>,
) => Promise<Result>;

interface Token {
  readonly authorization: Authorization;
  readonly renewAt: number;
  readonly scopes: ReadonlySet<string> | undefined;
}

/**
 * Gets and renews the tokens of an OAuth consumer by its client credentials (RFC 6749 section 4.4).
 *
 * There is no refresh token since May 2026 (documented): it asks for a new one, before the old one ends or once the
 * server refuses it. Calls that need one at the same time share one request for it.
 */
export class OauthAuthorizer implements Authorizer {
  readonly #consumer: StaticAuthorization;
  readonly #tokenOrigin: string;
  readonly #tokenPath: EncodedPath;
  readonly #clock: Clock;
  readonly #sendAs: SendAs;
  #token: Promise<Token> | undefined;
  /** What of {@link #token} is sent, once it is there. */
  #sent: Authorization | undefined;
  /** The tokens sent last: one that was replaced may open something still, and an answer may come back with it. */
  #secrets: readonly string[] = [];

  constructor(credential: BitbucketOauthCredential, clock: Clock, sendAs: SendAs) {
    const faults = credentialFaults(credential);
    if (faults.length > 0) throw new ConfigError(faults);

    const url = new URL(normalizeBaseUrl(credential.tokenUrl ?? BITBUCKET_TOKEN_URL, 'credential.tokenUrl'));
    this.#consumer = basic(credential.oauthKey, credential.oauthSecret.reveal());
    this.#tokenOrigin = url.origin;
    this.#tokenPath = url.pathname as EncodedPath;
    this.#clock = clock;
    this.#sendAs = sendAs;
  }

  async authorize({ signal }: { readonly signal: AbortSignal }): Promise<Authorization> {
    return (await this.#current(signal)).authorization;
  }

  /** A token that was renewed meanwhile, for another call that was refused with the old one, is kept. */
  refused(authorization: Authorization): boolean {
    if (this.#sent === authorization) {
      this.#token = undefined;
      this.#sent = undefined;
    }
    return true;
  }

  async scopes({ signal }: { readonly signal: AbortSignal }): Promise<ReadonlySet<string> | undefined> {
    return (await this.#current(signal)).scopes;
  }

  async #current(signal: AbortSignal): Promise<Token> {
    const held = this.#token ?? this.#renew();
    const token = await this.#until(signal, held);
    if (this.#clock.now() < token.renewAt) return token;
    // Whoever comes first renews it; the others find the new one.
    return this.#until(signal, this.#token === held ? this.#renew() : (this.#token ?? this.#renew()));
  }

  /** Not bound to the signal of one call: others wait for the same token. */
  #renew(): Promise<Token> {
    const token = this.#request();
    this.#token = token;
    token.then(
      ({ authorization }) => {
        if (this.#token === token) this.#sent = authorization;
      },
      () => {
        if (this.#token === token) this.#token = undefined;
      },
    );
    return token;
  }

  async #request(): Promise<Token> {
    const answer = await this.#sendAs(this.#consumer, this.#tokenOrigin, {
      operation: 'bitbucket.oauth.token',
      method: 'POST',
      path: this.#tokenPath,
      contentType: 'application/x-www-form-urlencoded',
      body: 'grant_type=client_credentials',
      response: tokenSchema(),
      repeat: 'safe',
    });
    const { access_token: accessToken, expires_in: lifetime = DEFAULT_LIFETIME_S } = answer;
    const { header, secrets } = bearer(accessToken);
    this.#secrets = [...secrets, ...this.#secrets].slice(0, secrets.length * TOKENS_KEPT_SECRET);
    return {
      authorization: { header, scrub: createScrubber([...this.#secrets, ...this.#consumer.secrets]) },
      renewAt: this.#clock.now() + Math.max(lifetime * 1000 - RENEW_EARLY_MS, lifetime * 500),
      scopes: scopesOf(answer.scope) ?? scopesOf(answer.scopes),
    };
  }

  async #until(signal: AbortSignal, token: Promise<Token>): Promise<Token> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the signal's reason, for the transport
      const stop = (): void => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      token.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
  }
}

/** A list that is absent or empty says nothing: it is not the same as no scope. */
function scopesOf(value: unknown): ReadonlySet<string> | undefined {
  const names = typeof value === 'string' ? value.split(/[\s,]+/).filter((name) => name !== '') : [];
  return names.length === 0 ? undefined : new Set(names);
}
