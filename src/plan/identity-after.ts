import type { Clock } from '../http/clock.js';
import type { LinkState, ResolvedIdentity, Sourced } from '../model/identity.js';
import type { ExecutedPlan } from './execute-plan.js';
import type { Plan } from './plan.js';

/** The identity as it is known at the end: what was observed before, and what the operations learned since. */
export function identityAfter(
  before: ResolvedIdentity | undefined,
  plan: Plan,
  executed: ExecutedPlan | undefined,
  clock: Clock,
): ResolvedIdentity | undefined {
  if (executed === undefined || executed.operations.length === 0) return before;
  const observedAt = new Date(clock.now()).toISOString();
  const learned = executed.subject;
  const recordGone = succeeded(executed, 'scim.user.delete');
  const userName = writtenUserName(executed);

  const email = newer(before?.email, learned.email, 'scim-record', observedAt);
  const known = executed.unlinked ? undefined : before?.accountId;
  const accountId = newer(known, learned.accountId, 'scim-extension', observedAt);
  const scimUserId = recordGone ? undefined : newer(before?.scimUserId, learned.scimUserId, 'scim-record', observedAt);
  if (scimUserId === undefined && accountId === undefined) return recordGone ? undefined : before;

  const link: LinkState = scimUserId === undefined ? 'unsynced' : accountId === undefined ? 'unlinked' : 'linked';
  const recordUserName = recordGone ? undefined : newer(before?.userName, userName, 'scim-record', observedAt);
  const externalId = recordGone
    ? undefined
    : newer(before?.externalId, plan.subject.externalId, 'scim-record', observedAt);
  return {
    link,
    ...(email !== undefined && { email }),
    ...(recordUserName !== undefined && { userName: recordUserName }),
    ...(externalId !== undefined && { externalId }),
    ...(scimUserId !== undefined && { scimUserId }),
    ...(accountId !== undefined && { accountId }),
  };
}

function newer<Value extends string>(
  before: Sourced<Value> | undefined,
  value: Value | undefined,
  source: Sourced<Value>['source'],
  observedAt: string,
): Sourced<Value> | undefined {
  if (value === undefined || value === before?.value) return before;
  return { value, source, observedAt };
}

function succeeded(executed: ExecutedPlan, kind: string): boolean {
  return executed.operations.some(
    ({ operation, outcome }) => operation.kind === kind && (outcome === 'applied' || outcome === 'already'),
  );
}

function writtenUserName(executed: ExecutedPlan): string | undefined {
  for (const { operation, outcome } of executed.operations) {
    if (outcome !== 'applied') continue;
    const change = operation.changes.find(({ attribute }) => attribute === 'userName');
    if (typeof change?.to === 'string') return change.to;
  }
  return undefined;
}
