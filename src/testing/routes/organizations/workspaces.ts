import type { JsonObject, JsonValue } from '../../../model/json.js';
import { parseWorkspaceQuery, QUERY_FIELDS, type QueryableWorkspace } from '../../rules/workspace-query.js';
import type { Workspace } from '../../state/organization-rows.js';
import { json, refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { BodyFields } from './fields.js';
import { listedPage, listingRequest, urlOf, type ListingRequest } from './listing.js';
import { isoInstant, present } from '../presentation.js';
import { applicationError } from './refusals.js';

interface WorkspaceListing {
  readonly query: JsonValue;
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit: number;
}

const SEARCH = 'admin.workspaces.search';

/** Searching the products of the organization's sites. */
export const WORKSPACE_ROUTES: readonly Route[] = [
  {
    operation: SEARCH,
    method: 'POST',
    path: '/admin/v2/orgs/:orgId/workspaces',
    effect: 'read',
    scope: 'read:workspaces:admin',
    handle: search,
  },
];

function search(context: RouteContext): FakeResponse {
  const { state } = context;
  const request = readRequest(context);
  const { query, sort, limit } = request.query;
  const matches = parseWorkspaceQuery(query);
  if (matches === undefined) refuse(applicationError(state, 'ADMIN-400-4', 'The query is invalid'));

  const found = [...state.workspaces.values()]
    .map((workspace) => ({ workspace, queryable: queryableOf(workspace) }))
    .filter(({ queryable }) => matches(queryable))
    .toSorted((a, b) => compare(a.queryable, b.queryable, sort));
  const byId = new Map(found.map(({ workspace }) => [workspace.ari as string, workspace]));
  const list = { candidates: [...byId.keys()], pick: (id: string) => byId.get(id), limit };
  const page = listedPage(context, SEARCH, request, list);
  const startIndex = request.place?.position ?? 0;
  const link = (cursor: string | undefined): string | undefined =>
    cursor === undefined || context.switches.workspaceNext === 'cursor' ? cursor : urlOf(context, cursor);
  return json(200, {
    data: page.rows.map((workspace) => workspaceView(context, workspace)),
    links: present(context, { self: link(page.self), prev: link(page.prev), next: link(page.next) }),
    meta: { pageSize: limit, startIndex, endIndex: startIndex + page.rows.length, total: found.length },
  });
}

/** Errors of this operation are documented as one bare error, without the envelope. */
function readRequest(context: RouteContext): ListingRequest<WorkspaceListing> {
  const { state } = context;
  const fields = new BodyFields(context.body);
  const cursor = fields.text('cursor');
  // Documented: with a cursor, no other property may be present.
  fields.check(cursor === undefined || !fields.hasOtherThan('cursor'), 'Beside a cursor nothing may be given');
  const limit = fields.integer('limit', 1, 1000) ?? 20;
  const sort = fields.objects('sort')?.map(({ field, order }) => {
    const known = QUERY_FIELDS.find((name) => name === field);
    const isOrder = order === 'asc' || order === 'desc' || order === undefined;
    fields.check(known !== undefined && isOrder, 'sort is invalid');
    return { field: known ?? '', descending: order === 'desc' };
  });
  const query = fields.raw('query') ?? null;
  if (fields.fault !== undefined) refuse(applicationError(state, 'ADMIN-400-4', fields.fault));
  return listingRequest(context, SEARCH, cursor, () => ({ query, sort: sort ?? [], limit }));
}

function compare(a: QueryableWorkspace, b: QueryableWorkspace, sort: WorkspaceListing['sort']): number {
  for (const { field, descending } of sort) {
    const order = (a.fields.get(field) ?? '').localeCompare(b.fields.get(field) ?? '', 'en');
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

function queryableOf(workspace: Workspace): QueryableWorkspace {
  return {
    id: workspace.ari,
    fields: new Map([
      ['id', workspace.ari],
      ['attributes.name', workspace.name],
      ['attributes.type', workspace.type],
      ['attributes.typeKey', workspace.typeKey],
      ['attributes.status', workspace.status],
      ['attributes.hostUrl', workspace.hostUrl],
      ['attributes.realm', REALM],
    ]),
    features: [],
    policies: [],
  };
}

const REALM = 'EU';

function workspaceView({ origin, path }: RouteContext, workspace: Workspace): JsonObject {
  return {
    id: workspace.ari,
    type: 'workspaces',
    attributes: {
      name: workspace.name,
      typeKey: workspace.typeKey,
      type: workspace.type,
      owner: null,
      status: workspace.status,
      statusDetails: [],
      icons: {},
      avatars: {},
      labels: [],
      sandbox: { type: workspace.sandbox ? 'CHILD' : 'NONE' },
      usage: null,
      capacity: workspace.capacity,
      createdAt: isoInstant(workspace.createdAt),
      createdBy: null,
      hostUrl: workspace.hostUrl,
      realm: REALM,
      regions: ['eu-central-1'],
    },
    links: { self: `${origin}${path}/${encodeURIComponent(workspace.ari)}` },
    relationships: {},
  };
}
