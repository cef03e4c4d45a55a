import type { JsonObject } from '../../../model/json.js';
import { isRoleAt } from '../../rules/role-catalogue.js';
import { userCandidates } from '../../rules/user-candidates.js';
import { userPicker, type UserQuery } from '../../rules/user-query.js';
import { json, refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { directoryOfRead } from './directory-of-path.js';
import { BodyFields, QueryFields, type Fields } from './fields.js';
import { badRequest, itemCursor, listedPage, listingRequest, pageAnswer, type ListingRequest } from './listing.js';
import { given } from '../presentation.js';
import { USER_EXPANSIONS, userExpansions, userView } from './user-view.js';

interface UserListing {
  readonly query: UserQuery;
  readonly expand: readonly string[];
  readonly limit: number;
}

const STATUSES = ['active', 'suspended', 'not_invited', 'deactivated', 'for_deletion'];

/** Searching, listing and counting the users of a directory. */
export const USER_LISTING_ROUTES: readonly Route[] = [
  {
    operation: 'admin.users.search',
    method: 'POST',
    path: '/admin/v2/orgs/:orgId/directories/:directoryId/users/search',
    effect: 'read',
    // No scope is documented; keys with read scopes were seen to search.
    scope: 'read:directories:admin',
    handle: search,
  },
  {
    operation: 'admin.users.list',
    method: 'GET',
    path: '/admin/v2/orgs/:orgId/directories/:directoryId/users',
    effect: 'read',
    scope: 'read:directories:admin',
    handle: list,
  },
  {
    operation: 'admin.users.count',
    method: 'GET',
    path: '/admin/v2/orgs/:orgId/directories/:directoryId/users/count',
    effect: 'read',
    handle: count,
  },
];

function search(context: RouteContext): FakeResponse {
  const fields = new BodyFields(context.body);
  const cursor = fields.text('cursor');
  if (fields.fault !== undefined) refuse(badRequest(context, fields.fault));
  const request = listingRequest(context, 'admin.users.search', cursor, (): UserListing => {
    const emails = fields.words('emails', { most: 100, unique: true });
    const sort = fields.sortBy('nick_name');
    const expand = fields.words('expand', { most: USER_EXPANSIONS.length, unique: true, oneOf: USER_EXPANSIONS }) ?? [];
    const limit = fields.integer('limit', 1, 100) ?? 50;
    const filters = userFilters(fields);
    fields.check(emails === undefined || filters.searchTerm === undefined, 'emails and searchTerm exclude each other');
    return {
      query: scoped(context, fields, { ...filters, ...given({ emails, sort }), outsiders: true }),
      expand,
      limit,
    };
  });
  const sealed = context.switches.searchCursor === 'place' ? { ...request, query: null } : request;
  return answer(context, 'admin.users.search', request, sealed);
}

function list(context: RouteContext): FakeResponse {
  const cursor = context.query.get('cursor') ?? undefined;
  const request = listingRequest(context, 'admin.users.list', cursor, (): UserListing => {
    const fields = new QueryFields(context.query);
    const limit = fields.integer('limit', 1, 100) ?? 20;
    return { query: scoped(context, fields, { ...userFilters(fields), outsiders: false }), expand: [], limit };
  });
  return answer(context, 'admin.users.list', request, request);
}

function count(context: RouteContext): FakeResponse {
  const fields = new QueryFields(context.query);
  const query = scoped(context, fields, { ...userFilters(fields), outsiders: true });
  const pick = userPicker(context, query);
  return json(200, { count: userCandidates(context, query).filter((id) => pick(id) !== undefined).length });
}

function answer(
  context: RouteContext,
  operation: string,
  { query: { query, expand, limit }, ...rest }: ListingRequest<UserListing>,
  sealed: ListingRequest<unknown>,
): FakeResponse {
  const list = { candidates: userCandidates(context, query), pick: userPicker(context, query), limit };
  const page = listedPage(context, operation, { ...rest, query: sealed.query }, list);
  const data = page.rows.map((user): JsonObject => ({
    ...userView(context, user),
    ...userExpansions(context, user, expand, query.directoryId),
    links: { self: itemCursor(user.account.accountId) },
  }));
  return pageAnswer(context, data, page, 'cursors');
}

/** The filters that every listing of users takes. */
function userFilters(fields: Fields): Omit<UserQuery, 'outsiders'> {
  const isFilterRole = (role: string): boolean => isRoleAt('filter', role);
  return given({
    accountIds: fields.words('accountIds', { most: 10 }),
    searchTerm: fields.text('searchTerm'),
    emailDomains: fields.words('emailDomains', { most: 10 }),
    groupIds: fields.words('groupIds', { most: 10 }),
    directoryIds: fields.words('directoryIds', { most: 10 }),
    resourceIds: fields.words('resourceIds', { most: 20 }),
    roleIds: fields.words('roleIds', { most: 10, allows: isFilterRole }),
    claimStatus: fields.text('claimStatus', ['managed', 'unmanaged']),
    status: fields.words('status', { most: 4, oneOf: STATUSES }),
    accountStatus: fields.words('accountStatus', { most: 3, oneOf: ['active', 'inactive', 'closed'] }),
    membershipStatus: fields.words('membershipStatus', { most: 3, oneOf: ['active', 'suspended', 'no_membership'] }),
    mfaEnabled: fields.flag('mfaEnabled'),
  });
}

/** The query with the directory of the path. A fault in the request comes before a directory that is not there. */
function scoped(context: RouteContext, fields: Fields, query: UserQuery): UserQuery {
  if (fields.fault !== undefined) refuse(badRequest(context, fields.fault));
  const directoryId = directoryOfRead(context);
  return directoryId === undefined ? query : { ...query, directoryId };
}
