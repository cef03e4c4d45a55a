import { z } from 'zod';
import type { ScimGroupId } from '../model/ids.js';
import { needScim, needScimUserId } from './capabilities.js';
import type { OperationContext, OperationDefinition, ReadBack } from './operation.js';
import type { CallOptions } from '../http/transport.js';
import { lazySchema } from '../model/lazy-schema.js';

/** Input of the operations on members of a synced group. */
export interface ScimGroupMembershipInput {
  readonly groupId: ScimGroupId;
  readonly groupName: string;
}

const inputSchema = lazySchema(
  () =>
    z.strictObject({
      groupId: z.string().min(1),
      groupName: z.string().min(1),
    }) as unknown as z.ZodType<ScimGroupMembershipInput>,
);

async function readMembership(
  input: ScimGroupMembershipInput,
  context: OperationContext,
  call: CallOptions,
  wanted: boolean,
): Promise<ReadBack> {
  const purpose = 'Reading a membership back';
  const user = await needScim(context, purpose).users.get(needScimUserId(context, purpose), call);
  return { happened: user.groups.some(({ id }) => id === input.groupId) === wanted };
}

/**
 * Adds the person to a synced group with a SCIM PATCH; the only way, for the organization keeps such groups locked.
 *
 * Adding a member twice is no error. Products see the change later: the sync has no published limit.
 */
export const addToScimGroup: OperationDefinition<ScimGroupMembershipInput> = {
  kind: 'scim.group.addMember',
  title: 'Add to a synced group',
  risk: 'reversible',
  needs: ['scimUserId'],
  removesAccess: false,
  input: inputSchema,

  async apply(input, context, call) {
    const purpose = `Adding to ${input.groupName}`;
    await needScim(context, purpose).groups.addMembers(input.groupId, [needScimUserId(context, purpose)], call);
    return { outcome: 'applied' };
  },
  readBack: (input, context, call) => readMembership(input, context, call, true),
  inverse: (input) => ({ kind: 'scim.group.removeMember', input }),
};

/** Removes the person from a synced group with a SCIM PATCH. Removing somebody who is not a member is no error. */
export const removeFromScimGroup: OperationDefinition<ScimGroupMembershipInput> = {
  kind: 'scim.group.removeMember',
  title: 'Remove from a synced group',
  risk: 'reversible',
  needs: ['scimUserId'],
  removesAccess: true,
  input: inputSchema,

  async apply(input, context, call) {
    const purpose = `Removing from ${input.groupName}`;
    await needScim(context, purpose).groups.removeMembers(input.groupId, [needScimUserId(context, purpose)], call);
    return { outcome: 'applied' };
  },
  readBack: (input, context, call) => readMembership(input, context, call, false),
  inverse: (input) => ({ kind: 'scim.group.addMember', input }),
};
