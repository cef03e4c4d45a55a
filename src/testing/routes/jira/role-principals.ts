import type { JsonObject } from '../../../model/json.js';
import { findJiraUser, isActiveUser, jiraDirectory } from '../../rules/jira/jira-people.js';
import type { OrgGroup, RolePrincipal } from '../../state/account-rows.js';
import { principalKey } from '../../state/fake-state.js';
import type { RouteContext } from '../route.js';
import { refuseJira, siteOf, texts } from './answers.js';

/** Unknown and inactive people are not found alike (documented). */
export function userOf(context: RouteContext, accountId: string): RolePrincipal {
  const user = findJiraUser(context.state, siteOf(context), accountId);
  if (user === undefined || !isActiveUser(context.state, siteOf(context), user))
    refuseJira(404, `We can't find '${accountId}' in any accessible user directory.`);
  return { type: 'user', id: user.accountId };
}

/** A group by its id, or else by its name. */
export function groupOf(context: RouteContext, id: string | undefined, name: string | undefined): RolePrincipal {
  const groups: readonly OrgGroup[] = context.state.groups.findAll('directoryId', jiraDirectory(siteOf(context)) ?? '');
  const group = groups.find((one) => (id === undefined ? one.name === name : one.id === id));
  if (group === undefined) refuseJira(404, `We can't find '${id ?? name ?? ''}' in any accessible user directory.`);
  return { type: 'group', id: group.id };
}

/** The people and groups of a body that gives a role. */
export function principalsIn(context: RouteContext, body: JsonObject): RolePrincipal[] {
  const principals = [
    ...texts(body, 'user').map((id) => userOf(context, id)),
    ...texts(body, 'groupId').map((id) => groupOf(context, id, undefined)),
    ...texts(body, 'group').map((name) => groupOf(context, undefined, name)),
  ];
  return principals.length > 0 ? principals : refuseJira(400, 'One of user, group and groupId must be provided.');
}

/** Refuses to give a role to somebody who holds it. */
export function refuseHolders(
  context: RouteContext,
  holders: readonly RolePrincipal[],
  principals: readonly RolePrincipal[],
): void {
  const held = new Set(holders.map(principalKey));
  const again = principals.find((principal) => held.has(principalKey(principal)));
  if (again !== undefined) refuseJira(400, `'${nameOf(context, again)}' is already a member of the project role.`);
}

/** The one person or group of a query that takes a role away. */
export function principalOfQuery(context: RouteContext): RolePrincipal {
  const { state, query } = context;
  const named = ['user', 'groupId', 'group'].filter((name) => query.has(name));
  if (named.length !== 1) refuseJira(400, 'Exactly one of user, group and groupId must be provided.');
  const [kind] = named;
  const value = query.get(kind ?? '') ?? '';
  if (kind === 'group') return groupOf(context, undefined, value);
  if (kind === 'groupId') return groupOf(context, value, undefined);
  const user = findJiraUser(state, siteOf(context), value) ?? refuseJira(404, 'The user does not exist.');
  return { type: 'user', id: user.accountId };
}

/** A person or a group among the holders of a role. */
export function principalView(context: RouteContext, principal: RolePrincipal): JsonObject {
  const displayName = nameOf(context, principal);
  return principal.type === 'user'
    ? { displayName, type: 'atlassian-user-role-actor', actorUser: { accountId: principal.id } }
    : {
        displayName,
        type: 'atlassian-group-role-actor',
        name: displayName,
        actorGroup: { name: displayName, displayName, groupId: principal.id },
      };
}

function nameOf({ state }: RouteContext, { type, id }: RolePrincipal): string {
  return (type === 'user' ? state.accounts.get(id)?.name : state.groups.get(id)?.name) ?? id;
}
