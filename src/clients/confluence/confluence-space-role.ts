import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import type { ConfluenceSpaceRoleId } from './confluence-ids.js';
import { confluencePrincipalSchema, type ConfluencePrincipal } from './confluence-principal.js';

/**
 * How a site decides who may do what in its spaces.
 *
 * - `PRE_ROLES`: by classic permissions
 * - `ROLES_TRANSITION`: by roles, and by classic permissions for those who were not moved to one
 * - `ROLES`: by roles
 */
export type ConfluenceSpaceRoleMode = LiteralUnion<'PRE_ROLES' | 'ROLES_TRANSITION' | 'ROLES'>;

/** A role in spaces. Four come with a site, and up to ten more can be made. */
export interface ConfluenceSpaceRole {
  readonly id: ConfluenceSpaceRoleId;
  readonly type?: LiteralUnion<'SYSTEM' | 'CUSTOM'>;
  readonly name: string;
  readonly description?: string;
  /** Ids of what it allows, such as `read/space`. Absent where Confluence does not say. */
  readonly spacePermissions?: readonly string[];
}

/** That a principal holds a role in a space. */
export interface ConfluenceSpaceRoleAssignment {
  readonly principal: ConfluencePrincipal;
  readonly roleId: ConfluenceSpaceRoleId;
}

/** Something that a role can allow. */
export interface ConfluenceRolePermission {
  readonly id: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly requiredPermissionIds: readonly string[];
}

export const spaceRoleModeSchema = lazySchema(() =>
  z.looseObject({ mode: z.string() }).transform(({ mode }): ConfluenceSpaceRoleMode => mode),
);

export const spaceRoleSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      type: z.string().nullish(),
      name: z.string(),
      description: z.string().nullish(),
      spacePermissions: z.array(z.string()).nullish(),
    })
    .transform((wire): ConfluenceSpaceRole =>
      present({
        id: wire.id as ConfluenceSpaceRoleId,
        type: wire.type,
        name: wire.name,
        description: wire.description,
        spacePermissions: wire.spacePermissions,
      }),
    ),
);

export const spaceRoleAssignmentSchema = lazySchema(() =>
  z
    .looseObject({ principal: confluencePrincipalSchema(), roleId: z.string() })
    .transform(({ principal, roleId }): ConfluenceSpaceRoleAssignment => ({
      principal,
      roleId: roleId as ConfluenceSpaceRoleId,
    })),
);

export const rolePermissionSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      displayName: z.string().nullish(),
      description: z.string().nullish(),
      requiredPermissionIds: z.array(z.string()).nullish(),
    })
    .transform((wire): ConfluenceRolePermission => ({
      ...present({ id: wire.id, displayName: wire.displayName, description: wire.description }),
      requiredPermissionIds: wire.requiredPermissionIds ?? [],
    })),
);
