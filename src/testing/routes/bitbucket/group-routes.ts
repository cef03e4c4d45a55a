import type { AtlassianAccountId } from '../../../model/ids.js';
import type { JsonObject } from '../../../model/json.js';
import { groupOfSlug, groupSlug, nameOfGroup } from '../../rules/bitbucket/bitbucket-groups.js';
import { accountOfRef, bitbucketPerson } from '../../rules/bitbucket/bitbucket-people.js';
import { bitbucketUserUuid } from '../../rules/bitbucket/bitbucket-uuid.js';
import type { Account } from '../../state/account-rows.js';
import type { BitbucketGroupRow, BitbucketWorkspaceRow } from '../../state/bitbucket-rows.js';
import { json, refuse } from '../respond.js';
import { param, type FakeResponse, type Route } from '../route.js';
import { bitbucketRoute, requireOwner, workspaceOfMember, type BitbucketCall } from './admission.js';
import { noApiHere, noContent, refuseBitbucket, unauthorized } from './answers.js';
import { listPage } from './listing.js';
import { userRef } from './views.js';

const READ = { oauth: ['account'], api: ['read:permission:bitbucket'], accessTokens: false } as const;
/** No scope of an API token opens these. */
const WRITE = { oauth: ['account:write'], api: ['none'], accessTokens: false } as const;

/** Groups: version 1.0, by the slug of the workspace, in one bare list. */
export const GROUP_ROUTES: readonly Route[] = [
  bitbucketRoute({
    operation: 'bitbucket.groups.list',
    method: 'GET',
    path: '/1.0/groups/:workspace',
    access: READ,
    handle: (call) => {
      const workspace = workspaceBySlug(call);
      return json(
        200,
        groupsOf(call).map((row) => groupView(call, workspace, row)),
      );
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.groups.get',
    method: 'GET',
    path: '/1.0/groups/:workspace/:group',
    access: READ,
    handle: (call) => json(200, groupView(call, workspaceBySlug(call), findGroup(call))),
  }),
  bitbucketRoute({
    operation: 'bitbucket.groups.listMembers',
    method: 'GET',
    path: '/1.0/groups/:workspace/:group/members',
    access: READ,
    handle: (call) => {
      workspaceBySlug(call);
      return json(200, membersOf(call, findGroup(call)));
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.groups.addMember',
    method: 'PUT',
    path: '/1.0/groups/:workspace/:group/members/:member',
    access: WRITE,
    handle: (call) => {
      const { row, account } = membershipToWrite(call);
      const added = call.context.state.groupMembers.add(row.groupId, account.accountId);
      return added ? json(200, memberView(account)) : refuseBitbucket(409, 'The user is a member of the group already');
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.groups.removeMember',
    method: 'DELETE',
    path: '/1.0/groups/:workspace/:group/members/:member',
    access: WRITE,
    handle: (call) => {
      const { row, account } = membershipToWrite(call);
      const removed = call.context.state.groupMembers.remove(row.groupId, account.accountId);
      return removed ? noContent() : refuseBitbucket(404, 'Not found');
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.groups.listPrivileges',
    method: 'GET',
    path: '/1.0/group-privileges/:workspace',
    access: { ...READ, oauth: ['account', 'repository:admin'] },
    handle: listPrivileges,
  }),
  bitbucketRoute({
    operation: 'bitbucket.groups.listInternal',
    method: 'GET',
    path: '/internal/workspaces/:workspace/groups',
    access: READ,
    handle: (call) => {
      if (!call.context.switches.bitbucketInternalGroups) return noApiHere();
      const workspace = workspaceBySlug(call);
      return listPage(call.context, {
        items: groupsOf(call),
        view: (row) => ({
          type: 'group',
          slug: groupSlug(call.context, row),
          name: nameOfGroup(call.context.state, row),
          owner: { username: workspace.slug },
        }),
      });
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.groups.listInternalMembers',
    method: 'GET',
    path: '/internal/workspaces/:workspace/groups/:group/members',
    access: READ,
    handle: (call) => {
      if (!call.context.switches.bitbucketInternalGroups) return noApiHere();
      workspaceBySlug(call);
      return listPage(call.context, {
        items: accountsOf(call, findGroup(call)),
        view: (account) => userRef(call.context, account),
      });
    },
  }),
];

/** A UUID is 405 here (seen). */
function workspaceBySlug(call: BitbucketCall): BitbucketWorkspaceRow {
  const { context, principal } = call;
  if (principal.kind === 'oauth' && !context.switches.bitbucketOauthGroups) return refuse(unauthorized(false));
  if (param(context, 'workspace').startsWith('{')) return refuseBitbucket(405, 'Method not allowed');
  const workspace = workspaceOfMember(call, 'slug');
  requireOwner(call);
  return workspace;
}

function groupsOf({ context: { state } }: BitbucketCall): BitbucketGroupRow[] {
  return [...state.bitbucket.groups.values()].filter(({ groupId }) => state.groups.has(groupId));
}

function findGroup({ context }: BitbucketCall): BitbucketGroupRow {
  return groupOfSlug(context, param(context, 'group'))?.row ?? refuseBitbucket(404, 'Not found');
}

function accountsOf({ context: { state } }: BitbucketCall, { groupId }: BitbucketGroupRow): Account[] {
  return [...state.groupMembers.membersOf(groupId)].flatMap((id) => bitbucketPerson(state, id) ?? []);
}

function membersOf(call: BitbucketCall, row: BitbucketGroupRow): JsonObject[] {
  return accountsOf(call, row).map((account) => memberView(account));
}

function memberView(account: Account): JsonObject {
  const uuid = bitbucketUserUuid(account.accountId);
  return {
    display_name: account.name,
    account_id: account.accountId,
    uuid,
    nickname: account.nickname,
    is_active: true,
    is_team: false,
    is_staff: false,
    avatar: account.picture,
    resource_uri: `/1.0/users/${encodeURIComponent(uuid)}`,
  };
}

function groupView(call: BitbucketCall, workspace: BitbucketWorkspaceRow, row: BitbucketGroupRow): JsonObject {
  return {
    name: nameOfGroup(call.context.state, row),
    slug: groupSlug(call.context, row),
    permission: row.defaultPermission,
    auto_add: false,
    email_forwarding_disabled: false,
    owner: {
      display_name: workspace.name,
      uuid: workspace.uuid,
      is_team: true,
      is_staff: false,
      username: workspace.slug,
      resource_uri: `/1.0/users/${workspace.slug}`,
    },
    members: membersOf(call, row),
  };
}

/** Every group on every repository, by explicit grants of the repository. */
function listPrivileges(call: BitbucketCall): FakeResponse {
  const workspace = workspaceBySlug(call);
  const { state } = call.context;
  const rows = [...state.bitbucket.repositories.values()].flatMap((repository) =>
    state.bitbucket.grants.findAll('placeUuid', repository.uuid).flatMap(({ holder, holderId, level }) => {
      const group = holder === 'group' ? state.bitbucket.groups.get(holderId) : undefined;
      if (group === undefined) return [];
      return [
        {
          repo: `${workspace.slug}/${repository.slug}`,
          privilege: level,
          group: groupView(call, workspace, group),
          repository: { owner: { username: workspace.slug }, name: repository.name, slug: repository.slug },
        },
      ];
    }),
  );
  return json(200, rows);
}

/** Where admin.atlassian.com manages the workspace, its groups are written there. */
function membershipToWrite(call: BitbucketCall): {
  readonly row: BitbucketGroupRow;
  readonly account: Account & { readonly accountId: AtlassianAccountId };
} {
  workspaceBySlug(call);
  const { context } = call;
  if (context.switches.bitbucketManaged)
    return refuseBitbucket(
      context.switches.bitbucketManagedGroupWrite,
      'Groups of this workspace are managed at admin.atlassian.com',
    );
  const account = accountOfRef(context.state, param(context, 'member'));
  return { row: findGroup(call), account: account ?? refuseBitbucket(404, 'Not found') };
}
