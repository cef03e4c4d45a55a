import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import type { OrgDirectoryScope } from './org-directory-scope.js';
import type { FilterRoleId } from './org-role-id.js';
import { RequestLimits } from './request-limits.js';

/** Which groups to count. Filters narrow together; within one filter any value matches. */
export interface OrgGroupFilter {
  /** The directory asked; all that the key may manage unless given. */
  readonly directoryId?: OrgDirectoryScope | undefined;
  /** 1 to 10: groups that have any of these members. */
  readonly accountIds?: readonly AtlassianAccountId[] | undefined;
  /** 1 to 10. Not together with `groupNames`. */
  readonly groupIds?: readonly OrgGroupId[] | undefined;
  /** Free text over names. Not together with `groupNames`. */
  readonly searchTerm?: string | undefined;
  /** 1 to 10. */
  readonly directoryIds?: readonly OrgDirectoryId[] | undefined;
  /** 1 to 20. */
  readonly resourceIds?: readonly ResourceAri[] | undefined;
  /** 1 to 10. */
  readonly resourceOwners?: readonly string[] | undefined;
  /** 1 to 10. */
  readonly roleIds?: readonly FilterRoleId[] | undefined;
}

/** Which groups to list by the list that ends on 2027-06-30. */
export interface OrgGroupListQuery extends OrgGroupFilter {
  /** Groups in one page, 1 to 100; Atlassian takes 20 unless given. */
  readonly limit?: number | undefined;
}

/** Which groups to search, what to add to each, and in which order. */
export interface OrgGroupQuery extends OrgGroupFilter {
  /** Whole names, 1 to 100, each once, without regard to case. Not together with `searchTerm` or `groupIds`. */
  readonly groupNames?: readonly string[] | undefined;
  /** What to add to each group. */
  readonly expand?: readonly ('counts.resources' | 'counts.users')[] | undefined;
  readonly sortBy?: { readonly field: 'name'; readonly direction: 'asc' | 'desc' } | undefined;
  /** Groups in one page, 1 to 100; Atlassian takes 20 unless given. */
  readonly limit?: number | undefined;
}

/** Refuses a filter that Atlassian would refuse. */
export function checkGroupFilter(operation: string, filter: OrgGroupFilter): RequestLimits {
  return new RequestLimits(operation)
    .count('accountIds', filter.accountIds, 10)
    .count('groupIds', filter.groupIds, 10)
    .count('directoryIds', filter.directoryIds, 10)
    .count('resourceIds', filter.resourceIds, 20)
    .count('resourceOwners', filter.resourceOwners, 10)
    .count('roleIds', filter.roleIds, 10);
}

/** Refuses a query that Atlassian would refuse. */
export function checkGroupQuery(operation: string, query: OrgGroupQuery): void {
  checkGroupFilter(operation, query)
    .unique('accountIds', query.accountIds)
    .unique('groupIds', query.groupIds)
    .unique('directoryIds', query.directoryIds)
    .unique('resourceIds', query.resourceIds)
    .unique('resourceOwners', query.resourceOwners)
    .unique('roleIds', query.roleIds)
    .count('groupNames', query.groupNames, 100)
    .unique('groupNames', query.groupNames)
    .unique('expand', query.expand)
    .range('limit', query.limit, 1, 100)
    .notBoth('groupNames', query.groupNames, 'searchTerm', query.searchTerm)
    .notBoth('groupNames', query.groupNames, 'groupIds', query.groupIds);
}
