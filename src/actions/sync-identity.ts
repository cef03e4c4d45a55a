import { createScimUser } from '../operations/create-scim-user.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import type { ExecutedPlan } from '../plan/execute-plan.js';
import { observeSync, type SyncObservation } from './observe-sync-identity.js';
import { planSyncIdentity } from './plan-sync-identity.js';
import { foldCase } from '../identity/identity-ref.js';
import { identityLockKey } from './input-schemas.js';
import { parseSyncIdentity, type CheckedSyncInput, type SyncOutcome } from './sync-identity-input.js';

/** Brings a person's record to what was said of them: creates, links, renames, updates or reactivates it, or does nothing. */
export const syncIdentity: ActionDefinition<CheckedSyncInput, SyncObservation, SyncOutcome, object> = {
  name: 'syncIdentity',
  parse: parseSyncIdentity,
  lockKeys: (input) => [
    `email:${foldCase(input.email)}`,
    ...(typeof input.externalId === 'string' ? [`externalId:${input.externalId}`] : []),
    ...(input.identity === undefined ? [] : [identityLockKey(input.identity)]),
  ],
  observe: observeSync,
  plan: planSyncIdentity,
  achieved: achievedSync,
  finish: () => ({}),
};

/** A link that was expected and did not come is not claimed: the identity of the result is `unlinked` then. */
function achievedSync(intended: SyncOutcome, { account, operations }: ExecutedPlan): SyncOutcome {
  if (intended !== 'linked' || account?.link === 'linked') return intended;
  return operations.some(({ operation }) => operation.kind === createScimUser.kind) ? 'created' : 'updated';
}
