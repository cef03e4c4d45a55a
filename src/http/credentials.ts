import { Buffer } from 'node:buffer';
import { baseUrlFault } from '../config/base-url.js';
import type { Secret } from '../config/secret.js';
import { tokenFault, type TokenUse } from '../config/token-fault.js';
import { ConfigError, type ConfigFault } from '../errors/config-error.js';
import type { CredentialKind } from './transport.js';

/** Bearer key of one SCIM directory. */
interface DirectoryKeyCredential {
  readonly kind: 'directory-key';
  readonly token: Secret;
}

/** Bearer key of the organization, created without scopes. */
interface OrganizationKeyCredential {
  readonly kind: 'organization-key';
  readonly token: Secret;
}

/** Jira and Confluence: a user's email and API token; or, without `user`, the token of a service account or of OAuth. */
interface SiteTokenCredential {
  readonly kind: 'site-token';
  /** The email of the user the token belongs to. */
  readonly user?: string | undefined;
  readonly token: Secret;
}

/** Bitbucket's OAuth consumer (client-credentials grant). The consumer must be marked as private. */
export interface BitbucketOauthCredential {
  readonly kind: 'bitbucket';
  readonly oauthKey: string;
  readonly oauthSecret: Secret;
  /** Where tokens are asked for. `https://bitbucket.org/site/oauth2/access_token` unless given. */
  readonly tokenUrl?: string | undefined;
}

/** Bitbucket: a user's email and API token; or, without `user`, the access token of a workspace, project or repository. */
interface BitbucketTokenCredential {
  readonly kind: 'bitbucket';
  /** The email of the user the token belongs to. */
  readonly user?: string | undefined;
  readonly token: Secret;
}

/** Any credential; its `kind` decides which client takes a transport with it. */
export type Credential =
  | DirectoryKeyCredential
  | OrganizationKeyCredential
  | SiteTokenCredential
  | BitbucketOauthCredential
  | BitbucketTokenCredential;

/** The credential of one kind. */
export type CredentialOf<Kind extends CredentialKind> = Extract<Credential, { readonly kind: Kind }>;

/** An `Authorization` value that does not change, and all that must never be printed of it. */
export interface StaticAuthorization {
  readonly header: string;
  readonly secrets: readonly string[];
}

/**
 * Says everything that is wrong with a credential that stands at `path`, never with a value.
 */
export function credentialFaults(credential: Credential, path = 'credential'): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const check = (name: string, message: string | undefined): void => {
    if (message !== undefined) faults.push({ path: `${path}.${name}`, message });
  };

  if ('oauthKey' in credential) {
    check('oauthKey', userFault(credential.oauthKey));
    check('oauthSecret', tokenFault('oauth-secret', credential.oauthSecret.reveal()));
    check('tokenUrl', credential.tokenUrl === undefined ? undefined : baseUrlFault(credential.tokenUrl));
    return faults;
  }
  if ('user' in credential && credential.user !== undefined) check('user', userFault(credential.user));
  check('token', tokenFault(useOf(credential), credential.token.reveal()));
  return faults;
}

/**
 * Makes the header of a credential.
 *
 * @throws {@link ConfigError} when the credential cannot be used.
 */
export function authorizationOf(credential: Exclude<Credential, BitbucketOauthCredential>): StaticAuthorization {
  const faults = credentialFaults(credential);
  if (faults.length > 0) throw new ConfigError(faults);

  const token = credential.token.reveal();
  return 'user' in credential && credential.user !== undefined ? basic(credential.user, token) : bearer(token);
}

/** `Authorization: Bearer`. */
export function bearer(token: string): StaticAuthorization {
  return { header: `Bearer ${token}`, secrets: [token] };
}

/** `Authorization: Basic` (RFC 7617). */
export function basic(user: string, password: string): StaticAuthorization {
  const pair = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  return { header: `Basic ${pair}`, secrets: [password, pair] };
}

function useOf(credential: Exclude<Credential, BitbucketOauthCredential>): TokenUse {
  if (credential.kind !== 'bitbucket') return credential.kind;
  return credential.user === undefined ? 'bitbucket-access-token' : 'bitbucket-api-token';
}

/** RFC 7617 section 2: a colon would end the user name. */
function userFault(user: string): string | undefined {
  if (user === '') return 'must not be empty';
  return /[:\s\p{Cc}]/u.test(user) ? 'must not hold a colon, white space or control characters' : undefined;
}
