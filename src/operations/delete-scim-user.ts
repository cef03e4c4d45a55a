import { z } from 'zod';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { needScim, needScimUserId } from './capabilities.js';
import type { OperationDefinition } from './operation.js';

/**
 * Deletes the record from the directory: `DELETE /Users/{id}`.
 *
 * It does not delete the person. A managed account is deactivated and cut from the identity provider; an external one is
 * left as it is. The id is gone for good: a later create makes a new one, and memberships do not come back.
 */
export const deleteScimUser: OperationDefinition<Record<string, never>> = {
  kind: 'scim.user.delete',
  title: 'Delete the SCIM record',
  risk: 'irreversible',
  needs: ['scimUserId'],
  removesAccess: true,
  input: () => z.strictObject({}),

  async apply(_input, context, call) {
    try {
      await needScim(context, 'Deleting a record').users.delete(needScimUserId(context, 'Deleting a record'), call);
      return { outcome: 'applied' };
    } catch (error) {
      // 404 after a lost answer is the work of this very call; otherwise somebody else was first.
      if (isProvisionerError(error, 'not_found')) return { outcome: error.answerLost ? 'applied' : 'already' };
      throw error;
    }
  },

  async readBack(_input, context, call) {
    try {
      await needScim(context, 'Reading a record back').users.get(
        needScimUserId(context, 'Reading a record back'),
        call,
      );
      return { happened: false };
    } catch (error) {
      if (isProvisionerError(error, 'not_found')) return { happened: true };
      throw error;
    }
  },
};
