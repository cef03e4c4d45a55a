import { z } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { sameText } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { emailSchema, identityRefSchema, withoutUndefined } from './input-schemas.js';
import { parseInput } from './parse-input.js';
import { lazySchema } from '../model/lazy-schema.js';

/**
 * How much of a person to delete.
 *
 * - `directory`: the SCIM record. A managed account is deactivated; its id in the directory is free for good. Not
 *   reversible.
 * - `account`: the record, then the Atlassian account itself. Atlassian waits 14 days, in which cancelDeletion undoes the
 *   second part.
 */
export type DeletionScope = 'directory' | 'account';

/** What a deletion needs beside whom it is about. */
export interface DeletionChoices {
  readonly scope: DeletionScope;
  /** The person's email, spelt out, so that nobody is deleted by a slip. */
  readonly confirm: string;
  /**
   * What to do when directories of other identity providers have records of the account as well, which lock it.
   *
   * `refuse` (default) writes nothing; `drop-records` drops the records of every directory of the organization.
   */
  readonly otherDirectories?: 'refuse' | 'drop-records' | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedDeletionInput = { readonly identity: IdentityRef & JsonObject } & DeletionChoices & JsonObject;

/** Fields of {@link DeletionChoices}. */
export const deletionFields = lazySchema(() => ({
  scope: z.enum(['directory', 'account']),
  confirm: emailSchema(),
  otherDirectories: z.enum(['refuse', 'drop-records']).optional(),
}));

const inputSchema = lazySchema(() => z.strictObject({ identity: identityRefSchema(), ...deletionFields() }));

/** Checks an input of deleteIdentity. Throws `request_invalid`, or `confirmation_mismatch` where no call is needed to tell. */
export function parseDeleteIdentity(input: unknown): CheckedDeletionInput {
  const checked = withoutUndefined(parseInput('deleteIdentity', inputSchema(), input)) as CheckedDeletionInput;
  const identity: IdentityRef = checked.identity;
  if ('email' in identity) requireConfirmation(checked.confirm, identity.email);
  return checked;
}

/** Throws `confirmation_mismatch` unless the caller spelt the person's email. */
export function requireConfirmation(confirm: string, email: string | undefined): void {
  if (sameText(confirm, email)) return;
  throw new ProvisionerError('confirmation_mismatch', '`confirm` is not the email of the person to be deleted', {
    advice:
      email === undefined
        ? 'The email of the person is not known here: name the person by email, or configure the key that can read it.'
        : 'Set `confirm` to the email of the person as the directory has it.',
  });
}
