import { ProvisionerError } from './provisioner-error.js';

/** A step needs the person's Atlassian account, and the record is not linked to one. */
export class IdentityUnlinkedError extends ProvisionerError {
  override readonly name = 'IdentityUnlinkedError';
  declare readonly code: 'identity_unlinked';

  constructor(step: string) {
    super('identity_unlinked', `${step} needs an Atlassian account, and the SCIM record is not linked to one`, {
      advice:
        'Atlassian links a record to an account once the domain of its email is verified and claimed. Wait, or check the domain.',
      retryable: true,
    });
  }
}
