import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';

/** What can be held on a repository or a project. `create-repo` is for projects alone. */
export type BitbucketLevel = 'read' | 'write' | 'create-repo' | 'admin';

/** The workspace of the fake. There is one. */
export interface BitbucketWorkspaceRow {
  /** In braces, as every `uuid` of a row. */
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly forkingMode: 'allow_forks' | 'internal_only';
  /** People whom the plan allows. `null` where there is no limit. */
  readonly seats: number | null;
  readonly createdAt: number;
}

/** Somebody who is in the workspace by themselves; groups bring in others. */
export interface BitbucketMemberRow {
  readonly accountId: AtlassianAccountId;
  readonly role: 'owner' | 'member';
  readonly addedAt: number;
  readonly lastAccessedAt?: number;
}

/** A group of the organization that the workspace has. */
export interface BitbucketGroupRow {
  readonly groupId: OrgGroupId;
  /** Made from the name; shown while the workspace is not managed at admin.atlassian.com. */
  readonly slug: string;
  /** What it gets on repositories made later. */
  readonly defaultPermission: 'read' | 'write' | 'admin' | null;
  /** Whether its members administer the workspace. */
  readonly administers: boolean;
}

/** A project. */
export interface BitbucketProjectRow {
  readonly uuid: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly isPrivate: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A repository. */
export interface BitbucketRepositoryRow {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly projectUuid: string;
  readonly isPrivate: boolean;
  readonly forkPolicy: 'allow_forks' | 'no_public_forks' | 'no_forks';
  /** `null` in an empty repository. */
  readonly mainBranch: string | null;
  /** Whether its branch restrictions are its own, and not those of the project. */
  readonly overridesBranchRestrictions: boolean;
  /** Whether its branching model is its own. */
  readonly overridesBranchingModel: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** An explicit grant. */
export interface BitbucketGrantRow {
  /** UUID of the repository or project. */
  readonly placeUuid: string;
  readonly holder: 'user' | 'group';
  /** Account id, or id of the group in the organization. */
  readonly holderId: string;
  readonly level: BitbucketLevel;
}

/** A branch restriction of a repository, or of a project. */
export interface BranchRuleRow {
  readonly id: string;
  /** UUID of the repository or project. */
  readonly placeUuid: string;
  readonly kind: string;
  readonly matchKind: 'glob' | 'branching_model';
  readonly pattern: string;
  readonly branchType?: string;
  readonly value: number | null;
  readonly userIds: readonly AtlassianAccountId[];
  readonly groupIds: readonly OrgGroupId[];
}

/** A branch of a branching model. */
export interface ModelledBranchRow {
  /** Ignored with `useMainBranch`. */
  readonly name?: string;
  readonly useMainBranch?: boolean;
}

/** The branching model of a repository, or of a project. */
export interface BranchingModelRow {
  /** UUID of the repository or project. */
  readonly placeUuid: string;
  readonly development: ModelledBranchRow;
  /** Absent while it is disabled. */
  readonly production?: ModelledBranchRow;
  readonly branchTypes: readonly { readonly kind: string; readonly prefix: string }[];
}

/** A consumer of OAuth, with whose rights its tokens are. */
export interface OauthConsumerRow {
  readonly key: string;
  readonly secret: string;
  readonly name: string;
  /** Only a private consumer gets tokens by its own key. */
  readonly isPrivate: boolean;
  readonly scopes: readonly string[];
  /** The person whose rights it has. Absent: those of an administrator of the workspace. */
  readonly actsAs?: AtlassianAccountId;
}

/** A token that a consumer was given. */
export interface OauthTokenRow {
  readonly secret: string;
  readonly consumerKey: string;
  readonly expiresAt: number;
}

/** The access token of the workspace, a project or a repository. */
export interface BitbucketAccessTokenRow {
  readonly secret: string;
  readonly name: string;
  /** UUID of what it is a token of. */
  readonly placeUuid: string;
  readonly scopes: readonly string[];
}

/** An app password. None of them opens anything any more. */
export interface AppPasswordRow {
  readonly username: string;
  readonly secret: string;
}
