import type { LiteralUnion } from '../../model/literal-union.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { Principal } from './principal.js';

/** How a site keeps who may do what in a space: with roles, with single permissions, or on the way from one to the other. */
export type SpaceAccessMode = 'classic' | 'transition' | 'roles';

/** A Confluence site. Its id is the cloud id. */
export interface ConfluenceInstance {
  readonly type: 'confluence.instance';
  readonly id: string;
  readonly baseUrl?: string;
  readonly title?: string;
  readonly edition?: string;
  /** Absent where it could not be read. */
  readonly mode?: SpaceAccessMode;
  /** Whether the site lets people in without signing in, where spaces do too. Absent where it was not established. */
  readonly anonymousAccess?: boolean;
}

/** A user of Confluence. */
export interface ConfluenceUser {
  readonly type: 'confluence.user';
  readonly id: AtlassianAccountId;
  readonly accountType?: LiteralUnion<'atlassian' | 'app' | 'customer' | 'unknown'>;
  /** Absent when the person hides it from the caller. */
  readonly email?: string;
  readonly displayName?: string;
  readonly publicName?: string;
  /** A guest from outside. Absent where the answers do not tell. */
  readonly externalCollaborator?: boolean;
  readonly accountStatus?: LiteralUnion<'active' | 'inactive' | 'closed' | 'unknown'>;
}

/** A group as Confluence sees it. */
export interface ConfluenceGroup {
  readonly type: 'confluence.group';
  readonly id: OrgGroupId;
  readonly name: string;
  readonly managedBy?: string;
  readonly usageType?: string;
  /** Effective members. Absent where they could not be read. */
  readonly memberIds?: readonly AtlassianAccountId[];
  /** Whether the group gives use of Confluence, or its administration. Absent where that was not asked. */
  readonly access?: 'user' | 'admin';
}

/** A space. */
export interface ConfluenceSpace {
  readonly type: 'confluence.space';
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly spaceType?: LiteralUnion<'global' | 'collaboration' | 'knowledge_base' | 'personal' | 'system'>;
  readonly status?: LiteralUnion<'current' | 'archived'>;
  /** Whether it can be read without signing in, if the site allows that at all. Absent where it was not established. */
  readonly anonymousAccess?: boolean;
  /** Whether signed-in people without a licence can read it. Absent where it was not established. */
  readonly unlicensedAccess?: boolean;
  readonly authorId?: AtlassianAccountId;
  readonly ownerId?: AtlassianAccountId;
  readonly createdAt?: string;
}

/** A role that can be given on spaces. */
export interface ConfluenceSpaceRole {
  readonly type: 'confluence.spaceRole';
  readonly id: string;
  readonly name: string;
  readonly roleType?: LiteralUnion<'SYSTEM' | 'CUSTOM'>;
  readonly description?: string;
  /**
   * Permissions that the role stands for, in Atlassian's own ids: `read/space`, `administer/space`, … Absent where
   * Confluence did not tell; there is a gap then.
   */
  readonly permissions?: readonly string[];
}

/** A role or a permission that somebody holds on a space. */
export interface ConfluenceGrant {
  readonly type: 'confluence.grant';
  readonly id: string;
  readonly spaceId: string;
  readonly principal: Principal;
  readonly holds:
    | { readonly kind: 'role'; readonly roleId: string }
    | { readonly kind: 'permission'; readonly operation: string; readonly target: string };
}

/** Everything that is read of Confluence. */
export type ConfluenceEntity =
  ConfluenceInstance | ConfluenceUser | ConfluenceGroup | ConfluenceSpace | ConfluenceSpaceRole | ConfluenceGrant;
