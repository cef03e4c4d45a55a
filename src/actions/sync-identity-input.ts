import { z } from 'zod';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { identityRefSchema, textSchema, withoutUndefined, writtenEmailSchema } from './input-schemas.js';
import { parseInput } from './parse-input.js';
import type { PersonAttributes } from './person-attributes.js';
import { lazySchema } from '../model/lazy-schema.js';

/** A person as they should be. */
export interface SyncIdentityInput extends PersonAttributes {
  /**
   * Becomes `userName` and the primary email. With another `identity` or a known `externalId`, a change of it renames.
   * Refused with invisible characters, without a full domain, or with one that mixes alphabets.
   */
  readonly email: string;
  /** Whom to change, when the email cannot tell: needed to rename somebody who has no `externalId`. */
  readonly identity?: IdentityRef | undefined;
  /** `false` refuses to create a record. Default `true`. */
  readonly createAllowed?: boolean | undefined;
  /**
   * `true` activates a record that is inactive, or a deactivated account that gets a record. Default `false`: `active` is
   * not an attribute to sync.
   */
  readonly reactivate?: boolean | undefined;
  /**
   * `true` lets an email move to a domain the organization has not verified, and lets a record be made on one for
   * somebody who has no account in the organization. Default `false`, because Atlassian then unlinks the account without
   * a word and takes the person out of synced groups in the products, or makes no account at all.
   */
  readonly allowUnclaimedDomain?: boolean | undefined;
}

/**
 * How a sync ends when all went well.
 *
 * - `created`: a record that was not there; whether it has its new account yet is in `identity.link`
 * - `linked`: a record, new or known, got linked to an account that was there before
 * - `reactivated`: the record was inactive and is active
 * - `renamed`: the email changed, the identity did not
 * - `updated`: other attributes changed
 * - `unchanged`: nothing differed and nothing was written
 */
export type SyncOutcome = 'created' | 'linked' | 'reactivated' | 'renamed' | 'updated' | 'unchanged';

/** An input that was checked: JSON, in its one form. */
export type CheckedSyncInput = SyncIdentityInput & JsonObject;

const attribute = lazySchema(() => textSchema().nullish().optional());

/** Fields of a person, for every input that holds them. */
export const personFields = lazySchema(() => ({
  name: attribute(),
  displayName: attribute(),
  givenName: attribute(),
  familyName: attribute(),
  jobTitle: attribute(),
  department: attribute(),
  organization: attribute(),
  timezone: attribute(),
  preferredLanguage: attribute(),
  nickname: attribute(),
  externalId: attribute(),
}));

/** Fields of {@link SyncIdentityInput}. */
export const syncIdentityFields = lazySchema(() => ({
  email: writtenEmailSchema(),
  identity: identityRefSchema().optional(),
  createAllowed: z.boolean().optional(),
  reactivate: z.boolean().optional(),
  allowUnclaimedDomain: z.boolean().optional(),
  ...personFields(),
}));

/** Says what to use instead of a field that people look for here. */
export const personHints: z.core.$ZodErrorMap = (issue) =>
  hintFor(issue, 'active', '`active` is not an input: use reactivate, deprovisionIdentity or reactivateIdentity');

/** The hint where an unknown field is this one; other unknown fields are named after it. */
export function hintFor(issue: z.core.$ZodRawIssue, field: string, hint: string): string | undefined {
  if (issue.code !== 'unrecognized_keys' || !issue.keys.includes(field)) return undefined;
  const others = issue.keys.filter((key) => key !== field).map((key) => `"${key}"`);
  return others.length === 0 ? hint : `${hint}; not known either: ${others.join(', ')}`;
}

const inputSchema = lazySchema(() => z.strictObject(syncIdentityFields(), { error: personHints }));

/** Checks an input of syncIdentity. Throws `request_invalid` naming the fields. */
export function parseSyncIdentity(input: unknown): CheckedSyncInput {
  return withoutUndefined(parseInput('syncIdentity', inputSchema(), input)) as CheckedSyncInput;
}
