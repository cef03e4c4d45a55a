import type { PrivilegeContext } from '../../rules/manage-privileges.js';
import type { Account } from '../../state/account-rows.js';
import { refuse } from '../respond.js';
import { param, type RouteContext } from '../route.js';
import { refusal } from './refusals.js';

/**
 * The account of the path, managed by the organization of the key.
 *
 * An unknown or closed account is not found, and one that the organization does not manage is forbidden: so this tells who
 * exists (seen).
 */
export function accountOfPath(context: RouteContext): Account {
  const { state, key, switches } = context;
  const account = state.accounts.get(param(context, 'accountId'));
  if (account === undefined || account.status === 'closed')
    refuse(refusal(404, 'accountNotFound', 'Error: User account not found'));
  if (account.claimedByOrg === undefined || account.claimedByOrg !== key?.organizationId)
    refuse(refusal(403, 'forbidden', 'Error: Caller must be a verified org admin of targeted account'));
  if (!account.emailVerified && switches.unverifiedAccount === 'refused')
    refuse(refusal(403, 'forbidden.targetUnverified', 'Error: Cannot perform action on unverified account'));
  return account;
}

/** What the rules about privileges look at. */
export function privilegeContext({ state, key, switches }: RouteContext): PrivilegeContext {
  return { state, actorId: key?.ownerAccountId, notMyself: switches.notMyself };
}
