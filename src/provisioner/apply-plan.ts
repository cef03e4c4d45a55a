import { ProvisionerError } from '../errors/provisioner-error.js';
import type { Clock } from '../http/clock.js';
import type { ActionRunner } from '../plan/action-runner.js';
import type { RecordedApproval } from '../plan/approval.js';
import type { PlanScope } from '../plan/build-plan.js';
import { parsePlan } from '../plan/parse-plan.js';
import type { Plan } from '../plan/plan.js';
import type { ActionOptions, ActionResult } from '../plan/run-types.js';
import { actionNamed } from './action-catalogue.js';

/** What applying a stored plan may be told beside the usual. */
export interface ApplyOptions extends Omit<ActionOptions, 'dryRun'> {
  /** The digest that was approved; another plan than that is refused. */
  readonly digest?: string | undefined;
  /** The approval that was given elsewhere. Without it a configured `approve` is asked. */
  readonly approval?: { readonly approvedBy: string; readonly comment?: string; readonly at?: string } | undefined;
}

/** Applies a stored plan, if it is whole, still valid, of this organization, and its ground has not moved. */
export async function applyPlan(
  value: unknown,
  options: ApplyOptions,
  context: { readonly runner: ActionRunner; readonly clock: Clock; readonly scope: Omit<PlanScope, 'lifetimeMs'> },
): Promise<ActionResult> {
  const plan = parsePlan(value);
  const { digest, approval, ...run } = options;
  if (digest !== undefined && digest !== plan.digest)
    throw new ProvisionerError('plan_altered', 'The plan is not the one of the digest given', {
      advice: 'Apply the plan that was approved, or have this one approved.',
    });
  requireSameScope(plan, context.scope);
  if (context.clock.now() >= Date.parse(plan.expiresAt))
    throw new ProvisionerError('plan_expired', `The plan was valid until ${plan.expiresAt}`, {
      advice: 'Make the plan again, and have it approved again.',
    });

  const now = new Date(context.clock.now()).toISOString();
  const recorded: RecordedApproval | undefined =
    approval === undefined ? undefined : { approved: true, ...approval, at: approval.at ?? now };
  return context.runner.run(actionNamed(plan.action), plan.request, run, { plan, approval: recorded });
}

function requireSameScope(plan: Plan, scope: Omit<PlanScope, 'lifetimeMs'>): void {
  if (plan.organizationId === scope.organizationId && plan.scimDirectoryId === scope.scimDirectoryId) return;
  throw new ProvisionerError('plan_altered', 'The plan was made for another organization or directory', {
    advice: 'Apply it with the configuration it was made with.',
  });
}
