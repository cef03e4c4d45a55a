import { present } from '../../model/present.js';
import type {
  BitbucketEffectivePermission,
  BitbucketGroupGrant,
  BitbucketUserGrant,
} from '../../clients/bitbucket/bitbucket-grant.js';
import type { BitbucketGroup as WireGroup } from '../../clients/bitbucket/bitbucket-groups.js';
import type { BitbucketProject as WireProject } from '../../clients/bitbucket/bitbucket-projects.js';
import type { BitbucketRepository as WireRepository } from '../../clients/bitbucket/bitbucket-repositories.js';
import type { BitbucketUser as WireUser } from '../../clients/bitbucket/bitbucket-user.js';
import type {
  BitbucketWorkspace as WireWorkspace,
  BitbucketWorkspacePermission,
} from '../../clients/bitbucket/bitbucket-workspaces.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type {
  BitbucketGrant,
  BitbucketGroup,
  BitbucketProject,
  BitbucketRepository,
  BitbucketUser,
  BitbucketWorkspace,
  BranchProtection,
} from '../entities/bitbucket-entities.js';
import type { Principal } from '../entities/principal.js';

/** What is kept of the workspace. */
export function toWorkspace({ uuid, slug, name, isPrivate, forkingMode }: WireWorkspace): BitbucketWorkspace {
  return { type: 'bitbucket.workspace', id: uuid, slug, name, ...present({ private: isPrivate, forkingMode }) };
}

/** Somebody of the workspace. Where Bitbucket does not tell their status, they are active: they are listed. */
export function toUser(
  accountId: AtlassianAccountId,
  { uuid, displayName, nickname, accountStatus }: WireUser,
  { addedAt, lastAccessedAt }: Pick<BitbucketWorkspacePermission, 'addedAt' | 'lastAccessedAt'>,
): BitbucketUser {
  return {
    type: 'bitbucket.user',
    id: accountId,
    key: accountId,
    name: nickname ?? displayName ?? accountId,
    active: accountStatus === undefined || accountStatus === 'active',
    deleted: accountStatus === 'closed',
    ...present({ uuid, displayName, addedAt, lastAccessedAt }),
  };
}

/** A group with its members. */
export function toGroup({ slug, name, defaultPermission, members }: WireGroup): BitbucketGroup {
  return {
    type: 'bitbucket.group',
    id: slug,
    name,
    ...present({ defaultPermission }),
    memberIds: members.flatMap(({ accountId }) => accountId ?? []),
  };
}

/** A project. An empty description says nothing. */
export function toProject(project: WireProject): BitbucketProject {
  const { uuid, key, name, description, isPrivate, hasPubliclyVisibleRepos } = project;
  return {
    type: 'bitbucket.project',
    id: uuid,
    key,
    name,
    ...present({
      description: description === '' ? undefined : description,
      private: isPrivate,
      hasPubliclyVisibleRepositories: hasPubliclyVisibleRepos,
    }),
  };
}

/** A repository, with what is known of its grants and of the protection of its default branch. */
export function toRepository(
  repository: WireRepository,
  grants: BitbucketRepository['grants'],
  protection: BranchProtection,
): BitbucketRepository {
  const { uuid, slug, fullName, name, description, isPrivate, projectKey, forkPolicy, mainBranch } = repository;
  return {
    type: 'bitbucket.repository',
    id: uuid,
    slug,
    fullName,
    name,
    grants,
    ...present({
      description: description === '' ? undefined : description,
      private: isPrivate,
      projectKey,
      forkPolicy,
      mainBranch,
      inheritsRules: inherits(repository),
    }),
    ...protection,
  };
}

function inherits({ overridesBranchRestrictions: overrides }: WireRepository): boolean | undefined {
  return overrides === undefined ? undefined : !overrides;
}

/** Where something is granted. */
export type GrantedOn = Pick<BitbucketGrant, 'on' | 'resourceId' | 'projectKey'>;

/** What is granted to a person. */
export function toUserGrant(
  { permission, user }: BitbucketUserGrant | BitbucketEffectivePermission,
  on: GrantedOn,
  basis: BitbucketGrant['basis'] = 'explicit',
): BitbucketGrant {
  return toGrant(principalOf(user), permission, on, basis);
}

/** What is granted to a group. */
export function toGroupGrant({ permission, group }: BitbucketGroupGrant, on: GrantedOn): BitbucketGrant {
  return toGrant({ type: 'bitbucket.group', id: group.slug }, permission, on, 'explicit');
}

function principalOf({ accountId, uuid, type }: WireUser): Principal {
  if (accountId !== undefined) return { type: 'account', id: accountId };
  return { type: 'unknown', kind: type ?? 'user', ...present({ id: uuid }) };
}

function toGrant(principal: Principal, level: string, on: GrantedOn, basis: BitbucketGrant['basis']): BitbucketGrant {
  const holder = 'id' in principal ? (principal.id ?? '') : '';
  return {
    type: 'bitbucket.grant',
    id: [on.on, on.resourceId, principal.type, holder].join('/'),
    principal,
    level,
    basis,
    ...on,
  };
}
