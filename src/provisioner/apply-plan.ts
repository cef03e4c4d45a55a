import { z } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { Clock } from '../http/clock.js';
import { lazySchema } from '../model/lazy-schema.js';
import type { ActionRunner } from '../plan/action-runner.js';
import { parseGivenApproval, type GivenApproval } from '../plan/approval.js';
import type { PlanScope } from '../plan/build-plan.js';
import { parsePlan } from '../plan/parse-plan.js';
import { parseStrictly } from '../plan/parse-strictly.js';
import type { Plan } from '../plan/plan.js';
import type { ActionOptions, ActionResult } from '../plan/run-types.js';
import { actionNamed } from './action-catalogue.js';
import { separate } from './separate-choices.js';

/** For a plan that was approved elsewhere: who said yes, and to what. */
export interface WithApproval {
  /** The digest that was approved; another plan than that is refused. */
  readonly digest: string;
  /** The approval that was given elsewhere. */
  readonly approval: GivenApproval;
}

/** For a plan without an approval from elsewhere: a configured `approve` is asked. */
export interface WithoutApproval {
  /** The digest of the plan that is meant; another plan than that is refused. */
  readonly digest?: string | undefined;
  readonly approval?: undefined;
}

/** What applying a stored plan may be told beside the usual. */
export type ApplyOptions = Omit<ActionOptions, 'dryRun'> & (WithApproval | WithoutApproval);

const digestSchema = lazySchema(() =>
  z.strictObject({
    digest: z.string().optional(),
    dryRun: z.undefined('is not an option of apply: the plan is there already').optional(),
  }),
);

/** Applies a stored plan, if it is whole, still valid, of this organization, and its ground has not moved. */
export async function applyPlan(
  value: unknown,
  options: ApplyOptions,
  { runner, clock, scope }: { readonly runner: ActionRunner; readonly clock: Clock; readonly scope: PlanScope },
): Promise<ActionResult> {
  const { choices, run } = separate(options as ApplyOptions & ActionOptions, 'digest', 'approval', 'dryRun');
  const { approval: given, ...rest } = choices;
  const { digest } = parseStrictly('apply was given options that do not fit', digestSchema(), rest, {
    advice: 'Correct them.',
  });
  const approval = parseGivenApproval(given, new Date(clock.now()).toISOString());
  if (approval !== undefined && digest === undefined)
    throw new ProvisionerError('request_invalid', 'apply was given an `approval` without the `digest` that it is for', {
      advice: 'Pass the digest that the approver saw, kept where the plan is not.',
    });

  const plan = parsePlan(value);
  if (digest !== undefined && digest !== plan.digest)
    throw new ProvisionerError('plan_altered', 'The plan is not the one of the digest given', {
      advice: 'Apply the plan that was approved, or have this one approved.',
    });
  requireSameScope(plan, scope);
  const expiresAt = expiryOf(plan, scope, clock);
  if (clock.now() >= Date.parse(expiresAt))
    throw new ProvisionerError('plan_expired', `The plan was valid until ${expiresAt}`, {
      advice: 'Make the plan again, and have it approved again.',
    });
  return runner.run(actionNamed(plan.action), plan.request, run, { plan: { ...plan, expiresAt }, approval });
}

/** How far the clocks of two machines may be apart. */
const CLOCK_SKEW_MS = 300_000;

/** The plan says when it ends, and cannot give itself more time than the configuration gives to any. */
function expiryOf({ createdAt, expiresAt }: Plan, { lifetimeMs }: PlanScope, clock: Clock): string {
  if (Date.parse(createdAt) > clock.now() + CLOCK_SKEW_MS)
    throw new ProvisionerError('plan_altered', 'The plan says that it was made in the future', {
      advice: 'Make the plan again.',
    });
  const latest = Date.parse(createdAt) + lifetimeMs;
  return Date.parse(expiresAt) > latest ? new Date(latest).toISOString() : expiresAt;
}

function requireSameScope(plan: Plan, scope: PlanScope): void {
  if (plan.organizationId === scope.organizationId && plan.scimDirectoryId === scope.scimDirectoryId) return;
  throw new ProvisionerError('plan_altered', 'The plan was made for another organization or directory', {
    advice: 'Apply it with the configuration it was made with.',
  });
}
