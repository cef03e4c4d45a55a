import { z } from 'zod';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { ORG_ADMIN, type ProductRoleId } from '../clients/admin/org-role-id.js';
import type { CallOptions } from '../http/transport.js';
import type { ResourceAri } from '../model/ids.js';
import { needAccountId, needAdmin } from './capabilities.js';
import { readHeldMethods } from './held-methods.js';
import type { OperationContext, OperationDefinition } from './operation.js';
import { lazySchema } from '../model/lazy-schema.js';

/** Input of the operations on a person's direct role on one product of one site. */
export interface ProductRoleInput {
  readonly resource: ResourceAri;
  /** `atlassian/user`, `atlassian/admin`, … */
  readonly role: ProductRoleId;
}

const inputSchema = lazySchema(
  () =>
    z.strictObject({
      resource: z.string().min(1),
      // Of the role of organization admins Atlassian ignores the product: it would be granted on everything.
      role: z
        .string()
        .min(1)
        .refine((role) => role !== ORG_ADMIN),
    }) as unknown as z.ZodType<ProductRoleInput>,
);

async function holdsDirectly(input: ProductRoleInput, context: OperationContext, call: CallOptions): Promise<boolean> {
  const purpose = 'Reading a role back';
  const methods = await readHeldMethods(needAdmin(context, purpose), needAccountId(context, purpose), input, call);
  return methods.includes('direct');
}

/** As {@link holdsDirectly}, where a role of which the answer does not tell how it is held may be a direct one. */
async function mayHoldDirectly(
  input: ProductRoleInput,
  context: OperationContext,
  call: CallOptions,
): Promise<boolean> {
  const purpose = 'Reading a role back';
  const methods = await readHeldMethods(needAdmin(context, purpose), needAccountId(context, purpose), input, call);
  return methods.includes('direct') || methods.includes('undisclosed');
}

/** Gives the account a role on one product of one site: a licence, or administration of it. May answer `license_limit`. */
export const grantProductRole: OperationDefinition<ProductRoleInput> = {
  kind: 'org.role.grant',
  title: 'Grant a product role',
  risk: 'reversible',
  needs: ['accountId'],
  removesAccess: false,
  readBackTrails: true,
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
  needs: ['accountId'],
  removesAccess: true,
  readBackTrails: true,
  input: inputSchema,
  async apply(input, context, call) {
    const purpose = 'Revoking a product role';
    try {
      await needAdmin(context, purpose).users.revokeRole(needAccountId(context, purpose), { ...input }, call);
      return { outcome: 'applied' };
    } catch (error) {
      // A 404 can mean that the role is not held, or that person or product are not there: reading tells.
      // A read that fails tells nothing, and the refusal is the error to report.
      const mayBeHeld = async () =>
        context.wasWrittenOtherwise === true || holdsDirectly(input, context, call).catch(() => true);
      if (!isProvisionerError(error, 'not_found') || (await mayBeHeld())) throw error;
      return { outcome: error.answerLost ? 'applied' : 'already' };
    }
  },
  async readBack(input, context, call) {
    return { happened: (await mayHoldDirectly(input, context, call)) ? undefined : true };
  },
  inverse: (input) => ({ kind: 'org.role.grant', input }),
};
