import { z } from 'zod';
import { needAccountId, needAdmin } from './capabilities.js';
import type { OperationDefinition } from './operation.js';

/**
 * Drops the SCIM records of an account in every directory of the organization (`onlyDeleteUserInDB`).
 *
 * The account stays as it is, active or not, and can be managed locally afterwards. Managed accounts only. Memberships of
 * synced groups have to be provisioned anew.
 */
export const deleteProvisioningRecords: OperationDefinition<Record<string, never>> = {
  kind: 'links.deleteRecords',
  title: 'Drop the provisioning records of the account in every directory',
  risk: 'irreversible',
  needs: ['accountId'],
  removesAccess: true,
  input: () => z.strictObject({}),

  async apply(_input, context, call) {
    const purpose = 'Dropping provisioning records';
    await needAdmin(context, purpose).provisioningLinks.deleteRecords(needAccountId(context, purpose), call);
    return { outcome: 'applied' };
  },

  async readBack(_input, context, call) {
    const purpose = 'Reading provisioning links back';
    const links = await needAdmin(context, purpose).provisioningLinks.forAccount(needAccountId(context, purpose), call);
    return { happened: links.length === 0 };
  },
};
