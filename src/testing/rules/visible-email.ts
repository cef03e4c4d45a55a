import type { Account } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';

/**
 * The email of an account as a product shows it to a caller: of the caller, and of those whom the organization manages.
 * `undefined` for anybody else, who has hidden it.
 */
export function visibleEmail(state: FakeState, account: Account, caller: Account | undefined): string | undefined {
  if (account.status === 'closed') return undefined;
  return account.accountId === caller?.accountId || state.isManaged(account) ? account.email : undefined;
}
