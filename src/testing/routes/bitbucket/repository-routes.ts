import { json } from '../respond.js';
import type { FakeResponse, Route } from '../route.js';
import { bitbucketRoute, workspaceOf, workspaceOfMember, type BitbucketCall } from './admission.js';
import { listPage, showOne } from './listing.js';
import { findOwnRepository, findProject, findRepository } from './repository-of-path.js';
import { bitbucketInstant, overrideSettings, projectView, repositoryView } from './views.js';

const READ_REPOSITORY = ['read:repository:bitbucket'];
const READ_PROJECT = ['read:project:bitbucket'];
const ROLE_RANKS: ReadonlyMap<string, readonly string[]> = new Map([
  ['member', ['read', 'write', 'admin']],
  ['contributor', ['write', 'admin']],
  ['admin', ['admin']],
  ['owner', ['admin']],
]);

/** Projects and repositories. What the caller may not see is missing, without a word. */
export const REPOSITORY_ROUTES: readonly Route[] = [
  bitbucketRoute({
    operation: 'bitbucket.projects.list',
    method: 'GET',
    path: '/2.0/workspaces/:workspace/projects',
    access: { oauth: ['project'], api: READ_PROJECT },
    handle: (call) => {
      const workspace = workspaceOfMember(call);
      const { context, rights } = call;
      return listPage(context, {
        items: [...context.state.bitbucket.projects.values()].filter((row) => rights.sees(row)),
        view: (row) => projectView(context, workspace, row),
        fields: {
          key: ({ key }) => key,
          name: ({ name }) => name,
          is_private: ({ isPrivate }) => isPrivate,
          created_on: ({ createdAt }) => bitbucketInstant(createdAt),
        },
      });
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.projects.get',
    method: 'GET',
    path: '/2.0/workspaces/:workspace/projects/:project',
    access: { oauth: ['project'], api: READ_PROJECT },
    handle: (call) => showOne(call.context, projectView(call.context, workspaceOf(call), findProject(call))),
  }),
  bitbucketRoute({
    operation: 'bitbucket.repositories.list',
    method: 'GET',
    path: '/2.0/repositories/:workspace',
    access: { oauth: ['repository'], api: READ_REPOSITORY, anonymous: true },
    handle: listRepositories,
  }),
  bitbucketRoute({
    operation: 'bitbucket.repositories.get',
    method: 'GET',
    path: '/2.0/repositories/:workspace/:repository',
    access: { oauth: ['repository'], api: READ_REPOSITORY, anonymous: true },
    handle: (call) => showOne(call.context, repositoryView(call.context, workspaceOf(call), findRepository(call))),
  }),
  bitbucketRoute({
    operation: 'bitbucket.repositories.getOverrideSettings',
    method: 'GET',
    path: '/2.0/repositories/:workspace/:repository/override-settings',
    access: { oauth: ['repository:admin'], api: ['admin:repository:bitbucket'] },
    handle: (call) =>
      json(200, {
        type: 'repository_inheritance_state',
        override_settings: overrideSettings(findOwnRepository(call)),
      }),
  }),
];

function listRepositories(call: BitbucketCall): FakeResponse {
  const workspace = workspaceOf(call);
  const { context, rights } = call;
  const { repositories, projects } = context.state.bitbucket;
  const role = ROLE_RANKS.get(context.query.get('role') ?? '');
  const visible = [...repositories.values()].filter((row) => {
    const level = rights.levelOn(row);
    return level !== undefined && role?.includes(level) !== false;
  });
  return listPage(context, {
    items: visible,
    view: (row) => repositoryView(context, workspace, row),
    fields: {
      name: ({ name }) => name,
      slug: ({ slug }) => slug,
      full_name: ({ slug }) => `${workspace.slug}/${slug}`,
      is_private: ({ isPrivate }) => isPrivate,
      fork_policy: ({ forkPolicy }) => forkPolicy,
      created_on: ({ createdAt }) => bitbucketInstant(createdAt),
      updated_on: ({ updatedAt }) => bitbucketInstant(updatedAt),
      'project.key': ({ projectUuid }) => projects.get(projectUuid)?.key ?? null,
    },
  });
}
