import type { BitbucketGrant, BitbucketRepository } from '../../entities/bitbucket-entities.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { canonicalOfBitbucket } from './canonical-permissions.js';
import { ProductGaps } from './gaps-of-resource.js';
import { addGroups } from './groups-of-product.js';
import { instants, optionalEmail } from './jira-to-oaa.js';
import { OaaBuilder } from './oaa-builder.js';
import type { Target } from './oaa-holdings.js';
import type { Added } from './oaa-resources.js';
import type { OaaPayload, OaaPropertyTypes } from './oaa-payload.js';
import { properties } from './oaa-values.js';
import type { PeopleByAccount } from './people-by-account.js';

const REPOSITORY: OaaPropertyTypes = {
  slug: 'STRING',
  full_name: 'STRING',
  project_key: 'STRING',
  private: 'BOOLEAN',
  fork_policy: 'STRING',
  main_branch: 'STRING',
  inherits_rules: 'BOOLEAN',
  grants: 'STRING',
  default_branch_protected: 'BOOLEAN',
  allow_auto_merge_when_builds_pass: 'BOOLEAN',
  require_passing_builds_to_merge: 'BOOLEAN',
  enforce_merge_checks: 'BOOLEAN',
  require_approvals_to_merge: 'BOOLEAN',
  require_default_reviewer_approvals_to_merge: 'BOOLEAN',
  require_tasks_to_be_completed: 'BOOLEAN',
};

/**
 * Bitbucket: the workspace is the application, its projects are resources, and their repositories are resources within
 * them. A role is a level on one kind of thing; `(effective)` where Bitbucket did not tell which way it comes.
 */
export function bitbucketToOaa(snapshot: AccessSnapshot, name: string, people: PeopleByAccount): OaaPayload {
  const { entities } = snapshot;
  const gaps = new ProductGaps(snapshot, 'bitbucket');
  const [workspace] = entities['bitbucket.workspace'];
  const builder = new OaaBuilder({
    name,
    type: 'Bitbucket',
    description: `Atlassian Bitbucket${workspace === undefined ? '' : `, workspace ${workspace.slug}`}`,
    userProperties: { uuid: 'STRING', nickname: 'STRING', deleted: 'BOOLEAN' },
    resourceProperties: {
      Project: { project_key: 'STRING', private: 'BOOLEAN', has_publicly_visible_repositories: 'BOOLEAN' },
      Repository: REPOSITORY,
    },
  });

  for (const user of entities['bitbucket.user'])
    builder.user(user.id, {
      names: [user.displayName, user.name],
      emails: [user.email, ...people.emailsOf(user.id)],
      ...optionalEmail(user.email ?? people.emailsOf(user.id)[0]),
      is_active: user.active && !user.deleted,
      ...instants({ created_at: user.addedAt, last_login_at: user.lastAccessedAt }),
      custom_properties: properties({
        ...people.scimOf(user.id),
        uuid: user.uuid,
        nickname: user.name,
        deleted: user.deleted,
      }),
    });
  addGroups(builder, entities['bitbucket.group'], people);
  const targets = addResources(builder, snapshot, gaps);
  for (const grant of entities['bitbucket.grant']) addGrant(builder, grant, targets);
  return builder.build(snapshot, gaps.all);
}

function addResources(builder: OaaBuilder, { entities }: AccessSnapshot, gaps: ProductGaps): Map<string, Target> {
  const targets = new Map<string, Target>();
  const byKey = new Map<string, Added>();

  for (const project of entities['bitbucket.project']) {
    const added = builder.resource(
      { type: 'Project', id: project.id, name: project.name, description: project.description },
      properties({
        project_key: project.key,
        private: project.private,
        has_publicly_visible_repositories: project.hasPubliclyVisibleRepositories,
        gaps: gaps.about('bitbucket.project', project.id),
      }),
    );
    targets.set(`project ${project.id}`, added);
    byKey.set(project.key, added);
    addPublic(builder, project, added);
  }
  for (const repository of entities['bitbucket.repository']) {
    const added = addRepository(builder, repository, byKey.get(repository.projectKey ?? ''), gaps);
    targets.set(`repository ${repository.id}`, added);
    addPublic(builder, repository, added);
  }
  return targets;
}

function addRepository(
  builder: OaaBuilder,
  repository: BitbucketRepository,
  project: Added | undefined,
  gaps: ProductGaps,
): Added {
  const known = properties({
    slug: repository.slug,
    full_name: repository.fullName,
    project_key: repository.projectKey,
    private: repository.private,
    fork_policy: repository.forkPolicy,
    main_branch: repository.mainBranch,
    inherits_rules: repository.inheritsRules,
    grants: repository.grants,
    default_branch_protected: repository.defaultBranchProtected,
    allow_auto_merge_when_builds_pass: repository.allowAutoMergeWhenBuildsPass,
    require_passing_builds_to_merge: repository.requirePassingBuildsToMerge,
    enforce_merge_checks: repository.enforceMergeChecks,
    require_approvals_to_merge: repository.requireApprovalsToMerge,
    require_default_reviewer_approvals_to_merge: repository.requireDefaultReviewerApprovalsToMerge,
    require_tasks_to_be_completed: repository.requireTasksToBeCompleted,
    gaps: gaps.about('bitbucket.repository', repository.id),
  });
  const { id, name, description } = repository;
  return builder.resource({ type: 'Repository', id, name, description }, known, project);
}

/** What is public needs no grant to be read. What is within a public project may be private. */
function addPublic(builder: OaaBuilder, { private: isPrivate }: { readonly private?: boolean }, added: Added): void {
  if (isPrivate === false)
    builder.grant({ type: 'anonymous' }, builder.permission('public', canonicalOfBitbucket('read')), added);
}

function addGrant(builder: OaaBuilder, grant: BitbucketGrant, targets: Map<string, Target>): void {
  const { on, level, basis, principal, resourceId } = grant;
  const effective = basis === 'effective';
  const roleId = `${on}/${level}${effective ? '/effective' : ''}`;
  const kind = { workspace: 'Workspace', project: 'Project', repository: 'Repository' }[on];
  builder.role(roleId, `${kind} - ${level}${effective ? ' (effective)' : ''}`);
  // To be in a workspace is nothing on what is in it; to own it is everything.
  const reaches = on !== 'workspace' || level === 'owner' || level === 'admin';
  const permission = reaches ? level : `${on}/${level}`;
  builder.include(roleId, builder.permission(permission, canonicalOfBitbucket(level), reaches));
  builder.assign(principal, roleId, on === 'workspace' ? 'application' : targetOf(builder, on, resourceId, targets));
}

/** A grant on something that was not listed is a grant all the same. */
function targetOf(builder: OaaBuilder, on: 'project' | 'repository', id: string, targets: Map<string, Target>): Target {
  const known = targets.get(`${on} ${id}`);
  if (known !== undefined) return known;

  const unlisted = builder.resource(
    { type: on === 'project' ? 'Project' : 'Repository', id: `${on}:${id}`, name: id },
    {},
  );
  targets.set(`${on} ${id}`, unlisted);
  return unlisted;
}
