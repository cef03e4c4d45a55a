import type { AtlassianAccountId, OrgDirectoryId } from '../../model/ids.js';
import type { OrgGroup, RoleBinding } from '../state/account-rows.js';
import { cachedIds } from './listing-cache.js';
import { ownerOf } from './resources.js';
import type { Reads } from './user-query.js';

/** Which groups a search, a list or a count asks for. What is absent filters nothing. */
export interface GroupQuery {
  /** The directory of the path; absent for `-`, all directories. */
  readonly directoryId?: OrgDirectoryId;
  /** Exact full names, without regard to case. */
  readonly groupNames?: readonly string[];
  readonly searchTerm?: string;
  readonly groupIds?: readonly string[];
  /** Groups that any of these is a member of. */
  readonly accountIds?: readonly string[];
  readonly directoryIds?: readonly string[];
  readonly resourceIds?: readonly string[];
  readonly resourceOwners?: readonly string[];
  readonly roleIds?: readonly string[];
  readonly sort?: 'asc' | 'desc';
}

type Filter = (group: OrgGroup) => boolean;

/** Ids of groups to look through for a query, in the order of its answer: by name where it is sorted, else the oldest first. */
export function groupCandidates(reads: Reads, query: GroupQuery): readonly string[] {
  const { state } = reads;
  const { sort, directoryId } = query;
  const narrow = narrowCandidates(reads, query);
  if (narrow !== undefined) return sort === undefined ? narrow : sorted(reads, narrow, sort);
  if (sort !== undefined)
    return cachedIds(state, `group name:${sort}`, state.groups.version, () => sorted(reads, state.groups.ids(), sort));
  return directoryId === undefined ? state.groups.ids() : state.groups.idsBy('directoryId', directoryId);
}

/** Gives the group of an id when the query asks for it. */
export function groupPicker(reads: Reads, query: GroupQuery): (groupId: string) => OrgGroup | undefined {
  const filters = [...nameFilters(query), ...accessFilters(reads, query)];
  return (groupId) => {
    const group = reads.state.groups.get(groupId);
    if (group === undefined || !reads.visible.isListed(group)) return undefined;
    return filters.every((holds) => holds(group)) ? group : undefined;
  };
}

/** Resources on which a group holds a role, each once. */
export function resourcesOfGroup({ visible }: Pick<Reads, 'visible'>, group: OrgGroup): Set<string> {
  return new Set(visible.bindingsOf({ type: 'group', id: group.id }).map(({ resourceId }) => resourceId));
}

function narrowCandidates({ state, visible }: Reads, query: GroupQuery): readonly string[] | undefined {
  const { groupNames, groupIds, accountIds } = query;
  if (groupNames !== undefined)
    return [...new Set(groupNames.flatMap((name) => [...state.groups.idsBy('name', name.toLowerCase())]))];
  if (groupIds !== undefined) return [...new Set(groupIds)];
  if (accountIds === undefined) return undefined;
  return [...new Set(accountIds.flatMap((accountId) => [...visible.groupsOf(accountId as AtlassianAccountId)]))];
}

function nameFilters({ directoryId, directoryIds, searchTerm, groupIds, groupNames }: GroupQuery): Filter[] {
  const filters: Filter[] = [];
  if (directoryId !== undefined) filters.push((group) => group.directoryId === directoryId);
  if (directoryIds !== undefined) filters.push((group) => directoryIds.includes(group.directoryId));
  if (groupIds !== undefined) filters.push(({ id }) => groupIds.includes(id));
  if (groupNames !== undefined) {
    const names = new Set(groupNames.map((name) => name.toLowerCase()));
    filters.push(({ name }) => names.has(name.toLowerCase()));
  }
  if (searchTerm !== undefined) {
    const term = searchTerm.toLowerCase();
    filters.push(({ name }) => name.toLowerCase().includes(term));
  }
  return filters;
}

function accessFilters({ visible }: Reads, query: GroupQuery): Filter[] {
  const { accountIds, resourceIds, resourceOwners, roleIds } = query;
  const filters: Filter[] = [];
  if (accountIds !== undefined) {
    const groupIds = new Set(accountIds.flatMap((id) => [...visible.groupsOf(id as AtlassianAccountId)]));
    filters.push(({ id }) => groupIds.has(id));
  }
  if (resourceIds !== undefined || resourceOwners !== undefined || roleIds !== undefined) {
    const isAskedFor = ({ resourceId, roleId }: RoleBinding): boolean =>
      (resourceIds?.includes(resourceId) ?? true) &&
      (resourceOwners?.includes(ownerOf(resourceId)) ?? true) &&
      (roleIds?.includes(roleId) ?? true);
    filters.push(({ id }) => visible.bindingsOf({ type: 'group', id }).some(isAskedFor));
  }
  return filters;
}

function sorted({ state }: Reads, ids: readonly string[], direction: 'asc' | 'desc'): readonly string[] {
  const sign = direction === 'asc' ? 1 : -1;
  const keyed = ids.map((id) => ({ id, name: (state.groups.get(id)?.name ?? '').toLowerCase() }));
  keyed.sort((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -sign : sign));
  return keyed.map(({ id }) => id);
}
