import type { JsonObject } from '../../../model/json.js';
import { groupOfSlug, groupSlug } from '../../rules/bitbucket/bitbucket-groups.js';
import { accountOfRef, bitbucketPeople, bitbucketRole } from '../../rules/bitbucket/bitbucket-people.js';
import { bitbucketGrantId } from '../../state/bitbucket-state.js';
import type { BitbucketGrantRow, BitbucketLevel } from '../../state/bitbucket-rows.js';
import { json } from '../respond.js';
import { param, type FakeMethod, type FakeResponse, type Route } from '../route.js';
import { isJsonObject } from '../json-object.js';
import { bitbucketRoute, workspaceOf, type BitbucketCall } from './admission.js';
import { noContent, refuseBitbucket } from './answers.js';
import { listPage } from './listing.js';
import { findOwnProject, findOwnRepository } from './repository-of-path.js';
import { groupRef, projectRef, repositoryRef, userRef } from './views.js';

type PlaceKind = 'repository' | 'project';
type Holder = BitbucketGrantRow['holder'];

/** Where grants are, and what may be granted there. */
interface Place {
  readonly uuid: string;
  readonly kind: PlaceKind;
  readonly levels: readonly string[];
  readonly ref: JsonObject;
  readonly path: string;
}

const LEVELS = ['read', 'write', 'admin'];

/** Explicit grants, of people and groups, on repositories and projects. */
export const GRANT_ROUTES: readonly Route[] = (['repository', 'project'] as const).flatMap((kind) =>
  (['user', 'group'] as const).flatMap((holder) => routesOf(kind, holder)),
);

function routesOf(kind: PlaceKind, holder: Holder): Route[] {
  const base =
    kind === 'repository' ? '/2.0/repositories/:workspace/:repository' : '/2.0/workspaces/:workspace/projects/:project';
  const list = `${base}/permissions-config/${holder}s`;
  const admin = `admin:${kind}:bitbucket`;
  const read = { oauth: [`${kind}:admin`], api: [`read:${kind}:bitbucket`], accessTokens: false } as const;
  const write = (verb: 'write' | 'delete') =>
    ({ oauth: 'refused', api: [admin, `${verb}:permission:bitbucket`], accessTokens: false }) as const;
  const name = (verb: string, plural = ''): string =>
    `bitbucket.permissions.${verb}${capital(kind)}${capital(holder)}${plural}`;
  const one = (
    verb: string,
    method: FakeMethod,
    access: Parameters<typeof bitbucketRoute>[0]['access'],
    handle: (call: BitbucketCall, place: Place, holder: Holder) => FakeResponse,
  ): Route =>
    bitbucketRoute({
      operation: name(verb),
      method,
      path: `${list}/:holder`,
      access,
      handle: (call) => handle(call, placeOf(call, kind), holder),
    });

  return [
    bitbucketRoute({
      operation: name('list', 's'),
      method: 'GET',
      path: list,
      access: read,
      handle: (call) => listGrants(call, placeOf(call, kind), holder),
    }),
    one('get', 'GET', read, getGrant),
    one('grant', 'PUT', write('write'), putGrant),
    one('revoke', 'DELETE', write('delete'), deleteGrant),
  ];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function placeOf(call: BitbucketCall, kind: PlaceKind): Place {
  const { context } = call;
  const workspace = workspaceOf(call);
  if (kind === 'repository') {
    const row = findOwnRepository(call);
    const path = `/2.0/repositories/${workspace.slug}/${row.slug}`;
    return { uuid: row.uuid, kind, levels: LEVELS, ref: repositoryRef(context, workspace, row), path };
  }
  const row = findOwnProject(call);
  const path = `/2.0/workspaces/${workspace.slug}/projects/${row.key}`;
  return { uuid: row.uuid, kind, levels: [...LEVELS, 'create-repo'], ref: projectRef(context, workspace, row), path };
}

function listGrants(call: BitbucketCall, place: Place, holder: Holder): FakeResponse {
  const { context } = call;
  const grants = context.state.bitbucket.grants.findAll('placeUuid', place.uuid);
  return listPage(context, {
    items: grants.filter((grant) => grant.holder === holder && isThere(call, grant)),
    view: ({ holderId, level }) => grantView(call, place, holder, holderId, level),
  });
}

/** A grant outlives its holder in the state, and is not shown then. */
function isThere({ context: { state } }: BitbucketCall, { holder, holderId }: BitbucketGrantRow): boolean {
  return holder === 'group' ? state.bitbucket.groups.has(holderId) : state.accounts.get(holderId)?.status === 'active';
}

function getGrant(call: BitbucketCall, place: Place, holder: Holder): FakeResponse {
  const holderId = holderOf(call, holder);
  const grant = call.context.state.bitbucket.grants.get(bitbucketGrantId({ placeUuid: place.uuid, holder, holderId }));
  return json(200, grantView(call, place, holder, holderId, grant?.level ?? 'none'));
}

function putGrant(call: BitbucketCall, place: Place, holder: Holder): FakeResponse {
  const { state, body } = call.context;
  const holderId = holderOf(call, holder);
  const value = body.kind === 'json' && isJsonObject(body.value) ? body.value.permission : undefined;
  if (typeof value !== 'string')
    return refuseBitbucket(400, 'Bad request', { fields: { permission: ['required key not provided'] } });
  if (!place.levels.includes(value)) return refuseBitbucket(400, `${value} is not a valid permission`);
  if (holder === 'user') checkUser(call, holderId);

  const level = value as BitbucketLevel;
  state.bitbucket.grants.put({ placeUuid: place.uuid, holder, holderId, level });
  return json(200, grantView(call, place, holder, holderId, level));
}

function deleteGrant(call: BitbucketCall, place: Place, holder: Holder): FakeResponse {
  const { state, switches } = call.context;
  const holderId = holderOf(call, holder);
  if (holder === 'user') refuseOwner(call, holderId);
  const gone = state.bitbucket.grants.delete(bitbucketGrantId({ placeUuid: place.uuid, holder, holderId }));
  if (gone === undefined && switches.bitbucketRevokeAbsentGrant === 404) return refuseBitbucket(404, 'Not found');
  return noContent();
}

/** The id of the person or group that the path names. */
function holderOf(call: BitbucketCall, holder: Holder): string {
  const { context } = call;
  const ref = param(context, 'holder');
  if (holder === 'group') return groupOfSlug(context, ref)?.row.groupId ?? refuseBitbucket(404, `${ref} not found`);
  const account = accountOfRef(context.state, ref);
  return account?.status === 'active' ? account.accountId : refuseBitbucket(404, `${ref} not found`);
}

const LINKED =
  'This user is linked to this workspace, so their access on any of the repositories cannot be modified or removed';

function refuseOwner({ context: { state } }: BitbucketCall, accountId: string): void {
  const role = state.bitbucket.members.get(accountId)?.role;
  if (role === 'owner') refuseBitbucket(400, LINKED);
}

/** Only people of the workspace can be given something, and the plan may have no seat for one who is new to it. */
function checkUser(call: BitbucketCall, accountId: string): void {
  const { state } = call.context;
  refuseOwner(call, accountId);
  const account = state.accounts.get(accountId);
  const role = account === undefined ? undefined : bitbucketRole(state, account.accountId);
  if (role !== undefined) return;
  const { seats = null } = state.bitbucket.workspace ?? {};
  if (seats !== null && bitbucketPeople(state).length >= seats)
    refuseBitbucket(
      402,
      "You have reached your plan's user limit and must upgrade before giving access to more users.",
    );
  refuseBitbucket(404, 'The user is not a member of the workspace');
}

function grantView(
  call: BitbucketCall,
  place: Place,
  holder: Holder,
  holderId: string,
  permission: string,
): JsonObject {
  const { context } = call;
  const { state } = context;
  const account = state.accounts.get(holderId);
  const group = state.bitbucket.groups.get(holderId);
  const id = group === undefined ? holderId : groupSlug(context, group);
  return {
    type: `${place.kind}_${holder}_permission`,
    permission,
    ...(holder === 'user' && account !== undefined && { user: userRef(context, account) }),
    ...(holder === 'group' && group !== undefined && { group: groupRef(context, workspaceOf(call), group) }),
    [place.kind]: place.ref,
    links: {
      self: { href: `${context.origin}${place.path}/permissions-config/${holder}s/${encodeURIComponent(id)}` },
    },
  };
}
