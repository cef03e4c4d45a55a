import { z } from 'zod';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { enableAccount } from '../operations/account-lifecycle.js';
import { restoreInDirectory } from '../operations/directory-access.js';
import { draft, type OperationDraft } from '../operations/operation.js';
import { addToOrgGroup } from '../operations/org-group-membership.js';
import { addToScimGroup } from '../operations/scim-group-membership.js';
import { activateScimUser } from '../operations/set-scim-user-active.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import type { BlockedStep } from '../plan/plan.js';
import { identityLockKey, identityRefSchema, withoutUndefined } from './input-schemas.js';
import { observeAccess, type AccessObservation } from './observe-access.js';
import { parseInput } from './parse-input.js';
import type { RemovedGroup, RestorePoint } from './restore-point.js';
import { subjectOf } from './subject.js';

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
    const blocked = scheduledDeletion(observed);
    const states = blocked.length > 0 ? [] : stateOperations(observed);
    const groups = blocked.length > 0 ? [] : membershipOperations(observed, input.restore?.groups ?? [], states);
    const operations = [...states, ...groups];
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: operations.length === 0 ? 'unchanged' : 'reactivated',
      operations,
      blocked,
      blockedStopsAll: true,
      notes: notes(observed),
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

function stateOperations({ record, account, directories }: AccessObservation): OperationDraft[] {
  const operations: OperationDraft[] = [];
  if (record?.active === false)
    operations.push(
      draft(
        activateScimUser,
        {},
        {
          target: { type: 'identity', id: record.id, name: record.userName },
          changes: [{ attribute: 'active', from: false, to: true }],
          reasons: ['the record is inactive'],
        },
      ),
    );
  if (account === undefined) return operations;
  const target = {
    type: 'account',
    id: account.accountId,
    ...(account.email !== undefined && { name: account.email }),
  } as const;

  const switchedByScim = record?.accountId === account.accountId;
  if (account.claimStatus !== 'unmanaged' && account.accountStatus === 'inactive' && !switchedByScim)
    operations.push(
      draft(
        enableAccount,
        {},
        {
          target,
          changes: [{ attribute: 'accountStatus', from: 'inactive', to: 'active' }],
          reasons: ['the account is deactivated, and no SCIM record switches it'],
        },
      ),
    );
  if (account.claimStatus === 'unmanaged' && account.membershipStatus === 'suspended')
    operations.push(
      ...directories.map((directory) =>
        draft(
          restoreInDirectory,
          { directoryId: directory.id },
          {
            target,
            changes: [{ attribute: 'membershipStatus', from: 'suspended', to: 'active' }],
            reasons: ['the external account is suspended in the directory'],
          },
        ),
      ),
    );
  return operations;
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
      if (record?.groups.some((member) => member.id === group.scimGroupId) === true) return [];
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

function notes({ account }: AccessObservation): string[] {
  if (account?.claimStatus === 'managed' && account.membershipStatus === 'suspended')
    return ['The account is suspended in the directory by somebody else’s decision: use restoreAccess to end that.'];
  return [];
}
