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
import { mayBeSuspended, type DirectoryMembership } from './observe-directory-memberships.js';
import { blockedStepOf, observeRestoredGroups, type RestoredGroup } from './observe-restored-groups.js';
import { refuseRestoreOfAnother, type RestorePoint } from './restore-point.js';
import { subjectOf } from '../plan/subject.js';
import { lazySchema } from '../model/lazy-schema.js';

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

/**
 * How a reactivation ends when all went well.
 *
 * `restored` when memberships were given back and no inactive state was there to be ended: the person is as active or
 * inactive as before.
 */
export type ReactivationOutcome = 'reactivated' | 'restored' | 'unchanged';

/** What {@link reactivateIdentity} reads before it decides. */
export interface ReactivationObservation extends AccessObservation {
  /** The groups of the restore point. */
  readonly restored: readonly RestoredGroup[];
}

const id = lazySchema(() => z.string().min(1));

const restorePointSchema = lazySchema(() =>
  z.object({
    subject: z.object({ scimUserId: id().optional(), accountId: id().optional() }).optional(),
    deactivated: z.array(z.enum(['record', 'account', 'directory-access'])),
    directories: z.array(id()).optional(),
    groups: z.array(
      z.discriminatedUnion('route', [
        z.object({ route: z.literal('scim'), name: id(), scimGroupId: id() }),
        z.object({ route: z.literal('organization'), name: id(), orgGroupId: id(), orgDirectoryId: id() }),
      ]),
    ),
  }),
);

const inputSchema = lazySchema(() =>
  z.strictObject({ identity: identityRefSchema(), restore: restorePointSchema().optional() }),
);

/** Makes a person active again and, given what an earlier deprovisioning took, gives the memberships back. */
export const reactivateIdentity: ActionDefinition<
  CheckedReactivationInput,
  ReactivationObservation,
  ReactivationOutcome,
  object
> = {
  name: 'reactivateIdentity',
  parse: (input) =>
    withoutUndefined(parseInput('reactivateIdentity', inputSchema(), input)) as unknown as CheckedReactivationInput,
  lockKeys: (input) => [identityLockKey(input.identity)],

  async observe(input, context) {
    const observed = await observeAccess(input.identity, context);
    if (observed.identity === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);
    const { restore } = input;
    if (restore !== undefined) refuseRestoreOfAnother(restore, observed.identity);
    return { ...observed, restored: await observeRestoredGroups(restore?.groups ?? [], observed, context) };
  },

  plan(input, observed) {
    const deletion = scheduledDeletion(observed);
    const stops = deletion.length > 0;
    const states = stops ? [] : stateOperations(observed, input.restore);
    const operations = stops ? [] : [...states, ...membershipOperations(observed.restored, states)];
    return {
      subject: subjectOf(observed.identity),
      intendedOutcome: operations.length === 0 ? 'unchanged' : states.length === 0 ? 'restored' : 'reactivated',
      operations,
      blocked: stops ? deletion : observed.restored.flatMap(blockedStepOf),
      blockedStopsAll: stops,
      notes: notes(observed, input.restore),
    };
  },

  achieved: (intended, { operations }) =>
    operations.every(({ outcome }) => outcome === 'already') ? 'unchanged' : intended,
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
  if (account.accountStatus !== 'inactive' && account.accountStatus !== undefined) return [];
  return [
    draft(
      enableAccount,
      {},
      {
        target: accountTarget(account),
        changes: [{ attribute: 'accountStatus', from: account.accountStatus ?? null, to: 'active' }],
        reasons: [
          account.accountStatus === undefined
            ? 'Atlassian did not say whether the account is active, and no SCIM record switches it'
            : 'the account is deactivated, and no SCIM record switches it',
        ],
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
    .filter((membership) => isToRestore(membership, memberships, restore))
    .map(({ directory, status, lately }) =>
      draft(
        restoreInDirectory,
        { directoryId: directory.id },
        {
          target: accountTarget(account),
          changes: [{ attribute: 'membershipStatus', from: lately ?? status ?? null, to: 'active' }],
          reasons: [
            restore?.directories === undefined
              ? 'the external account is suspended in the directory'
              : 'an earlier deprovisioning suspended the external account in the directory',
          ],
        },
      ),
    );
}

/** Of somebody in several directories only what was done tells where they are suspended: Atlassian shows them as active. */
function isToRestore(
  membership: DirectoryMembership,
  memberships: readonly DirectoryMembership[],
  restore: RestorePoint | undefined,
): boolean {
  if (restore?.directories === undefined) return mayBeSuspended(membership);
  if (!restore.directories.includes(membership.directory.id)) return false;
  return mayBeSuspended(membership) || (memberships.length > 1 && membership.lately === undefined);
}

function accountTarget({ accountId, email }: OrgUser): OperationTarget {
  return { type: 'account', id: accountId, ...(email !== undefined && { name: email }) };
}

function membershipOperations(restored: readonly RestoredGroup[], after: readonly OperationDraft[]): OperationDraft[] {
  const reasons = ['an earlier deprovisioning took the membership away'];
  const changes = [{ attribute: 'member', from: false, to: true }];
  return restored.flatMap((one): OperationDraft[] => {
    if (!('name' in one)) return [];
    const { group, name } = one;
    if (group.route === 'scim') {
      const target = { type: 'group', id: group.scimGroupId, name } as const;
      return [
        draft(addToScimGroup, { groupId: group.scimGroupId, groupName: name }, { target, changes, reasons, after }),
      ];
    }
    const target = { type: 'group', id: group.orgGroupId, name } as const;
    const input = { directoryId: group.orgDirectoryId, groupId: group.orgGroupId, groupName: name };
    return [draft(addToOrgGroup, input, { target, changes, reasons, after })];
  });
}

function notes(observed: AccessObservation, restore: RestorePoint | undefined): string[] {
  const { account } = observed;
  const said = [...observed.unseen, ...observed.doubts];
  if (account?.claimStatus === 'managed' && account.membershipStatus === 'suspended')
    said.push('The account is suspended in the directory by somebody else’s decision: use restoreAccess to end that.');
  if (stateOperations(observed, undefined).length > stateOperations(observed, restore).length)
    said.push(
      'The deprovisioning to be undone did not bring about every inactive state that is there: call again without `restore` to end the others.',
    );
  return said;
}
