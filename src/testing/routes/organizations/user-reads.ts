import type { AtlassianAccountId } from '../../../model/ids.js';
import type { JsonObject } from '../../../model/json.js';
import { bindingsReaching } from '../../rules/held-roles.js';
import { findUser, type FoundUser } from '../../rules/user-query.js';
import { json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { directoryOfRead } from './directory-of-path.js';
import { given, isoInstant } from '../presentation.js';
import { refuseWith } from './refusals.js';
import { platformRoles, userView } from './user-view.js';

/** Reading one user, and the numbers about all of them. */
export const USER_READ_ROUTES: readonly Route[] = [
  {
    operation: 'admin.users.get',
    method: 'GET',
    path: '/admin/v2/orgs/:orgId/directories/:directoryId/users/:accountId',
    effect: 'read',
    // No scope is documented; keys with read scopes were seen to read it.
    scope: 'read:directories:admin',
    handle: get,
  },
  {
    operation: 'admin.users.stats',
    method: 'GET',
    path: '/admin/v2/orgs/:orgId/directories/:directoryId/users/stats',
    effect: 'read',
    scope: 'read:directories:admin',
    handle: stats,
  },
];

/** The user of the path in the directory of the path; refused when there is none, or it is elsewhere. */
export function userOfPath(context: RouteContext): FoundUser {
  const directoryId = directoryOfRead(context);
  const user = findUser(context, param(context, 'accountId') as AtlassianAccountId);
  const isHere =
    user !== undefined &&
    (directoryId === undefined ||
      user.memberships.some((row) => row.directoryId === directoryId) ||
      // Managed accounts stay to be seen after their removal from the directory (documented).
      (user.memberships.length === 0 && context.state.isManaged(user.account)));
  if (!isHere) refuseWith(context, 'ADMIN-UAM-404-1', 'One or more user not found in the directory');
  return user;
}

function get(context: RouteContext): FakeResponse {
  const user = userOfPath(context);
  const { account } = user;
  return json(200, {
    data: {
      ...userView(context, user),
      platformRoles: platformRoles(context, account.accountId),
      ...given({ deactivatedOn: account.deactivatedAt === undefined ? undefined : isoInstant(account.deactivatedAt) }),
    },
  });
}

function stats(context: RouteContext): FakeResponse {
  const { state, visible } = context;
  const directoryId = directoryOfRead(context);
  const statuses = new Map<string, number>(['active', 'inactive', 'closed'].map((status) => [status, 0]));
  const roles = new Map<string, number>();
  for (const accountId of state.accounts.ids() as readonly AtlassianAccountId[]) {
    const user = findUser(context, accountId);
    const isHere =
      directoryId === undefined || user?.memberships.some((row) => row.directoryId === directoryId) === true;
    // A closed account is in no directory any more, and still counted.
    const closed = visible.account(accountId)?.status === 'closed';
    if (!closed && (user === undefined || !isHere)) continue;
    countUp(statuses, closed ? 'closed' : (user?.account.status ?? 'active'));
    for (const role of new Set([...bindingsReaching(visible, accountId)].map(({ roleId }) => roleId)))
      countUp(roles, role);
  }
  return json(200, {
    accountStatus: [...statuses].map(([status, count]): JsonObject => ({ status, count })),
    roles: [...roles].map(([roleId, count]): JsonObject => ({ roleId, count })),
  });
}

function countUp(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
