import type { AtlassianAccountId } from '../../../model/ids.js';
import type { JsonObject } from '../../../model/json.js';
import { refuse } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { QueryFields } from './fields.js';
import { badRequest, listedPage, listingRequest, pageAnswer } from './listing.js';
import { given } from '../presentation.js';

interface DirectoryListing {
  readonly accountId?: string;
  readonly directoryIds?: readonly string[];
  readonly searchTerm?: string;
  readonly limit: number;
}

const LIST = 'admin.directories.list';

/** Listing the directories of the organization. */
export const DIRECTORY_ROUTES: readonly Route[] = [
  {
    operation: LIST,
    method: 'GET',
    path: '/admin/v2/orgs/:orgId/directories',
    effect: 'read',
    scope: 'read:directories:admin',
    handle: list,
  },
];

function list(context: RouteContext): FakeResponse {
  const { state, visible } = context;
  const request = listingRequest(context, LIST, context.query.get('cursor') ?? undefined, () => parse(context));
  const { accountId, directoryIds, searchTerm, limit } = request.query;
  const pick = (id: string): JsonObject | undefined => {
    const directory = state.orgDirectories.get(id);
    const isAskedFor =
      directory !== undefined &&
      (directoryIds?.includes(id) ?? true) &&
      directory.name.toLowerCase().includes(searchTerm?.toLowerCase() ?? '') &&
      (accountId === undefined || visible.membership(directory.id, accountId as AtlassianAccountId) !== undefined);
    return isAskedFor
      ? { directoryId: id, name: directory.name, icon: 'https://icons.atlassian.example/directory.png' }
      : undefined;
  };
  const page = listedPage(context, LIST, request, { candidates: state.orgDirectories.ids(), pick, limit });
  return pageAnswer(context, page.rows, page, 'cursors');
}

function parse(context: RouteContext): DirectoryListing {
  const fields = new QueryFields(context.query);
  const filters = given({
    accountId: fields.text('accountId'),
    directoryIds: fields.words('directoryIds', { most: 10 }),
    searchTerm: fields.text('searchTerm'),
  });
  const limit = fields.integer('limit', 1, 100) ?? 20;
  if (fields.fault !== undefined) refuse(badRequest(context, fields.fault));
  return { ...filters, limit };
}
