import type { AtlassianAccountId, OrgDirectoryId } from '../../../model/ids.js';
import { removeMember, restoreMember, suspendMember } from '../../rules/directory-membership.js';
import type { DirectoryMembership } from '../../state/account-rows.js';
import { empty } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { directoryOfWrite } from './directory-of-path.js';
import { logWrite, userSubject } from '../events-of-writes.js';
import { refuseIf, refuseWith } from './refusals.js';

const USER = '/admin/v2/orgs/:orgId/directories/:directoryId/users/:accountId';

/** Suspending, restoring and removing a person in one directory. */
export const USER_DIRECTORY_ROUTES: readonly Route[] = [
  { operation: 'admin.users.suspend', method: 'POST', path: `${USER}/suspend`, effect: 'write', handle: suspend },
  { operation: 'admin.users.restore', method: 'POST', path: `${USER}/restore`, effect: 'write', handle: restore },
  { operation: 'admin.users.remove', method: 'DELETE', path: USER, effect: 'write', handle: remove },
];

function suspend(context: RouteContext): FakeResponse {
  const membership = membershipOfPath(context);
  refuseIf(context, suspendMember(context.state, membership, context.switches));
  logWrite(context, 'user_disabled_org_access', [userSubject(context.state, membership.accountId)]);
  return empty(204);
}

function restore(context: RouteContext): FakeResponse {
  const membership = membershipOfPath(context);
  refuseIf(context, restoreMember(context.state, membership, context.switches));
  logWrite(context, 'user_enabled_org_access', [userSubject(context.state, membership.accountId)]);
  return empty(204);
}

function remove(context: RouteContext): FakeResponse {
  const { directoryId, accountId } = membershipOfPath(context);
  removeMember(context.state, directoryId, accountId);
  logWrite(context, 'user_removed_from_org', [userSubject(context.state, accountId)]);
  return empty(204);
}

function membershipOfPath(context: RouteContext): DirectoryMembership {
  const { state } = context;
  const accountId = param(context, 'accountId') as AtlassianAccountId;
  const directoryId = directoryOfWrite(context, () => onlyDirectoryOf(context, accountId));
  const membership = state.membership(directoryId, accountId);
  if (membership === undefined) refuseWith(context, 'ADMIN-UAM-404-1', 'One or more user not found in the directory');
  return membership;
}

function onlyDirectoryOf({ state }: RouteContext, accountId: AtlassianAccountId): OrgDirectoryId | undefined {
  const [first, ...others] = state.directoryMemberships.findAll('accountId', accountId);
  return others.length === 0 ? first?.directoryId : undefined;
}
