import type { IdentityCandidate } from './identity-errors.js';
import { ProvisionerError } from './provisioner-error.js';

/** What was said of a person fits two different records, or a record that is somebody else's. */
export class IdentityConflictError extends ProvisionerError {
  override readonly name = 'IdentityConflictError';
  declare readonly code: 'identity_conflict';
  readonly candidates: readonly IdentityCandidate[];

  constructor(what: string, candidates: readonly IdentityCandidate[], advice: string) {
    super(
      'identity_conflict',
      `${what}: ${candidates.map(({ scimUserId, accountId }) => scimUserId ?? accountId ?? '?').join(' and ')}`,
      {
        advice,
      },
    );
    this.candidates = candidates;
  }
}
