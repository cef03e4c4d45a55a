import type { CallOptions } from '../http/transport.js';
import { operationOfKind } from '../operations/catalogue.js';
import { readGuardFacts } from './guard-facts.js';
import type { GuardRuling } from './guard-ruling.js';
import type { Plan, StagedOperation } from './plan.js';
import type { RunnerParts } from './runner-parts.js';

/** A plan with what the guard says to it now, and what it would say if it were not overridden. */
export interface JudgedPlan {
  readonly plan: Plan;
  readonly ruling: GuardRuling;
  readonly overridden: readonly StagedOperation[];
  /** What the guard could not find out, one sentence each. */
  readonly notes: readonly string[];
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
  const notes =
    guard.asksForOrganizationAdmins && endsAccess(plan) && parts.clients.admin === undefined ? [ADMINS_UNREAD] : [];
  if (!override) return { plan, ruling, overridden: [], notes };
  ruling.releaseAll();
  return { plan, ruling: guard.count(plan, facts), overridden: ruling.staged, notes };
}

const ADMINS_UNREAD =
  'Without the organization key nobody can be told to be an organization admin, so the protection of those was not applied.';

function endsAccess({ operations }: Plan): boolean {
  return operations.some(({ kind }) => operationOfKind(kind).removesAccess);
}
