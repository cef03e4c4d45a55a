import type { Account, LifecycleBlocker } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';
import { withStatus } from './push-profile.js';

/** How long a deletion can be cancelled (documented: 14 days), in milliseconds. */
const GRACE_PERIOD_MS = 14 * 24 * 60 * 60 * 1000;

/** Reasons that stop a change of the life cycle; empty when there are none. */
export type LifecycleConflicts = readonly LifecycleBlocker[];

const SCHEDULED: LifecycleBlocker = {
  code: 'scheduledForDeletion',
  message: 'The account is scheduled for deletion: cancel the deletion first',
};

/** Deactivates an account. Asked again, it changes nothing. */
export function disableAccount(state: FakeState, account: Account): LifecycleConflicts {
  const conflicts = isScheduled(account) ? [SCHEDULED] : account.lifecycleBlockers;
  if (conflicts.length === 0) state.accounts.put(withStatus(account, false, state.clock.now()));
  return conflicts;
}

/** Activates an account. Asked again, it changes nothing. */
export function enableAccount(state: FakeState, account: Account): LifecycleConflicts {
  if (isScheduled(account)) return [SCHEDULED];
  state.accounts.put(withStatus(account, true, state.clock.now()));
  return [];
}

/**
 * Starts the grace period of a deletion: the account looks deactivated, keeps its email and what it is a member of, and
 * closes for good at the end.
 */
export function scheduleDeletion(state: FakeState, account: Account, repeated: 200 | 409): LifecycleConflicts {
  if (isScheduled(account)) return repeated === 409 ? [SCHEDULED] : [];
  if (account.lifecycleBlockers.length > 0) return account.lifecycleBlockers;
  const now = state.clock.now();
  const forDeletionAt = now + GRACE_PERIOD_MS;
  state.accounts.put({ ...withStatus(account, false, now), forDeletionAt });
  state.pending.schedule(forDeletionAt, { type: 'close-account', accountId: account.accountId });
  return [];
}

/** Ends the grace period and activates the account, even one that was deactivated before. Tells whether there was one. */
export function cancelDeletion(state: FakeState, account: Account): boolean {
  if (!isScheduled(account)) return false;
  state.accounts.put(withStatus(account, true, state.clock.now()));
  return true;
}

function isScheduled(account: Account): boolean {
  return account.forDeletionAt !== undefined;
}
