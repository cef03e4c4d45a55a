import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';

/** Why a person's record cannot be written: nobody has the id, or somebody whom the SCIM directory does not have. */
export function recordMissing(ref: IdentityRef, found: ResolvedIdentity | undefined): ProvisionerError {
  const { kind } = refParts(ref);
  if (found === undefined) return new IdentityNotFoundError(kind);
  return new ProvisionerError(
    'identity_not_found',
    `The person with the given ${kind} has an account, and no record in the SCIM directory`,
    { advice: 'Run syncIdentity with the email alone first; it creates the record and links it to the account.' },
  );
}
