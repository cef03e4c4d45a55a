import type { JsonObject } from '../../../model/json.js';
import type { Organization } from '../../state/organization-rows.js';
import { json } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { listedPage, listingRequest, pageAnswer } from './listing.js';

const LIST = 'admin.organizations.list';
const PAGE_SIZE = 20;

/** Listing the organizations of a key and reading one. */
export const ORGANIZATION_ROUTES: readonly Route[] = [
  { operation: LIST, method: 'GET', path: '/admin/v1/orgs', effect: 'read', handle: list },
  {
    operation: 'admin.organizations.get',
    method: 'GET',
    path: '/admin/v1/orgs/:orgId',
    effect: 'read',
    scope: 'read:orgs:admin',
    handle: ({ state, origin }) => json(200, { data: organizationView(state.organization, origin) }),
  },
];

/** A key with scopes finds no organization, whatever its scopes are (seen). */
function list(context: RouteContext): FakeResponse {
  const { state, switches, key, query, origin } = context;
  const request = listingRequest(context, LIST, query.get('cursor') ?? undefined, () => null);
  const isShown =
    key?.scopes === null && key.organizationId === state.organization.id && switches.organizationList === 'one';
  const list = {
    candidates: isShown ? [state.organization.id] : [],
    pick: () => organizationView(state.organization, origin),
    limit: PAGE_SIZE,
  };
  const page = listedPage(context, LIST, request, list);
  // The one list whose `meta` is there and `null` (seen).
  return pageAnswer(context, page.rows, page, 'urls', null);
}

function organizationView({ id, name }: Organization, origin: string): JsonObject {
  const self = `${origin}/admin/v1/orgs/${id}`;
  return {
    id,
    type: 'orgs',
    attributes: { name },
    relationships: {
      domains: { links: { related: `${self}/domains` } },
      users: { links: { related: `${self}/users` } },
    },
    links: { self },
  };
}
