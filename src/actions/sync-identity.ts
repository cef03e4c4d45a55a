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
  observe: (input, context) => observeSync(input, context),
  plan: planSyncIdentity,
  achieved: achievedSync,
  notesAfter: newRecordNotes,
  finish: () => ({}),
};

/** What a new record without an account comes to: Atlassian answers with one that it makes or finds. */
export function newRecordNotes({ account, operations }: ExecutedPlan): readonly string[] {
  const isNew = operations.some(
    ({ operation, outcome }) =>
      operation.kind === createScimUser.kind && (outcome === 'applied' || outcome === 'already'),
  );
  if (!isNew || account?.link === 'linked') return [];
  return [
    'The new record is linked to no account: nobody can sign in by it, and its groups give nobody access, until Atlassian links one. It makes one only where the domain of the email is verified and claimed.',
  ];
}

/** A link that was expected and did not come is not claimed: the identity of the result is `unlinked` then. */
function achievedSync(intended: SyncOutcome, { account, operations }: ExecutedPlan): SyncOutcome {
  if (intended !== 'linked' || account?.link === 'linked') return intended;
  return operations.some(({ operation }) => operation.kind === createScimUser.kind) ? 'created' : 'updated';
}
