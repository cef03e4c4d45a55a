import { present } from '../../model/present.js';
import type { ConfluenceGroup as WireGroup } from '../../clients/confluence/confluence-group.js';
import type { ConfluenceSystemInfo } from '../../clients/confluence/confluence-instance.js';
import type { ConfluencePrincipal } from '../../clients/confluence/confluence-principal.js';
import type { ConfluenceSpace as WireSpace } from '../../clients/confluence/confluence-space.js';
import type { ConfluenceSpacePermission } from '../../clients/confluence/confluence-space-permissions.js';
import type {
  ConfluenceSpaceRole as WireRole,
  ConfluenceSpaceRoleAssignment,
  ConfluenceSpaceRoleMode,
} from '../../clients/confluence/confluence-space-role.js';
import type { ConfluenceUser as WireUser } from '../../clients/confluence/confluence-user.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type {
  ConfluenceGrant,
  ConfluenceGroup,
  ConfluenceInstance,
  ConfluenceSpace,
  ConfluenceSpaceRole,
  ConfluenceUser,
  SpaceAccessMode,
} from '../entities/confluence-entities.js';
import type { Principal } from '../entities/principal.js';

const MODES: ReadonlyMap<string, SpaceAccessMode> = new Map([
  ['PRE_ROLES', 'classic'],
  ['ROLES_TRANSITION', 'transition'],
  ['ROLES', 'roles'],
]);

/** How to read a site: without roles, by permissions, whatever it says; in a mode that is not known, by both. */
export function toMode(mode: ConfluenceSpaceRoleMode, hasRoles: boolean): SpaceAccessMode {
  return hasRoles ? (MODES.get(mode) ?? 'transition') : 'classic';
}

/** The site. */
export function toInstance(
  info: ConfluenceSystemInfo,
  mode: SpaceAccessMode | undefined,
  anonymousAccess: boolean | undefined,
): ConfluenceInstance {
  const { cloudId, baseUrl, siteTitle, edition } = info;
  return {
    type: 'confluence.instance',
    id: cloudId,
    ...present({ mode, baseUrl, title: siteTitle, edition, anonymousAccess }),
  };
}

/** A person or an app. `isGuest` stands in where the user itself does not tell. */
export function toUser(id: AtlassianAccountId, user: WireUser, isGuest: boolean | undefined): ConfluenceUser {
  const { accountType, email, displayName, publicName, accountStatus } = user;
  const externalCollaborator = user.externalCollaborator ?? isGuest;
  return {
    type: 'confluence.user',
    id,
    ...present({ accountType, email, displayName, publicName, externalCollaborator, accountStatus }),
  };
}

/** A group, with what could be read of it. */
export function toGroup(
  { id, name, managedBy, usageType }: WireGroup,
  access: ConfluenceGroup['access'],
  memberIds?: readonly AtlassianAccountId[],
): ConfluenceGroup {
  return { type: 'confluence.group', id, name, ...present({ managedBy, usageType, access, memberIds }) };
}

/** A role. */
export function toSpaceRole({ id, name, type, description, spacePermissions }: WireRole): ConfluenceSpaceRole {
  return {
    type: 'confluence.spaceRole',
    id,
    name,
    ...present({ permissions: spacePermissions, roleType: type, description }),
  };
}

/** A space, with who may read it without an account or a licence where that was established. */
export function toSpace(
  { id, key, name, type, status, authorId, ownerId, createdAt }: WireSpace,
  open: OpenAccess = {},
): ConfluenceSpace {
  return {
    type: 'confluence.space',
    id,
    key,
    name,
    ...present({ spaceType: type, status, authorId, ownerId, createdAt, ...open }),
  };
}

/** Whether a space is open; absent is not known. */
export interface OpenAccess {
  readonly anonymousAccess?: boolean;
  readonly unlicensedAccess?: boolean;
}

/** That somebody holds a role in a space. */
export function toRoleGrant(spaceId: string, { principal, roleId }: ConfluenceSpaceRoleAssignment): ConfluenceGrant {
  return {
    type: 'confluence.grant',
    id: `${spaceId}/${principal.type}/${principal.id ?? ''}/${roleId}`,
    spaceId,
    principal: toPrincipal(principal),
    holds: { kind: 'role', roleId },
  };
}

/** That somebody may do one thing in a space. */
export function toPermissionGrant(
  spaceId: string,
  { id, principal, operation }: ConfluenceSpacePermission,
): ConfluenceGrant {
  return {
    type: 'confluence.grant',
    id: `${spaceId}/${id}`,
    spaceId,
    principal: toPrincipal(principal),
    holds: { kind: 'permission', operation: operation.key, target: operation.targetType },
  };
}

/**
 * What roles tell of a space for sure: they name access classes.
 *
 * That `authenticated-users` are those without a licence is not confirmed.
 */
export function openByRoles(grants: readonly ConfluenceGrant[]): Required<OpenAccess> {
  return {
    anonymousAccess: grants.some(({ principal }) => principal.type === 'anonymous'),
    unlicensedAccess: grants.some(({ principal }) => principal.type === 'authenticated'),
  };
}

/** What classic permissions tell: a row says yes. Without one it is not known, for how such rows look is not confirmed. */
export function openByPermissions(grants: readonly ConfluenceGrant[]): OpenAccess {
  const { anonymousAccess, unlicensedAccess } = openByRoles(grants.filter(isView));
  return { ...(anonymousAccess && { anonymousAccess }), ...(unlicensedAccess && { unlicensedAccess }) };
}

function isView({ holds }: ConfluenceGrant): boolean {
  return holds.kind === 'permission' && holds.operation === 'read' && holds.target === 'space';
}

const CLASSES: ReadonlyMap<string, Principal> = new Map([
  ['anonymous-users', { type: 'anonymous' }],
  ['authenticated-users', { type: 'authenticated' }],
  ['all-licensed-users', { type: 'licensed' }],
  ['all-product-admins', { type: 'product-admins' }],
]);

/** Drops nobody: a row without a principal is one of people without an account, and what is not known is said to be. */
function toPrincipal(principal: ConfluencePrincipal | undefined): Principal {
  if (principal === undefined) return { type: 'anonymous' };
  const { type, id } = principal;
  switch (type) {
    case 'user':
      if (id === undefined) return unknown(type, id);
      if (id === 'anonymous') return { type: 'anonymous' };
      return id.startsWith('unlicensed')
        ? { type: 'authenticated' }
        : { type: 'account', id: id as AtlassianAccountId };
    case 'group':
      return id === undefined ? unknown(type, id) : { type: 'group', id: id as OrgGroupId };
    case 'access-class':
      return CLASSES.get(id ?? '') ?? unknown(type, id);
    default:
      return unknown(type, id);
  }
}

function unknown(kind: string, id: string | undefined): Principal {
  return { type: 'unknown', kind, ...(id !== undefined && { id }) };
}
