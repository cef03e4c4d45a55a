import type { OrgGroup } from '../clients/admin/org-group.js';
import { isSynced } from '../identity/group-origin.js';
import { scheduleAccountDeletion } from '../operations/account-lifecycle.js';
import { deleteProvisioningRecords } from '../operations/delete-provisioning-records.js';
import { deleteScimUser } from '../operations/delete-scim-user.js';
import { sameText } from '../identity/identity-ref.js';
import { draft, type LeftGroup, type OperationDraft } from '../operations/operation.js';
import type { BlockedStep, SatisfiedStep } from '../plan/plan.js';
import type { CheckedDeletionInput } from './delete-identity-input.js';
import { isSyncLock, type DeletionObservation } from './observe-deletion.js';

/** The steps of a deletion. */
export interface DeletionSteps {
  readonly operations: readonly OperationDraft[];
  readonly satisfied: readonly SatisfiedStep[];
  readonly blocked: readonly BlockedStep[];
  readonly notes: readonly string[];
}

const NOTHING: DeletionSteps = { operations: [], satisfied: [], blocked: [], notes: [] };

/** Decides what deleting a person takes: the record, and the account after it where that is asked for. Pure. */
export function planDeletion(
  input: Pick<CheckedDeletionInput, 'scope' | 'otherDirectories'>,
  observed: DeletionObservation,
): DeletionSteps {
  if (observed.identity === undefined)
    return { ...NOTHING, notes: ['Nobody was found by this id: a record that was deleted leaves no trace here.'] };
  if (input.scope === 'directory') return recordOnly(observed);
  return wholeAccount(input, observed);
}

function recordOnly(observed: DeletionObservation): DeletionSteps {
  const operation = recordDeletion(observed, []);
  if (operation === undefined)
    return {
      ...NOTHING,
      satisfied: [satisfied('scim.user.delete', observed, 'the directory has no record of the person')],
    };
  return {
    ...NOTHING,
    operations: [operation],
    notes: [
      'Atlassian deactivates the account if the organization manages it, and keeps it; an external account stays as it is.',
    ],
  };
}

function wholeAccount(
  input: Pick<CheckedDeletionInput, 'otherDirectories'>,
  observed: DeletionObservation,
): DeletionSteps {
  const { account, permission, record } = observed;
  if (permission === undefined)
    return blockedAccount(
      observed,
      undefined,
      'the person has no Atlassian account that is known here',
      'Use scope "directory" to delete the record.',
    );
  const scheduled = account?.status === 'for_deletion';
  if (permission.allowed === 'gone' || scheduled) {
    const reason = scheduled ? 'its deletion is scheduled already' : 'the account is deleted';
    const operation = recordDeletion(observed, []);
    return {
      ...NOTHING,
      operations: operation === undefined ? [] : [operation],
      satisfied: [satisfied('account.scheduleDeletion', observed, reason)],
    };
  }

  const foreign = foreignLinks(observed);
  const dropAll = foreign.length > 0 && input.otherDirectories === 'drop-records';
  const refusal = permission.allowed ? undefined : refusalOf(permission.reasonKey, observed, dropAll);
  if (refusal !== undefined) return refusal;

  const first = dropAll ? recordsDrop(observed) : record === undefined ? undefined : recordDeletion(observed, []);
  const before = first === undefined ? [] : [first];
  return {
    ...NOTHING,
    operations: [...before, accountDeletion(observed, before, dropAll)],
    notes: [
      ...(observed.identity?.link === 'unlinked'
        ? ['The record is linked to no account: the account to be deleted was found by the email alone.']
        : []),
      'Atlassian deletes the account for good after 14 days; until then cancelDeletion undoes it, and the email stays taken.',
      ...(first === undefined ? [] : ['The SCIM record is gone at once, and does not come back with cancelDeletion.']),
    ],
  };
}

/** What a fresh look at the account does not show yet of its deletion. Pure. */
export function remainingDeletion(
  { scope }: Pick<CheckedDeletionInput, 'scope'>,
  { account }: Pick<DeletionObservation, 'account'>,
): readonly string[] {
  if (scope === 'directory' || account === undefined || account.status === 'for_deletion') return [];
  return ['the organization does not show the deletion of the account as scheduled yet'];
}

/** A synced account is locked for deletion: that is no hindrance where the plan itself ends the sync. */
function refusalOf(
  reasonKey: string | undefined,
  observed: DeletionObservation,
  dropAll: boolean,
): DeletionSteps | undefined {
  const isLock = isSyncLock(reasonKey);
  const foreign = foreignLinks(observed);
  if (isLock && (dropAll || (observed.record !== undefined && foreign.length === 0))) return undefined;
  if (isLock && foreign.length > 0)
    return blockedAccount(
      observed,
      'externalDirectory.scim',
      `directories of other identity providers have records of the account (${foreign.map(({ scimDirectoryId }) => scimDirectoryId).join(', ')})`,
      'End the sync there, or pass otherDirectories: "drop-records".',
    );
  if (reasonKey === 'forbidden')
    return blockedAccount(
      observed,
      reasonKey,
      'the organization does not manage the account',
      'Only the owner of an external account can delete it. Use deprovisionIdentity to end its access here.',
    );
  return blockedAccount(
    observed,
    reasonKey,
    'Atlassian does not allow the account to be deleted',
    ADVICE.get(reasonKey ?? '') ?? 'See the reason key in Atlassian’s documentation of the User management API.',
  );
}

const ADVICE = new Map<string, string>([
  ['administrative.notMyself', 'The account owns the organization key in use: another administrator must delete it.'],
  ['externalDirectory.google', 'Google Workspace owns the account: take the person out of its sync first.'],
  ['externalDirectory.scim', 'A SCIM directory owns the account: end the sync there first.'],
  ['blocked.exportControl', 'Atlassian has blocked the account; ask its support.'],
]);

function foreignLinks({ links, record }: DeletionObservation): DeletionObservation['links'] {
  return links.filter(({ scimUserId }) => scimUserId !== record?.id);
}

function recordDeletion(observed: DeletionObservation, after: readonly OperationDraft[]): OperationDraft | undefined {
  const { record } = observed;
  if (record === undefined) return undefined;
  return draft(
    deleteScimUser,
    {},
    {
      target: { type: 'identity', id: record.id, name: record.userName },
      reasons: ['the record is to be deleted'],
      after,
      leaves: leftGroups(observed),
    },
  );
}

/** A record that goes takes its person out of every synced group, which is for the guard to weigh. */
function leftGroups({ record, groups }: DeletionObservation): readonly LeftGroup[] {
  return (record?.groups ?? []).map(({ id, name }): LeftGroup => {
    const memberCount = groups.find((group) => sameText(group.name, name))?.userCount;
    return {
      route: 'scim',
      id,
      ...(name !== undefined && { name }),
      ...(memberCount !== undefined && { memberCount }),
    };
  });
}

/** Groups of the organization that the record is not in by SCIM: local ones, and those of other directories. */
function otherGroups({ record, groups }: DeletionObservation): readonly OrgGroup[] {
  return groups.filter(
    (group) => !isSynced(group) || record?.groups.every(({ name }) => !sameText(name, group.name)) !== false,
  );
}

function leftInOrganization(groups: readonly OrgGroup[]): readonly LeftGroup[] {
  return groups.map(({ id, name, userCount }) => ({
    route: 'organization',
    id,
    name,
    ...(userCount !== undefined && { memberCount: userCount }),
  }));
}

function recordsDrop(observed: DeletionObservation): OperationDraft {
  return draft(
    deleteProvisioningRecords,
    {},
    {
      target: target(observed),
      reasons: ['records of several directories lock the account, and all are to be dropped'],
      leaves: [...leftGroups(observed), ...leftInOrganization(otherGroups(observed).filter(isSynced))],
    },
  );
}

function accountDeletion(
  observed: DeletionObservation,
  after: readonly OperationDraft[],
  dropsAll: boolean,
): OperationDraft {
  return draft(
    scheduleAccountDeletion,
    {},
    {
      target: target(observed),
      changes: [{ attribute: 'status', from: observed.account?.status ?? null, to: 'for_deletion' }],
      reasons: ['the account is to be deleted for good'],
      after,
      leaves: leftInOrganization(otherGroups(observed).filter((group) => !dropsAll || !isSynced(group))),
    },
  );
}

function blockedAccount(
  observed: DeletionObservation,
  reasonKey: string | undefined,
  reason: string,
  advice: string,
): DeletionSteps {
  const step: BlockedStep = {
    kind: 'account.scheduleDeletion',
    target: target(observed),
    code: 'action_blocked',
    reason,
    ...(reasonKey !== undefined && { reasonKey }),
    advice,
  };
  return { ...NOTHING, blocked: [step] };
}

function satisfied(kind: string, observed: DeletionObservation, reason: string): SatisfiedStep {
  return { kind, target: target(observed), reason };
}

/** The email by which a person to be deleted is known: that of the account, where the account is to go. */
export function emailOf(
  scope: CheckedDeletionInput['scope'],
  { identity, account }: Pick<DeletionObservation, 'identity' | 'account'>,
): string | undefined {
  const ofPerson = identity?.email?.value;
  return scope === 'account' ? (account?.email ?? ofPerson) : (ofPerson ?? account?.email);
}

function target({ identity, account }: DeletionObservation): BlockedStep['target'] {
  const id = identity?.accountId?.value;
  const name = account?.email ?? identity?.email?.value;
  return { type: 'account', ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
}
