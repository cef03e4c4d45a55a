import type { OrgGroup } from '../clients/admin/org-group.js';
import { isSynced } from '../identity/group-origin.js';
import { sameText } from '../identity/identity-ref.js';
import { disableAccount } from '../operations/account-lifecycle.js';
import { suspendInDirectory } from '../operations/directory-access.js';
import { draft, type OperationDraft } from '../operations/operation.js';
import { removeFromOrgGroup } from '../operations/org-group-membership.js';
import { removeFromScimGroup } from '../operations/scim-group-membership.js';
import { deactivateScimUser } from '../operations/set-scim-user-active.js';
import type { BlockedStep, SatisfiedStep } from '../plan/plan.js';
import type { GroupOwner } from './group-owners.js';
import type { AccessObservation } from './observe-access.js';
import { mayBeActive, type DirectoryMembership } from './observe-directory-memberships.js';

/** The steps that end a person's access and keep their identity. */
export interface DeprovisionSteps {
  readonly operations: readonly OperationDraft[];
  /** Those of the operations that switch the person off, before any group is left. */
  readonly states: readonly OperationDraft[];
  /** What had ended before. */
  readonly satisfied: readonly SatisfiedStep[];
  readonly blocked: readonly BlockedStep[];
  readonly notes: readonly string[];
}

/** What no API can do; said in every result, so that nobody takes a deactivation for more than it is. */
const SESSIONS_NOTE =
  'No public API ends web sessions. Deactivation blocks sign-in; an admin can reset sessions in the console, per authentication policy.';

/** Decides how a person's access ends: the state first, so that access is cut at once, then every group. Pure. */
export function planDeprovision(observed: AccessObservation): DeprovisionSteps {
  // The account before the record: writing an unlinked record can link it, which locks the account.
  const states = [...accountState(observed), ...recordState(observed)];
  const synced = syncedRemovals(observed);
  const organization = organizationRemovals(observed);
  return {
    operations: [...states, ...synced, ...organization.operations],
    states,
    satisfied: endedStates(observed, states),
    blocked: [...lockedState(observed), ...organization.blocked],
    notes: [SESSIONS_NOTE, ...observed.doubts, ...kindNotes(observed)],
  };
}

/** The states that are ended already, which tells a person of whom nothing is left to end from one with nothing done. */
function endedStates(
  { record, account, memberships }: AccessObservation,
  states: readonly OperationDraft[],
): SatisfiedStep[] {
  if (states.length > 0) return [];
  const steps: SatisfiedStep[] = [];
  if (record !== undefined)
    steps.push({
      kind: deactivateScimUser.kind,
      target: { type: 'identity', id: record.id, name: record.userName },
      reason: 'the record is inactive already',
    });
  else if (account?.accountStatus !== undefined && account.accountStatus !== 'active')
    steps.push({
      kind: disableAccount.kind,
      target: { type: 'account', id: account.accountId, ...(account.email !== undefined && { name: account.email }) },
      reason: 'the account is not active already',
    });
  for (const { directory } of memberships)
    steps.push({
      kind: suspendInDirectory.kind,
      target: { type: 'account', id: account?.accountId ?? '', name: directory.name ?? directory.id },
      reason: 'the person is suspended in the directory already',
    });
  return steps;
}

function recordState({ record }: AccessObservation): OperationDraft[] {
  if (record?.active !== true) return [];
  return [
    draft(
      deactivateScimUser,
      {},
      {
        target: { type: 'identity', id: record.id, name: record.userName },
        changes: [{ attribute: 'active', from: true, to: false }],
        reasons: ['the record is active'],
      },
    ),
  ];
}

/** An account that SCIM does not switch off is switched off where it can be: managed ones themselves, others here only. */
function accountState(observed: AccessObservation): OperationDraft[] {
  const { account, record, memberships } = observed;
  if (account === undefined) return [];
  if (account.claimStatus === 'unmanaged')
    return memberships.filter(mayBeActive).map((membership) => suspension(observed, membership));

  const switchedByScim = record?.accountId === account.accountId;
  if (switchedByScim || observed.locked === SCIM_LOCK || !mayBeSwitchedOff(observed)) return [];
  return [
    draft(
      disableAccount,
      {},
      {
        target: { type: 'account', id: account.accountId, ...(account.email !== undefined && { name: account.email }) },
        changes: [{ attribute: 'accountStatus', from: account.accountStatus ?? null, to: 'inactive' }],
        reasons: [
          account.accountStatus === undefined
            ? 'Atlassian did not say whether the account is active, and no SCIM record switches it'
            : 'the account is managed and active, and no SCIM record switches it',
        ],
      },
    ),
  ];
}

const SCIM_LOCK = 'externalDirectory.scim';

/** An account that only its record switches off, where the key of the directory is not there to do it. */
function lockedState(observed: AccessObservation): BlockedStep[] {
  const { account, locked } = observed;
  if (account === undefined || locked !== SCIM_LOCK || !mayBeSwitchedOff(observed)) return [];
  return [
    {
      kind: disableAccount.kind,
      target: { type: 'account', id: account.accountId, ...(account.email !== undefined && { name: account.email }) },
      code: 'capability_missing',
      reason:
        'the account stays active: it is switched by its record in a SCIM directory, and no SCIM directory key is configured',
      reasonKey: locked,
      advice: 'Configure `scim: { url, token }` of the directory that syncs the account, and call again.',
    },
  ];
}

/** What is not known counts as active, and so does what a search shows that may not have followed: nothing is lost by it. */
function mayBeSwitchedOff({ account, shownActive }: AccessObservation): boolean {
  if (account === undefined || account.status === 'for_deletion') return false;
  return shownActive || account.accountStatus === 'active' || account.accountStatus === undefined;
}

function suspension(
  { account }: AccessObservation,
  { directory, status, lately }: DirectoryMembership,
): OperationDraft {
  return draft(
    suspendInDirectory,
    { directoryId: directory.id },
    {
      target: { type: 'account', id: account?.accountId ?? '', name: directory.name ?? directory.id },
      changes: [{ attribute: 'membershipStatus', from: lately ?? status ?? null, to: 'suspended' }],
      reasons: ['the account is not managed by the organization, which can only suspend its access here'],
    },
  );
}

function syncedRemovals({ record, groups }: AccessObservation): OperationDraft[] {
  return (record?.groups ?? []).map(({ id, name }) =>
    draft(
      removeFromScimGroup,
      { groupId: id, groupName: name ?? id },
      {
        target: { type: 'group', id, ...(name !== undefined && { name }) },
        changes: [{ attribute: 'member', from: true, to: false }],
        reasons: ['the person is a member', 'the group is owned by the SCIM directory'],
        memberCount: groups.find((group) => sameText(group.name, name))?.userCount,
      },
    ),
  );
}

function organizationRemovals(observed: AccessObservation): Pick<DeprovisionSteps, 'operations' | 'blocked'> {
  const operations: OperationDraft[] = [];
  const blocked: BlockedStep[] = [];
  for (const group of observed.groups) {
    if (isSynced(group)) {
      const why = WHY_IT_STAYS[observed.owners.get(group.id) ?? 'foreign'];
      if (observed.withoutScim) blocked.push(stays(group, WITHOUT_SCIM, ADD_SCIM));
      else if (why !== undefined) blocked.push(stays(group, why));
    } else if (group.managementAccess?.modifiable === false)
      blocked.push(stays(group, 'Atlassian keeps its members locked'));
    else if (group.directoryId === undefined)
      blocked.push(stays(group, 'Atlassian did not say which directory holds it'));
    else operations.push(organizationRemoval(group, group.directoryId));
  }
  return { operations, blocked };
}

const WITHOUT_SCIM = 'a SCIM directory owns its members, and no SCIM directory key is configured';
const ADD_SCIM = 'Configure `scim: { url, token }` of the directory that owns it, or remove them where it is managed.';

/** Why a synced group cannot be left here; SCIM takes the person out of the rest. */
const WHY_IT_STAYS: Readonly<Record<GroupOwner, string | undefined>> = {
  ours: undefined,
  trailing:
    'the SCIM directory has them out of it, and the organization has not followed; it may do so within some minutes',
  ambiguous: 'two directories sync a group of this name, and nothing tells which of them this is',
  foreign: 'another directory owns its members',
};

function organizationRemoval(group: OrgGroup, directoryId: NonNullable<OrgGroup['directoryId']>): OperationDraft {
  return draft(
    removeFromOrgGroup,
    { directoryId, groupId: group.id, groupName: group.name },
    {
      target: { type: 'group', id: group.id, name: group.name },
      changes: [{ attribute: 'member', from: true, to: false }],
      reasons: ['the person is a member', 'the group is kept in the organization'],
      memberCount: group.userCount,
    },
  );
}

function stays(
  group: OrgGroup,
  why: string,
  advice = 'Remove them where the group is managed; a deactivated account has no use of it meanwhile.',
): BlockedStep {
  return {
    kind: 'group.removeMember',
    target: { type: 'group', id: group.id, name: group.name },
    code: 'group_not_writable',
    reason: `the person stays in "${group.name}": ${why}`,
    advice,
  };
}

function kindNotes({ account, record, identity, unseen }: AccessObservation): string[] {
  const notes = [...unseen];
  if (account?.claimStatus === 'unmanaged')
    notes.push(
      'The account is not managed by the organization: it is suspended in the directory, and stays active elsewhere.',
    );
  if (record?.active === false && record.accountId === account?.accountId && account?.accountStatus === 'active')
    notes.push(
      'The record is inactive, and the organization shows its account as active: its reads may trail behind. If it stays so, reactivate and deprovision again.',
    );
  if (record !== undefined && identity?.accountId === undefined)
    notes.push('The record is not linked to an account: groups of the organization cannot be looked up for it.');
  return notes;
}
