import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import { RequestLimits } from './request-limits.js';
import type { OrgDirectoryScope } from './org-directory-scope.js';
import type { FilterRoleId } from './org-role-id.js';
import type { AccountStatus, ClaimStatus, MembershipStatus, OrgUserStatus } from './org-user.js';

/** Which users to count. Filters narrow together; within one filter any value matches. */
export interface OrgUserFilter {
  /** The directory asked; all that the key may manage unless given. */
  readonly directoryId?: OrgDirectoryScope | undefined;
  /** 1 to 10. */
  readonly accountIds?: readonly AtlassianAccountId[] | undefined;
  /** Free text over display names and emails. Not together with `emails`. */
  readonly searchTerm?: string | undefined;
  /** 1 to 10. */
  readonly emailDomains?: readonly string[] | undefined;
  /** 1 to 10. Members that are suspended are found too (seen). */
  readonly groupIds?: readonly OrgGroupId[] | undefined;
  /** 1 to 10. */
  readonly directoryIds?: readonly OrgDirectoryId[] | undefined;
  /** 1 to 20. */
  readonly resourceIds?: readonly ResourceAri[] | undefined;
  /** 1 to 10. */
  readonly roleIds?: readonly FilterRoleId[] | undefined;
  readonly claimStatus?: ClaimStatus | undefined;
  /** 1 to 4. */
  readonly status?: readonly OrgUserStatus[] | undefined;
  /** 1 to 3. */
  readonly accountStatus?: readonly AccountStatus[] | undefined;
  /** 1 to 3. */
  readonly membershipStatus?: readonly MembershipStatus[] | undefined;
  readonly mfaEnabled?: boolean | undefined;
}

/** Which users to list by the list that ends on 2027-06-30. */
export interface OrgUserListQuery extends OrgUserFilter {
  /** Users in one page, 1 to 100; Atlassian takes 20 unless given. */
  readonly limit?: number | undefined;
}

/** Which users to search, what to add to each, and in which order. */
export interface OrgUserQuery extends OrgUserFilter {
  /** Whole addresses, 1 to 100, each once. Not together with `searchTerm`. */
  readonly emails?: readonly string[] | undefined;
  /** What to add to each user. */
  readonly expand?: readonly ('platformRoles' | 'counts.resources' | 'productAccess' | 'groups')[] | undefined;
  readonly sortBy?: { readonly field: 'nick_name'; readonly direction: 'asc' | 'desc' } | undefined;
  /** Users in one page, 1 to 100; Atlassian takes 50 unless given. */
  readonly limit?: number | undefined;
}

/** Refuses a filter that Atlassian would refuse. */
export function checkUserFilter(operation: string, filter: OrgUserFilter): RequestLimits {
  return new RequestLimits(operation)
    .count('accountIds', filter.accountIds, 10)
    .count('emailDomains', filter.emailDomains, 10)
    .count('groupIds', filter.groupIds, 10)
    .count('directoryIds', filter.directoryIds, 10)
    .count('resourceIds', filter.resourceIds, 20)
    .count('roleIds', filter.roleIds, 10)
    .count('status', filter.status, 4)
    .count('accountStatus', filter.accountStatus, 3)
    .count('membershipStatus', filter.membershipStatus, 3);
}

/** Refuses a query that Atlassian would refuse. */
export function checkUserQuery(operation: string, query: OrgUserQuery): void {
  checkUserFilter(operation, query)
    .count('emails', query.emails, 100)
    .unique('emails', query.emails)
    .unique('expand', query.expand)
    .range('limit', query.limit, 1, 100)
    .notBoth('emails', query.emails, 'searchTerm', query.searchTerm);
}
