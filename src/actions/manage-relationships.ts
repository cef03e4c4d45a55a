import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';
import { identityLockKey } from './input-schemas.js';
import { parseManageRelationships, type CheckedRelationshipsInput } from './manage-relationships-input.js';
import { observePersonAndGroups, type RelationshipsObservation } from './observe-relationships.js';
import { planGroups } from './plan-relationships.js';
import { achievedChange, relationshipOutcomes, type RelationshipsExtra } from './relationship-outcomes.js';
import { subjectOf } from '../plan/subject.js';

/** How a change of groups ends when all went well: `changed`, or `unchanged` when nothing was written. */
export type RelationshipsOutcome = 'changed' | 'unchanged';

/** Puts one person into groups and takes them out of others, each group by the route its origin asks for. */
export const manageRelationships: ActionDefinition<
  CheckedRelationshipsInput,
  RelationshipsObservation,
  RelationshipsOutcome,
  RelationshipsExtra
> = {
  name: 'manageRelationships',
  parse: parseManageRelationships,
  lockKeys: (input) => [identityLockKey(input.identity)],
  observe: observeRelationships,

  plan(input, observed) {
    const steps = planGroups(observed, input.requireBoth === true);
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: steps.operations.length === 0 ? 'unchanged' : 'changed',
      ...steps,
    };
  },

  achieved: achievedChange,

  finish(input, before, executed) {
    return {
      relationships: relationshipOutcomes(planGroups(before, input.requireBoth === true), executed?.operations),
    };
  },
};

async function observeRelationships(
  input: CheckedRelationshipsInput,
  context: ObserveContext,
): Promise<RelationshipsObservation> {
  const observed = await observePersonAndGroups(input.identity, input, false, context);
  if (observed.identity === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);
  return observed;
}
