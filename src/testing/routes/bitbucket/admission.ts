import type { BitbucketWorkspaceRow } from '../../state/bitbucket-rows.js';
import { refuse } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { refuseBitbucket, unauthorized } from './answers.js';
import { rightsOf, type BitbucketPrincipal, type BitbucketRights } from './principal.js';

/** Which credentials open a route. A scope opens it, and the rights of the caller decide. */
export interface BitbucketAccess {
  /** Scopes that a token of OAuth needs, all of them; `refused`: only people's API tokens are taken. */
  readonly oauth: readonly string[] | 'refused';
  /** Scopes that an API token needs, all of them. */
  readonly api: readonly string[];
  /** Whether access tokens of workspaces, projects and repositories are taken. Default: as those of OAuth are. */
  readonly accessTokens?: false;
  /** Whether nobody in particular may call it. */
  readonly anonymous?: true;
}

/** What a handler of Bitbucket's has to work with. */
export interface BitbucketCall {
  readonly context: RouteContext;
  readonly principal: BitbucketPrincipal;
  readonly rights: BitbucketRights;
}

/** Makes a route that first asks who calls. */
export function bitbucketRoute(
  route: Omit<Route, 'handle' | 'effect'> & {
    readonly access: BitbucketAccess;
    readonly handle: (call: BitbucketCall) => FakeResponse;
  },
): Route {
  const { access, handle, ...rest } = route;
  return {
    ...rest,
    effect: route.method === 'GET' ? 'read' : 'write',
    handle: (context) => {
      const principal = admit(context, access);
      return handle({ context, principal, rights: rightsOf(context.state, principal) });
    },
  };
}

const TYPES = 'This API is only accessible with the following authentication types: apppassword, session, api_token';

function admit(context: RouteContext, access: BitbucketAccess): BitbucketPrincipal {
  const principal = principalOf(context);
  if (principal === undefined) return refuse(unauthorized(context.credential === 'site-token'));
  if (principal.kind === 'anonymous') return access.anonymous ? principal : refuse(unauthorized(false));
  if (access.oauth === 'refused' && principal.kind !== 'api-token') return refuseBitbucket(403, TYPES);
  if (access.accessTokens === false && principal.kind === 'access-token')
    return refuseBitbucket(403, 'This resource does not support authentication using the provided token');

  const needed = principal.kind === 'api-token' || access.oauth === 'refused' ? access.api : access.oauth;
  if (needed.some((scope) => !principal.scopes.has(scope)))
    return refuseBitbucket(403, 'Your credentials lack one or more required privilege scopes.', {
      detail: { required: [...needed], granted: [...principal.scopes] },
    });
  return principal;
}

/** Who calls; `undefined` for a credential that does not count at Bitbucket. */
export function principalOf({ caller, bitbucket, credential }: RouteContext): BitbucketPrincipal | undefined {
  if (credential === 'none') return { kind: 'anonymous' };
  if (caller !== undefined) {
    const scopes = (caller.token.scopes ?? []).filter((scope) => scope.endsWith(':bitbucket'));
    // A token without scopes, and one for another app, open nothing here.
    if (scopes.length === 0) return undefined;
    return { kind: 'api-token', accountId: caller.account.accountId, scopes: new Set(scopes) };
  }
  if (bitbucket?.kind === 'oauth' && !bitbucket.expired) {
    const { name, actsAs, scopes } = bitbucket.consumer;
    return { kind: 'oauth', name, accountId: actsAs, scopes: withImplied(scopes) };
  }
  if (bitbucket?.kind !== 'access-token') return undefined;
  const { name, placeUuid, scopes } = bitbucket.token;
  return { kind: 'access-token', name, placeUuid, scopes: withImplied(scopes) };
}

/** `repository:admin` and `project:admin` imply nothing (documented). */
const IMPLIED: ReadonlyMap<string, readonly string[]> = new Map([
  ['project', ['repository']],
  ['repository:write', ['repository']],
  ['account:write', ['account']],
]);

function withImplied(scopes: readonly string[]): ReadonlySet<string> {
  return new Set(scopes.flatMap((scope) => [scope, ...(IMPLIED.get(scope) ?? [])]));
}

/** The workspace that the path names, by slug or, where that is taken, by UUID. */
export function workspaceOf({ context }: BitbucketCall, by: 'slug' | 'any' = 'any'): BitbucketWorkspaceRow {
  const { workspace } = context.state.bitbucket;
  const name = param(context, 'workspace');
  if (workspace !== undefined && (name === workspace.slug || (by === 'any' && name === workspace.uuid)))
    return workspace;
  return refuseBitbucket(404, `No workspace with identifier '${name}'.`);
}

/** The same for whoever is in it; a stranger is told that they are one. */
export function workspaceOfMember(call: BitbucketCall, by: 'slug' | 'any' = 'any'): BitbucketWorkspaceRow {
  const workspace = workspaceOf(call, by);
  if (!call.rights.isMember) refuseBitbucket(403, 'You do not have access to this workspace.');
  return workspace;
}

/** Refuses everybody but the administrators of the workspace. */
export function requireOwner({ rights }: BitbucketCall): void {
  if (!rights.isOwner) refuseBitbucket(403, 'Forbidden');
}
