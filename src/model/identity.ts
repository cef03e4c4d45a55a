import type { AtlassianAccountId, ScimUserId } from './ids.js';

/** Any one of the ids by which a person is known. */
export type IdentityRef =
  | { readonly email: string }
  | { readonly userName: string }
  | { readonly externalId: string }
  | { readonly scimUserId: ScimUserId }
  | { readonly accountId: AtlassianAccountId };

/**
 * Where an id was read.
 *
 * - `given`: the caller said so, and nothing has confirmed it
 * - `scim-record`: an attribute of the User in the directory
 * - `scim-extension`: the Atlassian extension of that User
 * - `scim-links-by-account`, `scim-links-by-email`: the provisioning-link operations of the organization
 * - `directory-search`: the user search of the Organizations API
 */
export type IdSource =
  'given' | 'scim-record' | 'scim-extension' | 'scim-links-by-account' | 'scim-links-by-email' | 'directory-search';

/** A value, where it came from and when it was read. */
export interface Sourced<Value> {
  readonly value: Value;
  readonly source: IdSource;
  /** ISO 8601 instant, UTC. */
  readonly observedAt: string;
}

/**
 * How the SCIM record and the Atlassian account of one person stand to each other.
 *
 * - `linked`: a record and the account Atlassian linked to it
 * - `unlinked`: a record without an account id; the SCIM id is never put in its place
 * - `unsynced`: an account that no SCIM record of this directory is linked to
 * - `unknown`: an account, and the directory was not asked: no directory key is configured, or only the account id was
 *   wanted
 */
export type LinkState = 'linked' | 'unlinked' | 'unsynced' | 'unknown';

/** A person with every id that is known, each with its source. An id that is absent is not known. */
export interface ResolvedIdentity {
  readonly link: LinkState;
  readonly email?: Sourced<string>;
  readonly userName?: Sourced<string>;
  readonly externalId?: Sourced<string>;
  readonly scimUserId?: Sourced<ScimUserId>;
  readonly accountId?: Sourced<AtlassianAccountId>;
}
