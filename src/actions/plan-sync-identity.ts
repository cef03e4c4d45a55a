import type { OrgUser } from '../clients/admin/org-user.js';
import type { PlanDraft } from '../plan/build-plan.js';
import type { SyncObservation } from './observe-sync-identity.js';
import { planCreateRecord } from './plan-create-record.js';
import { planUpdateRecord } from './plan-update-record.js';
import type { CheckedSyncInput, SyncOutcome } from './sync-identity-input.js';

/** Decides what a person's record needs. Pure. */
export function planSyncIdentity(input: CheckedSyncInput, observed: SyncObservation): PlanDraft<SyncOutcome> {
  const plan =
    observed.record === undefined
      ? planCreateRecord(input, observed)
      : planUpdateRecord(input, observed, observed.record);
  const { account, record } = observed;
  if (
    account === undefined &&
    record !== undefined &&
    record.accountId === undefined &&
    plan.intendedOutcome === 'unchanged'
  )
    return { ...plan, notes: [...(plan.notes ?? []), UNLINKED_NOTE] };
  if (account?.status !== 'for_deletion' || plan.operations.length === 0) return plan;
  return input.reactivate === true ? takingDeletionBack(plan) : refused(plan, account);
}

/** Said each time: to a job that runs every night, `unchanged` alone would mean that all is well. */
const UNLINKED_NOTE = 'The record is linked to no account: it gives nobody access until Atlassian links one.';

/** A record that is written now is linked to the account: an inactive one locks it, so that nobody can cancel the deletion. */
function refused(plan: PlanDraft<SyncOutcome>, { accountId, email }: OrgUser): PlanDraft<SyncOutcome> {
  return {
    ...plan,
    intendedOutcome: 'unchanged',
    operations: [],
    blocked: [
      {
        kind: plan.operations[0]?.kind ?? 'scim.user.create',
        target: { type: 'account', id: accountId, ...(email !== undefined && { name: email }) },
        code: 'action_blocked',
        reason: 'the deletion of the account with this email is scheduled',
        advice: 'Use cancelDeletion first, or pass `reactivate: true`, which takes the deletion back.',
      },
    ],
    blockedStopsAll: true,
    notes: [],
  };
}

function takingDeletionBack(plan: PlanDraft<SyncOutcome>): PlanDraft<SyncOutcome> {
  return {
    ...plan,
    operations: plan.operations.map((operation) => ({
      ...operation,
      reasons: [
        ...operation.reasons,
        'the deletion of the account is scheduled, and an active record takes that back, as `reactivate` asks for',
      ],
    })),
    notes: [...(plan.notes ?? []), 'The scheduled deletion of the account is taken back: the account is active again.'],
  };
}
