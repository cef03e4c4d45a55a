import { z } from 'zod';
import { NotFoundError } from '../errors/api-errors.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { CallOptions } from '../http/transport.js';
import type { OrgDirectoryId, OrgGroupId } from '../model/ids.js';
import { needAccountId, needAdmin } from './capabilities.js';
import type { OperationContext, OperationDefinition } from './operation.js';
import { lazySchema } from '../model/lazy-schema.js';

/** Input of the operations on members of a local group. */
export interface OrgGroupMembershipInput {
  readonly directoryId: OrgDirectoryId;
  readonly groupId: OrgGroupId;
  readonly groupName: string;
}

const inputSchema = lazySchema(
  () =>
    z.strictObject({
      directoryId: z.string().min(1),
      groupId: z.string().min(1),
      groupName: z.string().min(1),
    }) as unknown as z.ZodType<OrgGroupMembershipInput>,
);

/** Atlassian's code for "already a member", which is not an error here. The other 409 is a licence limit. */
const ALREADY_A_MEMBER = 'ADMIN-UAM-409-2';
/** The other 404 is about the person. */
const GROUP_NOT_FOUND = 'ADMIN-UAM-404-3';

async function isMember(
  input: OrgGroupMembershipInput,
  context: OperationContext,
  call: CallOptions,
): Promise<boolean> {
  const purpose = 'Reading a membership back';
  const page = await needAdmin(context, purpose).users.searchPage(
    {
      directoryId: input.directoryId,
      accountIds: [needAccountId(context, purpose)],
      groupIds: [input.groupId],
    },
    undefined,
    call,
  );
  return page.items.length > 0;
}

/**
 * Adds the account to a local group through the Organizations API.
 *
 * "Already a member" is told by code from "no seat left", which shares its status. Needs a key without scopes. A person
 * whom SCIM has just created is not found until the organization has them: that is waited for.
 */
export const addToOrgGroup: OperationDefinition<OrgGroupMembershipInput> = {
  kind: 'org.group.addMember',
  title: 'Add to a local group',
  risk: 'reversible',
  needs: ['accountId'],
  removesAccess: false,
  readBackTrails: true,
  input: inputSchema,

  async apply(input, context, call) {
    const purpose = `Adding to ${input.groupName}`;
    try {
      const accountId = needAccountId(context, purpose);
      await needAdmin(context, purpose).groups.addMember(input.directoryId, input.groupId, accountId, call);
      return { outcome: 'applied' };
    } catch (error) {
      if (!isProvisionerError(error, 'conflict')) throw error;
      const { atlassianCode, answerLost } = error;
      // Atlassian documents its refusals without a body: where no code tells, the membership does.
      const isAlready =
        atlassianCode === ALREADY_A_MEMBER ||
        // A read that fails tells nothing: the conflict is the error to report.
        (atlassianCode === undefined &&
          context.wasWrittenOtherwise !== true &&
          (await isMember(input, context, call).catch(() => false)));
      if (!isAlready) throw error;
      return { outcome: answerLost ? 'applied' : 'already' };
    }
  },
  async readBack(input, context, call) {
    // The search trails behind writes by up to a minute: a hit is proof, and no hit proves nothing.
    return { happened: (await isMember(input, context, call)) || undefined };
  },
  tooEarly: (error) => isProvisionerError(error, 'not_found') && error.atlassianCode !== GROUP_NOT_FOUND,
  async notReady(_input, context, call) {
    const purpose = 'Waiting for the person to be in the organization';
    const accountIds = [needAccountId(context, purpose)];
    const page = await needAdmin(context, purpose).users.searchPage({ accountIds }, undefined, call);
    const membership = page.items[0]?.membershipStatus ?? 'no_membership';
    return membership === 'no_membership' ? 'the account is in no directory of the organization yet' : undefined;
  },
  explain: (error) => Promise.resolve(withWayIn(error)),
  inverse: (input) => ({ kind: 'org.group.removeMember', input }),
};

/** The same refusal with what to do about a person who is not in the directory of the group. */
function withWayIn(error: ProvisionerError): ProvisionerError {
  if (!isProvisionerError(error, 'not_found') || error.atlassianCode === GROUP_NOT_FOUND) return error;
  const { operation, method, status, attempts, atlassianCode, title, detail, traceId, reasons, answerLost } = error;
  return new NotFoundError({
    operation,
    method,
    status,
    attempts,
    atlassianCode,
    title,
    detail,
    traceId,
    reasons,
    answerLost,
    advice: 'The person must be in the directory of the group: invite them there, or wait where they are new.',
  });
}

/**
 * Removes the account from a local group through the Organizations API.
 *
 * A 404 can mean "not a member", "no such group" or "no such person": it counts as done only when the group is there.
 */
export const removeFromOrgGroup: OperationDefinition<OrgGroupMembershipInput> = {
  kind: 'org.group.removeMember',
  title: 'Remove from a local group',
  risk: 'reversible',
  needs: ['accountId'],
  removesAccess: true,
  readBackTrails: true,
  input: inputSchema,

  async apply(input, context, call) {
    const purpose = `Removing from ${input.groupName}`;
    const { groups } = needAdmin(context, purpose);
    try {
      await groups.removeMember(input.directoryId, input.groupId, needAccountId(context, purpose), call);
      return { outcome: 'applied' };
    } catch (error) {
      if (!isProvisionerError(error, 'not_found')) throw error;
      try {
        await groups.get(input.directoryId, input.groupId, call);
      } catch (readError) {
        // That there is no such group is the plainer error; any other failure tells nothing.
        throw isProvisionerError(readError, 'not_found') ? readError : error;
      }
      return { outcome: error.answerLost ? 'applied' : 'already' };
    }
  },
  async readBack(input, context, call) {
    return { happened: (await isMember(input, context, call)) ? undefined : true };
  },
  inverse: (input) => ({ kind: 'org.group.addMember', input }),
};
