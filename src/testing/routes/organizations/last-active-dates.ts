import type { AtlassianAccountId } from '../../../model/ids.js';
import type { JsonObject } from '../../../model/json.js';
import { findUser } from '../../rules/user-query.js';
import type { ProductUse } from '../../state/account-rows.js';
import { json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { listedPage, listingRequest } from './listing.js';
import { isoInstant, present } from '../presentation.js';
import { isActivityKey } from './product-keys.js';
import { refuseWith } from './refusals.js';
import { firstAddedAt } from './user-view.js';

const OPERATION = 'admin.users.lastActiveDates';
const PAGE_SIZE = 50;

/** When a person last used which product: use, not entitlement (v1: snake_case). */
export const LAST_ACTIVE_ROUTES: readonly Route[] = [
  {
    operation: OPERATION,
    method: 'GET',
    path: '/admin/v1/orgs/:orgId/directory/users/:accountId/last-active-dates',
    effect: 'read',
    handle: lastActiveDates,
  },
];

function lastActiveDates(context: RouteContext): FakeResponse {
  const request = listingRequest(context, OPERATION, context.query.get('cursor') ?? undefined, () => null);
  const user = findUser(context, param(context, 'accountId') as AtlassianAccountId);
  if (user === undefined) refuseWith(context, 'ADMIN-404-8', 'The user does not exist in the organization');

  const uses = new Map(
    user.account.productUses
      .filter(({ key }) => isActivityKey(key))
      .map((use) => [`${use.key} ${use.resourceId}`, use]),
  );
  const list = { candidates: [...uses.keys()], pick: (id: string) => uses.get(id), limit: PAGE_SIZE };
  const page = listedPage(context, OPERATION, request, list);
  const addedAt = firstAddedAt(user.memberships);
  const added = addedAt === undefined ? null : isoInstant(addedAt);
  return json(200, {
    data: {
      product_access: page.rows.map(useView),
      added_to_org: added === null ? null : dateOf(added),
      added_to_org_timestamp: added,
    },
    links: present(context, { next: page.next }),
  });
}

function useView({ key, resourceId, lastActiveAt }: ProductUse): JsonObject {
  const timestamp = isoInstant(lastActiveAt);
  return { id: resourceId, key, last_active: dateOf(timestamp), last_active_timestamp: timestamp };
}

function dateOf(instant: string): string {
  return instant.slice(0, 'yyyy-mm-dd'.length);
}
