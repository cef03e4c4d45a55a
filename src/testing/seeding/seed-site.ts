import type { AtlassianAccountId, ResourceAri } from '../../model/ids.js';
import { createAccount } from '../rules/create-account.js';
import { SITE_ADMIN } from '../rules/role-catalogue.js';
import { bindingKey, type FakeState } from '../state/fake-state.js';
import type { Account } from '../state/account-rows.js';

/** The service account that administers every site of the fake. It is in no directory of the organization. */
export const SITE_ADMINISTRATOR = '712020:5e4ac000-0000-4000-8000-000000000000' as AtlassianAccountId;

/** The user and the token of {@link SITE_ADMINISTRATOR}. */
export const SITE_CREDENTIAL = {
  user: 'site-admin@serviceaccount.atlassian.com',
  token: 'ATATT3xFfFakeSiteAdministrator',
} as const;

const TOKEN_ID = 'asp_site-administrator';

/**
 * Gives a site its administrator, with a token.
 *
 * Atlassian's service accounts call through the gateway alone, with scopes. This one's token has none and works on the
 * host of the site, so that the address of the site is all that a client needs.
 */
export function administerSite(state: FakeState, cloudId: string): void {
  if (!state.accounts.has(SITE_ADMINISTRATOR)) {
    addServiceAccount(state, {
      accountId: SITE_ADMINISTRATOR,
      email: SITE_CREDENTIAL.user,
      name: 'Site Administrator',
    });
    state.apiTokens.put({
      id: TOKEN_ID,
      secret: SITE_CREDENTIAL.token,
      scopes: null,
      accountId: SITE_ADMINISTRATOR,
      label: 'fake',
      createdAt: state.clock.now(),
    });
  }
  const binding = {
    principal: { type: 'user', id: SITE_ADMINISTRATOR },
    resourceId: `ari:cloud:platform::site/${cloudId}` as ResourceAri,
    roleId: SITE_ADMIN,
  } as const;
  if (!state.roleBindings.has(bindingKey(binding))) state.roleBindings.put(binding);
}

/** Adds an account of a service, which nobody logs in to and nobody manages. */
export function addServiceAccount(
  state: FakeState,
  account: Pick<Account, 'email' | 'name'> & { readonly accountId?: AtlassianAccountId },
): Account {
  const accountId = (account.accountId ?? `712020:${state.ids.next('serviceAccount')}`) as AtlassianAccountId;
  return createAccount(state, { ...account, accountId, type: 'app' });
}
