import type { AccessObservation } from './observe-access.js';
import { planDeprovision } from './plan-deprovision.js';

/**
 * What access a person still has after a deprovisioning, one sentence each.
 *
 * Stricter than the plan: a synced group that the organization still shows counts although nothing more can be written.
 * Groups that could not be left are not repeated here: the result has them as blocked.
 */
export function remainingAccess(observed: AccessObservation): readonly string[] {
  const toDo = planDeprovision(observed).operations.map(
    ({ kind, target }) => `${kind} ${target.name ?? target.id ?? ''} is still to be seen`,
  );
  const trailing = observed.groups
    .filter(({ id }) => observed.owners.get(id) === 'trailing')
    .map(({ name }) => `the organization still shows the person in the synced group "${name}"`);
  const { account, record } = observed;
  const isTrailingAccount =
    account?.claimStatus !== 'unmanaged' && account?.accountStatus === 'active' && record?.active === false;
  return [...toDo, ...trailing, ...(isTrailingAccount ? ['the organization still shows the account as active'] : [])];
}
