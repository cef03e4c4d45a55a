import type { CallOptions } from '../http/transport.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { EmailInUseError, type EmailHolder } from '../errors/email-in-use-error.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { OperationContext } from './operation.js';

/**
 * Turns a 409 on an email into an error that says who holds the address and the way out.
 *
 * Any other error is handed back as it is. A look-up that fails leaves its part of the answer out: the refusal itself must
 * not be lost to it.
 */
export async function explainEmailCollision(
  error: ProvisionerError,
  email: string,
  context: OperationContext,
  call: CallOptions,
): Promise<ProvisionerError> {
  if (!isProvisionerError(error, 'conflict')) return error;
  const holders = [
    ...(await quietly(() => recordHolders(email, context, call))),
    ...(await quietly(() => linkedHolders(email, context, call))),
    ...(await quietly(() => accountHolders(email, context, call))),
  ];
  return new EmailInUseError(email, mergeHolders(holders), error);
}

async function recordHolders(email: string, context: OperationContext, call: CallOptions): Promise<EmailHolder[]> {
  const record = await context.scim?.users.find({ userName: email }, call);
  if (record === undefined || record.id === context.subject.scimUserId) return [];
  return [
    {
      scimUserId: record.id,
      ...(record.accountId !== undefined && { accountId: record.accountId }),
      active: record.active,
    },
  ];
}

async function linkedHolders(email: string, context: OperationContext, call: CallOptions): Promise<EmailHolder[]> {
  const links = (await context.admin?.provisioningLinks.forEmail(email, call)) ?? [];
  return links
    .filter((link) => link.scimUserId !== context.subject.scimUserId)
    .map((link) => ({
      scimUserId: link.scimUserId,
      scimDirectoryId: link.scimDirectoryId,
      ...(link.accountId !== undefined && { accountId: link.accountId }),
    }));
}

async function accountHolders(email: string, context: OperationContext, call: CallOptions): Promise<EmailHolder[]> {
  const page = await context.admin?.users.searchPage({ emails: [email] }, undefined, call);
  return (page?.items ?? [])
    .filter((user) => user.accountId !== context.subject.accountId)
    .map((user) => ({
      accountId: user.accountId,
      ...(user.claimStatus !== undefined && { managed: user.claimStatus === 'managed' }),
      ...(user.accountStatus !== undefined && { active: user.accountStatus === 'active' }),
    }));
}

function mergeHolders(holders: readonly EmailHolder[]): EmailHolder[] {
  const merged: EmailHolder[] = [];
  for (const holder of holders) {
    const index = merged.findIndex(
      (known) =>
        (known.scimUserId !== undefined && known.scimUserId === holder.scimUserId) ||
        (known.accountId !== undefined && known.accountId === holder.accountId),
    );
    if (index === -1) merged.push(holder);
    else merged[index] = { ...holder, ...merged[index] };
  }
  return merged;
}

async function quietly<Value>(read: () => Promise<Value[]>): Promise<Value[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}
