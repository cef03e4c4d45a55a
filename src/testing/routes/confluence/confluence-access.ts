import type { JsonObject } from '../../../model/json.js';
import { confluenceOf, isSiteAdmin } from '../../rules/confluence/confluence-people.js';
import { canView, confluenceCaller, type ConfluenceCaller } from '../../rules/confluence/space-access.js';
import type { SpaceRow } from '../../state/confluence-rows.js';
import type { Workspace } from '../../state/organization-rows.js';
import { isJsonObject } from '../json-object.js';
import { gatewayUnauthorized, json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { gatewayRefusal, siteCaller } from '../site/site-access.js';
import { refuseHidden, refuseParameter, refuseV1 } from './confluence-refusals.js';

/** Refuses before the handler: no Confluence here, a credential that does not count, none where one is needed. */
export function authorizeConfluence(context: RouteContext, route: Route): FakeResponse | undefined {
  const refused = gatewayRefusal(context, route);
  if (refused !== undefined) return refused;
  const product = confluenceOf(context.site);
  if (product === undefined) return json(404, { code: 404, message: 'Not Found' });
  const caller = siteCaller(context);
  if (typeof caller === 'object') return undefined;
  const { anonymousAccess } = context.state.confluence.settingsOf(product.cloudId);
  const isServed =
    caller === 'anonymous' &&
    context.switches.confluenceAnonymousReads === 'served' &&
    anonymousAccess &&
    route.effect === 'read';
  if (isServed) return undefined;
  return context.isGateway ? gatewayUnauthorized() : { status: 401, text: 'Unauthorized' };
}

/** The Confluence that was called; `authorizeConfluence` has seen to it that there is one. */
export function productOf(context: RouteContext): Workspace {
  const product = confluenceOf(context.site);
  if (product === undefined) throw new Error('A route of Confluence runs on a site without it');
  return product;
}

/** Who calls, and what they are to Confluence. */
export function callerOf(context: RouteContext): ConfluenceCaller {
  const caller = siteCaller(context);
  const usesAdminKey =
    context.header('atl-confluence-with-admin-key') === 'true' &&
    (!context.isGateway || context.switches.confluenceAdminKeyAtGateway);
  const account = typeof caller === 'object' ? caller : undefined;
  return confluenceCaller(context.state, productOf(context), account, usesAdminKey);
}

/** Refuses, as version 1 does, a caller who cannot use Confluence. */
export function requireUse(context: RouteContext): ConfluenceCaller {
  const caller = callerOf(context);
  if (caller.level === undefined) refuseV1(403, 'The user may not use Confluence.');
  return caller;
}

/** Refuses, as version 2 does, a caller who cannot use Confluence. */
export function requireUseHidden(context: RouteContext): ConfluenceCaller {
  const caller = callerOf(context);
  if (caller.level === undefined) refuseHidden();
  return caller;
}

/** Refuses a write of version 1 from who does not administer the site, or without the header against forgery. */
export function requireSiteAdmin(context: RouteContext): void {
  requireNoCheck(context);
  const { account } = requireUse(context);
  if (account === undefined || !isSiteAdmin(context.state, productOf(context), account.accountId))
    refuseV1(403, 'Only an administrator of the site may do this.');
}

/** Refuses a write of version 1 that could be forged. */
export function requireNoCheck(context: RouteContext): void {
  if (context.switches.confluenceXsrfCheck && context.header('x-atlassian-token') !== 'no-check')
    refuseV1(403, 'XSRF check failed', '');
}

/** The space of the path, by its id, which the caller may see. */
export function spaceOfPath(context: RouteContext, caller: ConfluenceCaller): SpaceRow {
  const id = param(context, 'spaceId');
  if (!/^\d+$/u.test(id))
    refuseParameter(`Provided value {${id}} for 'id' is not the correct type. Expected type is long`);
  const space = context.state.confluence.spaces.get(id);
  if (space?.cloudId !== productOf(context).cloudId || !canView(context.state, space, caller)) refuseHidden();
  return space;
}

/** The body of a write of version 1: a JSON object. */
export function bodyOf({ body }: RouteContext): JsonObject {
  if (body.kind !== 'json' || !isJsonObject(body.value)) refuseV1(400, 'The body is not the expected JSON.');
  return body.value;
}
