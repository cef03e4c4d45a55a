import { refuse } from '../respond.js';
import type { FakeMethod, FakeResponse, Route, RouteContext } from '../route.js';
import { routingFailure } from './refusals.js';

const V1 = '/admin/v1/orgs/:orgId';

/** The operations of v1 that ended on 2026-06-30. */
const RETIRED: readonly (readonly [method: FakeMethod, path: string])[] = [
  ['POST', `${V1}/users/search`],
  ['POST', `${V1}/users/invite`],
  ['POST', `${V1}/directory/users/:accountId/suspend-access`],
  ['POST', `${V1}/directory/users/:accountId/restore-access`],
  ['DELETE', `${V1}/directory/users/:accountId`],
  ['POST', `${V1}/groups/search`],
  ['POST', `${V1}/directory/groups`],
  ['DELETE', `${V1}/directory/groups/:groupId`],
  ['POST', `${V1}/directory/groups/:groupId/memberships`],
  ['DELETE', `${V1}/directory/groups/:groupId/memberships/:accountId`],
  ['POST', `${V1}/directory/groups/:groupId/roles/assign`],
  ['POST', `${V1}/directory/groups/:groupId/roles/revoke`],
];

/** They are known here so that a client that still calls them is told, and not stopped as by a typo. */
export const RETIRED_ROUTES: readonly Route[] = RETIRED.map(([method, path]) => ({
  operation: `retired.${method} ${path}`,
  method,
  path,
  effect: 'write',
  handle: gone,
}));

function gone(context: RouteContext): FakeResponse {
  return refuse(
    context.switches.retiredOperations === 410
      ? routingFailure(context, 410, 'Gone', 'This operation ended on 2026-06-30: use v2')
      : routingFailure(context, 404, 'Not Found', 'No message available'),
  );
}
