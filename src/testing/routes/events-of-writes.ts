import type { AtlassianAccountId } from '../../model/ids.js';
import { recordEvent, type EventSubject } from '../rules/audit-log.js';
import type { EventAction } from '../rules/event-actions.js';
import type { FakeState } from '../state/fake-state.js';
import type { OrgGroup } from '../state/account-rows.js';
import type { RouteContext } from './route.js';

/** Puts a write into the audit log, as done by the key of the request. */
export function logWrite(
  { state, switches, key }: RouteContext,
  action: EventAction,
  subjects: readonly EventSubject[],
  product?: string,
): void {
  const lagMs = switches.eventLagMs;
  recordEvent(state, { action, subjects, key, lagMs, ...(product !== undefined && { product }) });
}

/** A user as the subject of an event. */
export function userSubject(state: FakeState, accountId: AtlassianAccountId): EventSubject {
  const account = state.accounts.get(accountId);
  return {
    type: 'users',
    id: accountId,
    ...(account !== undefined && { attributes: { name: account.name, email: account.email } }),
  };
}

/** A group as the subject of an event. */
export function groupSubject({ id, name }: OrgGroup): EventSubject {
  return { type: 'groups', id, attributes: { name } };
}

/** A role on a resource as the subject of an event. */
export function roleSubject(resourceId: string, roleId: string): EventSubject {
  return { type: 'products', id: resourceId, attributes: { role: roleId } };
}
