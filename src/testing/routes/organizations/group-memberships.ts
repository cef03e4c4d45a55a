import type { AtlassianAccountId } from '../../../model/ids.js';
import { refusalOfEdit, refusalOfMember } from '../../rules/org-group-writes.js';
import { empty } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { groupSubject, logWrite, userSubject } from '../events-of-writes.js';
import { BodyFields } from './fields.js';
import { groupOfWrite } from './groups.js';
import { refuseIf, refuseWith } from './refusals.js';

const MEMBERSHIPS = '/admin/v2/orgs/:orgId/directories/:directoryId/groups/:groupId/memberships';

/** Adding one member to a group and removing one. */
export const GROUP_MEMBERSHIP_ROUTES: readonly Route[] = [
  { operation: 'admin.groups.addMember', method: 'POST', path: MEMBERSHIPS, effect: 'write', handle: add },
  {
    operation: 'admin.groups.removeMember',
    method: 'DELETE',
    path: `${MEMBERSHIPS}/:accountId`,
    effect: 'write',
    handle: remove,
  },
];

function add(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  const fields = new BodyFields(context.body);
  // v1 had `account_id`; v2 does not know that name.
  const accountId = fields.text('accountId') as AtlassianAccountId | undefined;
  if (fields.fault !== undefined || accountId === undefined || accountId === '')
    refuseWith(context, 'ADMIN-UAM-400-1', fields.fault ?? 'accountId is missing');

  const group = groupOfWrite(context);
  // A managed account that is in no directory is not found here either (seen).
  if (state.membership(group.directoryId, accountId) === undefined)
    refuseWith(context, 'ADMIN-UAM-404-1', 'One or more user not found in the directory');
  refuseIf(context, refusalOfEdit(group, switches) ?? refusalOfMember(state, group, accountId, switches));

  if (state.groupMembers.add(group.id, accountId))
    logWrite(context, 'user_added_to_group', [userSubject(state, accountId), groupSubject(group)]);
  return empty(204);
}

function remove(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  const group = groupOfWrite(context);
  const accountId = param(context, 'accountId') as AtlassianAccountId;
  if (!state.accounts.has(accountId)) refuseWith(context, 'ADMIN-UAM-404-1', 'One or more user not found');
  refuseIf(context, refusalOfEdit(group, switches));

  if (state.groupMembers.remove(group.id, accountId))
    logWrite(context, 'user_removed_from_group', [userSubject(state, accountId), groupSubject(group)]);
  else if (switches.removeNonMember === 404)
    refuseWith(context, 'ADMIN-UAM-404-1', 'One or more user not found in the group');
  return empty(204);
}
