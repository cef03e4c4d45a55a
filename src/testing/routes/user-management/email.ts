import { privilegeRule } from '../../rules/manage-privileges.js';
import { emailViolations } from '../../rules/profile-change.js';
import { emailDomain } from '../../state/fake-state.js';
import { isJsonObject } from '../json-object.js';
import { empty, refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { accountOfPath, privilegeContext } from './account-of-path.js';
import { logAccountChange } from './log-account-change.js';
import { refusal, refuseBody, refuseUnless, refuseViolations } from './refusals.js';

/** Changing the email of a managed account. */
export const EMAIL_ROUTES: readonly Route[] = [
  {
    operation: 'admin.managedAccounts.setEmail',
    method: 'PUT',
    path: '/users/:accountId/manage/email',
    effect: 'write',
    handle: setEmail,
  },
];

/** The new address counts as verified at once, and is the organization's: only its verified domains are taken. */
function setEmail(context: RouteContext): FakeResponse {
  const { state, body } = context;
  const account = accountOfPath(context);
  const email = body.kind === 'json' && isJsonObject(body.value) ? body.value.email : undefined;
  if (typeof email !== 'string') refuseBody();
  refuseUnless(privilegeRule(privilegeContext(context), account, 'email.set'));
  refuseViolations(emailViolations(email));
  if (state.domainOf(email)?.status !== 'verified')
    refuse(refusal(403, 'forbidden.unclaimedDomain', { domain: emailDomain(email) }));
  const holder = state.accountByEmail(email);
  if (holder !== undefined && holder.accountId !== account.accountId) refuseTaken(context);

  state.accounts.put({ ...account, email, emailVerified: true });
  logAccountChange(context, 'email_change', account.accountId);
  return empty(204);
}

/** Nobody has recorded this refusal; an address belongs to one account, so there is one. */
function refuseTaken({ switches }: RouteContext): void {
  if (switches.emailTaken === 400) refuseViolations([{ field: 'email', key: 'unique' }]);
  refuse(refusal(409, 'conflict', { message: 'The email address belongs to another account' }));
}
