import { z } from 'zod';
import type { DeletionChoices } from '../actions/delete-identity-input.js';
import { deletionFields, requireConfirmation } from '../actions/delete-identity-input.js';
import { observeTokens, planTokenRevocation, tokenNotes } from '../actions/api-tokens.js';
import {
  endedBefore,
  unverifiableAccess,
  type DeprovisionExtra,
  type DeprovisionObservation,
} from '../actions/deprovision-identity.js';
import { refuseEmailDrift } from '../actions/email-drift.js';
import { identityLockKey, identityRefSchema, withoutUndefined } from '../actions/input-schemas.js';
import { observeAccess } from '../actions/observe-access.js';
import {
  needClientsFor,
  refuseConfirmOfAnother,
  withRights,
  type DeletionObservation,
} from '../actions/observe-deletion.js';
import { parseInput } from '../actions/parse-input.js';
import { emailOf, planDeletion, remainingDeletion, type DeletionSteps } from '../actions/plan-deletion.js';
import { planDeprovision } from '../actions/plan-deprovision.js';
import { remainingAccess } from '../actions/remaining-access.js';
import { removedBy } from '../actions/restore-point.js';
import { subjectOf } from '../plan/subject.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import type { OperationDraft } from '../operations/operation.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';
import { lazySchema } from '../model/lazy-schema.js';

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

const inputSchema = lazySchema(() =>
  z.strictObject({
    identity: identityRefSchema(),
    revokeApiTokens: z.boolean().optional(),
    delete: z.strictObject(deletionFields()).optional(),
  }),
);

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
  endsAccess: true,
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
      satisfied: [...ending.satisfied, ...(deletion?.satisfied ?? [])],
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

  achieved: endedBefore,
  unverifiable: (_input, { unseen }) => unverifiableAccess(unseen),

  remaining: (input, observed) =>
    observed.identity === undefined
      ? []
      : [
          ...remainingAccess(observed),
          ...(input.delete === undefined ? [] : remainingDeletion(input.delete, observed)),
        ],
  async observeAgain(input, before, context) {
    // Tokens are not waited for, and what Atlassian allows has been decided by.
    return { ...(await observeAccess(input.identity, context, before)), tokens: [], deletion: undefined };
  },
  finish: (_input, before, executed) => ({ removed: removedBy(executed, before) }),
};

function parse(input: unknown): CheckedOffboardInput {
  const checked = withoutUndefined(parseInput('offboard', inputSchema(), input)) as CheckedOffboardInput;
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
    await refuseConfirmOfAnother({ identity: input.identity, ...input.delete }, context);
    return { ...observed, tokens: [], deletion: undefined };
  }
  const { account } = observed;
  if (input.delete !== undefined)
    refuseEmailDrift({ identity: observed.identity, ...(account !== undefined && { orgUser: account }) }, context);
  const wantsTokens = input.revokeApiTokens ?? context.clients.admin !== undefined;
  return {
    ...observed,
    tokens: wantsTokens && observed.account?.status !== 'for_deletion' ? await observeTokens(observed, context) : [],
    deletion: input.delete === undefined ? undefined : await withRights(observed, input.delete.scope, context),
  };
}

function deletionSteps(
  { delete: choices }: CheckedOffboardInput,
  { identity, account, deletion, owners }: OffboardObservation,
  after: readonly OperationDraft[],
): DeletionSteps | undefined {
  if (choices === undefined || deletion === undefined) return undefined;
  requireConfirmation(choices.confirm, emailOf(choices.scope, { identity, account }));
  // The plan has the removals from groups before: the deletion is to count only what those leave.
  const record = deletion.record && { ...deletion.record, groups: [] };
  const left = new Set(after.map(({ target }) => target.id));
  const groups = deletion.groups.filter(({ id }) => {
    const owner = owners.get(id);
    return owner === undefined ? !left.has(id) : owner === 'foreign' || owner === 'ambiguous';
  });
  const steps = planDeletion(choices, { ...deletion, record, groups });
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
