import type { JsonObject } from '../../../model/json.js';
import { accountOfRef, bitbucketRole } from '../../rules/bitbucket/bitbucket-people.js';
import { bitbucketUserUuid } from '../../rules/bitbucket/bitbucket-uuid.js';
import { json } from '../respond.js';
import { param, type Route } from '../route.js';
import { bitbucketRoute, workspaceOfMember, type BitbucketCall } from './admission.js';
import { refuseBitbucket } from './answers.js';
import { listPage, showOne } from './listing.js';
import { repositoryRef, userRef, userView, workspaceRef } from './views.js';

const READ_USER = ['read:user:bitbucket'];
const READ_WORKSPACE = ['read:workspace:bitbucket'];

/** Who calls, what they may do, and people by their ids. */
export const USER_ROUTES: readonly Route[] = [
  bitbucketRoute({
    operation: 'bitbucket.users.getCurrent',
    method: 'GET',
    path: '/2.0/user',
    access: { oauth: ['account'], api: READ_USER },
    handle: (call) => showOne(call.context, callerView(call)),
  }),
  bitbucketRoute({
    operation: 'bitbucket.users.listEmails',
    method: 'GET',
    path: '/2.0/user/emails',
    access: { oauth: ['email'], api: READ_USER },
    handle: (call) => {
      const account = callerAccount(call);
      return listPage(call.context, {
        items: account === undefined ? [] : [account],
        view: ({ email, emailVerified }) => ({
          type: 'email',
          email,
          is_primary: true,
          is_confirmed: emailVerified,
          links: { self: { href: `${call.context.origin}/2.0/user/emails/${encodeURIComponent(email)}` } },
        }),
      });
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.users.listWorkspaces',
    method: 'GET',
    path: '/2.0/user/workspaces',
    access: { oauth: ['account'], api: READ_WORKSPACE },
    handle: ({ context, rights }) => {
      const { workspace } = context.state.bitbucket;
      const asked = context.query.get('administrator');
      const fits = asked === null || (asked === 'true') === rights.isOwner;
      return listPage(context, {
        items: workspace !== undefined && rights.isMember && fits ? [workspace] : [],
        view: (row) => {
          const { name: _only20, ...base } = workspaceRef(context, row);
          return {
            type: 'workspace_access',
            administrator: rights.isOwner,
            workspace: { ...base, type: 'workspace_base' },
          };
        },
        pageLength: 25,
      });
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.users.getCurrentRole',
    method: 'GET',
    path: '/2.0/user/workspaces/:workspace/permission',
    access: { oauth: ['account'], api: READ_WORKSPACE },
    handle: (call) => {
      const workspace = workspaceOfMember(call);
      const account = callerAccount(call);
      const role = account === undefined ? undefined : bitbucketRole(call.context.state, account.accountId);
      return json(200, {
        type: 'workspace_membership',
        permission: role ?? (call.rights.isOwner ? 'owner' : 'member'),
        ...(account !== undefined && { user: userRef(call.context, account) }),
        workspace: workspaceRef(call.context, workspace),
      });
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.users.listCurrentRepositoryPermissions',
    method: 'GET',
    path: '/2.0/user/workspaces/:workspace/permissions/repositories',
    access: { oauth: ['account', 'repository'], api: ['read:repository:bitbucket'] },
    handle: (call) => {
      const workspace = workspaceOfMember(call);
      const { context, rights } = call;
      const account = callerAccount(call);
      const held = [...context.state.bitbucket.repositories.values()].flatMap((row) => {
        const level = rights.levelOn(row);
        return level === undefined ? [] : [{ row, level }];
      });
      return listPage(context, {
        items: held,
        view: ({ row, level }) => ({
          type: 'repository_permission',
          permission: level,
          ...(account !== undefined && { user: userRef(context, account) }),
          repository: repositoryRef(context, workspace, row),
        }),
        fields: { 'repository.name': ({ row }) => row.name, permission: ({ level }) => level },
      });
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.users.get',
    method: 'GET',
    path: '/2.0/users/:user',
    access: { oauth: [], api: READ_USER },
    handle: ({ context }) => {
      const ref = param(context, 'user');
      const account = accountOfRef(context.state, ref);
      if (account === undefined || account.status === 'closed') return refuseBitbucket(404, `${ref} does not exist`);
      return showOne(context, userView(context, account));
    },
  }),
];

function callerAccount({ context, principal }: BitbucketCall) {
  return 'accountId' in principal && principal.accountId !== undefined
    ? context.state.accounts.get(principal.accountId)
    : undefined;
}

/** A consumer was the workspace itself before May 2026, and is an app of its own since. */
function callerView(call: BitbucketCall): JsonObject {
  const { context, principal } = call;
  const account = callerAccount(call);
  if (account !== undefined) return userView(context, account);
  const name = 'name' in principal ? principal.name : '';
  const { workspace } = context.state.bitbucket;
  if (principal.kind === 'oauth' && context.switches.bitbucketTokens === 'before' && workspace !== undefined)
    return { type: 'team', uuid: workspace.uuid, username: workspace.slug, display_name: workspace.name };
  return {
    type: 'app_user',
    uuid: bitbucketUserUuid(`app:${name}`),
    display_name: name,
    account_status: 'active',
    kind: principal.kind === 'access-token' ? 'repository_access_token' : 'oauth_consumer',
    links: {},
  };
}
