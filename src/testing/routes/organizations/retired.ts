import { refuse } from '../respond.js';
import type { FakeMethod, FakeResponse, Route, RouteContext } from '../route.js';
import { routingFailure } from './refusals.js';
import { serveRetired } from './retired-served.js';

const V1 = '/admin/v1/orgs/:orgId';

/** The operations of v1 that ended on 2026-06-30, and the v2 operations that can stand in for them. */
const RETIRED: readonly (readonly [method: FakeMethod, path: string, successor?: string])[] = [
  ['POST', `${V1}/users/search`],
  ['POST', `${V1}/users/invite`],
  ['POST', `${V1}/directory/users/:accountId/suspend-access`, 'admin.users.suspend'],
  ['POST', `${V1}/directory/users/:accountId/restore-access`, 'admin.users.restore'],
  ['DELETE', `${V1}/directory/users/:accountId`, 'admin.users.remove'],
  ['POST', `${V1}/groups/search`],
  ['POST', `${V1}/directory/groups`, 'admin.groups.create'],
  ['DELETE', `${V1}/directory/groups/:groupId`, 'admin.groups.delete'],
  ['POST', `${V1}/directory/groups/:groupId/memberships`, 'admin.groups.addMember'],
  ['DELETE', `${V1}/directory/groups/:groupId/memberships/:accountId`, 'admin.groups.removeMember'],
  ['POST', `${V1}/directory/groups/:groupId/roles/assign`],
  ['POST', `${V1}/directory/groups/:groupId/roles/revoke`],
];

/** They are known here so that a client that still calls them is told, and not stopped as by a typo. */
export const RETIRED_ROUTES: readonly Route[] = RETIRED.map(([method, path, successor]) => ({
  operation: `retired.${method} ${path}`,
  method,
  path,
  effect: 'write',
  handle: (context) =>
    successor !== undefined && context.switches.retiredOperations === 'served'
      ? serveRetired(context, successor)
      : gone(context),
}));

function gone(context: RouteContext): FakeResponse {
  return refuse(
    context.switches.retiredOperations === 404
      ? routingFailure(context, 404, 'Not Found', 'No message available')
      : routingFailure(context, 410, 'Gone', 'This operation ended on 2026-06-30: use v2'),
  );
}
