import type { AtlassianAccountId } from '../../model/ids.js';
import type { Account } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';

/** Shown for an account that has set no picture. */
const DEFAULT_PICTURE = 'https://secure.gravatar.com/avatar/default.png';

/** What is known of a new account; everything else starts as it does at Atlassian. */
export type NewAccount = Pick<Account, 'email'> & Partial<Account>;

/** Makes an account. It is managed when its email is on a domain that the organization has verified and claimed. */
export function createAccount(state: FakeState, given: NewAccount): Account {
  const accountId = given.accountId ?? (`712020:${state.ids.next('account')}` as AtlassianAccountId);
  const name = given.name ?? given.email.slice(0, given.email.indexOf('@'));
  const account: Account = {
    accountId,
    type: 'atlassian',
    status: 'active',
    emailVerified: true,
    name,
    nickname: name.slice(0, 30),
    picture: DEFAULT_PICTURE,
    profile: {},
    managementSource: null,
    googleLocked: false,
    exportBlocked: false,
    mfaEnabled: false,
    lifecycleBlockers: [],
    productUses: [],
    createdAt: state.clock.now(),
    ...(state.isClaimed(given.email) && { claimedByOrg: state.organization.id }),
    ...given,
  };
  state.accounts.put(account);
  return account;
}
