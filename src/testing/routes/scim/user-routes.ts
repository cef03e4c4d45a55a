import { isDeepStrictEqual } from 'node:util';
import { createScimUser, deleteScimUser, findUserConflict, updateScimUser } from '../../rules/scim-users.js';
import { scimKey, type FakeState } from '../../state/fake-state.js';
import type { ScimDirectory, ScimUserAttributes, ScimUserRow } from '../../state/scim-rows.js';
import { empty } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { readFilter } from './filter.js';
import { logUserWrite } from './log-scim-write.js';
import { pageOf, readPage } from './page.js';
import { patchUser } from './patch/patch-user.js';
import { readOperations, requireObject } from './patch/read-operations.js';
import { readProjection } from './projection.js';
import { readUser } from './read-user.js';
import { requireDirectory } from './require-directory.js';
import { created, listResponse, refuseScim, scimJson } from './scim-response.js';
import { directoryUrl, userDocument, writableDocument } from './user-document.js';

const USERS = '/scim/directory/:directoryId/Users';

/** The six operations on Users. */
export const USER_ROUTES: readonly Route[] = [
  { operation: 'scim.users.list', method: 'GET', path: USERS, effect: 'read', handle: list },
  { operation: 'scim.users.create', method: 'POST', path: USERS, effect: 'write', handle: create },
  { operation: 'scim.users.get', method: 'GET', path: `${USERS}/:userId`, effect: 'read', handle: get },
  { operation: 'scim.users.replace', method: 'PUT', path: `${USERS}/:userId`, effect: 'write', handle: replace },
  { operation: 'scim.users.patch', method: 'PATCH', path: `${USERS}/:userId`, effect: 'write', handle: patch },
  { operation: 'scim.users.delete', method: 'DELETE', path: `${USERS}/:userId`, effect: 'write', handle: remove },
];

function list(context: RouteContext): FakeResponse {
  const { state, query, switches, origin } = context;
  const directory = requireDirectory(context);
  const project = readProjection(context);
  const filter = readFilter(query.get('filter'), 'USER', ['userName', 'externalId']);
  const page = readPage(query, switches);
  const ids =
    filter === undefined ? state.scimUsers.idsBy('directoryId', directory.id) : find(state, directory, filter);
  const resources = pageOf(ids, page).flatMap((id) => {
    const row = state.scimUsers.get(id);
    return row === undefined ? [] : [project(userDocument(state, row, origin))];
  });
  return listResponse(ids.length, page, resources);
}

/** `userName` has no case, `externalId` has. Seeds can give one to two records, which a client could not. */
function find(
  state: FakeState,
  directory: ScimDirectory,
  { attribute, value }: { readonly attribute: string; readonly value: string },
): readonly string[] {
  const rows =
    attribute === 'username'
      ? state.scimUsers.findAll('userName', scimKey(directory.id, value.toLowerCase()))
      : state.scimUsers.findAll('externalId', scimKey(directory.id, value));
  return rows.map(({ id }) => id);
}

function create(context: RouteContext): FakeResponse {
  const directory = requireDirectory(context);
  const project = readProjection(context);
  const attributes = readUser(requireObject(context.body));
  refuseConflict(context.state, directory, attributes, undefined);
  const row = createScimUser(context, directory.id, attributes);
  logUserWrite(context, 'scim_user_create', row);
  const location = `${directoryUrl(context.origin, directory.id)}/Users/${row.id}`;
  return created(location, project(userDocument(context.state, row, context.origin)));
}

function get(context: RouteContext): FakeResponse {
  const row = requireUser(context);
  return scimJson(200, readProjection(context)(userDocument(context.state, row, context.origin)));
}

function replace(context: RouteContext): FakeResponse {
  return update(context, () => readUser(requireObject(context.body)));
}

function patch(context: RouteContext): FakeResponse {
  return update(context, (row) => {
    const operations = readOperations(context.body);
    return readUser(patchUser(writableDocument(row.attributes), operations, context.switches));
  });
}

function update(context: RouteContext, change: (row: ScimUserRow) => ScimUserAttributes): FakeResponse {
  const directory = requireDirectory(context);
  const before = requireUser(context);
  const project = readProjection(context);
  const attributes = change(before);
  refuseConflict(context.state, directory, attributes, before);
  const row = updateScimUser(context, before, attributes);
  if (!isDeepStrictEqual(before.attributes, attributes)) logUserWrite(context, 'scim_user_update', row);
  return scimJson(200, project(userDocument(context.state, row, context.origin)));
}

function remove(context: RouteContext): FakeResponse {
  const row = requireUser(context);
  deleteScimUser(context, row);
  logUserWrite(context, 'scim_user_delete', row);
  return empty(204);
}

function requireUser(context: RouteContext): ScimUserRow {
  const id = param(context, 'userId');
  const row = context.state.scimUsers.get(id);
  return row?.directoryId === param(context, 'directoryId') ? row : refuseScim(404, `Resource User ${id} not found.`);
}

function refuseConflict(
  state: FakeState,
  directory: ScimDirectory,
  attributes: ScimUserAttributes,
  own: ScimUserRow | undefined,
): void {
  const conflict = findUserConflict(state, directory.id, attributes, own);
  if (conflict === undefined) return;
  const { attribute, value } = conflict;
  refuseScim(409, `Resource [USER]: with ${attribute}[${value}] already exists.`, 'uniqueness');
}
