import type { ActionDefinition } from '../plan/action-definition.js';
import { parseDeleteIdentity, requireConfirmation, type CheckedDeletionInput } from './delete-identity-input.js';
import { identityLockKey } from './input-schemas.js';
import { observeDeletion, observeScheduledDeletion, type DeletionObservation } from './observe-deletion.js';
import { emailOf, planDeletion, remainingDeletion } from './plan-deletion.js';
import { subjectOf } from '../plan/subject.js';

/** How a deletion ends when all went well: `unchanged` when there was nothing left to delete. */
export type DeletionOutcome = 'deleted' | 'deletion-scheduled' | 'unchanged';

/**
 * Deletes a person's SCIM record, or their Atlassian account with it.
 *
 * What Atlassian allows is asked before the first write; a step it forbids keeps every other from being sent.
 */
export const deleteIdentity: ActionDefinition<CheckedDeletionInput, DeletionObservation, DeletionOutcome, object> = {
  name: 'deleteIdentity',
  parse: parseDeleteIdentity,
  lockKeys: (input) => [identityLockKey(input.identity)],
  observe: observeDeletion,

  plan(input, observed) {
    if (observed.identity !== undefined) requireConfirmation(input.confirm, emailOf(input.scope, observed));
    const steps = planDeletion(input, observed);
    const last = steps.operations.at(-1)?.kind;
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome:
        last === undefined ? 'unchanged' : last === 'account.scheduleDeletion' ? 'deletion-scheduled' : 'deleted',
      blockedStopsAll: true,
      ...steps,
    };
  },

  remaining: remainingDeletion,
  observeAgain: async ({ scope }, before, context) =>
    scope === 'directory' ? before : observeScheduledDeletion(before, context),
  finish: () => ({}),
};
