import { gatewayUnauthorized } from '../respond.js';
import type { ApiFamily, FakeResponse, RouteContext } from '../route.js';
import { API_TOKEN_ROUTES } from './api-tokens.js';
import { EMAIL_ROUTES } from './email.js';
import { LIFECYCLE_ROUTES } from './lifecycle.js';
import { PERMISSION_ROUTES } from './permissions.js';
import { PROFILE_ROUTES } from './profile.js';
import { refusal } from './refusals.js';

/** The User management API: 10 operations on the accounts that the organization manages. */
export const USER_MANAGEMENT_FAMILY: ApiFamily = {
  name: 'user-management',
  routes: [...PERMISSION_ROUTES, ...PROFILE_ROUTES, ...EMAIL_ROUTES, ...API_TOKEN_ROUTES, ...LIFECYCLE_ROUTES],
  authorize,
};

/** Refuses a credential that is no living organization key, and every key with scopes, whatever its scopes are (seen). */
function authorize({ key, switches }: RouteContext): FakeResponse | undefined {
  if (key?.kind !== 'organization-key')
    return switches.unauthorizedBody === 'gateway' ? gatewayUnauthorized() : refusal(401, 'unauthorized');
  if (key.scopes === null) return undefined;
  return refusal(403, 'forbidden.insufficientScope', 'Error: The key lacks the scope manage:org');
}
