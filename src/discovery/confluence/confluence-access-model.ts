import type { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import type { ConfluenceSpaceId } from '../../clients/confluence/confluence-ids.js';
import type { ConfluenceSpaceRole } from '../../clients/confluence/confluence-space-role.js';
import type { CallOptions } from '../../http/transport.js';
import type { ConfluenceGrant, SpaceAccessMode } from '../entities/confluence-entities.js';
import {
  openByPermissions,
  openByRoles,
  toMode,
  toPermissionGrant,
  toRoleGrant,
  type OpenAccess,
} from './confluence-mapping.js';

/** How the spaces of a site are to be read, and its roles. */
export interface AccessModel {
  readonly mode: SpaceAccessMode;
  readonly roles: readonly ConfluenceSpaceRole[];
}

/** Who holds what in a space, and whether it is open. */
export interface SpaceAccess {
  readonly grants: readonly ConfluenceGrant[];
  readonly open: OpenAccess;
  /**
   * Whether classic permissions were read, and there is none. Somebody administers each space, for the last one is not
   * taken away: such a space is kept by roles, which Confluence did not tell of.
   */
  readonly lacksRows: boolean;
}

/**
 * Finds out how to read a site: two requests, one on a site without roles.
 *
 * A site may say that it has roles when it has none any more (seen): reading them tells.
 */
export async function readAccessModel(client: ConfluenceClient, call: CallOptions): Promise<AccessModel> {
  const mode = await client.spaceRoles.getMode(call);
  const roles = mode === 'PRE_ROLES' ? undefined : await client.spaceRoles.findAll(call);
  return { mode: toMode(mode, roles !== undefined), roles: roles ?? [] };
}

/** Reads who holds what in a space: one request for each 250 rows, of each of the two kinds that count. */
export async function readSpaceAccess(
  client: ConfluenceClient,
  { mode, roles }: AccessModel,
  spaceId: ConfluenceSpaceId,
  call: CallOptions,
): Promise<SpaceAccess> {
  const [assigned, permitted] = await Promise.all([
    mode === 'classic' ? [] : readAssignments(client, spaceId, call),
    mode === 'roles' ? [] : readPermissions(client, spaceId, call),
  ]);
  const grants = [...assigned, ...permitted.filter((grant) => !isImplied(grant, assigned, roles))];
  const lacksRows = mode === 'classic' && grants.length === 0;
  return { grants, lacksRows, open: mode === 'classic' ? openByPermissions(permitted) : openByRoles(grants) };
}

async function readAssignments(
  { spaceRoles }: ConfluenceClient,
  spaceId: ConfluenceSpaceId,
  call: CallOptions,
): Promise<ConfluenceGrant[]> {
  const grants: ConfluenceGrant[] = [];
  for await (const row of spaceRoles.listAssignments(spaceId, {}, call)) grants.push(toRoleGrant(spaceId, row));
  return grants;
}

async function readPermissions(
  { spacePermissions }: ConfluenceClient,
  spaceId: ConfluenceSpaceId,
  call: CallOptions,
): Promise<ConfluenceGrant[]> {
  const grants: ConfluenceGrant[] = [];
  for await (const row of spacePermissions.list(spaceId, call)) grants.push(toPermissionGrant(spaceId, row));
  return grants;
}

/** On the way to roles, Confluence may show what a role allows as permissions too: these say nothing new. */
function isImplied(
  { principal, holds }: ConfluenceGrant,
  assigned: readonly ConfluenceGrant[],
  roles: readonly ConfluenceSpaceRole[],
): boolean {
  if (holds.kind !== 'permission') return false;
  const wanted = JSON.stringify(principal);
  return assigned.some(({ principal: holder, holds: held }) => {
    if (held.kind !== 'role' || JSON.stringify(holder) !== wanted) return false;
    const role = roles.find(({ id }) => id === held.roleId);
    return role?.spacePermissions?.includes(`${holds.operation}/${holds.target}`) ?? false;
  });
}
