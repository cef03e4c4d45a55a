import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import type { LinkState, ResolvedIdentity, Sourced } from '../model/identity.js';
import type { AtlassianAccountId } from '../model/ids.js';
import type { Seen } from './seen.js';

/**
 * What a look-up must come back with, as far as it exists.
 *
 * - `scimUser`: the record of the directory
 * - `accountId`: the account, linked or found by email
 * - `orgUser`: the account as the organization sees it
 */
export type IdentityNeed = 'scimUser' | 'accountId' | 'orgUser';

/** A person as just read. */
export interface IdentityObservation {
  readonly identity: ResolvedIdentity;
  /** The whole record, where there is one and it was needed. */
  readonly scimUser?: ScimUser;
  /** The account in the organization, where there is one and it was needed. */
  readonly orgUser?: OrgUser;
}

/** What a look-up has found of one person. */
export interface PersonEvidence {
  readonly link: LinkState;
  readonly record?: Seen<ScimUser> | undefined;
  readonly account?: Sourced<AtlassianAccountId> | undefined;
  readonly orgUser?: Seen<OrgUser> | undefined;
  /** The email asked for, where it led to an account that shows none. */
  readonly email?: Sourced<string> | undefined;
}

/** Puts an identity together. The record says what the ids are, and the account only where there is no record. */
export function toIdentity({ link, record, account, orgUser, email }: PersonEvidence): ResolvedIdentity {
  const ofRecord = <Value>(value: Value | undefined): Sourced<Value> | undefined =>
    record === undefined || value === undefined || value === ''
      ? undefined
      : { value, source: 'scim-record', observedAt: record.at };
  const emailOfAccount: Sourced<string> | undefined =
    orgUser?.value.email === undefined
      ? undefined
      : { value: orgUser.value.email, source: 'directory-search', observedAt: orgUser.at };

  const emailOfPerson = ofRecord(record?.value.primaryEmail) ?? emailOfAccount ?? email;
  const userName = ofRecord(record?.value.userName);
  const externalId = ofRecord(record?.value.externalId);
  const scimUserId = ofRecord(record?.value.id);
  return {
    link,
    ...(emailOfPerson !== undefined && { email: emailOfPerson }),
    ...(userName !== undefined && { userName }),
    ...(externalId !== undefined && { externalId }),
    ...(scimUserId !== undefined && { scimUserId }),
    ...(account !== undefined && { accountId: account }),
  };
}
