import { ProvisionerError } from '../errors/provisioner-error.js';
import { domainOf } from '../identity/claimed-domains.js';
import type { SyncObservation } from './observe-sync-identity.js';
import type { CheckedSyncInput } from './sync-identity-input.js';

/**
 * What a change of the email does to the link, where the change was allowed all the same.
 *
 * @throws `domain_not_claimed` where it was not.
 */
export function unclaimedDomainNotes(input: CheckedSyncInput, observed: SyncObservation): string[] {
  const accountId = observed.record?.accountId;
  const why = reasonToUnlink(input, observed);
  if (accountId === undefined || why === undefined) return [];
  if (input.allowUnclaimedDomain === true) return [`${why}: Atlassian may unlink the account ${accountId}.`];
  throw new ProvisionerError(
    'domain_not_claimed',
    `${why}: the change would unlink the account without a word and end its access through synced groups`,
    { advice: 'Verify and claim the domain first, list it in `domains.claimed`, or pass allowUnclaimedDomain: true.' },
  );
}

/**
 * What a record for somebody without an account comes to on a domain that is not verified, where it was allowed.
 *
 * A domain that nobody can check is let pass: without the organization key there would be no creation at all.
 *
 * @throws `domain_not_claimed` where it was not.
 */
export function newcomerDomainNotes(input: CheckedSyncInput, { domains }: SyncObservation): string[] {
  if (domains?.after !== false) return [];
  const why =
    'The domain of the email is not verified by the organization, and nobody in it has an account with the email';
  if (input.allowUnclaimedDomain === true)
    return [`${why}: Atlassian makes none, and links one only if the person has it.`];
  throw new ProvisionerError('domain_not_claimed', `${why}: the record would get no account, and give no access`, {
    advice:
      'Check the email for a slip. Else verify and claim the domain first, list it in `domains.claimed`, or pass allowUnclaimedDomain: true for somebody from outside.',
  });
}

function reasonToUnlink({ email }: CheckedSyncInput, { record, domains }: SyncObservation): string | undefined {
  if (domains === undefined) return undefined;
  if (domains.after === false) return 'The domain of the new email is not verified by the organization';
  // A change within a domain that nobody can check is no move to another one.
  if (domains.after === undefined && domainOf(record?.primaryEmail ?? '') !== domainOf(email))
    return 'The domain of the new email cannot be checked without the organization key';
  // An external account keeps its own email, and Atlassian takes it from the record (seen in its provisioning log).
  if (domains.before === false)
    return 'The domain of the present email is not verified by the organization, so the account is not managed by it';
  return undefined;
}
