import type { BitbucketAccessTokenRow, OauthConsumerRow } from '../state/bitbucket-rows.js';
import type { FakeState } from '../state/fake-state.js';

/** A credential that is Bitbucket's own. `id` tells whose requests are counted together. */
export type BitbucketCredential =
  /** The key and the secret of a consumer, as it asks for a token. */
  | { readonly kind: 'consumer'; readonly id: string; readonly consumer: OauthConsumerRow }
  /** The token of a consumer. */
  | { readonly kind: 'oauth'; readonly id: string; readonly consumer: OauthConsumerRow; readonly expired: boolean }
  | { readonly kind: 'access-token'; readonly id: string; readonly token: BitbucketAccessTokenRow }
  | { readonly kind: 'app-password'; readonly id: string };

/** The credential of Bitbucket's in a `Basic` header, decoded. */
export function findBitbucketBasic(state: FakeState, user: string, secret: string): BitbucketCredential | undefined {
  const consumer = state.bitbucket.consumers.get(user);
  if (consumer?.secret === secret) return { kind: 'consumer', id: consumer.key, consumer };
  const password = state.bitbucket.appPasswords.get(secret);
  return password?.username === user ? { kind: 'app-password', id: secret } : undefined;
}

/** The credential of Bitbucket's in a `Bearer` header. */
export function findBitbucketBearer(state: FakeState, secret: string, now: number): BitbucketCredential | undefined {
  const { oauthTokens, consumers, accessTokens } = state.bitbucket;
  const accessToken = accessTokens.get(secret);
  if (accessToken !== undefined) return { kind: 'access-token', id: secret, token: accessToken };
  const token = oauthTokens.get(secret);
  const consumer = token === undefined ? undefined : consumers.get(token.consumerKey);
  if (token === undefined || consumer === undefined) return undefined;
  return { kind: 'oauth', id: consumer.key, consumer, expired: token.expiresAt <= now };
}
