import { ProvisionerError } from '../errors/provisioner-error.js';
import { domainOf } from './email-domain.js';
import type { SyncObservation } from './observe-sync-identity.js';
import type { CheckedSyncInput } from './sync-identity-input.js';

/**
 * What a change of the email does to the link, where the change was allowed all the same.
 *
 * @throws `domain_not_claimed` where it was not.
 */
export function unclaimedDomainNotes(input: CheckedSyncInput, { domainVerified, record }: SyncObservation): string[] {
  if (record?.accountId === undefined || domainVerified === true) return [];
  // A change within a domain that nobody can check is no move to another one.
  if (domainVerified === undefined && domainOf(record.primaryEmail ?? '') === domainOf(input.email)) return [];
  const why =
    domainVerified === false ? 'is not verified by the organization' : 'cannot be checked without the organization key';
  if (input.allowUnclaimedDomain === true)
    return [`The domain of the new email ${why}: Atlassian may unlink the account ${record.accountId}.`];
  throw new ProvisionerError(
    'domain_not_claimed',
    `The domain of the new email ${why}: the change would unlink the account without a word and end its access through synced groups`,
    { advice: 'Verify and claim the domain first, list it in `domains.claimed`, or pass allowUnclaimedDomain: true.' },
  );
}
