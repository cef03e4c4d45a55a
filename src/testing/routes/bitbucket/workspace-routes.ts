import type { AtlassianAccountId } from '../../../model/ids.js';
import { effectiveLevels } from '../../rules/bitbucket/bitbucket-levels.js';
import { accountOfRef, bitbucketPeople, bitbucketRole, versionOf } from '../../rules/bitbucket/bitbucket-people.js';
import { bitbucketUserUuid } from '../../rules/bitbucket/bitbucket-uuid.js';
import { cachedIds } from '../../rules/listing-cache.js';
import type { Account } from '../../state/account-rows.js';
import type { BitbucketRepositoryRow, BitbucketWorkspaceRow } from '../../state/bitbucket-rows.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { bitbucketRoute, requireOwner, workspaceOf, workspaceOfMember, type BitbucketCall } from './admission.js';
import { refuseBitbucket } from './answers.js';
import { listPage, showOne } from './listing.js';
import { findRepository } from './repository-of-path.js';
import { bitbucketInstant, repositoryRef, userRef, userView, workspaceRef, workspaceView } from './views.js';

const READ_WORKSPACE = ['read:workspace:bitbucket'];
const READ_REPOSITORY = ['read:repository:bitbucket'];
const MAX_EMAILS = 90;
const HIDDEN = [
  ...['account_status', 'created_on', 'is_staff', 'email'].map((name) => `user.${name}`),
  ...['is_private', 'forking_mode'].map((name) => `workspace.${name}`),
];

/** The workspace, its people, and what they can do in the end. */
export const WORKSPACE_ROUTES: readonly Route[] = [
  bitbucketRoute({
    operation: 'bitbucket.workspaces.get',
    method: 'GET',
    path: '/2.0/workspaces/:workspace',
    access: { oauth: [], api: READ_WORKSPACE },
    handle: (call) => showOne(call.context, workspaceView(call.context, workspaceOf(call))),
  }),
  bitbucketRoute({
    operation: 'bitbucket.workspaces.listMembers',
    method: 'GET',
    path: '/2.0/workspaces/:workspace/members',
    access: { oauth: ['account'], api: READ_WORKSPACE },
    handle: listMembers,
  }),
  bitbucketRoute({
    operation: 'bitbucket.workspaces.getMember',
    method: 'GET',
    path: '/2.0/workspaces/:workspace/members/:member',
    access: { oauth: ['account'], api: READ_WORKSPACE },
    handle: (call) => {
      const workspace = workspaceOfMember(call);
      const { context } = call;
      const account = accountOfRef(context.state, param(context, 'member'));
      if (account === undefined || !isMember(context, account.accountId)) return refuseBitbucket(404, 'Not found');
      return showOne(context, membership(context, workspace, account), HIDDEN);
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.workspaces.listPermissions',
    method: 'GET',
    path: '/2.0/workspaces/:workspace/permissions',
    access: { oauth: ['account'], api: READ_WORKSPACE },
    handle: (call) => {
      const workspace = workspaceOfMember(call, 'slug');
      const { context } = call;
      return listPage(context, {
        items: bitbucketPeople(context.state),
        view: (accountId) => permissionView(context, workspace, accountId),
        hidden: HIDDEN,
        fields: { permission: (accountId) => bitbucketRole(context.state, accountId) ?? null },
      });
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.permissions.listEffective',
    method: 'GET',
    path: '/2.0/workspaces/:workspace/permissions/repositories',
    access: { oauth: ['account'], api: READ_REPOSITORY, accessTokens: false },
    handle: (call) => {
      const workspace = workspaceOfMember(call, 'slug');
      requireOwner(call);
      return listEffective(call.context, workspace, [...call.context.state.bitbucket.repositories.values()]);
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.permissions.listEffectiveOfRepository',
    method: 'GET',
    path: '/2.0/workspaces/:workspace/permissions/repositories/:repository',
    access: { oauth: ['repository'], api: READ_REPOSITORY, accessTokens: false },
    handle: (call) => {
      const workspace = workspaceOf(call, 'slug');
      const repository = findRepository(call);
      if (call.rights.levelOn(repository) !== 'admin') return refuseBitbucket(403, 'Forbidden');
      return listEffective(call.context, workspace, [repository]);
    },
  }),
];

function isMember({ state }: RouteContext, accountId: AtlassianAccountId): boolean {
  const role = bitbucketRole(state, accountId);
  return role === 'owner' || role === 'member';
}

/** By email only for administrators, and only the addresses that were asked for. */
function listMembers(call: BitbucketCall): FakeResponse {
  const workspace = workspaceOfMember(call);
  const { context, rights, principal } = call;
  const byEmail = (context.query.get('q') ?? '').includes('user.email');
  const mayAsk = rights.isOwner || principal.kind === 'access-token';
  if (byEmail && !mayAsk) return refuseBitbucket(403, 'Forbidden');
  const asked = (context.query.get('q') ?? '').split(',').length;
  if (byEmail && asked > MAX_EMAILS) return refuseBitbucket(400, `At most ${MAX_EMAILS} emails can be looked up`);

  const members = bitbucketPeople(context.state).filter((accountId) => isMember(context, accountId));
  return listPage(context, {
    items: members.flatMap((accountId) => context.state.accounts.get(accountId) ?? []),
    view: (account) => membership(context, workspace, account, byEmail),
    hidden: HIDDEN,
    fields: {
      'user.email': ({ email }) => email.toLowerCase(),
      'user.account_id': ({ accountId }) => accountId,
      'user.nickname': ({ nickname }) => nickname,
      permission: ({ accountId }) => bitbucketRole(context.state, accountId) ?? null,
    },
  });
}

function membership(context: RouteContext, workspace: BitbucketWorkspaceRow, account: Account, withEmail = false) {
  const uuid = encodeURIComponent(bitbucketUserUuid(account.accountId));
  return {
    type: 'workspace_membership',
    user: { ...userView(context, account), ...(withEmail && { email: account.email }) },
    workspace: workspaceRef(context, workspace),
    links: { self: { href: `${context.origin}/2.0/workspaces/${workspace.slug}/members/${uuid}` } },
  };
}

function permissionView(context: RouteContext, workspace: BitbucketWorkspaceRow, accountId: AtlassianAccountId) {
  const { state, switches } = context;
  const account = state.accounts.get(accountId);
  const row = state.bitbucket.members.get(accountId);
  const { addedAt, lastAccessedAt } = row ?? { addedAt: workspace.createdAt, lastAccessedAt: undefined };
  return {
    ...(account !== undefined && membership(context, workspace, account)),
    workspace: {
      ...workspaceRef(context, workspace),
      is_private: workspace.isPrivate,
      forking_mode: workspace.forkingMode,
    },
    permission: bitbucketRole(state, accountId) ?? 'member',
    ...(!switches.bitbucketManaged && {
      added_on: bitbucketInstant(addedAt),
      ...(lastAccessedAt !== undefined && { last_accessed: bitbucketInstant(lastAccessedAt) }),
    }),
  };
}

/** One row for each person and repository: what it comes to, and not where it comes from. */
function listEffective(
  context: RouteContext,
  workspace: BitbucketWorkspaceRow,
  repositories: readonly BitbucketRepositoryRow[],
): FakeResponse {
  const { state } = context;
  const key = `bitbucket effective ${repositories.length === 1 ? repositories[0]?.uuid : '*'}`;
  const rows = cachedIds(state, key, versionOf(state), () =>
    repositories.flatMap((one) => effectiveLevels(state, one).map((level) => [one.uuid, ...level].join('\n'))),
  );
  return listPage(context, {
    items: rows,
    view: (row) => {
      const { permission, repository, account } = partsOf(context, row);
      return {
        type: 'repository_permission',
        permission,
        ...(account !== undefined && { user: userRef(context, account) }),
        ...(repository !== undefined && { repository: repositoryRef(context, workspace, repository) }),
      };
    },
    fields: {
      permission: (row) => partsOf(context, row).permission,
      'repository.name': (row) => partsOf(context, row).repository?.name ?? null,
      'user.account_id': (row) => partsOf(context, row).account?.accountId ?? null,
    },
  });
}

function partsOf({ state }: RouteContext, row: string) {
  const [uuid = '', accountId = '', permission = ''] = row.split('\n');
  return { permission, repository: state.bitbucket.repositories.get(uuid), account: state.accounts.get(accountId) };
}
