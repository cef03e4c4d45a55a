import type { OrgUser } from '../clients/admin/org-user.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import type { IdentityCandidate } from '../errors/identity-errors.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { IdentityObservation } from './identity-observation.js';

/** What looking up one person came to. */
export type PersonOutcome =
  | {
      readonly status: 'resolved';
      readonly identity: ResolvedIdentity;
      /** From `observeMany` only, where it exists and was needed. */
      readonly scimUser?: ScimUser;
      /** From `observeMany` only, where it exists and was needed. */
      readonly orgUser?: OrgUser;
    }
  | { readonly status: 'not_found' }
  | { readonly status: 'ambiguous'; readonly candidates: readonly IdentityCandidate[] }
  | { readonly status: 'failed'; readonly error: ProvisionerError };

/** What became of one reference among many. */
export type IdentityOutcome = PersonOutcome & { readonly ref: IdentityRef };

/**
 * Turns a look-up into an outcome.
 *
 * @throws `aborted`: what was cancelled has no outcome.
 */
export async function toOutcome(observe: () => Promise<IdentityObservation | undefined>): Promise<PersonOutcome> {
  try {
    const observation = await observe();
    return observation === undefined ? { status: 'not_found' } : { status: 'resolved', ...observation };
  } catch (error) {
    if (isProvisionerError(error, 'identity_ambiguous')) return { status: 'ambiguous', candidates: error.candidates };
    if (!isProvisionerError(error) || error.code === 'aborted') throw error;
    return { status: 'failed', error };
  }
}
