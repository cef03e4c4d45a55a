import type { JsonObject } from '../../../model/json.js';
import { gatewayUnauthorized, json } from '../respond.js';
import type { FakeResponse, RouteContext } from '../route.js';
import { scimError } from './scim-response.js';

/**
 * Who may call SCIM: the key of that very directory.
 *
 * No credential, one of another scheme or an unknown one is stopped by the gateway (401). A key that Atlassian knows and
 * that opens something else (another directory, the organization), or was regenerated, gets 403 in a shape of its own,
 * and so does a directory that does not exist.
 */
export function authorizeScim(context: RouteContext): FakeResponse | undefined {
  const { state, key, deadKey, credential, params, switches, now } = context;
  if (credential === 'site-token' || (key === undefined && deadKey === undefined)) return gatewayUnauthorized();
  if (deadKey?.expiresAt !== undefined && !deadKey.revoked && deadKey.expiresAt <= now) return gatewayUnauthorized();

  const directory = state.scimDirectories.get(params.directoryId ?? '');
  if (directory === undefined || key?.kind !== 'directory-key' || key.scimDirectoryId !== directory.id)
    return json(403, notAuthorized(context));

  if (!state.organization.guard)
    return switches.withoutGuard === 403
      ? json(403, notAuthorized(context))
      : scimError(404, `Directory ${directory.id} not found`);
  return undefined;
}

function notAuthorized({ state, path }: RouteContext): JsonObject {
  const traceId = state.ids.next('error').replaceAll('-', '').slice(-16);
  return { error: `Not authorized to access : ${path.slice(1)}`, traceId };
}
