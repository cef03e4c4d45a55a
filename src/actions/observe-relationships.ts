import type { ScimUser } from '../clients/scim/scim-user.js';
import { chunksOf } from '../identity/chunks.js';
import { IDS_PER_SEARCH } from '../identity/group-reads.js';
import type { IdentityObservation } from '../identity/identity-observation.js';
import { refParts } from '../identity/identity-ref.js';
import type { GroupRef, GroupRoute, ResolvedGroup } from '../model/group.js';
import type { IdentityRef, ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId, OrgGroupId } from '../model/ids.js';
import { needAdmin, needScim } from '../operations/capabilities.js';
import type { ObserveContext } from '../plan/action-definition.js';
import type { Written } from '../plan/recent-writes.js';
import type { GroupChoice } from './input-schemas.js';
import type { CheckedGroups } from './manage-relationships-input.js';
import type { GroupWish } from './group-wish.js';
import { groupWrite } from './group-write.js';
import { oneWishForEachGroup } from './one-wish-for-each-group.js';

/** What is known of the groups wanted and of the memberships the person has in them. */
export interface RelationshipsObservation {
  readonly identity: ResolvedIdentity | undefined;
  readonly wishes: readonly GroupWish[];
  readonly record: ScimUser | undefined;
  /** Which of the local groups wanted the account is in, as the organization shows it. */
  readonly localMemberships: ReadonlySet<OrgGroupId>;
  /** What this provisioner has lately made of memberships of local groups: the organization trails behind. */
  readonly lately: ReadonlyMap<OrgGroupId, Written<boolean>>;
}

/**
 * Reads a person and the groups of a wish list, with the memberships the person has in them.
 *
 * `recordNeeded` looks for the record even if no group asks for it. Nobody may be found: then the groups are not read.
 */
export async function observePersonAndGroups(
  ref: IdentityRef,
  groups: CheckedGroups,
  recordNeeded: boolean,
  context: ObserveContext,
): Promise<RelationshipsObservation> {
  // A record brings the account id and the synced groups along, in one call; by an account id it takes two to find.
  const recordFirst = context.clients.scim !== undefined && refParts(ref).kind !== 'accountId';
  const early = recordFirst ? await context.mapper.observe(ref, context.call) : undefined;
  if (recordFirst && early === undefined) return NOBODY;

  const wishes = await observeGroups(groups, early?.scimUser, context);
  const found = early ?? (await observeFor(ref, wishes, groups, recordNeeded, context));
  if (found === undefined) return NOBODY;
  const localMemberships = await observeLocalMemberships(wishes, found.identity.accountId?.value, groups, context);
  return {
    identity: found.identity,
    wishes,
    record: found.scimUser,
    localMemberships,
    lately: latelyWritten(found.identity, context),
  };
}

const NOBODY: RelationshipsObservation = {
  identity: undefined,
  wishes: [],
  record: undefined,
  localMemberships: new Set(),
  lately: new Map(),
};

/** The memberships of local groups that were written lately. */
export function latelyWritten(
  identity: ResolvedIdentity | undefined,
  { recent }: ObserveContext,
): RelationshipsObservation['lately'] {
  return new Map(recent.memberships(identity?.accountId?.value).map(({ groupId, member }) => [groupId, member]));
}

async function observeFor(
  ref: IdentityRef,
  wishes: readonly GroupWish[],
  groups: CheckedGroups,
  recordNeeded: boolean,
  { mapper, call }: ObserveContext,
): Promise<IdentityObservation | undefined> {
  const routes = routesOf(wishes, groups);
  return mapper.observe(ref, {
    ...call,
    need: [
      ...(recordNeeded || routes.has('scim') ? ['scimUser' as const] : []),
      ...(routes.has('organization') ? ['accountId' as const] : []),
    ],
  });
}

/** Resolves the groups of a wish list. The groups of the person's record, where there is one, need no call. */
export async function observeGroups(
  groups: CheckedGroups,
  record: ScimUser | undefined,
  { clients, mapper, call }: ObserveContext,
): Promise<readonly GroupWish[]> {
  const wanted = [
    ...groups.add.map((choice) => ({ change: 'add', choice }) as const),
    ...groups.remove.map((choice) => ({ change: 'remove', choice }) as const),
  ];
  if (wanted.length === 0) return [];
  if (groups.requireBoth === true) {
    needScim(clients, 'requireBoth');
    needAdmin(clients, 'requireBoth');
  }
  const refs = wanted.map(({ choice }) => refOf(choice));
  const bothSides = groups.requireBoth === true || wanted.some(({ choice }) => choice.route === 'scim');
  const resolutions = await mapper.resolveGroups(refs, { ...call, bothSides, known: record?.groups });
  const wishes = wanted.flatMap((wish, index) => {
    const resolution = resolutions[index];
    return resolution === undefined ? [] : [{ ...wish, resolution }];
  });
  return oneWishForEachGroup(wishes);
}

/** The route each wish takes, if it takes one; what the person's ids are needed for. */
function routesOf(wishes: readonly GroupWish[], { requireBoth }: CheckedGroups): ReadonlySet<GroupRoute> {
  const writes = wishes.map((wish) => groupWrite(wish, requireBoth === true));
  return new Set(writes.flatMap((write) => (write.possible ? [write.route] : [])));
}

/** Which of the local groups of a wish list the account is in: one search for ten groups. */
export async function observeLocalMemberships(
  wishes: readonly GroupWish[],
  accountId: AtlassianAccountId | undefined,
  { requireBoth }: CheckedGroups,
  { clients, call }: ObserveContext,
): Promise<ReadonlySet<OrgGroupId>> {
  const ids = wishes
    .map((wish) => groupWrite(wish, requireBoth === true))
    .flatMap((write) => (write.possible && write.route === 'organization' ? [write.orgGroupId] : []));
  const member = new Set<OrgGroupId>();
  if (accountId === undefined || clients.admin === undefined) return member;
  for (const groupIds of chunksOf(ids, IDS_PER_SEARCH)) {
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
