import type { JsonObject } from '../../../model/json.js';
import { bitbucketUserUuid } from '../../rules/bitbucket/bitbucket-uuid.js';
import { groupSlug, nameOfGroup } from '../../rules/bitbucket/bitbucket-groups.js';
import type { Account } from '../../state/account-rows.js';
import type {
  BitbucketGroupRow,
  BitbucketProjectRow,
  BitbucketRepositoryRow,
  BitbucketWorkspaceRow,
} from '../../state/bitbucket-rows.js';
import { isoInstant } from '../presentation.js';
import type { RouteContext } from '../route.js';

/** An instant in Bitbucket's form: microseconds and an offset. */
export function bitbucketInstant(at: number): string {
  return isoInstant(at).replace('Z', '000+00:00');
}

/** What is not shown of a user unless it is asked for, in most places. */
const HIDDEN_OF_USER = ['account_status', 'created_on', 'is_staff'] as const;

/** A person. Neither the email nor the user name is shown since 2019. */
export function userView({ origin }: RouteContext, account: Account): JsonObject {
  const uuid = bitbucketUserUuid(account.accountId);
  const encoded = encodeURIComponent(uuid);
  return {
    type: account.type === 'app' ? 'app_user' : 'user',
    uuid,
    account_id: account.accountId,
    display_name: account.name,
    nickname: account.nickname,
    account_status: account.status,
    created_on: bitbucketInstant(account.createdAt),
    is_staff: false,
    links: {
      self: { href: `${origin}/2.0/users/${encoded}` },
      avatar: { href: account.picture },
      html: { href: `https://bitbucket.org/${encoded}/` },
    },
  };
}

/** A person inside of something else. */
export function userRef(context: RouteContext, account: Account): JsonObject {
  return Object.fromEntries(
    Object.entries(userView(context, account)).filter(([name]) => !HIDDEN_OF_USER.some((hidden) => hidden === name)),
  );
}

/** All that is shown of the workspace by itself. */
export function workspaceView({ origin }: RouteContext, row: BitbucketWorkspaceRow): JsonObject {
  const self = `${origin}/2.0/workspaces/${row.slug}`;
  return {
    type: 'workspace',
    uuid: row.uuid,
    slug: row.slug,
    name: row.name,
    is_private: row.isPrivate,
    is_personal: false,
    is_privacy_enforced: true,
    forking_mode: row.forkingMode,
    created_on: bitbucketInstant(row.createdAt),
    links: {
      self: { href: self },
      html: { href: `https://bitbucket.org/${row.slug}/` },
      avatar: { href: `https://bitbucket.org/workspaces/${row.slug}/avatar/` },
      members: { href: `${self}/members` },
      owners: { href: `${self}/members?q=permission%3D%22owner%22` },
      projects: { href: `${self}/projects` },
      repositories: { href: `${origin}/2.0/repositories/${row.slug}` },
      snippets: { href: `${origin}/2.0/snippets/${row.slug}` },
    },
  };
}

/** The workspace inside of something else. */
export function workspaceRef(context: RouteContext, row: BitbucketWorkspaceRow): JsonObject {
  const { type, uuid, slug, name } = workspaceView(context, row);
  return {
    type,
    uuid,
    slug,
    name,
    links: { self: { href: `${context.origin}/2.0/workspaces/${row.slug}` } },
  } as JsonObject;
}

/** The workspace as the owner of something. */
function ownerRef({ origin }: RouteContext, row: BitbucketWorkspaceRow): JsonObject {
  return {
    type: 'team',
    uuid: row.uuid,
    display_name: row.name,
    username: row.slug,
    links: { self: { href: `${origin}/2.0/workspaces/${encodeURIComponent(row.uuid)}` } },
  };
}

/** A project. */
export function projectView(
  context: RouteContext,
  workspace: BitbucketWorkspaceRow,
  row: BitbucketProjectRow,
): JsonObject {
  const { origin, state } = context;
  const repositories = state.bitbucket.repositories.findAll('projectUuid', row.uuid);
  return {
    type: 'project',
    uuid: row.uuid,
    key: row.key,
    name: row.name,
    ...(row.description !== null && { description: row.description }),
    is_private: row.isPrivate,
    has_publicly_visible_repos: repositories.some(({ isPrivate }) => !isPrivate),
    created_on: bitbucketInstant(row.createdAt),
    updated_on: bitbucketInstant(row.updatedAt),
    owner: ownerRef(context, workspace),
    workspace: workspaceRef(context, workspace),
    links: {
      self: { href: `${origin}/2.0/workspaces/${workspace.slug}/projects/${row.key}` },
      html: { href: `https://bitbucket.org/${workspace.slug}/workspace/projects/${row.key}` },
      repositories: { href: `${origin}/2.0/repositories/${workspace.slug}?q=project.key="${row.key}"` },
      avatar: { href: `https://bitbucket.org/account/user/${workspace.slug}/projects/${row.key}/avatar/32` },
    },
  };
}

/** A project inside of something else. */
export function projectRef(
  { origin }: RouteContext,
  workspace: BitbucketWorkspaceRow,
  row: BitbucketProjectRow,
): JsonObject {
  return {
    type: 'project',
    uuid: row.uuid,
    key: row.key,
    name: row.name,
    links: { html: { href: `${origin}/2.0/workspaces/${workspace.slug}/projects/${row.key}` } },
  };
}

/** A repository. */
export function repositoryView(
  context: RouteContext,
  workspace: BitbucketWorkspaceRow,
  row: BitbucketRepositoryRow,
): JsonObject {
  const { origin, state } = context;
  const inBitbucket = state.bitbucket.projects.get(row.projectUuid);
  const html = `https://bitbucket.org/${workspace.slug}/${row.slug}`;
  return {
    type: 'repository',
    uuid: row.uuid,
    full_name: `${workspace.slug}/${row.slug}`,
    name: row.name,
    slug: row.slug,
    description: row.description,
    scm: 'git',
    is_private: row.isPrivate,
    fork_policy: row.forkPolicy,
    mainbranch: row.mainBranch === null ? null : { type: 'branch', name: row.mainBranch },
    ...(inBitbucket !== undefined && { project: projectRef(context, workspace, inBitbucket) }),
    workspace: workspaceRef(context, workspace),
    owner: ownerRef(context, workspace),
    parent: null,
    has_issues: false,
    has_wiki: false,
    size: row.mainBranch === null ? 0 : 1_048_576,
    language: '',
    website: null,
    created_on: bitbucketInstant(row.createdAt),
    updated_on: bitbucketInstant(row.updatedAt),
    override_settings: overrideSettings(row),
    links: {
      self: { href: `${origin}/2.0/repositories/${workspace.slug}/${row.slug}` },
      html: { href: html },
      clone: [
        { name: 'https', href: `${html}.git` },
        { name: 'ssh', href: `git@bitbucket.org:${workspace.slug}/${row.slug}.git` },
      ],
    },
  };
}

/** What of a repository's settings is its own, and not its project's. */
export function overrideSettings(row: BitbucketRepositoryRow): JsonObject {
  return {
    branching_model: row.overridesBranchingModel,
    branch_restrictions: row.overridesBranchRestrictions,
    default_merge_strategy: true,
    default_reviewers: false,
  };
}

/** A repository inside of something else. */
export function repositoryRef(
  { origin }: RouteContext,
  workspace: BitbucketWorkspaceRow,
  row: BitbucketRepositoryRow,
): JsonObject {
  return {
    type: 'repository',
    uuid: row.uuid,
    name: row.name,
    full_name: `${workspace.slug}/${row.slug}`,
    links: { self: { href: `${origin}/2.0/repositories/${workspace.slug}/${row.slug}` } },
  };
}

/** A group in version 2.0. */
export function groupRef(context: RouteContext, workspace: BitbucketWorkspaceRow, row: BitbucketGroupRow): JsonObject {
  const slug = groupSlug(context, row);
  return {
    type: 'group',
    name: nameOfGroup(context.state, row),
    slug,
    full_slug: `${workspace.slug}:${slug}`,
    owner: ownerRef(context, workspace),
    workspace: workspaceRef(context, workspace),
    default_permission: row.defaultPermission,
    email_forwarding_disabled: false,
    account_privilege: row.administers ? 'admin' : 'collaborator',
    links: {
      self: { href: `${context.origin}/2.0/workspaces/${workspace.slug}/groups/${slug}` },
      html: { href: `https://bitbucket.org/${workspace.slug}/workspace/settings/groups/${slug}` },
    },
  };
}
