import { ProvisionerError } from '../errors/provisioner-error.js';
import { parseAnswer, type ApprovalRequest, type Approve, type RecordedApproval } from './approval.js';
import { deepFreeze } from './deep-freeze.js';
import { nameOfSubject } from './describe-plan.js';
import type { JudgedPlan } from './judge-plan.js';
import type { Plan } from './plan.js';
import type { ActionOptions } from './run-types.js';
import type { RunnerParts } from './runner-parts.js';
import { untilAborted } from './until-aborted.js';

/**
 * Shows a plan, frozen, to whoever decides on it, and waits for the answer or for the caller's signal.
 *
 * @throws `approval_failed` when there is no answer, with what the approver threw as its `cause`.
 */
export async function askApproval(
  approve: Approve,
  { plan, ruling, overridden }: JudgedPlan,
  { clock, recorder }: Pick<RunnerParts, 'clock' | 'recorder'>,
  {
    correlationId,
    reason,
    actor = recorder.actor,
    overrideGuard,
    signal,
  }: Pick<ActionOptions, 'reason' | 'actor' | 'overrideGuard' | 'signal'> & { readonly correlationId: string },
): Promise<RecordedApproval> {
  const request: ApprovalRequest = deepFreeze({
    plan,
    staged: ruling.staged,
    ...(overrideGuard !== undefined && { overrideGuard: { because: overrideGuard.because, overridden } }),
    actor: { ...actor },
    ...(reason !== undefined && { reason }),
    correlationId,
  });
  const answer = (async () => approve(request, { signal }))().catch((error: unknown) => {
    throw signal?.aborted === true ? error : noAnswer(plan, error);
  });
  return parseAnswer(
    await untilAborted(`Approval of ${plan.action}`, answer, signal),
    new Date(clock.now()).toISOString(),
  );
}

/** Names the plan, so that one of many can be found, and not the words of the error, which are the caller's own. */
function noAnswer(plan: Plan, cause: unknown): ProvisionerError {
  const about = `${plan.action} (${nameOfSubject(plan)})`;
  return new ProvisionerError(
    'approval_failed',
    `${about} was not decided on, for \`approve\` threw; nothing was written`,
    { cause, retryable: true },
  );
}

/** Refuses a plan whose approval came too late. Throws `plan_expired`. */
export function refuseLateApproval({ action, expiresAt }: Plan, now: number): void {
  if (now < Date.parse(expiresAt)) return;
  throw new ProvisionerError(
    'plan_expired',
    `${action}: the plan was valid until ${expiresAt}, and was approved after that`,
    { advice: 'Call again, and have it approved in time; `planLifetimeMs` says how long that is.' },
  );
}
