import type { ManagedApiToken } from '../clients/admin/managed-api-token.js';
import { draft, type OperationDraft } from '../operations/operation.js';
import { needAdmin } from '../operations/capabilities.js';
import { revokeApiToken } from '../operations/revoke-api-token.js';
import type { ObserveContext } from '../plan/action-definition.js';
import type { AccessObservation } from './observe-access.js';

/** Lists the API tokens of a managed account; none for an account that is not managed, which has its own. */
export async function observeTokens(
  { identity, account }: Pick<AccessObservation, 'identity' | 'account'>,
  context: ObserveContext,
): Promise<readonly ManagedApiToken[]> {
  const admin = needAdmin(context.clients, 'Revoking API tokens');
  const accountId = identity?.accountId?.value;
  if (accountId === undefined || account?.claimStatus === 'unmanaged') return [];
  return admin.managedAccounts.listApiTokens(accountId, context.call);
}

/** One operation for each token. */
export function planTokenRevocation(
  { identity }: Pick<AccessObservation, 'identity'>,
  tokens: readonly ManagedApiToken[],
): readonly OperationDraft[] {
  return tokens.map(({ id, label }) =>
    draft(
      revokeApiToken,
      { tokenId: id },
      {
        target: { type: 'api-token', id, name: label },
        reasons: [`the account ${identity?.accountId?.value ?? ''} has this token`],
      },
    ),
  );
}

/** What has to be said of tokens that nobody here can revoke. */
export function tokenNotes({ account }: Pick<AccessObservation, 'account'>): readonly string[] {
  return account?.claimStatus === 'unmanaged'
    ? ['The account is not managed by the organization: its tokens are its owner’s alone.']
    : [];
}
