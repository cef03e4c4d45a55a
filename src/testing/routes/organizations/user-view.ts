import type { AtlassianAccountId, OrgDirectoryId } from '../../../model/ids.js';
import type { JsonObject, JsonValue } from '../../../model/json.js';
import { membershipStatus, userStatus } from '../../rules/composite-status.js';
import { bindingsReaching } from '../../rules/held-roles.js';
import { isRoleAt } from '../../rules/role-catalogue.js';
import type { FoundUser } from '../../rules/user-query.js';
import type { RouteContext } from '../route.js';
import { given, isoInstant, present } from '../presentation.js';

/** Parts of a user that a search shows on request. */
export const USER_EXPANSIONS = ['platformRoles', 'counts.resources', 'productAccess', 'groups'] as const;

/** A user as searches, lists and details have it (v2: camelCase). */
export function userView(context: RouteContext, { account, memberships }: FoundUser): JsonObject {
  const managed = context.state.isManaged(account);
  const membership = membershipStatus(memberships);
  const addedAt = firstAddedAt(memberships);
  const { jobTitle, department, organization, location } = account.profile;
  return {
    accountId: account.accountId,
    accountType: 'atlassian',
    status: userStatus(account, membership),
    accountStatus: account.status,
    membershipStatus: membership,
    claimStatus: managed ? 'managed' : 'unmanaged',
    ...(addedAt !== undefined && { addedToOrg: isoInstant(addedAt) }),
    name: account.name,
    nickname: account.nickname,
    email: account.email,
    emailVerified: account.emailVerified,
    managementSource: managed ? account.managementSource : null,
    ...(managed && { mfaEnabled: account.mfaEnabled }),
    picture: account.picture,
    avatar: account.picture,
    ...(jobTitle !== undefined && { jobTitle }),
    ...present(context, { department, organization, location, timeZone: account.timeZone }),
  };
}

/** When the person was first added to any directory of the organization. */
export function firstAddedAt(memberships: FoundUser['memberships']): number | undefined {
  return memberships.length === 0 ? undefined : Math.min(...memberships.map(({ addedAt }) => addedAt));
}

/** The platform roles of a user, direct or through a group, each once. */
export function platformRoles({ visible }: RouteContext, accountId: AtlassianAccountId): string[] {
  const roles = new Set<string>();
  for (const { roleId } of bindingsReaching(visible, accountId)) if (isRoleAt('platform', roleId)) roles.add(roleId);
  return [...roles];
}

/** The parts of a user that were asked for. */
export function userExpansions(
  context: RouteContext,
  { account }: FoundUser,
  expand: readonly string[],
  directoryId: OrgDirectoryId | undefined,
): JsonObject {
  const { accountId } = account;
  return given({
    platformRoles: expand.includes('platformRoles') ? platformRoles(context, accountId) : undefined,
    counts: expand.includes('counts.resources') ? { resources: resourceCount(context, accountId) } : undefined,
    productAccess: expand.includes('productAccess')
      ? account.productUses.map(({ key, resourceId, lastActiveAt }) => ({
          key,
          id: resourceId,
          lastActiveTimestamp: isoInstant(lastActiveAt),
        }))
      : undefined,
    groups: expand.includes('groups') ? groupsOf(context, accountId, directoryId) : undefined,
  });
}

function resourceCount({ visible }: RouteContext, accountId: AtlassianAccountId): number {
  return new Set([...bindingsReaching(visible, accountId)].map(({ resourceId }) => resourceId)).size;
}

/** Here, and only here, the id of a group is an ARI (documented). */
function groupsOf(
  { state, visible }: RouteContext,
  accountId: AtlassianAccountId,
  directoryId: OrgDirectoryId | undefined,
): JsonValue[] {
  const views: JsonValue[] = [];
  for (const groupId of visible.groupsOf(accountId)) {
    const group = state.groups.get(groupId);
    if (group === undefined || (directoryId !== undefined && group.directoryId !== directoryId)) continue;
    views.push({ id: `ari:cloud:identity::group/${group.id}`, name: group.name, description: group.description });
  }
  return views;
}
