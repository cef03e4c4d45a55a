import type { ExecutedPlan } from './execute-plan.js';
import type { Plan } from './plan.js';
import type { RecordedApproval } from './approval.js';
import type { Verification } from './run-types.js';

/** The one word for how a run ended, the worst news first: a `RunOutcome`, or what the plan intended. `executed: undefined` is a dry run. */
export function outcomeOf(
  plan: Plan,
  executed: ExecutedPlan | undefined,
  { approval, verification }: { readonly approval?: RecordedApproval; readonly verification?: Verification },
): string {
  if (executed === undefined) return 'planned';
  if (approval?.approved === false) return 'denied';
  const outcomes = new Set(executed.operations.map(({ outcome }) => outcome));
  const anyDone = outcomes.has('applied') || outcomes.has('already') || plan.satisfied.length > 0;

  if (outcomes.has('unknown')) return 'unknown';
  if (executed.auditFailure !== undefined) return 'unrecorded';
  if (executed.cancelled) return 'cancelled';
  if (outcomes.has('failed') || plan.blocked.length > 0) return anyDone ? 'partial' : 'failed';
  if (outcomes.has('staged') || outcomes.has('skipped')) return 'staged';
  if (verification?.verified === false) return 'unverified';
  return plan.intendedOutcome;
}
