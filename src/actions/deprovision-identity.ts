import { z } from 'zod';
import type { ManagedApiToken } from '../clients/admin/managed-api-token.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import type { ExecutedPlan } from '../plan/execute-plan.js';
import { identityLockKey, identityRefSchema, withoutUndefined } from './input-schemas.js';
import { ACCOUNT_UNSEEN, observeAccess, type AccessObservation } from './observe-access.js';
import { parseInput } from './parse-input.js';
import { planDeprovision } from './plan-deprovision.js';
import { observeTokens, planTokenRevocation, tokenNotes } from './api-tokens.js';
import { removedBy, type RestorePoint } from './restore-point.js';
import { remainingAccess } from './remaining-access.js';
import { subjectOf } from '../plan/subject.js';
import { lazySchema } from '../model/lazy-schema.js';

/** What a deprovisioning may do beside the usual. */
export interface DeprovisionChoices {
  /** `true` revokes the account's API tokens too; they cannot be given back. Managed accounts only. Default `false`. */
  readonly revokeApiTokens?: boolean | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedDeprovisionInput = {
  readonly identity: IdentityRef & JsonObject;
  readonly revokeApiTokens?: boolean;
} & JsonObject;

/** What {@link deprovisionIdentity} reads before it decides. */
export interface DeprovisionObservation extends AccessObservation {
  /** Tokens to revoke; empty unless they were asked for. */
  readonly tokens: readonly ManagedApiToken[];
}

/** How a deprovisioning ends when all went well: `unchanged` when access had ended before. */
export type DeprovisionOutcome = 'deprovisioned' | 'unchanged';

/** What the result of a deprovisioning tells beside the rest. */
export interface DeprovisionExtra {
  /** What was taken away; hand it to reactivateIdentity to give it back. */
  readonly removed: RestorePoint;
}

const inputSchema = lazySchema(() =>
  z.strictObject({ identity: identityRefSchema(), revokeApiTokens: z.boolean().optional() }),
);

/** Ends a person's access and keeps the identity: inactive, in no group, account, history and links kept. */
export const deprovisionIdentity: ActionDefinition<
  CheckedDeprovisionInput,
  DeprovisionObservation,
  DeprovisionOutcome,
  DeprovisionExtra
> = {
  name: 'deprovisionIdentity',
  endsAccess: true,
  parse: (input) =>
    withoutUndefined(parseInput('deprovisionIdentity', inputSchema(), input)) as CheckedDeprovisionInput,
  lockKeys: (input) => [identityLockKey(input.identity)],

  async observe(input, context) {
    const observed = await observeAccess(input.identity, context);
    if (observed.identity === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);
    return { ...observed, tokens: input.revokeApiTokens === true ? await observeTokens(observed, context) : [] };
  },

  plan(input, observed) {
    const { operations: ending, satisfied, blocked, notes } = planDeprovision(observed);
    const operations = [...ending, ...planTokenRevocation(observed, observed.tokens)];
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: operations.length === 0 ? 'unchanged' : 'deprovisioned',
      operations,
      satisfied,
      blocked,
      notes: input.revokeApiTokens === true ? [...notes, ...tokenNotes(observed)] : notes,
    };
  },

  achieved: endedBefore,
  remaining: (_input, observed) => remainingAccess(observed),
  unverifiable: (_input, { unseen }) => unverifiableAccess(unseen),
  async observeAgain(input, before, context) {
    // Tokens are not waited for.
    return { ...(await observeAccess(input.identity, context, before)), tokens: [] };
  },
  finish: (_input, before, executed) => ({ removed: removedBy(executed, before) }),
};

/** What a run came to that found everything so already: a search had shown what was before. */
export function endedBefore<Outcome extends string>(
  intended: Outcome,
  { operations }: ExecutedPlan,
): Outcome | 'unchanged' {
  return operations.every(({ outcome }) => outcome === 'already') ? 'unchanged' : intended;
}

/** What keeps an end of access from being verified, however it looks: groups and accounts that nobody here can read. */
export function unverifiableAccess(unseen: readonly string[]): readonly string[] {
  // Without the directory key the organization shows all that matters: the account, and its groups of every origin.
  return unseen.filter((what) => what === ACCOUNT_UNSEEN);
}
