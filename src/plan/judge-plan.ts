import type { CallOptions } from '../http/transport.js';
import { readGuardFacts } from './guard-facts.js';
import type { GuardRuling } from './guard-ruling.js';
import type { Plan, StagedOperation } from './plan.js';
import type { RunnerParts } from './runner-parts.js';

/** A plan with what the guard says to it now, and what it would say if it were not overridden. */
export interface JudgedPlan {
  readonly plan: Plan;
  readonly ruling: GuardRuling;
  readonly overridden: readonly StagedOperation[];
}

/**
 * Has the guard judge a plan, and count what it admits of it.
 *
 * What was counted is to be released, or executed, before anything else is waited for.
 */
export async function judgePlan(
  plan: Plan,
  parts: Pick<RunnerParts, 'guard' | 'clients' | 'mapper'>,
  { call, override }: { readonly call: CallOptions; readonly override: boolean },
): Promise<JudgedPlan> {
  const { guard } = parts;
  const facts = await readGuardFacts(plan, parts, call);
  const ruling = guard.judge(plan, facts);
  if (!override) return { plan, ruling, overridden: [] };
  ruling.releaseAll();
  return { plan, ruling: guard.count(plan, facts), overridden: ruling.staged };
}
