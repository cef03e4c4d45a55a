import { z } from 'zod';
import type { OrgUser } from '../clients/admin/org-user.js';
import { IdentityNotFoundError } from '../errors/identity-errors.js';
import { refParts } from '../identity/identity-ref.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { cancelAccountDeletion } from '../operations/account-lifecycle.js';
import { needAdmin } from '../operations/capabilities.js';
import { draft } from '../operations/operation.js';
import type { ActionDefinition } from '../plan/action-definition.js';
import { identityLockKey, identityRefSchema } from './input-schemas.js';
import { observeScheduledDeletion } from './observe-deletion.js';
import { parseInput } from './parse-input.js';
import { subjectOf } from './subject.js';

/** An input that was checked: JSON, in its one form. */
export type CheckedCancellationInput = { readonly identity: IdentityRef & JsonObject } & JsonObject;

/** What {@link cancelDeletion} reads before it decides. */
export interface CancellationObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly account: OrgUser | undefined;
}

const inputSchema = z.strictObject({ identity: identityRefSchema });

/** Undoes a scheduled deletion of an account within its 14 days. The account is active afterwards. */
export const cancelDeletion: ActionDefinition<
  CheckedCancellationInput,
  CancellationObservation,
  'deletion-cancelled' | 'unchanged',
  object
> = {
  name: 'cancelDeletion',
  parse: (input) => parseInput('cancelDeletion', inputSchema, input),
  lockKeys: (input) => [identityLockKey(input.identity)],

  async observe(input, { clients, mapper, call }) {
    needAdmin(clients, 'Cancelling a deletion');
    const found = await mapper.observe(input.identity, { ...call, need: ['accountId', 'orgUser'] });
    if (found === undefined) throw new IdentityNotFoundError(refParts(input.identity).kind);
    return { identity: found.identity, account: found.orgUser };
  },

  plan(_input, { identity, account }) {
    const scheduled = account?.status === 'for_deletion';
    return {
      subject: subjectOf(identity),
      intendedOutcome: scheduled ? 'deletion-cancelled' : 'unchanged',
      operations: scheduled
        ? [
            draft(
              cancelAccountDeletion,
              {},
              {
                target: {
                  type: 'account',
                  id: account.accountId,
                  ...(account.email !== undefined && { name: account.email }),
                },
                changes: [{ attribute: 'status', from: 'for_deletion', to: 'active' }],
                reasons: ['the deletion of the account is scheduled'],
              },
            ),
          ]
        : [],
      notes: scheduled
        ? [
            'Atlassian activates the account, whatever it was before. A SCIM record that was deleted does not come back: run syncIdentity.',
          ]
        : [],
    };
  },

  remaining: (_input, { account }) =>
    account?.status === 'for_deletion' ? ['the organization still shows the deletion of the account as scheduled'] : [],
  observeAgain: async (_input, before, context) => observeScheduledDeletion(before, context),
  finish: () => ({}),
};
