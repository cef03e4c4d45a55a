import type { LiteralUnion } from '../../model/literal-union.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { Principal } from './principal.js';

/** A Bitbucket workspace. Its id is the UUID in braces. */
export interface BitbucketWorkspace {
  readonly type: 'bitbucket.workspace';
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly private?: boolean;
  readonly forkingMode?: string;
}

/** A member of the workspace. */
export interface BitbucketUser {
  readonly type: 'bitbucket.user';
  readonly id: AtlassianAccountId;
  /** The same as the id. */
  readonly key: AtlassianAccountId;
  readonly uuid?: string;
  /** From Cloud Admin or another product: Bitbucket lists none. */
  readonly email?: string;
  /** The nickname, else the display name. */
  readonly name: string;
  readonly displayName?: string;
  readonly active: boolean;
  readonly deleted: boolean;
  /** Both only in workspaces that are not managed at admin.atlassian.com. */
  readonly addedAt?: string;
  readonly lastAccessedAt?: string;
}

/** A group of the workspace. */
export interface BitbucketGroup {
  readonly type: 'bitbucket.group';
  /** The slug. */
  readonly id: string;
  readonly name: string;
  /** What it gets on repositories made later. */
  readonly defaultPermission?: LiteralUnion<'read' | 'write' | 'admin'>;
  /** Absent where they could not be read. */
  readonly memberIds?: readonly AtlassianAccountId[];
}

/** A project. */
export interface BitbucketProject {
  readonly type: 'bitbucket.project';
  /** The UUID in braces. */
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly hasPubliclyVisibleRepositories?: boolean;
}

/**
 * How the default branch is protected. A member is absent, and never false, where it could not be read.
 *
 * Rules of the project are in no public answer: see `inheritsRules`.
 */
export interface BranchProtection {
  readonly defaultBranchProtected?: boolean;
  readonly allowAutoMergeWhenBuildsPass?: boolean;
  readonly requirePassingBuildsToMerge?: boolean;
  readonly enforceMergeChecks?: boolean;
  readonly requireApprovalsToMerge?: boolean;
  readonly requireDefaultReviewerApprovalsToMerge?: boolean;
  readonly requireTasksToBeCompleted?: boolean;
}

/** A repository. */
export interface BitbucketRepository extends BranchProtection {
  readonly type: 'bitbucket.repository';
  /** The UUID in braces. */
  readonly id: string;
  readonly slug: string;
  /** `<workspace>/<slug>`. */
  readonly fullName: string;
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly projectKey?: string;
  readonly forkPolicy?: LiteralUnion<'allow_forks' | 'no_public_forks' | 'no_forks'>;
  /** Absent in an empty repository. */
  readonly mainBranch?: string;
  /**
   * True where rules of the project apply too, which no public API shows: a `false` above is then uncertain. So it is where
   * this is absent, for Bitbucket did not say.
   */
  readonly inheritsRules?: boolean;
  /** What the grants on it are: `explicit` ones, `effective` ones without their origin, or not read, or not to the end. */
  readonly grants: 'explicit' | 'effective' | 'unread';
}

/** A level that somebody holds on the workspace, a project or a repository. */
export interface BitbucketGrant {
  readonly type: 'bitbucket.grant';
  readonly id: string;
  readonly principal: Principal;
  readonly on: 'workspace' | 'project' | 'repository';
  /** The UUID of the workspace, project or repository. */
  readonly resourceId: string;
  readonly level: LiteralUnion<'read' | 'write' | 'create-repo' | 'admin' | 'owner' | 'member' | 'collaborator'>;
  /** An `effective` level is the highest of all ways, and does not tell which. */
  readonly basis: 'explicit' | 'effective';
  /** Of grants on projects and on repositories. */
  readonly projectKey?: string;
}

/** Everything that is read of Bitbucket. */
export type BitbucketEntity =
  BitbucketWorkspace | BitbucketUser | BitbucketGroup | BitbucketProject | BitbucketRepository | BitbucketGrant;
