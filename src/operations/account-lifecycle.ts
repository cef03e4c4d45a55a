import { z } from 'zod';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { CallOptions } from '../http/transport.js';
import type { AtlassianAccountId } from '../model/ids.js';
import { needAccountId, needAdmin } from './capabilities.js';
import type { OperationContext, OperationDefinition, ReadBack } from './operation.js';
import { readAccount } from './read-account.js';

type NoInput = Record<string, never>;

/** What the lifecycle operations share; each is one call of the User management API with the account id alone. */
interface LifecycleStep {
  readonly purpose: string;
  send(admin: AdminOrgClient, accountId: AtlassianAccountId, call: CallOptions): Promise<unknown>;
  /** The state of the account after it. */
  readonly state: 'active' | 'inactive';
}

function lifecycle(step: LifecycleStep): Pick<OperationDefinition<NoInput>, 'apply' | 'readBack'> {
  return {
    async apply(_input, context, call) {
      await step.send(needAdmin(context, step.purpose), needAccountId(context, step.purpose), call);
      return { outcome: 'applied' };
    },
    async readBack(_input, context, call) {
      return readStatus(step, context, call);
    },
  };
}

/** User management reads its own writes; the directory search trails, and may show a state of long before. */
async function readStatus(step: LifecycleStep, context: OperationContext, call: CallOptions): Promise<ReadBack> {
  const { managedAccounts } = needAdmin(context, step.purpose);
  const { accountStatus } = await managedAccounts.getProfile(needAccountId(context, step.purpose), call);
  return { happened: accountStatus === step.state };
}

/** Deactivates a managed account: no sign-in to any product, no licence cost; account and content stay. */
export const disableAccount: OperationDefinition<NoInput> = {
  kind: 'account.disable',
  title: 'Deactivate the managed account',
  risk: 'reversible',
  needs: ['accountId'],
  removesAccess: true,
  input: () => z.strictObject({}),
  ...lifecycle({
    purpose: 'Deactivating an account',
    send: (admin, accountId, call) => admin.managedAccounts.disable(accountId, undefined, call),
    state: 'inactive',
  }),
  inverse: () => ({ kind: 'account.enable', input: {} }),
};

/** Activates a managed account that was deactivated. Not for one whose deletion is scheduled: cancel that first. */
export const enableAccount: OperationDefinition<NoInput> = {
  kind: 'account.enable',
  title: 'Activate the managed account',
  risk: 'reversible',
  needs: ['accountId'],
  removesAccess: false,
  input: () => z.strictObject({}),
  ...lifecycle({
    purpose: 'Activating an account',
    send: (admin, accountId, call) => admin.managedAccounts.enable(accountId, call),
    state: 'active',
  }),
  inverse: () => ({ kind: 'account.disable', input: {} }),
};

const DELETING = 'Deleting an account';

/** User management reads its own writes; the directory search, which alone tells a deletion from a deactivation, trails. */
async function readDeletion(context: OperationContext, call: CallOptions): Promise<ReadBack> {
  const admin = needAdmin(context, DELETING);
  const accountId = needAccountId(context, DELETING);
  const { accountStatus } = await admin.managedAccounts.getProfile(accountId, call);
  if (accountStatus === 'closed') return { happened: true };
  if (accountStatus === 'active') return { happened: false };
  // A scheduled deletion makes the account inactive at once; one that was so before tells nothing.
  const user = await readAccount(accountId, { clients: context }, call);
  return { happened: user?.status === 'for_deletion' || undefined };
}

/** Whether a conflict is about a deletion that was scheduled before. Its codes are not published: only the state tells. */
async function wasScheduled(context: OperationContext, call: CallOptions): Promise<boolean> {
  // A read that fails tells nothing: the conflict is the error to report.
  const found = await readDeletion(context, call).catch(() => undefined);
  return found?.happened === true;
}

/**
 * Schedules the permanent deletion of a managed account.
 *
 * Atlassian waits 14 days, in which `account.cancelDeletion` undoes it; after that nothing does. The email stays taken
 * until then.
 */
export const scheduleAccountDeletion: OperationDefinition<NoInput> = {
  kind: 'account.scheduleDeletion',
  title: 'Schedule the permanent deletion of the account',
  risk: 'grace-period',
  needs: ['accountId'],
  removesAccess: true,
  readBackTrails: true,
  input: () => z.strictObject({}),

  async notReady(_input, context, call) {
    // A synced account may not be deleted; the lock ends some time after its record is gone.
    const accountId = needAccountId(context, DELETING);
    const { privileges } = await needAdmin(context, DELETING).managedAccounts.permissions(
      accountId,
      ['lifecycle.delete'],
      call,
    );
    const rule = privileges.get('lifecycle.delete');
    // Waiting ends the lock of a directory. Of any other reason the deletion itself tells at once.
    const isLock = rule?.reason === undefined || rule.reason.startsWith('externalDirectory.');
    if (rule === undefined || rule.allowed || !isLock) return undefined;
    return `Atlassian does not allow the deletion yet (${rule.reason ?? 'no reason given'})`;
  },

  async apply(_input, context, call) {
    const { managedAccounts } = needAdmin(context, DELETING);
    try {
      await managedAccounts.scheduleDeletion(needAccountId(context, DELETING), call);
      return { outcome: 'applied' };
    } catch (error) {
      // `notFound` alone, or a page of HTML, is not proof; `accountNotFound` is: the account is closed.
      if (isProvisionerError(error, 'not_found') && error.atlassianCode === 'accountNotFound')
        return { outcome: 'already' };
      if (isProvisionerError(error, 'conflict') && !error.answerLost && (await wasScheduled(context, call)))
        return { outcome: 'already' };
      throw error;
    }
  },
  readBack: (_input, context, call) => readDeletion(context, call),
  inverse: () => ({ kind: 'account.cancelDeletion', input: {} }),
};

/** Cancels a scheduled deletion within its 14 days. Atlassian activates the account too, whatever it was before. */
export const cancelAccountDeletion: OperationDefinition<NoInput> = {
  kind: 'account.cancelDeletion',
  title: 'Cancel the scheduled deletion of the account',
  risk: 'reversible',
  needs: ['accountId'],
  removesAccess: false,
  input: () => z.strictObject({}),
  ...lifecycle({
    purpose: 'Cancelling a deletion',
    send: (admin, accountId, call) => admin.managedAccounts.cancelDeletion(accountId, call),
    // The days of grace show as inactive.
    state: 'active',
  }),
  inverse: () => ({ kind: 'account.scheduleDeletion', input: {} }),
};
