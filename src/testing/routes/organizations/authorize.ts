import type { ApiKey } from '../../state/organization-rows.js';
import { gatewayUnauthorized } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { envelope, routingFailure } from './refusals.js';

/** Operations whose refusals are documented without a body. */
const WITHOUT_ERROR_BODY: ReadonlySet<string> = new Set([
  'admin.users.suspend',
  'admin.users.restore',
  'admin.users.remove',
  'admin.groups.create',
  'admin.groups.delete',
  'admin.groups.addMember',
  'admin.groups.removeMember',
  'admin.groups.grantRole',
  'admin.groups.revokeRole',
]);

/**
 * Refuses, in this order: a credential that is no living organization key (401 of the gateway), a key of another
 * organization or an organization that is not here (404), and a key with scopes where they do not reach (403).
 */
export function authorizeOrganization(context: RouteContext, route: Route): FakeResponse | undefined {
  const { key } = context;
  if (key?.kind !== 'organization-key') return gatewayUnauthorized();
  const refusal = organizationRefusal(context, key) ?? scopeRefusal(context, route, key);
  return refusal === undefined ? undefined : withoutDocumentedBody(context, route, refusal);
}

/** The refusal as the reference has it: without a body, where the switch asks for that. */
export function withoutDocumentedBody({ switches }: RouteContext, route: Route, refusal: FakeResponse): FakeResponse {
  return switches.writeErrorBodies === 'empty' && WITHOUT_ERROR_BODY.has(route.operation)
    ? { status: refusal.status }
    : refusal;
}

function organizationRefusal(context: RouteContext, key: ApiKey): FakeResponse | undefined {
  const { state, params, path, switches } = context;
  const { orgId } = params;
  if (orgId === undefined) return undefined;
  if (key.organizationId !== state.organization.id) {
    return switches.foreignOrganization === 403
      ? routingFailure(context, 403, 'Forbidden', 'You do not have permission to access this organization')
      : routingFailure(context, 404, 'Not Found', 'TCS validation failed');
  }
  if (orgId === state.organization.id) return undefined;
  return path.startsWith('/admin/v1/')
    ? envelope(state, 'ADMIN-404-2', 'The organization does not exist')
    : routingFailure(context, 404, 'Not Found', 'TCS validation failed');
}

function scopeRefusal(context: RouteContext, route: Route, { scopes }: ApiKey): FakeResponse | undefined {
  // Listing organizations is open to every key, and empty for one with scopes (seen).
  if (scopes === null || route.operation === 'admin.organizations.list') return undefined;
  const needed = neededScope(context, route);
  if (needed !== undefined && scopes.includes(needed)) return undefined;

  const { state } = context;
  const detail = `The key lacks a scope${needed === undefined ? ': only a key without scopes may do this' : ` ${needed}`}`;
  if (route.path.includes('/domains')) return routingFailure(context, 403, 'Forbidden', detail);
  return envelope(state, route.operation === 'admin.users.lastActiveDates' ? 'ADMIN-403-3' : 'ADMIN-UAM-403-1', detail);
}

function neededScope({ switches }: RouteContext, route: Route): string | undefined {
  if (route.operation === 'admin.users.count' && switches.scopedUserCount) return 'read:directories:admin';
  return route.scope;
}
