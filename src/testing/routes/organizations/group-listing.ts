import type { JsonObject } from '../../../model/json.js';
import { groupCandidates, groupPicker, type GroupQuery } from '../../rules/group-query.js';
import { isRoleAt } from '../../rules/role-catalogue.js';
import { json, refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { directoryOfRead } from './directory-of-path.js';
import { BodyFields, QueryFields, type Fields } from './fields.js';
import { GROUP_EXPANSIONS, groupView } from './group-view.js';
import { badRequest, itemCursor, listedPage, listingRequest, pageAnswer, type ListingRequest } from './listing.js';
import { given } from '../presentation.js';

interface GroupListing {
  readonly query: GroupQuery;
  readonly expand: readonly string[];
  readonly limit: number;
}

const GROUPS = '/admin/v2/orgs/:orgId/directories/:directoryId/groups';

/** Searching, listing and counting the groups of a directory. */
export const GROUP_LISTING_ROUTES: readonly Route[] = [
  {
    operation: 'admin.groups.search',
    method: 'POST',
    path: `${GROUPS}/search`,
    effect: 'read',
    // No scope is documented for searching and counting; keys with read scopes were seen to do both.
    scope: 'read:groups:admin',
    handle: search,
  },
  {
    operation: 'admin.groups.list',
    method: 'GET',
    path: GROUPS,
    effect: 'read',
    scope: 'read:groups:admin',
    handle: list,
  },
  {
    operation: 'admin.groups.count',
    method: 'GET',
    path: `${GROUPS}/count`,
    effect: 'read',
    scope: 'read:groups:admin',
    handle: count,
  },
];

function search(context: RouteContext): FakeResponse {
  const fields = new BodyFields(context.body);
  const cursor = fields.text('cursor');
  if (fields.fault !== undefined) refuse(badRequest(context, fields.fault));
  const request = listingRequest(context, 'admin.groups.search', cursor, (): GroupListing => {
    const groupNames = fields.words('groupNames', { most: 100, unique: true });
    const sort = fields.sortBy('name');
    const expand = fields.words('expand', { most: 2, unique: true, oneOf: GROUP_EXPANSIONS }) ?? [];
    const limit = fields.integer('limit', 1, 100) ?? 20;
    const filters = groupFilters(fields, true);
    fields.check(
      groupNames === undefined || (filters.searchTerm === undefined && filters.groupIds === undefined),
      'groupNames excludes searchTerm and groupIds',
    );
    return { query: scoped(context, fields, { ...filters, ...given({ groupNames, sort }) }), expand, limit };
  });
  const sealed = context.switches.searchCursor === 'place' ? { ...request, query: null } : request;
  return answer(context, 'admin.groups.search', request, sealed);
}

function list(context: RouteContext): FakeResponse {
  const cursor = context.query.get('cursor') ?? undefined;
  const request = listingRequest(context, 'admin.groups.list', cursor, (): GroupListing => {
    const fields = new QueryFields(context.query);
    const limit = fields.integer('limit', 1, 100) ?? 20;
    // The default serialization of an object in a query; the document leaves it open.
    const expand = [
      ...(fields.flag('includeUsers') === true ? ['counts.users'] : []),
      ...(fields.flag('includeResources') === true ? ['counts.resources'] : []),
    ];
    return { query: scoped(context, fields, groupFilters(fields)), expand, limit };
  });
  return answer(context, 'admin.groups.list', request, request);
}

function count(context: RouteContext): FakeResponse {
  const fields = new QueryFields(context.query);
  const query = scoped(context, fields, groupFilters(fields));
  const pick = groupPicker(context, query);
  return json(200, { count: groupCandidates(context, query).filter((id) => pick(id) !== undefined).length });
}

function answer(
  context: RouteContext,
  operation: string,
  { query: { query, expand, limit }, ...rest }: ListingRequest<GroupListing>,
  sealed: ListingRequest<unknown>,
): FakeResponse {
  const list = { candidates: groupCandidates(context, query), pick: groupPicker(context, query), limit };
  const page = listedPage(context, operation, { ...rest, query: sealed.query }, list);
  const data = page.rows.map((group): JsonObject => ({
    ...groupView(context, group, expand),
    links: { self: itemCursor(group.id) },
  }));
  return pageAnswer(context, data, page, 'cursors');
}

/** The filters that every listing of groups takes. */
function groupFilters(fields: Fields, unique = false): GroupQuery {
  const isKnownRole = (role: string): boolean => isRoleAt('filter', role) || isRoleAt('group', role);
  return given({
    searchTerm: fields.text('searchTerm'),
    groupIds: fields.words('groupIds', { most: 10, unique }),
    accountIds: fields.words('accountIds', { most: 10, unique }),
    directoryIds: fields.words('directoryIds', { most: 10, unique }),
    resourceIds: fields.words('resourceIds', { most: 20, unique }),
    resourceOwners: fields.words('resourceOwners', { most: 10, unique }),
    roleIds: fields.words('roleIds', { most: 10, unique, allows: isKnownRole }),
  });
}

/** The query with the directory of the path. A fault in the request comes before a directory that is not there. */
function scoped(context: RouteContext, fields: Fields, query: GroupQuery): GroupQuery {
  if (fields.fault !== undefined) refuse(badRequest(context, fields.fault));
  const directoryId = directoryOfRead(context);
  return directoryId === undefined ? query : { ...query, directoryId };
}
