import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../model/json.js';
import type { Clock } from '../http/clock.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { digestOf } from '../model/canonical-json.js';
import type { OrganizationId, ScimDirectoryId } from '../model/ids.js';
import type { Risk } from '../model/outcome.js';
import type { OperationDraft, PlannedOperation } from '../operations/operation.js';
import { deepFreeze } from './deep-freeze.js';
import type { BlockedStep, Plan, PlanSubject, SatisfiedStep } from './plan.js';

/** What an action decides from what it observed. Pure data: no ids, no times. */
export interface PlanDraft<Outcome extends string = string> {
  readonly subject: PlanSubject;
  readonly intendedOutcome: Outcome;
  readonly operations: readonly OperationDraft[];
  readonly satisfied?: readonly SatisfiedStep[];
  readonly blocked?: readonly BlockedStep[];
  readonly blockedStopsAll?: boolean;
  readonly notes?: readonly string[];
}

/** Where and for how long a plan holds. */
export interface PlanScope {
  readonly organizationId: OrganizationId | undefined;
  readonly scimDirectoryId: ScimDirectoryId | undefined;
  readonly lifetimeMs: number;
}

const RISKS: readonly Risk[] = ['none', 'reversible', 'grace-period', 'irreversible'];

/** Numbers the operations, dates the plan, adds the digest of its content and freezes it. */
export function buildPlan(action: string, request: JsonObject, draft: PlanDraft, scope: PlanScope, clock: Clock): Plan {
  const createdAt = clock.now();
  const content: Omit<Plan, 'digest'> = {
    version: 1,
    id: randomUUID(),
    action,
    request: structuredClone(request),
    ...(scope.organizationId !== undefined && { organizationId: scope.organizationId }),
    ...(scope.scimDirectoryId !== undefined && { scimDirectoryId: scope.scimDirectoryId }),
    subject: draft.subject,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(createdAt + scope.lifetimeMs).toISOString(),
    intendedOutcome: draft.intendedOutcome,
    operations: numbered(draft.operations),
    satisfied: draft.satisfied ?? [],
    blocked: draft.blocked ?? [],
    blockedStopsAll: draft.blockedStopsAll ?? false,
    notes: draft.notes ?? [],
    risk: highestRisk(draft.operations),
  };
  return deepFreeze({ ...content, digest: digestOf(content) });
}

/** The digest a plan should have; another one means that the plan was altered. */
export function digestOfPlan({ digest: _, ...content }: Plan): string {
  return digestOf(content);
}

/**
 * The plan that was made or approved before, as it is seen now: its own id, dates and digest, and all else made afresh.
 *
 * A digest that anybody can compute does not show who made a plan, so nothing of the earlier one is believed that could be
 * looked up again.
 *
 * @throws `plan_stale` when it would do something else by now.
 */
export function renewed(earlier: Plan, fresh: Plan): Plan {
  if (essenceOf(earlier) !== essenceOf(fresh))
    throw new ProvisionerError('plan_stale', `${earlier.action}: what the plan was made from has changed since`, {
      advice: 'Make the plan again, and have it approved again.',
    });
  const { id, createdAt, expiresAt, digest } = earlier;
  return deepFreeze({ ...fresh, id, createdAt, expiresAt, digest });
}

/** What a plan would do and to whom: two plans with one essence do the same to the same person. */
function essenceOf({ subject, operations, blocked, blockedStopsAll, intendedOutcome, risk }: Plan): string {
  return digestOf({
    subject,
    operations: operations.map(withoutCounts),
    blocked,
    blockedStopsAll,
    intendedOutcome,
    risk,
  });
}

/** Members of a group come and go without any change to what the plan does. */
function withoutCounts({ memberCount: _, leaves, ...operation }: PlannedOperation): object {
  return {
    ...operation,
    ...(leaves !== undefined && { leaves: leaves.map(({ memberCount: _count, ...group }) => group) }),
  };
}

function numbered(drafts: readonly OperationDraft[]): PlannedOperation[] {
  const ids = new Map(drafts.map((draft, index) => [draft, `op-${String(index + 1)}`]));
  return drafts.map((operation) => {
    const { after, ...rest } = operation;
    return {
      id: ids.get(operation) ?? '',
      ...rest,
      dependsOn: after.map((earlier) => ids.get(earlier)).filter((id) => id !== undefined),
    };
  });
}

function highestRisk(drafts: readonly OperationDraft[]): Risk {
  return RISKS[Math.max(0, ...drafts.map(({ risk }) => RISKS.indexOf(risk)))] ?? 'none';
}
