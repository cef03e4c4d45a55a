import type { JsonObject } from '../../../model/json.js';
import type { Domain } from '../../state/organization-rows.js';
import { json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { listedPage, listingRequest, pageAnswer } from './listing.js';
import { refuseWith } from './refusals.js';

const LIST = 'admin.domains.list';
const DOMAINS = '/admin/v1/orgs/:orgId/domains';
const PAGE_SIZE = 20;
const DOMAIN_ID = /^[\w=-]+$/;

/** Listing and reading the email domains of the organization. */
export const DOMAIN_ROUTES: readonly Route[] = [
  { operation: LIST, method: 'GET', path: DOMAINS, effect: 'read', scope: 'read:domains:admin', handle: list },
  {
    operation: 'admin.domains.get',
    method: 'GET',
    path: `${DOMAINS}/:domainId`,
    effect: 'read',
    scope: 'read:domains:admin',
    handle: get,
  },
];

function list(context: RouteContext): FakeResponse {
  const { state } = context;
  const request = listingRequest(context, LIST, context.query.get('cursor') ?? undefined, () => null);
  const pick = (id: string): Domain | undefined => state.domains.get(id);
  const page = listedPage(context, LIST, request, { candidates: state.domains.ids(), pick, limit: PAGE_SIZE });
  const data = page.rows.map((domain) => domainView(context, domain));
  return pageAnswer(context, data, page, 'urls');
}

function get(context: RouteContext): FakeResponse {
  const domainId = param(context, 'domainId');
  if (!DOMAIN_ID.test(domainId)) refuseWith(context, 'ADMIN-400-2', 'The domain id is invalid');
  const domain = context.state.domains.get(domainId);
  if (domain === undefined) refuseWith(context, 'ADMIN-404-3', 'The domain does not exist');
  return json(200, { data: domainView(context, domain) });
}

function domainView({ state, origin }: RouteContext, { id, name, claimType, status }: Domain): JsonObject {
  return {
    id,
    type: 'domains',
    attributes: { name, claim: { type: claimType, status } },
    links: { self: `${origin}/admin/v1/orgs/${state.organization.id}/domains/${id}` },
  };
}
