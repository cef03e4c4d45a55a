import type { Account } from '../../state/account-rows.js';
import { gatewayUnauthorized, json } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';

/**
 * What the gateway in front of the sites refuses, before the product sees the request: a `cloudId` that is none (404), a
 * token that is none, or has no scopes (401), and one whose scopes do not open the route (401 of another body).
 */
export function gatewayRefusal({ isGateway, site, caller }: RouteContext, route: Route): FakeResponse | undefined {
  if (!isGateway) return undefined;
  if (site === undefined) return json(404, { code: 404, message: 'Not Found' });
  const scopes = caller?.token.scopes ?? undefined;
  if (scopes === undefined) return gatewayUnauthorized();
  const opens = (needed: readonly string[]): boolean => needed.every((scope) => scopes.includes(scope));
  return route.scopes === undefined || route.scopes.some(opens)
    ? undefined
    : json(401, { code: 401, message: 'Unauthorized; scope does not match' });
}

/**
 * Who calls a product of a site: an account, nobody (`anonymous`), or somebody whose credential does not count there
 * (`failed`), who is taken for nobody.
 *
 * On the host of the site a token without scopes counts, at the gateway one with scopes.
 */
export function siteCaller({ isGateway, caller, credential }: RouteContext): Account | 'anonymous' | 'failed' {
  if (caller !== undefined && (caller.token.scopes !== null) === isGateway) return caller.account;
  return credential === 'none' ? 'anonymous' : 'failed';
}

/** The headers by which Jira and Confluence tell who they took the caller for (seen). */
export function loginHeaders(context: RouteContext): Record<string, string> {
  const caller = siteCaller(context);
  if (caller === 'anonymous') return {};
  if (caller === 'failed') return { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
  return { 'x-seraph-loginreason': 'OK', 'x-aaccountid': caller.accountId };
}
