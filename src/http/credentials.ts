import type { Secret } from '../config/secret.js';
import type { CredentialKind } from './transport.js';

/** Bearer key of one SCIM directory. */
export interface DirectoryKeyCredential {
  readonly kind: 'directory-key';
  readonly token: Secret;
}

/** Bearer key of the organization, created without scopes. */
export interface OrganizationKeyCredential {
  readonly kind: 'organization-key';
  readonly token: Secret;
}

/** A user's email and API token, for Jira and Confluence. */
export interface SiteTokenCredential {
  readonly kind: 'site-token';
  /** The email of the user the token belongs to. */
  readonly user: string;
  readonly token: Secret;
}

/** Bitbucket: a user's email and API token, or an access token. */
export interface BitbucketCredential {
  readonly kind: 'bitbucket';
  /** The email of the user the token belongs to; left out for an access token, which is sent as a bearer. */
  readonly user?: string | undefined;
  readonly token: Secret;
}

/** Any credential; its `kind` decides which client takes a transport with it. */
export type Credential = DirectoryKeyCredential | OrganizationKeyCredential | SiteTokenCredential | BitbucketCredential;

/** The credential of one kind. */
export type CredentialOf<Kind extends CredentialKind> = Extract<Credential, { readonly kind: Kind }>;
