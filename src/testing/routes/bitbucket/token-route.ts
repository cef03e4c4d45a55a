import { json, refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';

/** Gives OAuth consumers their tokens. Its errors are OAuth's, not Bitbucket's. */
export const TOKEN_ROUTE: Route = {
  operation: 'bitbucket.oauth.token',
  method: 'POST',
  path: '/site/oauth2/access_token',
  // Nobody's access changes by it.
  effect: 'read',
  handle: giveToken,
};

const PUBLIC_CONSUMER =
  'Cannot use client_credentials with a consumer marked as "public". Calls for auto generated consumers should use urn:bitbucket:oauth2:jwt instead.';

function giveToken({ state, switches, body, bitbucket, now }: RouteContext): FakeResponse {
  const grant = new URLSearchParams(body.kind === 'malformed' ? body.text : '').get('grant_type');
  if (grant !== 'client_credentials')
    return oauthError(400, 'invalid_grant', `Unsupported grant type: ${grant ?? 'None'}`);
  if (bitbucket?.kind !== 'consumer') return oauthError(401, 'unauthorized_client', 'Invalid OAuth client credentials');
  const { consumer } = bitbucket;
  if (!consumer.isPrivate) return oauthError(400, 'invalid_grant', PUBLIC_CONSUMER);

  const number = state.ids.next('bitbucketCredential').slice(-12);
  const lifetime = switches.bitbucketTokenLifetimeS;
  const secret = `FakeBitbucketToken${number}==`;
  state.bitbucket.oauthTokens.put({ secret, consumerKey: consumer.key, expiresAt: now + lifetime * 1000 });
  const token = { access_token: secret, token_type: 'bearer', expires_in: lifetime };
  const scopes = consumer.scopes.join(' ');
  return json(
    200,
    switches.bitbucketTokens === 'before'
      ? { ...token, scopes, state: 'client_credentials', refresh_token: `FakeRefresh${number}` }
      : { ...token, scope: scopes },
  );
}

function oauthError(status: number, error: string, description: string): FakeResponse {
  return refuse(json(status, { error_description: description, error }));
}
