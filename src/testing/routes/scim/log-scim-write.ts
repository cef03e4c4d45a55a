import type { EventSubject } from '../../rules/audit-log.js';
import type { EventAction } from '../../rules/event-actions.js';
import { primaryEmail, type FakeState } from '../../state/fake-state.js';
import type { ScimGroupRow, ScimUserRow } from '../../state/scim-rows.js';
import { logWrite, userSubject } from '../events-of-writes.js';
import type { RouteContext } from '../route.js';

/** Puts a write on a user into the audit log of the organization. */
export function logUserWrite(context: RouteContext, action: EventAction, user: ScimUserRow): void {
  logWrite(context, action, [subjectOfUser(context.state, user)]);
}

/** Puts a write on a group into the audit log of the organization. */
export function logScimGroupWrite(context: RouteContext, action: EventAction, group: ScimGroupRow): void {
  logWrite(context, action, [subjectOfGroup(group)]);
}

/** Puts who came into a group (`true`) and who left it (`false`) into the audit log of the organization. */
export function logMembers(
  context: RouteContext,
  group: ScimGroupRow,
  changes: readonly (readonly [userId: string, isIn: boolean])[],
): void {
  for (const [userId, isIn] of changes) {
    const user = context.state.scimUsers.get(userId);
    if (user === undefined) continue;
    const action = isIn ? 'scim_group_add_member' : 'scim_group_remove_member';
    logWrite(context, action, [subjectOfUser(context.state, user), subjectOfGroup(group)]);
  }
}

/** The account where there is one, and the record else. */
function subjectOfUser(state: FakeState, user: ScimUserRow): EventSubject {
  if (user.accountId !== undefined) return userSubject(state, user.accountId);
  return {
    type: 'users',
    id: user.id,
    attributes: { name: user.attributes.userName, email: primaryEmail(user) ?? '' },
  };
}

function subjectOfGroup({ id, orgGroupId, displayName }: ScimGroupRow): EventSubject {
  return { type: 'groups', id: orgGroupId ?? id, attributes: { name: displayName } };
}
