import { z } from 'zod';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { ALL_DIRECTORIES } from '../clients/admin/org-directory-scope.js';
import type { UserRoleId } from '../clients/admin/org-role-id.js';
import type { CallOptions } from '../http/transport.js';
import type { ResourceAri } from '../model/ids.js';
import { needAccountId, needAdmin } from './capabilities.js';
import type { OperationContext, OperationDefinition } from './operation.js';

/** Input of the operations on a person's direct role on one product of one site. */
export interface ProductRoleInput {
  readonly resource: ResourceAri;
  /** `atlassian/user`, `atlassian/admin`, … */
  readonly role: UserRoleId;
}

const inputSchema = z.strictObject({
  resource: z.string().min(1),
  role: z.string().min(1),
}) as unknown as z.ZodType<ProductRoleInput>;

async function holdsDirectly(input: ProductRoleInput, context: OperationContext, call: CallOptions): Promise<boolean> {
  const purpose = 'Reading a role back';
  const accountId = needAccountId(context, purpose);
  const rows = needAdmin(context, purpose).users.listRoleAssignments(
    ALL_DIRECTORIES,
    accountId,
    { resourceIds: [input.resource] },
    call,
  );
  for await (const row of rows) {
    if (row.resourceId !== input.resource) continue;
    if (row.roleAssignments.some(({ role, methods }) => role === input.role && methods.includes('direct'))) return true;
  }
  return false;
}

/** Gives the account a role on one product of one site: a licence, or administration of it. May answer `license_limit`. */
export const grantProductRole: OperationDefinition<ProductRoleInput> = {
  kind: 'org.role.grant',
  title: 'Grant a product role',
  risk: 'reversible',
  client: 'admin',
  needs: ['accountId'],
  removesAccess: false,
  input: inputSchema,
  async apply(input, context, call) {
    const purpose = 'Granting a product role';
    try {
      await needAdmin(context, purpose).users.grantRole(needAccountId(context, purpose), { ...input }, call);
      return { outcome: 'applied' };
    } catch (error) {
      if (isProvisionerError(error, 'conflict') && error.atlassianCode === 'ADMIN-UAM-409-2')
        return { outcome: error.answerLost ? 'applied' : 'already' };
      throw error;
    }
  },
  async readBack(input, context, call) {
    // Role reads trail by tens of seconds: a hit is proof, and no hit proves nothing.
    return { happened: (await holdsDirectly(input, context, call)) || undefined };
  },
  inverse: (input) => ({ kind: 'org.role.revoke', input }),
};

/** Takes a direct role away. Access that a group gives stays. */
export const revokeProductRole: OperationDefinition<ProductRoleInput> = {
  kind: 'org.role.revoke',
  title: 'Revoke a product role',
  risk: 'reversible',
  client: 'admin',
  needs: ['accountId'],
  removesAccess: true,
  input: inputSchema,
  async apply(input, context, call) {
    const purpose = 'Revoking a product role';
    try {
      await needAdmin(context, purpose).users.revokeRole(needAccountId(context, purpose), { ...input }, call);
      return { outcome: 'applied' };
    } catch (error) {
      // A 404 can mean that the role is not held, or that person or product are not there: reading tells.
      if (!isProvisionerError(error, 'not_found') || (await holdsDirectly(input, context, call))) throw error;
      return { outcome: error.answerLost ? 'applied' : 'already' };
    }
  },
  async readBack(input, context, call) {
    return { happened: (await holdsDirectly(input, context, call)) ? undefined : true };
  },
  inverse: (input) => ({ kind: 'org.role.grant', input }),
};
