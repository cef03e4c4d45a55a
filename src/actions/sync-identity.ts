import type { ActionDefinition } from '../plan/action-definition.js';
import { observeSync, type SyncObservation } from './observe-sync-identity.js';
import { planSyncIdentity } from './plan-sync-identity.js';
import { identityLockKey } from './input-schemas.js';
import { parseSyncIdentity, type CheckedSyncInput, type SyncOutcome } from './sync-identity-input.js';

/** Brings a person's record to what was said of them: creates, links, renames, updates or reactivates it, or does nothing. */
export const syncIdentity: ActionDefinition<CheckedSyncInput, SyncObservation, SyncOutcome, object> = {
  name: 'syncIdentity',
  parse: parseSyncIdentity,
  lockKeys: (input) => [
    `email:${input.email.toLowerCase()}`,
    ...(typeof input.externalId === 'string' ? [`externalId:${input.externalId}`] : []),
    ...(input.identity === undefined ? [] : [identityLockKey(input.identity)]),
  ],
  observe: observeSync,
  plan: planSyncIdentity,
  finish: () => ({}),
};
