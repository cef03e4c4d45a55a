import { z } from 'zod';
import { refuseExternalIdOfAnother } from '../actions/identity-collisions.js';
import { identityLockKey, identityRefSchema, withoutUndefined } from '../actions/input-schemas.js';
import {
  checkedGroups,
  groupFields,
  type CheckedGroups,
  type ManageRelationshipsInput,
} from '../actions/manage-relationships-input.js';
import { observePersonAndGroups, type RelationshipsObservation } from '../actions/observe-relationships.js';
import { parseInput } from '../actions/parse-input.js';
import type { PersonAttributes } from '../actions/person-attributes.js';
import { planGroups, type GroupSteps } from '../actions/plan-relationships.js';
import { planUpdateRecord } from '../actions/plan-update-record.js';
import { recordMissing } from '../actions/record-missing.js';
import { achievedChange, relationshipOutcomes, type RelationshipsExtra } from '../actions/relationship-outcomes.js';
import { subjectOf } from '../plan/subject.js';
import { hintFor, personFields, personHints, type CheckedSyncInput } from '../actions/sync-identity-input.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';
import type { PlanDraft } from '../plan/build-plan.js';
import { lazySchema } from '../model/lazy-schema.js';

/** A person's new attributes and groups. */
export interface ChangeRoleInput extends ManageRelationshipsInput {
  /** Attributes that change. Not the email: that is a rename, for syncIdentity. */
  readonly attributes?: PersonAttributes | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedChangeRoleInput = CheckedGroups & {
  readonly identity: IdentityRef & JsonObject;
  readonly attributes: PersonAttributes & JsonObject;
} & JsonObject;

const attributeHints: z.core.$ZodErrorMap = (issue) =>
  hintFor(issue, 'email', '`email` is not an attribute here: a change of it is a rename, for syncIdentity') ??
  personHints(issue);

const inputSchema = lazySchema(() =>
  z.strictObject({
    identity: identityRefSchema(),
    attributes: z.strictObject(personFields(), { error: attributeHints }).optional(),
    ...groupFields(),
  }),
);

/**
 * Changes a person's attributes and groups, as one plan with one approval.
 *
 * Removals come first, for they may free a seat, and one group that fails stops no other: an addition that fails can
 * leave the person in neither group, and the result is `partial`. Where that may not be, add first and remove in a second
 * call, once that one ended as intended.
 *
 * Called again it does what is left to do, and nothing twice.
 */
export const changeRole: ActionDefinition<
  CheckedChangeRoleInput,
  RelationshipsObservation,
  'changed' | 'unchanged',
  RelationshipsExtra
> = {
  name: 'changeRole',

  parse(input) {
    const { identity, attributes, ...groups } = parseInput('changeRole', inputSchema(), input);
    return {
      identity,
      attributes: withoutUndefined(attributes ?? {}),
      ...checkedGroups('changeRole', groups),
    } as CheckedChangeRoleInput;
  },

  lockKeys: ({ identity }) => [identityLockKey(identity)],
  observe,

  plan(input, observed) {
    const attributes = attributeSteps(input, observed);
    const groups = groupSteps(input, observed);
    const operations = [...(attributes?.operations ?? []), ...groups.operations];
    return {
      ...groups,
      subject: subjectOf(observed.identity),
      intendedOutcome: operations.length === 0 ? 'unchanged' : 'changed',
      operations,
      notes: [...(attributes?.notes ?? []), ...groups.notes],
    };
  },

  achieved: achievedChange,

  finish: (input, before, executed) => ({
    relationships: relationshipOutcomes(groupSteps(input, before), executed?.operations),
  }),
};

async function observe(input: CheckedChangeRoleInput, context: ObserveContext): Promise<RelationshipsObservation> {
  const observed = await observePersonAndGroups(input.identity, input, hasAttributes(input), context);
  const { identity, record } = observed;
  if (identity === undefined || (hasAttributes(input) && record === undefined))
    throw recordMissing(input.identity, identity);
  if (record !== undefined) await refuseExternalIdOfAnother(record, input.attributes.externalId, context);
  return observed;
}

function hasAttributes({ attributes }: CheckedChangeRoleInput): boolean {
  return Object.keys(attributes).length > 0;
}

function attributeSteps(
  input: CheckedChangeRoleInput,
  { identity, record }: RelationshipsObservation,
): PlanDraft | undefined {
  if (record === undefined || !hasAttributes(input)) return undefined;
  // The record as it is, under its own name: this is no rename.
  const asIs = { ...record, userName: record.primaryEmail ?? record.userName };
  const wanted = { email: asIs.userName, ...input.attributes } as CheckedSyncInput;
  const observed = { identity, record: asIs, account: undefined, domains: undefined };
  return planUpdateRecord(wanted, observed, asIs);
}

function groupSteps(input: CheckedChangeRoleInput, observed: RelationshipsObservation): GroupSteps {
  return planGroups(observed, input.requireBoth === true);
}
