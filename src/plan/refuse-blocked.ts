import { ProvisionerError } from '../errors/provisioner-error.js';
import type { Plan } from './plan.js';

/** Refuses a plan that is of no use without what is blocked in it. Throws `action_blocked` with every reason. */
export function refuseBlocked({ action, blocked, blockedStopsAll }: Plan): void {
  const [first] = blocked;
  if (!blockedStopsAll || first === undefined) return;
  const reasons = blocked.map(({ reason, reasonKey }) =>
    reasonKey === undefined ? reason : `${reason} (${reasonKey})`,
  );
  throw new ProvisionerError('action_blocked', `${action} cannot be done: ${reasons.join('; ')}. Nothing was written`, {
    advice: first.advice,
  });
}
