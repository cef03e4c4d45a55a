import type { JsonObject } from '../../../model/json.js';
import type { Account } from '../../state/account-rows.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { listedPage, listingRequest, pageAnswer } from './listing.js';
import { given, isoInstant } from '../presentation.js';
import { isActivityKey } from './product-keys.js';

const LIST = 'admin.users.listManaged';
/** Atlassian publishes no size for this page, and an undocumented `limit` is let pass and not followed. */
const PAGE_SIZE = 100;

/** Listing the managed accounts, in a directory or not (v1: snake_case). */
export const MANAGED_ACCOUNT_ROUTES: readonly Route[] = [
  {
    operation: LIST,
    method: 'GET',
    path: '/admin/v1/orgs/:orgId/users',
    effect: 'read',
    scope: 'read:accounts:admin',
    handle: list,
  },
];

function list(context: RouteContext): FakeResponse {
  const { state, visible } = context;
  const request = listingRequest(context, LIST, context.query.get('cursor') ?? undefined, () => null);
  const candidates = state.accounts.idsBy('claimedByOrg', state.organization.id);
  const pick = (id: string): Account | undefined => visible.account(id as Account['accountId']);
  const page = listedPage(context, LIST, request, { candidates, pick, limit: PAGE_SIZE });
  const data = page.rows.map((account) => accountView(context, account));
  return pageAnswer(context, data, page, 'urls', { total: candidates.length });
}

function accountView({ state, origin, path }: RouteContext, account: Account): JsonObject {
  const uses = account.productUses.filter(({ key }) => isActivityKey(key));
  const lastActiveAt = uses.map((use) => use.lastActiveAt);
  return {
    account_id: account.accountId,
    account_type: account.type,
    account_status: account.status,
    name: account.name,
    picture: account.picture,
    email: account.email,
    access_billable: account.type === 'atlassian' && account.status === 'active',
    ...given({ last_active: lastActiveAt.length > 0 ? isoInstant(Math.max(...lastActiveAt)) : undefined }),
    product_access: uses.map(({ key, resourceId, lastActiveAt: at }) => {
      const workspace = state.workspaces.get(resourceId);
      return { key, name: workspace?.type ?? key, last_active: isoInstant(at), ...given({ url: workspace?.hostUrl }) };
    }),
    links: { self: `${origin}${path}/${encodeURIComponent(account.accountId)}` },
  };
}
