import type { PlanDraft } from '../plan/build-plan.js';
import type { SyncObservation } from './observe-sync-identity.js';
import { planCreateRecord } from './plan-create-record.js';
import { planUpdateRecord } from './plan-update-record.js';
import type { CheckedSyncInput, SyncOutcome } from './sync-identity-input.js';

/** Decides what a person's record needs. Pure. */
export function planSyncIdentity(input: CheckedSyncInput, observed: SyncObservation): PlanDraft<SyncOutcome> {
  return observed.record === undefined
    ? planCreateRecord(input, observed)
    : planUpdateRecord(input, observed, observed.record);
}
