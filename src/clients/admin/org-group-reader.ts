import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions, QueryValue } from '../../http/transport.js';
import type { OrganizationId, OrgGroupId } from '../../model/ids.js';
import { countSchema } from './count.js';
import { warnOfDeprecation } from './deprecation.js';
import { ALL_DIRECTORIES, type OrgDirectoryScope } from './org-directory-scope.js';
import {
  checkGroupFilter,
  checkGroupQuery,
  type OrgGroupFilter,
  type OrgGroupListQuery,
  type OrgGroupQuery,
} from './org-group-query.js';
import { orgGroupStatsSchema, type OrgGroupStats } from './org-group-stats.js';
import { orgGroupAnswerSchema, orgGroupSchema, type OrgGroup } from './org-group.js';
import { getCursorPage, searchPage, type OrganizationTransport } from './org-paging.js';
import {
  checkRoleAssignmentFilter,
  groupRoleAssignmentSchema,
  type GroupRoleAssignment,
  type RoleAssignmentFilter,
} from './role-assignment.js';

/** Reads the groups of the organization, and what they give to their members. */
export class OrgGroupReader {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /**
   * Walks the groups that a query finds. Without a query, every group.
   *
   * `groupNames` matches whole names without regard to case; several directories may each have such a group.
   */
  search(query: OrgGroupQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgGroup, void, undefined> {
    return paginate((cursor) => this.searchPage(query, cursor, options), 'admin.groups.search');
  }

  /**
   * Reads one page of a search. Send the same query with each cursor.
   *
   * @throws `request_invalid` when a limit of the query is passed, or `groupNames` meets `searchTerm` or `groupIds`.
   */
  async searchPage(query: OrgGroupQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<OrgGroup>> {
    const operation = 'admin.groups.search';
    checkGroupQuery(operation, query);
    return searchPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v2/orgs/${this.#organizationId}/directories/${query.directoryId ?? ALL_DIRECTORIES}/groups/search`,
        body: {
          ...toFilters(query),
          groupNames: query.groupNames,
          expand: query.expand,
          sortBy: query.sortBy && [{ ...query.sortBy }],
          limit: query.limit,
        },
        item: orgGroupSchema(),
      },
      cursor,
    );
  }

  /**
   * Walks the groups that a query finds, by the GET list. Warns once in a process.
   *
   * @deprecated Atlassian ends this list on 2027-06-30; use {@link OrgGroupReader.search}.
   */
  list(query: OrgGroupListQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgGroup, void, undefined> {
    return paginate((cursor) => this.#listPage(query, cursor, options), 'admin.groups.list');
  }

  /**
   * Reads one page of the GET list. Warns once in a process.
   *
   * @deprecated Atlassian ends this list on 2027-06-30; use {@link OrgGroupReader.searchPage}.
   */
  async listPage(query: OrgGroupListQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<OrgGroup>> {
    return this.#listPage(query, cursor, options);
  }

  /**
   * Reads one group. With {@link ALL_DIRECTORIES} it tells which directory holds the group.
   *
   * @throws `not_found` when there is no such group.
   */
  async get(directoryId: OrgDirectoryScope, groupId: OrgGroupId, options: CallOptions = {}): Promise<OrgGroup> {
    return this.#transport.send({
      ...options,
      operation: 'admin.groups.get',
      method: 'GET',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}`,
      response: orgGroupAnswerSchema(),
    });
  }

  /** Counts the groups that a filter finds. */
  async count(filter: OrgGroupFilter = {}, options: CallOptions = {}): Promise<number> {
    const operation = 'admin.groups.count';
    checkGroupFilter(operation, filter);
    return this.#transport.send({
      ...options,
      operation,
      method: 'GET',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${filter.directoryId ?? ALL_DIRECTORIES}/groups/count`,
      query: toFilters(filter),
      response: countSchema(),
    });
  }

  /** Counts the groups of a directory by origin and by type. */
  async stats(directoryId: OrgDirectoryScope = ALL_DIRECTORIES, options: CallOptions = {}): Promise<OrgGroupStats> {
    return this.#transport.send({
      ...options,
      operation: 'admin.groups.stats',
      method: 'GET',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/stats`,
      response: orgGroupStatsSchema(),
    });
  }

  /** Walks what a group gives to its members, a row for each resource. */
  listRoleAssignments(
    directoryId: OrgDirectoryScope,
    groupId: OrgGroupId,
    filter: RoleAssignmentFilter = {},
    options: CallOptions = {},
  ): AsyncGenerator<GroupRoleAssignment, void, undefined> {
    return paginate(
      (cursor) => this.listRoleAssignmentsPage(directoryId, groupId, filter, cursor, options),
      'admin.groups.listRoleAssignments',
    );
  }

  /** Reads one page of what a group gives to its members. */
  async listRoleAssignmentsPage(
    directoryId: OrgDirectoryScope,
    groupId: OrgGroupId,
    filter: RoleAssignmentFilter = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<GroupRoleAssignment>> {
    const operation = 'admin.groups.listRoleAssignments';
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/role-assignments`,
        query: checkRoleAssignmentFilter(operation, filter),
        item: groupRoleAssignmentSchema(),
      },
      cursor,
    );
  }

  async #listPage(query: OrgGroupListQuery, cursor: string | undefined, options: CallOptions): Promise<Page<OrgGroup>> {
    const operation = 'admin.groups.list';
    checkGroupFilter(operation, query).range('limit', query.limit, 1, 100);
    warnOfDeprecation('GROUPS_LIST', operation, 'admin.groups.search');
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v2/orgs/${this.#organizationId}/directories/${query.directoryId ?? ALL_DIRECTORIES}/groups`,
        query: { ...toFilters(query), limit: query.limit },
        item: orgGroupSchema(),
      },
      cursor,
    );
  }
}

/** The filters alone, by name: unknown properties of a caller's object are not sent. */
function toFilters(filter: OrgGroupFilter): Record<keyof Omit<OrgGroupFilter, 'directoryId'>, QueryValue> {
  return {
    accountIds: filter.accountIds,
    groupIds: filter.groupIds,
    searchTerm: filter.searchTerm,
    directoryIds: filter.directoryIds,
    resourceIds: filter.resourceIds,
    resourceOwners: filter.resourceOwners,
    roleIds: filter.roleIds,
  };
}
