import type { ScimUser } from '../clients/scim/scim-user.js';
import type { GroupResolution } from '../identity/group-resolver.js';
import type { GroupRef, ResolvedGroup } from '../model/group.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId, OrgGroupId } from '../model/ids.js';
import type { ObserveContext } from '../plan/action-definition.js';
import type { GroupChoice } from './input-schemas.js';
import type { CheckedGroups } from './manage-relationships-input.js';
import { groupWrite } from './group-write.js';

/** A wanted change of one group, and what was found for it. */
export interface GroupWish {
  readonly change: 'add' | 'remove';
  readonly choice: GroupChoice;
  readonly resolution: GroupResolution;
}

/** What is known of the groups wanted and of the memberships the person has in them. */
export interface RelationshipsObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly wishes: readonly GroupWish[];
  readonly record: ScimUser | undefined;
  /** Which of the local groups wanted the account is in. */
  readonly localMemberships: ReadonlySet<OrgGroupId>;
}

/** Resolves the groups of a wish list, and leaves the person to the caller. */
export async function observeGroups(groups: CheckedGroups, context: ObserveContext): Promise<GroupWish[]> {
  const wanted = [
    ...groups.add.map((choice) => ({ change: 'add', choice }) as const),
    ...groups.remove.map((choice) => ({ change: 'remove', choice }) as const),
  ];
  const refs = wanted.map(({ choice }) => refOf(choice));
  const resolutions = await context.mapper.resolveGroups(refs, context.call);
  return wanted.flatMap((wish, index) => {
    const resolution = resolutions[index];
    return resolution === undefined ? [] : [{ ...wish, resolution }];
  });
}

/** The route each wish takes, if it takes one; what the person's ids are needed for. */
export function neededRoutes(wishes: readonly GroupWish[], requireBoth: boolean): ReadonlySet<'scim' | 'organization'> {
  const routes = wishes
    .map((wish) => groupWrite(wish, requireBoth))
    .flatMap((write) => (write.possible ? [write.route] : []));
  return new Set(routes);
}

/** Groups one search may name (documented limit). */
const GROUPS_PER_SEARCH = 10;

/** Which of the local groups of a wish list the account is in: one search for ten groups. */
export async function observeLocalMemberships(
  wishes: readonly GroupWish[],
  accountId: AtlassianAccountId | undefined,
  requireBoth: boolean,
  { clients, call }: ObserveContext,
): Promise<ReadonlySet<OrgGroupId>> {
  const ids = wishes
    .map((wish) => groupWrite(wish, requireBoth))
    .flatMap((write) => (write.possible && write.route === 'organization' ? [write.orgGroupId] : []));
  const member = new Set<OrgGroupId>();
  if (accountId === undefined || clients.admin === undefined) return member;
  for (let start = 0; start < ids.length; start += GROUPS_PER_SEARCH) {
    const groupIds = ids.slice(start, start + GROUPS_PER_SEARCH);
    for await (const group of clients.admin.groups.search({ accountIds: [accountId], groupIds }, call))
      member.add(group.id);
  }
  return member;
}

function refOf({ name, scimGroupId, orgGroupId }: GroupChoice): GroupRef {
  if (scimGroupId !== undefined) return { scimGroupId };
  if (orgGroupId !== undefined) return { orgGroupId };
  return { name: name ?? '' };
}

/** The group of a wish, where one was found. */
export function groupOf({ resolution }: GroupWish): ResolvedGroup | undefined {
  return resolution.status === 'resolved' ? resolution.group : undefined;
}
