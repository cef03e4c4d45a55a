import { z } from 'zod';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { CallOptions } from '../http/transport.js';
import type { OrgDirectoryId } from '../model/ids.js';
import { needAccountId, needAdmin } from './capabilities.js';
import type { OperationContext, OperationDefinition, ReadBack } from './operation.js';
import { lazySchema } from '../model/lazy-schema.js';

/** Input of the operations on a person's access in one directory of the organization. */
export interface DirectoryAccessInput {
  readonly directoryId: OrgDirectoryId;
}

const inputSchema = lazySchema(
  () =>
    z.strictObject({
      directoryId: z.string().min(1),
    }) as unknown as z.ZodType<DirectoryAccessInput>,
);

async function readMembershipStatus(
  input: DirectoryAccessInput,
  context: OperationContext,
  call: CallOptions,
  wanted: 'active' | 'suspended',
): Promise<ReadBack> {
  const purpose = 'Reading access back';
  const page = await needAdmin(context, purpose).users.searchPage(
    { directoryId: input.directoryId, accountIds: [needAccountId(context, purpose)] },
    undefined,
    call,
  );
  return { happened: page.items[0]?.membershipStatus === wanted ? true : undefined };
}

/**
 * Suspends the account in one directory: no product access and no bill there; roles and groups are kept.
 *
 * Works for unmanaged (external) people too. Refused for an organization admin.
 */
export const suspendInDirectory: OperationDefinition<DirectoryAccessInput> = {
  kind: 'org.user.suspend',
  title: 'Suspend access in the directory',
  risk: 'reversible',
  needs: ['accountId'],
  removesAccess: true,
  readBackTrails: true,
  input: inputSchema,
  async apply(input, context, call) {
    const purpose = 'Suspending access';
    try {
      await needAdmin(context, purpose).users.suspend(input.directoryId, needAccountId(context, purpose), call);
      return { outcome: 'applied' };
    } catch (error) {
      // Whether to suspend twice is an error is not documented.
      if (!isProvisionerError(error, 'rejected') || context.wasWrittenOtherwise === true) throw error;
      const found = await readMembershipStatus(input, context, call, 'suspended').catch(() => undefined);
      if (found?.happened !== true) throw error;
      return { outcome: error.answerLost ? 'applied' : 'already' };
    }
  },
  readBack: (input, context, call) => readMembershipStatus(input, context, call, 'suspended'),
  inverse: (input) => ({ kind: 'org.user.restore', input }),
};

/** Gives back the access that a suspension took, with the roles and groups of before; billing resumes. */
export const restoreInDirectory: OperationDefinition<DirectoryAccessInput> = {
  kind: 'org.user.restore',
  title: 'Restore access in the directory',
  risk: 'reversible',
  needs: ['accountId'],
  removesAccess: false,
  readBackTrails: true,
  input: inputSchema,
  async apply(input, context, call) {
    const purpose = 'Restoring access';
    await needAdmin(context, purpose).users.restore(input.directoryId, needAccountId(context, purpose), call);
    return { outcome: 'applied' };
  },
  readBack: (input, context, call) => readMembershipStatus(input, context, call, 'active'),
  inverse: (input) => ({ kind: 'org.user.suspend', input }),
};
