import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import { SCOPE_FIELD } from '../../http/error-body.js';

/**
 * The scopes that Bitbucket said were missing; empty for any other error.
 *
 * A missing scope is missing for every repository; a 403 without one is about the role in this place, and may be about it
 * alone.
 */
export function missingScopes(error: unknown): readonly string[] {
  if (!isProvisionerError(error, 'forbidden')) return [];
  return error.reasons.filter(({ field }) => field === SCOPE_FIELD).map(({ key }) => key);
}
