import { z } from 'zod';
import type { OrgUser } from '../clients/admin/org-user.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { cancelAccountDeletion } from '../operations/account-lifecycle.js';
import { draft, type OperationDraft, type OperationTarget } from '../operations/operation.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import type { BlockedStep } from '../plan/plan.js';
import { identityLockKey, identityRefSchema } from './input-schemas.js';
import { isSyncLock, observeScheduledDeletion, permissionFor, type DeletionPermission } from './observe-deletion.js';
import { observeAccount } from './observe-account.js';
import { parseInput } from './parse-input.js';
import { subjectOf } from '../plan/subject.js';
import { lazySchema } from '../model/lazy-schema.js';

/** An input that was checked: JSON, in its one form. */
export type CheckedCancellationInput = { readonly identity: IdentityRef & JsonObject } & JsonObject;

/** What {@link cancelDeletion} reads before it decides. */
export interface CancellationObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly account: OrgUser | undefined;
  /** `undefined` unless a deletion is scheduled. */
  readonly permission: DeletionPermission | undefined;
  readonly doubts: readonly string[];
}

const inputSchema = lazySchema(() => z.strictObject({ identity: identityRefSchema() }));

/** Undoes a scheduled deletion of an account within its 14 days. The account is active afterwards. */
export const cancelDeletion: ActionDefinition<
  CheckedCancellationInput,
  CancellationObservation,
  'deletion-cancelled' | 'unchanged',
  object
> = {
  name: 'cancelDeletion',
  parse: (input) => parseInput('cancelDeletion', inputSchema(), input),
  lockKeys: (input) => [identityLockKey(input.identity)],

  async observe(input, context) {
    const { identity, account, doubts } = await observeAccount('Cancelling a deletion', input.identity, context);
    // Cancelling takes the same privilege as deleting, and a record that was made since locks the account.
    const permission = isScheduled(account) ? await permissionFor(account.accountId, context) : undefined;
    return { identity, account, permission, doubts };
  },

  plan(_input, { identity, account, permission, doubts }) {
    const refusal = permission?.allowed === false ? permission : undefined;
    const scheduled = isScheduled(account) ? account : undefined;
    return {
      subject: subjectOf(identity),
      intendedOutcome: scheduled === undefined ? 'unchanged' : 'deletion-cancelled',
      operations: scheduled === undefined || refusal !== undefined ? [] : [cancellation(scheduled)],
      blocked: scheduled === undefined || refusal === undefined ? [] : [blockedBy(refusal, scheduled)],
      blockedStopsAll: true,
      notes: [
        ...doubts,
        scheduled === undefined
          ? 'The organization shows no scheduled deletion of the account; for some minutes after one it can show what was before.'
          : 'Atlassian activates the account, whatever it was before. A SCIM record that was deleted does not come back: run syncIdentity.',
      ],
    };
  },

  remaining: (_input, { account }) =>
    account?.status === 'for_deletion' ? ['the organization still shows the deletion of the account as scheduled'] : [],
  observeAgain: async (_input, before, context) => observeScheduledDeletion(before, context),
  finish: () => ({}),
};

function isScheduled(account: OrgUser | undefined): account is OrgUser {
  return account?.status === 'for_deletion';
}

function cancellation(account: OrgUser): OperationDraft {
  return draft(
    cancelAccountDeletion,
    {},
    {
      target: targetOf(account),
      changes: [{ attribute: 'status', from: 'for_deletion', to: 'active' }],
      reasons: ['the deletion of the account is scheduled'],
    },
  );
}

function blockedBy({ reasonKey }: { readonly reasonKey: string | undefined }, account: OrgUser): BlockedStep {
  return {
    kind: cancelAccountDeletion.kind,
    target: targetOf(account),
    code: 'action_blocked',
    reason: 'Atlassian does not allow the deletion of the account to be cancelled',
    ...(reasonKey !== undefined && { reasonKey }),
    advice: isSyncLock(reasonKey)
      ? 'A SCIM record that was made since locks the account: delete the record, then cancel the deletion.'
      : 'See the reason key in Atlassian’s documentation of the User management API.',
  };
}

function targetOf({ accountId, email }: OrgUser): OperationTarget {
  return { type: 'account', id: accountId, ...(email !== undefined && { name: email }) };
}
