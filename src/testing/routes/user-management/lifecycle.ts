import {
  cancelDeletion,
  disableAccount,
  enableAccount,
  scheduleDeletion,
  type LifecycleConflicts,
} from '../../rules/account-lifecycle.js';
import { privilegeRule, type SimplePrivilege } from '../../rules/manage-privileges.js';
import type { Account } from '../../state/account-rows.js';
import { isJsonObject } from '../json-object.js';
import { empty, json, refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { accountOfPath, privilegeContext } from './account-of-path.js';
import { logAccountChange } from './log-account-change.js';
import { refusal, refuseBody, refuseUnless } from './refusals.js';

const LIFECYCLE = '/users/:accountId/manage/lifecycle';

/** Deactivating, activating and deleting a managed account. */
export const LIFECYCLE_ROUTES: readonly Route[] = [
  {
    operation: 'admin.managedAccounts.disable',
    method: 'POST',
    path: `${LIFECYCLE}/disable`,
    effect: 'write',
    handle: disable,
  },
  {
    operation: 'admin.managedAccounts.enable',
    method: 'POST',
    path: `${LIFECYCLE}/enable`,
    effect: 'write',
    handle: enable,
  },
  {
    operation: 'admin.managedAccounts.scheduleDeletion',
    method: 'POST',
    path: `${LIFECYCLE}/delete`,
    effect: 'write',
    handle: remove,
  },
  {
    operation: 'admin.managedAccounts.cancelDeletion',
    method: 'POST',
    path: `${LIFECYCLE}/cancel-delete`,
    effect: 'write',
    handle: cancel,
  },
];

/** The document requires a body; scripts without one work (seen). */
function disable(context: RouteContext): FakeResponse {
  const { state, body } = context;
  const account = accountOfPath(context);
  const message = body.kind === 'json' && isJsonObject(body.value) ? body.value.message : undefined;
  if (body.kind === 'malformed' || (message !== undefined && typeof message !== 'string')) refuseBody();
  requirePrivilege(context, account, 'lifecycle.enablement');
  refuseConflicts(account, disableAccount(state, account));
  if (account.status === 'active') logAccountChange(context, 'managed_account_deactivated', account.accountId);
  return empty(204);
}

function enable(context: RouteContext): FakeResponse {
  const account = accountOfPath(context);
  requirePrivilege(context, account, 'lifecycle.enablement');
  refuseConflicts(account, enableAccount(context.state, account));
  if (account.status !== 'active') logAccountChange(context, 'managed_account_reactivated', account.accountId);
  return empty(204);
}

/** 200 with a message, where its neighbours answer 204 (documented). */
function remove(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  const account = accountOfPath(context);
  requirePrivilege(context, account, 'lifecycle.delete');
  refuseConflicts(account, scheduleDeletion(state, account, switches.repeatedDeletion));
  if (account.forDeletionAt === undefined)
    logAccountChange(context, 'managed_account_deletion_scheduled', account.accountId);
  return json(200, { message: `AccountId ${account.accountId} has been deleted.` });
}

function cancel(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  const account = accountOfPath(context);
  requirePrivilege(context, account, 'lifecycle.delete');
  if (!cancelDeletion(state, account)) {
    const nothing = 'Error: No deletion is scheduled';
    refuse(
      switches.cancelWithoutDeletion === 404 ? refusal(404, 'notFound', nothing) : refusal(403, 'forbidden', nothing),
    );
  }
  logAccountChange(context, 'managed_account_deletion_cancelled', account.accountId);
  return json(200, { message: `Deletion of accountId ${account.accountId} has been cancelled.` });
}

function requirePrivilege(context: RouteContext, account: Account, privilege: SimplePrivilege): void {
  refuseUnless(privilegeRule(privilegeContext(context), account, privilege));
}

function refuseConflicts({ accountId }: Account, conflicts: LifecycleConflicts): void {
  if (conflicts.length === 0) return;
  const message = 'The account is not eligible for this change';
  const errorCodes = conflicts.map((conflict) => ({ ...conflict }));
  refuse(refusal(409, 'conflict.lifecycleErrors', { message, accountId, errorCodes }));
}
