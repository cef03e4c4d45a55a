import type { AtlassianAccountId } from '../../../model/ids.js';
import type { EventAction } from '../../rules/event-actions.js';
import { logWrite, userSubject } from '../events-of-writes.js';
import type { RouteContext } from '../route.js';

/** Puts a change of a managed account into the audit log of the organization. */
export function logAccountChange(context: RouteContext, action: EventAction, accountId: AtlassianAccountId): void {
  logWrite(context, action, [userSubject(context.state, accountId)]);
}
