import type { Clock } from '../http/clock.js';
import type { LinkState, ResolvedIdentity, Sourced } from '../model/identity.js';
import type { AtlassianAccountId, ScimUserId } from '../model/ids.js';
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
  // A record that was created has the ids the plan names; a record that was there has what was written to it.
  const created = succeeded(executed, 'scim.user.create') ? plan.subject : {};
  const userName = written(executed, 'userName') ?? created.userName;
  const writtenExternalId = written(executed, 'externalId');

  const email = newer(before?.email, learned.email, 'scim-record', observedAt);
  const accountId = accountAfter(before, executed);
  const scimUserId = recordGone ? undefined : newer(before?.scimUserId, learned.scimUserId, 'scim-record', observedAt);
  if (scimUserId === undefined && accountId === undefined) return recordGone ? undefined : before;

  const link = linkAfter(before, scimUserId, executed);
  const recordUserName = recordGone ? undefined : newer(before?.userName, userName, 'scim-record', observedAt);
  const externalId =
    recordGone || writtenExternalId === null
      ? undefined
      : newer(before?.externalId, writtenExternalId ?? created.externalId, 'scim-record', observedAt);
  return {
    link,
    ...(email !== undefined && { email }),
    ...(recordUserName !== undefined && { userName: recordUserName }),
    ...(externalId !== undefined && { externalId }),
    ...(scimUserId !== undefined && { scimUserId }),
    ...(accountId !== undefined && { accountId }),
  };
}

function accountAfter(
  before: ResolvedIdentity | undefined,
  { account }: ExecutedPlan,
): Sourced<AtlassianAccountId> | undefined {
  if (account === undefined) return before?.accountId;
  const isSame = account.link === before?.link && account.accountId?.value === before.accountId?.value;
  return isSame ? before.accountId : account.accountId;
}

function linkAfter(
  before: ResolvedIdentity | undefined,
  scimUserId: Sourced<ScimUserId> | undefined,
  { account }: ExecutedPlan,
): LinkState {
  if (scimUserId === undefined) return before?.link === 'unknown' ? 'unknown' : 'unsynced';
  if (account !== undefined) return account.link;
  return before?.scimUserId === undefined ? 'unlinked' : before.link;
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

/** What was written to an attribute: `null` for one that was cleared, `undefined` for one that was left alone. */
function written(executed: ExecutedPlan, attribute: 'userName' | 'externalId'): string | null | undefined {
  for (const { operation, outcome } of executed.operations) {
    if (outcome !== 'applied') continue;
    const to = operation.changes.find((change) => change.attribute === attribute)?.to;
    if (to !== undefined && typeof to !== 'boolean') return to;
  }
  return undefined;
}
