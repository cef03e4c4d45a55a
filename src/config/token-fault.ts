/** What a token is to be used for. */
export type TokenUse =
  | 'directory-key'
  | 'organization-key'
  | 'site-token'
  | 'bitbucket-api-token'
  | 'bitbucket-access-token'
  | 'oauth-secret';

/** Prefix of a user's API token (seen). */
const USER_TOKEN = 'ATATT';
/** Prefix of an organization API key, and of a Bitbucket access token (seen). */
const ORGANIZATION_KEY = 'ATCTT';

/** Prefix of a Bitbucket app password (seen). */
const APP_PASSWORD = 'ATBB';

const ALREADY = {
  [USER_TOKEN]: "is a user's API token (ATATT…)",
  [ORGANIZATION_KEY]: 'is an organization API key (ATCTT…)',
  [APP_PASSWORD]: 'is an app password (ATBB…), which has opened nothing since 28 July 2026',
};

const NEEDED: Readonly<Record<TokenUse, string>> = {
  'directory-key': 'the API key shown with the SCIM base URL when provisioning was set up belongs here',
  'organization-key': 'an organization API key without scopes, from admin.atlassian.com, belongs here',
  'site-token': 'an API token of the user, from id.atlassian.com, belongs here',
  'bitbucket-api-token': 'an API token of the user, from id.atlassian.com, belongs here',
  'bitbucket-access-token':
    'a workspace, project or repository access token belongs here; an API token needs its user beside it',
  'oauth-secret': 'the secret of the OAuth consumer belongs here',
};

const REFUSED: Readonly<Record<TokenUse, readonly (keyof typeof ALREADY)[]>> = {
  'directory-key': [USER_TOKEN, ORGANIZATION_KEY],
  'organization-key': [USER_TOKEN],
  'site-token': [ORGANIZATION_KEY],
  'bitbucket-api-token': [ORGANIZATION_KEY, APP_PASSWORD],
  'bitbucket-access-token': [USER_TOKEN, APP_PASSWORD],
  'oauth-secret': [USER_TOKEN, ORGANIZATION_KEY, APP_PASSWORD],
};

/**
 * Says what is wrong with a token for a use, or nothing. Never repeats the token.
 *
 * Tells the kinds apart by their prefix as far as they have one; a key without a known prefix is taken as it is.
 */
export function tokenFault(use: TokenUse, token: string): string | undefined {
  if (token === '') return `must not be empty; ${NEEDED[use]}`;
  if (/^(bearer|basic)\s/i.test(token)) return 'must be the token alone, without "Bearer" or "Basic" in front';
  if (/[\s\p{Cc}]/u.test(token)) return 'must not hold white space, line breaks or control characters';
  if (!/^[\x21-\x7e]+$/.test(token)) return 'must hold ASCII characters only; it may have been copied with others';

  const wrong = REFUSED[use].find((prefix) => token.startsWith(prefix));
  return wrong === undefined ? undefined : `${ALREADY[wrong]}; ${NEEDED[use]}`;
}
