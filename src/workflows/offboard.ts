import { z } from 'zod';
import type { DeletionChoices } from '../actions/delete-identity-input.js';
import { deletionFields, requireConfirmation } from '../actions/delete-identity-input.js';
import { observeTokens, planTokenRevocation, tokenNotes } from '../actions/api-tokens.js';
import { removedBy, type DeprovisionExtra, type DeprovisionObservation } from '../actions/deprovision-identity.js';
import { identityLockKey, identityRefSchema, withoutUndefined } from '../actions/input-schemas.js';
import { observeAccess } from '../actions/observe-access.js';
import { needClientsFor, withRights, type DeletionObservation } from '../actions/observe-deletion.js';
import { parseInput } from '../actions/parse-input.js';
import { planDeletion, remainingDeletion, type DeletionSteps } from '../actions/plan-deletion.js';
import { planDeprovision } from '../actions/plan-deprovision.js';
import { remainingAccess } from '../actions/remaining-access.js';
import { subjectOf } from '../plan/subject.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import type { OperationDraft } from '../operations/operation.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';

/** Whom to offboard, and how far. */
export interface OffboardInput {
  readonly identity: IdentityRef;
  /** `false` leaves the account's API tokens. Default: they are revoked where the organization key is configured. */
  readonly revokeApiTokens?: boolean | undefined;
  /** Deletes the record, or the account too, once access has ended. Not unless given. */
  readonly delete?: DeletionChoices | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedOffboardInput = {
  readonly identity: IdentityRef & JsonObject;
  readonly revokeApiTokens?: boolean;
  readonly delete?: DeletionChoices & JsonObject;
} & JsonObject;

/** What {@link offboard} reads before it decides. */
export interface OffboardObservation extends DeprovisionObservation {
  /** `undefined` unless something is to be deleted. */
  readonly deletion: DeletionObservation | undefined;
}

const inputSchema = z.strictObject({
  identity: identityRefSchema,
  revokeApiTokens: z.boolean().optional(),
  delete: z.strictObject(deletionFields).optional(),
});

/**
 * Ends a person's access, revokes their API tokens and, where asked to, deletes them, as one plan with one approval.
 *
 * Called again it does what is left to do, and nothing twice.
 */
export const offboard: ActionDefinition<
  CheckedOffboardInput,
  OffboardObservation,
  'offboarded' | 'unchanged',
  DeprovisionExtra
> = {
  name: 'offboard',
  parse,
  lockKeys: ({ identity }) => [identityLockKey(identity)],
  observe,

  plan(input, observed) {
    const ending = planDeprovision(observed);
    const tokens = planTokenRevocation(observed, observed.tokens);
    const deletion = deletionSteps(input, observed, [...ending.operations, ...tokens]);
    const operations = [...ending.operations, ...tokens, ...(deletion?.operations ?? [])];
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: operations.length === 0 ? 'unchanged' : 'offboarded',
      operations,
      satisfied: deletion?.satisfied ?? [],
      blocked: [...(deletion?.blocked ?? []), ...ending.blocked],
      // A group that cannot be left must not keep the rest of the access alive; a deletion that cannot be done stops all.
      blockedStopsAll: (deletion?.blocked.length ?? 0) > 0,
      notes: [
        ...ending.notes,
        ...(input.revokeApiTokens === false ? [] : tokenNotes(observed)),
        ...(deletion?.notes ?? []),
      ],
    };
  },

  remaining: (input, observed) =>
    observed.identity === undefined
      ? []
      : [
          ...remainingAccess(observed),
          ...(input.delete === undefined ? [] : remainingDeletion(input.delete, observed)),
        ],
  finish: (_input, before, executed) => ({ removed: removedBy(executed, before) }),
};

function parse(input: unknown): CheckedOffboardInput {
  const checked = withoutUndefined(parseInput('offboard', inputSchema, input)) as CheckedOffboardInput;
  const { identity, delete: choices }: OffboardInput = checked;
  // A slip that can be told from the input alone costs no call.
  if (choices !== undefined && 'email' in identity) requireConfirmation(choices.confirm, identity.email);
  return checked;
}

async function observe(input: CheckedOffboardInput, context: ObserveContext): Promise<OffboardObservation> {
  if (input.delete !== undefined) needClientsFor(input.delete.scope, context);
  const observed = await observeAccess(input.identity, context);
  if (observed.identity === undefined) {
    // Once somebody is deleted, not to find them is the end that was wanted.
    if (input.delete === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);
    return { ...observed, tokens: [], deletion: undefined };
  }
  const wantsTokens = input.revokeApiTokens ?? context.clients.admin !== undefined;
  return {
    ...observed,
    tokens: wantsTokens && observed.account?.status !== 'for_deletion' ? await observeTokens(observed, context) : [],
    deletion: input.delete === undefined ? undefined : await withRights(observed, input.delete.scope, context),
  };
}

function deletionSteps(
  { delete: choices }: CheckedOffboardInput,
  { identity, account, deletion }: OffboardObservation,
  after: readonly OperationDraft[],
): DeletionSteps | undefined {
  if (choices === undefined || deletion === undefined) return undefined;
  requireConfirmation(choices.confirm, identity?.email?.value ?? account?.email);
  // The plan has the removals from groups before: the deletion of the record is not to count them once more.
  const record = deletion.record && { ...deletion.record, groups: [] };
  const steps = planDeletion(choices, { ...deletion, record });
  const [first, ...rest] = steps.operations;
  if (first === undefined) return steps;
  // The rest comes first, for little of it can be done after; what depends on the first step waits for it in turn.
  const held: OperationDraft = { ...first, after: [...first.after, ...after] };
  return {
    ...steps,
    operations: [
      held,
      ...rest.map((step) => ({ ...step, after: step.after.map((earlier) => (earlier === first ? held : earlier)) })),
    ],
  };
}
