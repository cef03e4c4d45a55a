import type { JsonObject } from '../../../model/json.js';
import {
  PROFILE_PATHS,
  privilegeRule,
  profileRule,
  SIMPLE_PRIVILEGES,
  type SimplePrivilege,
} from '../../rules/manage-privileges.js';
import type { Account } from '../../state/account-rows.js';
import { json } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { accountOfPath, privilegeContext } from './account-of-path.js';
import { ruleView } from './refusals.js';

/** `profile` is the old name of `profile.write`. */
const PROFILE_PRIVILEGES = ['profile', 'profile.write'];

/** Asking what may be done with an account, and why not. */
export const PERMISSION_ROUTES: readonly Route[] = [
  {
    operation: 'admin.managedAccounts.permissions',
    method: 'GET',
    path: '/users/:accountId/manage',
    effect: 'read',
    handle: permissions,
  },
];

function permissions(context: RouteContext): FakeResponse {
  const account = accountOfPath(context);
  // Repeated names are the default of the document, joined ones what a client sends; unknown privileges are passed over.
  const asked = context.query.getAll('privileges').flatMap((value) => value.split(','));
  const isAsked = (privilege: string): boolean => asked.length === 0 || asked.includes(privilege);
  const rules: JsonObject = {};
  for (const privilege of PROFILE_PRIVILEGES) if (isAsked(privilege)) rules[privilege] = profileView(context, account);
  for (const privilege of SIMPLE_PRIVILEGES)
    if (isAsked(privilege)) rules[privilege] = privilegeView(context, account, privilege);
  return json(200, rules);
}

function profileView(context: RouteContext, account: Account): JsonObject {
  return Object.fromEntries(
    PROFILE_PATHS.map((path) => [path, ruleView(profileRule(privilegeContext(context), account, path))]),
  );
}

function privilegeView(context: RouteContext, account: Account, privilege: SimplePrivilege): JsonObject {
  const rule = privilegeRule(privilegeContext(context), account, privilege);
  const isBare =
    privilege === 'lifecycle.delete' &&
    !rule.allowed &&
    rule.reason?.startsWith('externalDirectory.') === true &&
    context.switches.lockedDeletionReason === 'absent';
  return ruleView(isBare ? { allowed: false } : rule);
}
