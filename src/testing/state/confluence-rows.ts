import type { AtlassianAccountId } from '../../model/ids.js';

/** How a site decides who may do what in its spaces. `absent`: it does not know roles, and answers 404 to all about them. */
export type ConfluenceMode = 'PRE_ROLES' | 'ROLES_TRANSITION' | 'ROLES' | 'absent';

/** The Confluence of a site, where it is not as all start. */
export interface ConfluenceSettings {
  readonly cloudId: string;
  readonly mode: ConfluenceMode;
  /** Whether people without an account may use the site at all. */
  readonly anonymousAccess: boolean;
  /** Only `PREMIUM` and `ENTERPRISE` have admin keys. */
  readonly edition: 'FREE' | 'STANDARD' | 'PREMIUM' | 'ENTERPRISE';
}

/** A space. */
export interface SpaceRow {
  /** Digits. */
  readonly id: string;
  readonly cloudId: string;
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly status: 'current' | 'archived';
  readonly authorId: AtlassianAccountId;
  readonly createdAt: number;
}

/** Who holds something in a space. An access class is written as the calls of roles write it: `all-licensed-users`. */
export interface SpacePrincipal {
  readonly type: 'user' | 'group' | 'access-class';
  readonly id: string;
}

/** That a principal may do one thing in a space, by classic permissions. */
export interface SpacePermissionRow {
  /** Digits. */
  readonly id: string;
  readonly spaceId: string;
  readonly principal: SpacePrincipal;
  /** `read/space`, `create/page`, … */
  readonly operation: string;
}

/** A role that the site has made. The four that every site has are in `rules/confluence/space-roles.ts`. */
export interface SpaceRoleRow {
  readonly id: string;
  readonly cloudId: string;
  readonly type: 'SYSTEM' | 'CUSTOM';
  readonly name: string;
  readonly description: string;
  /** `read/space`, `create/page`, … */
  readonly permissions: readonly string[];
}

/** That a principal holds a role in a space: one at a time. */
export interface SpaceRoleAssignmentRow {
  readonly spaceId: string;
  readonly principal: SpacePrincipal;
  readonly roleId: string;
}

/** Leave of an account to read past the permissions of spaces. */
export interface AdminKeyRow {
  readonly cloudId: string;
  readonly accountId: AtlassianAccountId;
  readonly expiresAt: number;
}
