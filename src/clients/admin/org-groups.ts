import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions, QueryValue } from '../../http/transport.js';
import type { AtlassianAccountId, OrganizationId, OrgDirectoryId, OrgGroupId, ResourceAri } from '../../model/ids.js';
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
import { toBody } from './json-body.js';
import { noContentSchema } from './no-content.js';
import { getCursorPage, searchPage, type OrganizationTransport } from './org-paging.js';
import type { GroupRoleId } from './org-role-id.js';
import {
  checkRoleAssignmentFilter,
  groupRoleAssignmentSchema,
  type GroupRoleAssignment,
  type RoleAssignmentFilter,
} from './role-assignment.js';

/** A group to create. */
export interface OrgGroupInput {
  readonly name: string;
  readonly description?: string | undefined;
}

/** A role for a group to give to its members, or to give no longer. */
export interface GroupRoleInput {
  readonly resourceId: ResourceAri;
  readonly roleId: GroupRoleId;
}

/** The groups of the organization. There is no rename, and no call that changes several members at once. */
export class OrgGroups {
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
   * @deprecated Atlassian ends this list on 2027-06-30; use {@link OrgGroups.search}.
   */
  list(query: OrgGroupListQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgGroup, void, undefined> {
    return paginate((cursor) => this.#listPage(query, cursor, options), 'admin.groups.list');
  }

  /**
   * Reads one page of the GET list. Warns once in a process.
   *
   * @deprecated Atlassian ends this list on 2027-06-30; use {@link OrgGroups.searchPage}.
   */
  async listPage(query: OrgGroupListQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<OrgGroup>> {
    return this.#listPage(query, cursor, options);
  }

  /**
   * Creates a group. Atlassian answers without its id, and a search finds it a second or two later (seen).
   *
   * @throws `conflict` when the name is taken.
   */
  async create(directoryId: OrgDirectoryId, input: OrgGroupInput, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.groups.create',
      method: 'POST',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups`,
      body: toBody({ name: input.name, description: input.description }),
      response: noContentSchema(),
      repeat: 'once',
    });
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

  /** Deletes a group for good, with members in it or not. Groups that are synced or built in are refused. */
  async delete(directoryId: OrgDirectoryId, groupId: OrgGroupId, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.groups.delete',
      method: 'DELETE',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}`,
      response: noContentSchema(),
      repeat: 'idempotent',
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

  /**
   * Puts a person of the same directory into a local group.
   *
   * Who is in already answers 204 or 409 `ADMIN-UAM-409-2`; 409 `ADMIN-UAM-409-3` says that no seat is left. A synced
   * group is refused: its members are written through SCIM.
   *
   * @throws `not_found` when group or person is unknown, and when the person is in no directory with the group.
   */
  async addMember(
    directoryId: OrgDirectoryId,
    groupId: OrgGroupId,
    accountId: AtlassianAccountId,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.groups.addMember',
      method: 'POST',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/memberships`,
      body: { accountId },
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /** Takes a person out of a local group. Access from other groups and from direct roles stays. */
  async removeMember(
    directoryId: OrgDirectoryId,
    groupId: OrgGroupId,
    accountId: AtlassianAccountId,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.groups.removeMember',
      method: 'DELETE',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/memberships/${accountId}`,
      response: noContentSchema(),
      repeat: 'idempotent',
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

  /**
   * Makes a group give a role on a product to its members. A second time changes nothing (seen).
   *
   * @throws `license_limit` when the members would need more seats than the product has.
   */
  async grantRole(
    directoryId: OrgDirectoryId,
    groupId: OrgGroupId,
    input: GroupRoleInput,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.groups.grantRole',
      method: 'POST',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/role-assignments/assign`,
      body: { resourceId: input.resourceId, roleId: input.roleId },
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /** Makes a group give a role no longer. It hits every member at once. */
  async revokeRole(
    directoryId: OrgDirectoryId,
    groupId: OrgGroupId,
    input: GroupRoleInput,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.groups.revokeRole',
      method: 'POST',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/role-assignments/revoke`,
      body: { resourceId: input.resourceId, roleId: input.roleId },
      response: noContentSchema(),
      repeat: 'idempotent',
    });
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
