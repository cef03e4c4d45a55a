import { z } from 'zod';
import type { GroupChoice } from '../actions/input-schemas.js';
import { withoutUndefined } from '../actions/input-schemas.js';
import { checkedGroups, groupListSchema, type CheckedGroups } from '../actions/manage-relationships-input.js';
import {
  observeGroups,
  latelyWritten,
  observeLocalMemberships,
  type RelationshipsObservation,
} from '../actions/observe-relationships.js';
import { observeSync, type SyncObservation } from '../actions/observe-sync-identity.js';
import { parseInput } from '../actions/parse-input.js';
import { planGroups, type GroupSteps } from '../actions/plan-relationships.js';
import { planSyncIdentity } from '../actions/plan-sync-identity.js';
import { achievedChange, relationshipOutcomes, type RelationshipsExtra } from '../actions/relationship-outcomes.js';
import { newRecordNotes, syncIdentity } from '../actions/sync-identity.js';
import {
  personHints,
  syncIdentityFields,
  type CheckedSyncInput,
  type SyncIdentityInput,
} from '../actions/sync-identity-input.js';
import type { JsonObject } from '../model/json.js';
import { createScimUser } from '../operations/create-scim-user.js';
import type { ActionDefinition, ObserveContext } from '../plan/action-definition.js';
import type { PlanDraft } from '../plan/build-plan.js';
import { lazySchema } from '../model/lazy-schema.js';

/** A new person with the groups they start in. */
export interface OnboardInput extends SyncIdentityInput {
  /** Names, or names and ids with a route. Groups must exist. */
  readonly groups?: readonly (string | GroupChoice)[] | undefined;
  /** `true` refuses a group that is not both in the SCIM directory and in the organization. */
  readonly requireBoth?: boolean | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedOnboardInput = { readonly person: CheckedSyncInput; readonly groups: CheckedGroups } & JsonObject;

/** What {@link onboard} reads before it decides. */
export interface OnboardObservation extends RelationshipsObservation {
  readonly sync: SyncObservation;
}

const inputSchema = lazySchema(() =>
  z.strictObject(
    {
      ...syncIdentityFields(),
      groups: groupListSchema(),
      requireBoth: z.boolean().optional(),
    },
    { error: personHints },
  ),
);

const checkedSchema = lazySchema(() => z.strictObject({ person: z.looseObject({}), groups: z.looseObject({}) }));

/**
 * Creates or updates a person and puts them into their groups, as one plan with one approval.
 *
 * Called again it does what is left to do, and nothing twice.
 */
export const onboard: ActionDefinition<
  CheckedOnboardInput,
  OnboardObservation,
  'onboarded' | 'unchanged',
  RelationshipsExtra
> = {
  name: 'onboard',
  parse,
  lockKeys: ({ person }) => syncIdentity.lockKeys(person),
  observe,

  plan(input, observed) {
    const { sync, groups } = draftsOf(input, observed);
    const operations = [...sync.operations, ...groups.operations];
    return {
      subject: sync.subject,
      intendedOutcome: operations.length === 0 ? 'unchanged' : 'onboarded',
      operations,
      satisfied: groups.satisfied,
      blocked: [...(sync.blocked ?? []), ...(sync.blockedStopsAll === true ? [] : groups.blocked)],
      blockedStopsAll: sync.blockedStopsAll ?? false,
      notes: [...(sync.notes ?? []), ...groups.notes],
    };
  },

  achieved: achievedChange,
  notesAfter: newRecordNotes,

  finish: (input, before, executed) => ({
    relationships: relationshipOutcomes(draftsOf(input, before).groups, executed?.operations),
  }),
};

/**
 * Takes what a caller says, `{ email, …, groups, requireBoth }`, and the checked form that a stored plan holds,
 * `{ person, groups }`. They cannot be taken for each other: a caller's `groups` is a list, and there is no `person`.
 */
function parse(input: unknown): CheckedOnboardInput {
  const stored = checkedSchema().safeParse(input);
  const { groups, requireBoth, ...person } = parseInput(
    'onboard',
    inputSchema(),
    stored.success
      ? { ...stored.data.person, groups: stored.data.groups.add, requireBoth: stored.data.groups.requireBoth }
      : input,
  );
  return {
    person: withoutUndefined(person) as CheckedSyncInput,
    groups: checkedGroups('onboard', { add: groups, requireBoth }),
  } as CheckedOnboardInput;
}

async function observe(input: CheckedOnboardInput, context: ObserveContext): Promise<OnboardObservation> {
  const sync = await observeSync(input.person, context, 'onboard');
  const wishes = await observeGroups(input.groups, sync.record, context);
  const accountId = sync.identity?.accountId?.value;
  return {
    sync,
    identity: sync.identity,
    record: sync.record,
    wishes,
    localMemberships: await observeLocalMemberships(wishes, accountId, input.groups, context),
    lately: latelyWritten(sync.identity, context),
  };
}

function draftsOf(
  input: CheckedOnboardInput,
  observed: OnboardObservation,
): { readonly sync: PlanDraft; readonly groups: GroupSteps } {
  const sync = planSyncIdentity(input.person, observed.sync);
  const createdBy = sync.operations.find(({ kind }) => kind === createScimUser.kind);
  return { sync, groups: planGroups(observed, input.groups.requireBoth === true, createdBy) };
}
