import type { JsonObject } from '../../../model/json.js';
import { invitePerson, isOutOfSeats, type Invitation, type InvitedPerson } from '../../rules/invitations.js';
import { findRoleTarget, ownerOf, parseSiteAri } from '../../rules/resources.js';
import { isRoleAt } from '../../rules/role-catalogue.js';
import { json } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { groupSubject, logWrite, userSubject } from '../events-of-writes.js';
import { BodyFields } from './fields.js';
import { refuseWith } from './refusals.js';

const MOST_EMAILS = 25;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Inviting people by email. */
export const INVITE_ROUTES: readonly Route[] = [
  {
    operation: 'admin.users.invite',
    method: 'POST',
    path: '/admin/v2/orgs/:orgId/users/invite',
    effect: 'write',
    handle: invite,
  },
];

/** 200 when everything was given, 206 when a part of it was not. */
function invite(context: RouteContext): FakeResponse {
  const { state, switches } = context;
  const { emails, rules, groupIds } = readBody(context);
  if (!state.organization.paid) refuseWith(context, 'ADMIN-UAM-402-1', 'The organization has no paid subscription');
  const invitation: Invitation = {
    roles: rules.map(({ resource, role }) => {
      const target = findRoleTarget(state, resource);
      if (target === undefined) refuseWith(context, 'ADMIN-UAM-404-1', 'Unknown Resource');
      return { target, roleId: role };
    }),
    groups: groupIds.map((groupId) => {
      const group = state.groups.get(groupId);
      if (group === undefined) refuseWith(context, 'ADMIN-UAM-404-3', 'Group not found');
      return group;
    }),
  };
  if (isOutOfSeats(state, invitation, emails))
    refuseWith(context, 'ADMIN-UAM-409-3', 'The user limit of a product is reached');

  const people = emails.map((email) => ({ email, person: invitePerson(state, email, invitation, switches) }));
  for (const { person } of people) logPerson(context, person, invitation);
  const isWhole = people.every(({ person: { roles, groups } }) =>
    [...roles, ...groups].every(({ reason }) => reason === undefined),
  );
  return json(isWhole ? 200 : 206, { data: people.map(({ email, person }) => personView(email, person)) });
}

interface InviteBody {
  readonly emails: readonly string[];
  readonly rules: readonly { readonly resource: string; readonly role: string }[];
  readonly groupIds: readonly string[];
}

function readBody(context: RouteContext): InviteBody {
  const fields = new BodyFields(context.body);
  const emails = fields.words('emails', { most: MOST_EMAILS, allows: (email) => EMAIL.test(email) });
  const rules = fields.objects('permissionRules')?.map(({ resource, role }) => {
    const isRule = typeof resource === 'string' && typeof role === 'string' && parseSiteAri(resource) !== undefined;
    fields.check(isRule, 'permissionRules must be a list of {"resource","role"}');
    return { resource: isRule ? resource : '', role: isRule ? role : '' };
  });
  const groupIds = fields.raw('additionalGroups') === undefined ? [] : fields.words('additionalGroups', { most: 100 });
  fields.flag('sendNotification');
  fields.text('notificationText');
  if (fields.fault !== undefined || emails === undefined)
    refuseWith(context, 'ADMIN-UAM-400-1', fields.fault ?? 'emails is missing');
  if (rules?.every(({ role }) => isRoleAt('invite', role)) === false)
    refuseWith(context, 'ADMIN-UAM-404-3', 'Role not found');
  return { emails, rules: rules ?? [], groupIds: groupIds ?? [] };
}

function personView(email: string, { account, roles, groups }: InvitedPerson): JsonObject {
  return {
    email,
    id: account.accountId,
    results: [
      {
        roleAssignmentResult: roles.map(({ id, roleId, reason }) => ({
          resource: id,
          role: roleAri(id, roleId ?? ''),
          ...outcomeView(reason),
        })),
        groupAssignmentResult: groups.map(({ id, reason }) => ({ group: id, ...outcomeView(reason) })),
      },
    ],
  };
}

function outcomeView(reason: string | undefined): JsonObject {
  return { status: reason === undefined ? 'INVITED' : 'ERROR', statusReason: reason ?? null };
}

/** The answer names a role by an ARI, and not as the request did (example of the reference). */
function roleAri(resourceId: string, roleId: string): string {
  const name = roleId === 'atlassian/user' ? 'member' : roleId.replace('atlassian/', '');
  return `ari:cloud:${ownerOf(resourceId)}::role/product/${name}`;
}

function logPerson(context: RouteContext, { account, groups }: InvitedPerson, invitation: Invitation): void {
  const subject = userSubject(context.state, account.accountId);
  logWrite(context, 'user_invited', [subject]);
  for (const { id, reason } of groups) {
    const group = invitation.groups.find((candidate) => candidate.id === id);
    if (reason === undefined && group !== undefined)
      logWrite(context, 'user_added_to_group', [subject, groupSubject(group)]);
  }
}
