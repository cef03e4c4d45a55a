import { z } from 'zod';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { needAccountId, needAdmin } from './capabilities.js';
import type { OperationDefinition } from './operation.js';

/** Input of {@link revokeApiToken}. */
export interface RevokeApiTokenInput {
  readonly tokenId: string;
}

/** Revokes one API token of a managed account. It cannot be given back; the person makes a new one. */
export const revokeApiToken: OperationDefinition<RevokeApiTokenInput> = {
  kind: 'account.revokeApiToken',
  title: 'Revoke an API token',
  risk: 'irreversible',
  needs: ['accountId'],
  removesAccess: true,
  input: () => z.strictObject({ tokenId: z.string().min(1) }),

  async apply(input, context, call) {
    const purpose = 'Revoking an API token';
    const accountId = needAccountId(context, purpose);
    try {
      await needAdmin(context, purpose).managedAccounts.revokeApiToken(accountId, input.tokenId, call);
      return { outcome: 'applied' };
    } catch (error) {
      // `notFound` is the token; `accountNotFound` would be the person.
      if (isProvisionerError(error, 'not_found') && error.atlassianCode === 'notFound')
        return { outcome: error.answerLost ? 'applied' : 'already' };
      throw error;
    }
  },

  async readBack(input, context, call) {
    const purpose = 'Reading API tokens back';
    const accountId = needAccountId(context, purpose);
    const tokens = await needAdmin(context, purpose).managedAccounts.listApiTokens(accountId, call);
    return { happened: tokens.every(({ id }) => id !== input.tokenId) };
  },
};
