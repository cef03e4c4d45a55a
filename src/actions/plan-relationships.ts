import type { ScimUser } from '../clients/scim/scim-user.js';
import { draft, type OperationDraft } from '../operations/operation.js';
import { addToOrgGroup, removeFromOrgGroup } from '../operations/org-group-membership.js';
import { addToScimGroup, removeFromScimGroup } from '../operations/scim-group-membership.js';
import type { BlockedStep, SatisfiedStep } from '../plan/plan.js';
import { groupWrite, type GroupWrite } from './group-write.js';
import type { GroupWish } from './group-wish.js';
import { groupOf, type RelationshipsObservation } from './observe-relationships.js';

/** The part of a plan that is about groups. */
export interface GroupSteps {
  readonly operations: readonly OperationDraft[];
  readonly satisfied: readonly SatisfiedStep[];
  readonly blocked: readonly BlockedStep[];
  readonly notes: readonly string[];
}

type PossibleWrite = Extract<GroupWrite, { possible: true }>;

/**
 * Decides what to write for each group wanted. Removals come first, for they may free a seat that an addition takes.
 *
 * `createdBy` is the operation that creates the person's record in the same plan, where there is none yet.
 */
export function planGroups(
  observed: RelationshipsObservation,
  requireBoth: boolean,
  createdBy?: OperationDraft,
): GroupSteps {
  const operations: OperationDraft[] = [];
  const satisfied: SatisfiedStep[] = [];
  const blocked: BlockedStep[] = [];
  const notes: string[] = [];
  const removalsFirst = [...observed.wishes].sort((one, other) => rank(one) - rank(other));

  for (const wish of removalsFirst) {
    const write = groupWrite(wish, requireBoth);
    if (!write.possible) {
      blocked.push(blockedStep(wish, write));
      continue;
    }
    if (write.route === 'scim' && observed.record === undefined && createdBy === undefined) {
      blocked.push(blockedStep(wish, withoutRecord(write)));
      continue;
    }
    const conflict = groupOf(wish)?.conflict;
    if (conflict !== undefined) notes.push(`"${write.name}": ${conflict}`);

    if (isSatisfied(wish, write, observed)) satisfied.push(satisfiedStep(wish, write));
    else operations.push(operationFor(wish, write, createdBy === undefined ? [] : [createdBy]));
  }
  const { record, identity } = observed;
  const addsSynced = operations.some(({ kind }) => kind === addToScimGroup.kind);
  if (addsSynced && record !== undefined && identity?.link === 'unlinked')
    notes.push('The record is linked to no account: synced groups give access once Atlassian has linked it.');
  return { operations, satisfied, blocked, notes };
}

function withoutRecord({ name }: PossibleWrite): Extract<GroupWrite, { possible: false }> {
  return {
    possible: false,
    name,
    code: 'identity_not_found',
    reason: `"${name}" is owned by the SCIM directory, and the person has no record there`,
    advice: 'Run syncIdentity first; it creates the record.',
  };
}

function rank({ change }: GroupWish): number {
  return change === 'remove' ? 0 : 1;
}

/** Whether nothing is to be written: by what is read and, where the organization trails behind, by what was written too. */
function isSatisfied(
  { change }: GroupWish,
  write: PossibleWrite,
  { record, localMemberships, lately }: RelationshipsObservation,
): boolean {
  const wanted = change === 'add';
  if (write.route === 'scim') return inScimGroup(record, write.scimGroupId) === wanted;
  const written = lately.get(write.orgGroupId);
  return localMemberships.has(write.orgGroupId) === wanted && (written === undefined || written === wanted);
}

function inScimGroup(record: ScimUser | undefined, id: string): boolean {
  return record?.groups.some((group) => group.id === id) === true;
}

function operationFor(wish: GroupWish, write: PossibleWrite, after: readonly OperationDraft[]): OperationDraft {
  const { change } = wish;
  const memberCount = groupOf(wish)?.memberCount;
  const details = {
    target: { type: 'group', id: write.route === 'scim' ? write.scimGroupId : write.orgGroupId, name: write.name },
    changes: [{ attribute: 'member', from: change === 'remove', to: change === 'add' }],
    reasons: [
      `the person ${change === 'add' ? 'is not a member and is to be one' : 'is a member and is not to be one'}`,
      write.route === 'scim' ? 'the group is owned by the SCIM directory' : 'the group is kept in the organization',
    ],
    after,
    ...(change === 'remove' && { memberCount }),
  } as const;
  if (write.route === 'scim') {
    const input = { groupId: write.scimGroupId, groupName: write.name };
    return draft(change === 'add' ? addToScimGroup : removeFromScimGroup, input, details);
  }
  const input = { directoryId: write.orgDirectoryId, groupId: write.orgGroupId, groupName: write.name };
  return draft(change === 'add' ? addToOrgGroup : removeFromOrgGroup, input, details);
}

function satisfiedStep({ change }: GroupWish, write: PossibleWrite): SatisfiedStep {
  return {
    kind: `${write.route === 'scim' ? 'scim' : 'org'}.group.${change}Member`,
    target: { type: 'group', id: write.route === 'scim' ? write.scimGroupId : write.orgGroupId, name: write.name },
    reason: `${change === 'add' ? 'is a member already' : 'is not a member'}${write.route === 'scim' ? '' : AS_SHOWN}`,
  };
}

/** A change by somebody else that the organization does not show yet cannot be seen from here. */
const AS_SHOWN = ', as the organization shows it; its search can be a minute behind a change by somebody else';

function blockedStep({ change, choice }: GroupWish, write: Extract<GroupWrite, { possible: false }>): BlockedStep {
  const id = choice.scimGroupId ?? choice.orgGroupId;
  return {
    kind: `group.${change}Member`,
    target: { type: 'group', ...(id !== undefined && { id }), name: write.name },
    code: write.code,
    reason: write.reason,
    ...(write.advice !== undefined && { advice: write.advice }),
  };
}
