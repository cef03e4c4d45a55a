import type { BitbucketClient } from '../../src/clients/bitbucket/bitbucket-client.js';
import type { AtlassianAccountId } from '../../src/model/ids.js';

/** Sends an operation to a client. */
export type BitbucketCall = (bitbucket: BitbucketClient, names: BitbucketNames) => Promise<unknown>;

/** What the calls are about. */
export interface BitbucketNames {
  readonly accountId: AtlassianAccountId;
  readonly group: string;
  readonly project: string;
  readonly repository: string;
}

const WORKSPACE = '/2.0/workspaces/{workspace}';
const PROJECT = `${WORKSPACE}/projects/{project_key}`;
const REPOSITORY = '/2.0/repositories/{workspace}/{repo_slug}';

/** Every documented operation that the client sends. */
export const bitbucketCalls: Readonly<Record<string, BitbucketCall>> = {
  'GET /2.0/user': ({ users }) => users.getCurrent(),
  'GET /2.0/users/{selected_user}': ({ users }, { accountId }) => users.get(accountId),
  'GET /2.0/user/workspaces/{workspace}/permission': ({ users }) => users.getCurrentRole(),
  [`GET ${WORKSPACE}`]: ({ workspace }) => workspace.get(),
  [`GET ${WORKSPACE}/members`]: ({ workspace }) => workspace.listMembersPage(),
  [`GET ${WORKSPACE}/members/{member}`]: ({ workspace }, { accountId }) => workspace.getMember(accountId),
  [`GET ${WORKSPACE}/permissions`]: ({ workspace }) => workspace.listPermissionsPage(),
  [`GET ${WORKSPACE}/permissions/repositories`]: ({ permissions }) => permissions.listEffectivePage(),
  [`GET ${WORKSPACE}/permissions/repositories/{repo_slug}`]: ({ permissions }, { repository }) =>
    permissions.listEffectiveOfRepositoryPage(repository),
  [`GET ${WORKSPACE}/projects`]: ({ projects }) => projects.listPage(),
  [`GET ${PROJECT}`]: ({ projects }, { project }) => projects.get(project),
  'GET /2.0/repositories/{workspace}': ({ repositories }) => repositories.listPage({ role: 'admin' }),
  [`GET ${REPOSITORY}`]: ({ repositories }, { repository }) => repositories.get(repository),
  [`GET ${REPOSITORY}/branch-restrictions`]: ({ branchRestrictions }, { repository }) =>
    branchRestrictions.listPage(repository),
  [`GET ${REPOSITORY}/effective-branching-model`]: ({ branchRestrictions }, { repository }) =>
    branchRestrictions.getEffectiveModel(repository),
  ...grantCalls(REPOSITORY, ({ repository }) => ({ repository })),
  ...grantCalls(PROJECT, ({ project }) => ({ project })),
};

function grantCalls(
  path: string,
  place: (names: BitbucketNames) => { readonly repository: string } | { readonly project: string },
): Record<string, BitbucketCall> {
  const users = `${path}/permissions-config/users`;
  const groups = `${path}/permissions-config/groups`;
  return {
    [`GET ${users}`]: ({ permissions }, names) => permissions.listUsersPage(place(names)),
    [`GET ${users}/{selected_user_id}`]: ({ permissions }, names) => permissions.getUser(place(names), names.accountId),
    [`PUT ${users}/{selected_user_id}`]: ({ permissions }, names) =>
      permissions.grantUser(place(names), names.accountId, 'write'),
    [`DELETE ${users}/{selected_user_id}`]: ({ permissions }, names) =>
      permissions.revokeUser(place(names), names.accountId),
    [`GET ${groups}`]: ({ permissions }, names) => permissions.listGroupsPage(place(names)),
    [`GET ${groups}/{group_slug}`]: ({ permissions }, names) => permissions.getGroup(place(names), names.group),
    [`PUT ${groups}/{group_slug}`]: ({ permissions }, names) =>
      permissions.grantGroup(place(names), names.group, 'write'),
    [`DELETE ${groups}/{group_slug}`]: ({ permissions }, names) => permissions.revokeGroup(place(names), names.group),
  };
}
