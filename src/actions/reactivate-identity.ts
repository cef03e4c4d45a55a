import { z } from 'zod';
import type { OrgUser } from '../clients/admin/org-user.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { enableAccount } from '../operations/account-lifecycle.js';
import { restoreInDirectory } from '../operations/directory-access.js';
import { draft, type OperationDraft, type OperationTarget } from '../operations/operation.js';
import { addToOrgGroup } from '../operations/org-group-membership.js';
import { addToScimGroup } from '../operations/scim-group-membership.js';
import { activateScimUser } from '../operations/set-scim-user-active.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import type { BlockedStep } from '../plan/plan.js';
import { identityLockKey, identityRefSchema, withoutUndefined } from './input-schemas.js';
import { observeAccess, type AccessObservation } from './observe-access.js';
import { parseInput } from './parse-input.js';
import type { RemovedGroup, RestorePoint } from './restore-point.js';
import { subjectOf } from '../plan/subject.js';

/** What a reactivation may give back beside the state. */
export interface ReactivationChoices {
  /** `removed` of an earlier deprovisioning: its memberships are given back too. */
  readonly restore?: RestorePoint | undefined;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedReactivationInput = {
  readonly identity: IdentityRef & JsonObject;
  readonly restore?: RestorePoint;
} & JsonObject;

/** How a reactivation ends when all went well. */
export type ReactivationOutcome = 'reactivated' | 'unchanged';

const id = z.string().min(1);

const restorePointSchema = z.object({
  deactivated: z.array(z.enum(['record', 'account', 'directory-access'])),
  directories: z.array(id).optional(),
  groups: z.array(
    z.discriminatedUnion('route', [
      z.object({ route: z.literal('scim'), name: id, scimGroupId: id }),
      z.object({ route: z.literal('organization'), name: id, orgGroupId: id, orgDirectoryId: id }),
    ]),
  ),
});

const inputSchema = z.strictObject({ identity: identityRefSchema, restore: restorePointSchema.optional() });

/** Makes a person active again and, given what an earlier deprovisioning took, gives the memberships back. */
export const reactivateIdentity: ActionDefinition<
  CheckedReactivationInput,
  AccessObservation,
  ReactivationOutcome,
  object
> = {
  name: 'reactivateIdentity',
  parse: (input) =>
    withoutUndefined(parseInput('reactivateIdentity', inputSchema, input)) as unknown as CheckedReactivationInput,
  lockKeys: (input) => [identityLockKey(input.identity)],

  async observe(input, context) {
    const observed = await observeAccess(input.identity, context);
    if (observed.identity === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);
    return observed;
  },

  plan(input, observed) {
    const deletion = scheduledDeletion(observed);
    const stops = deletion.length > 0;
    const removed = stops ? [] : (input.restore?.groups ?? []);
    const states = stops ? [] : stateOperations(observed, input.restore);
    const operations = [...states, ...membershipOperations(observed, removed, states)];
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: operations.length === 0 ? 'unchanged' : 'reactivated',
      operations,
      blocked: [...deletion, ...withoutRecord(observed, removed)],
      blockedStopsAll: stops,
      notes: notes(observed, input.restore),
    };
  },

  finish: () => ({}),
};

function scheduledDeletion({ account }: AccessObservation): BlockedStep[] {
  if (account?.status !== 'for_deletion') return [];
  return [
    {
      kind: 'account.enable',
      target: { type: 'account', id: account.accountId },
      code: 'action_blocked',
      reason: 'the deletion of the account is scheduled',
      advice: 'Use cancelDeletion; it activates the account too.',
    },
  ];
}

function withoutRecord({ record }: AccessObservation, removed: readonly RemovedGroup[]): BlockedStep[] {
  if (record !== undefined) return [];
  return removed
    .filter((group) => group.route === 'scim')
    .map(({ scimGroupId, name }) => ({
      kind: 'scim.group.addMember',
      target: { type: 'group', id: scimGroupId, name },
      code: 'identity_not_found',
      reason: `"${name}" is owned by the SCIM directory, and the person has no record there`,
      advice: 'Run syncIdentity first; it creates the record.',
    }));
}

/** Ends every inactive state or, given what an earlier deprovisioning took, only those that it brought about. */
function stateOperations(observed: AccessObservation, restore: RestorePoint | undefined): OperationDraft[] {
  // One state of the person, whichever way it was reached: the account may have got or lost its record since.
  const isPersonToEnd = isToEnd('record', restore) || isToEnd('account', restore);
  return [
    ...(isPersonToEnd ? [...recordActivation(observed), ...accountActivation(observed)] : []),
    ...(isToEnd('directory-access', restore) ? accessRestorations(observed, restore) : []),
  ];
}

function isToEnd(state: RestorePoint['deactivated'][number], restore: RestorePoint | undefined): boolean {
  return restore?.deactivated.includes(state) ?? true;
}

function recordActivation({ record }: AccessObservation): OperationDraft[] {
  if (record?.active !== false) return [];
  return [
    draft(
      activateScimUser,
      {},
      {
        target: { type: 'identity', id: record.id, name: record.userName },
        changes: [{ attribute: 'active', from: false, to: true }],
        reasons: ['the record is inactive'],
      },
    ),
  ];
}

function accountActivation({ record, account }: AccessObservation): OperationDraft[] {
  const switchedByScim = record?.accountId === account?.accountId;
  if (account === undefined || account.claimStatus === 'unmanaged' || switchedByScim) return [];
  if (account.accountStatus !== 'inactive') return [];
  return [
    draft(
      enableAccount,
      {},
      {
        target: accountTarget(account),
        changes: [{ attribute: 'accountStatus', from: 'inactive', to: 'active' }],
        reasons: ['the account is deactivated, and no SCIM record switches it'],
      },
    ),
  ];
}

function accessRestorations(
  { account, memberships }: AccessObservation,
  restore: RestorePoint | undefined,
): OperationDraft[] {
  if (account?.claimStatus !== 'unmanaged') return [];
  return memberships
    .filter(({ directory, status }) => status === 'suspended' && (restore?.directories?.includes(directory.id) ?? true))
    .map(({ directory }) =>
      draft(
        restoreInDirectory,
        { directoryId: directory.id },
        {
          target: accountTarget(account),
          changes: [{ attribute: 'membershipStatus', from: 'suspended', to: 'active' }],
          reasons: ['the external account is suspended in the directory'],
        },
      ),
    );
}

function accountTarget({ accountId, email }: OrgUser): OperationTarget {
  return { type: 'account', id: accountId, ...(email !== undefined && { name: email }) };
}

function membershipOperations(
  { record, groups }: AccessObservation,
  removed: readonly RemovedGroup[],
  after: readonly OperationDraft[],
): OperationDraft[] {
  const reasons = ['an earlier deprovisioning took the membership away'];
  const changes = [{ attribute: 'member', from: false, to: true }];
  return removed.flatMap((group): OperationDraft[] => {
    const { name } = group;
    if (group.route === 'scim') {
      if (record === undefined || record.groups.some((member) => member.id === group.scimGroupId)) return [];
      const target = { type: 'group', id: group.scimGroupId, name } as const;
      return [
        draft(addToScimGroup, { groupId: group.scimGroupId, groupName: name }, { target, changes, reasons, after }),
      ];
    }
    if (groups.some((member) => member.id === group.orgGroupId)) return [];
    const target = { type: 'group', id: group.orgGroupId, name } as const;
    const input = { directoryId: group.orgDirectoryId, groupId: group.orgGroupId, groupName: name };
    return [draft(addToOrgGroup, input, { target, changes, reasons, after })];
  });
}

function notes(observed: AccessObservation, restore: RestorePoint | undefined): string[] {
  const { account } = observed;
  const said = [...observed.unseen];
  if (account?.claimStatus === 'managed' && account.membershipStatus === 'suspended')
    said.push('The account is suspended in the directory by somebody else’s decision: use restoreAccess to end that.');
  if (stateOperations(observed, undefined).length > stateOperations(observed, restore).length)
    said.push(
      'The deprovisioning to be undone did not bring about every inactive state that is there: call again without `restore` to end the others.',
    );
  return said;
}
