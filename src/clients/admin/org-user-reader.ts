import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions, QueryValue } from '../../http/transport.js';
import type { AtlassianAccountId, OrganizationId } from '../../model/ids.js';
import { countSchema } from './count.js';
import { warnOfDeprecation } from './deprecation.js';
import { managedUserSchema, type ManagedUser } from './managed-user.js';
import { lastActiveDatesSchema, type LastActiveDate, type LastActiveDates } from './org-activity.js';
import { ALL_DIRECTORIES, type OrgDirectoryScope } from './org-directory-scope.js';
import {
  getCursorPage,
  getResourcePart,
  getUrlLinkPage,
  searchPage,
  type OrganizationTransport,
  type ResourcePart,
} from './org-paging.js';
import {
  checkUserFilter,
  checkUserQuery,
  type OrgUserFilter,
  type OrgUserListQuery,
  type OrgUserQuery,
} from './org-user-query.js';
import { orgUserStatsSchema, type OrgUserStats } from './org-user-stats.js';
import { orgUserAnswerSchema, orgUserSchema, type OrgUser } from './org-user.js';
import {
  checkRoleAssignmentFilter,
  userRoleAssignmentSchema,
  type RoleAssignmentFilter,
  type UserRoleAssignment,
} from './role-assignment.js';

/** Reads the people of the organization: in its directories, invited, or managed. */
export class OrgUserReader {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /** Walks the people that a query finds, managed or not. Without a query, everybody. */
  search(query: OrgUserQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgUser, void, undefined> {
    return paginate((cursor) => this.searchPage(query, cursor, options), 'admin.users.search');
  }

  /**
   * Reads one page of a search. Send the same query with each cursor.
   *
   * @throws `request_invalid` when a limit of the query is passed, or `emails` meets `searchTerm`.
   */
  async searchPage(query: OrgUserQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<OrgUser>> {
    const operation = 'admin.users.search';
    checkUserQuery(operation, query);
    return searchPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v2/orgs/${this.#organizationId}/directories/${query.directoryId ?? ALL_DIRECTORIES}/users/search`,
        body: {
          ...toFilters(query),
          emails: query.emails,
          expand: query.expand,
          sortBy: query.sortBy && [{ ...query.sortBy }],
          limit: query.limit,
        },
        item: orgUserSchema(),
      },
      cursor,
    );
  }

  /**
   * Walks the people that a query finds, by the GET list. Warns once in a process.
   *
   * @deprecated Atlassian ends this list on 2027-06-30; use {@link OrgUserReader.search}.
   */
  list(query: OrgUserListQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgUser, void, undefined> {
    return paginate((cursor) => this.#listPage(query, cursor, options), 'admin.users.list');
  }

  /**
   * Reads one page of the GET list. Warns once in a process.
   *
   * @deprecated Atlassian ends this list on 2027-06-30; use {@link OrgUserReader.searchPage}.
   */
  async listPage(query: OrgUserListQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<OrgUser>> {
    return this.#listPage(query, cursor, options);
  }

  /**
   * Reads one person of a directory, with their platform roles, without their groups and products.
   *
   * Seen with one directory only; `-` is documented.
   *
   * @throws `not_found` when the directory has no such person.
   */
  async get(
    directoryId: OrgDirectoryScope,
    accountId: AtlassianAccountId,
    options: CallOptions = {},
  ): Promise<OrgUser> {
    return this.#transport.send({
      ...options,
      operation: 'admin.users.get',
      method: 'GET',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/users/${accountId}`,
      response: orgUserAnswerSchema(),
    });
  }

  /** Counts the people that a filter finds; managed accounts outside every directory are among them. */
  async count(filter: OrgUserFilter = {}, options: CallOptions = {}): Promise<number> {
    const operation = 'admin.users.count';
    checkUserFilter(operation, filter);
    return this.#transport.send({
      ...options,
      operation,
      method: 'GET',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${filter.directoryId ?? ALL_DIRECTORIES}/users/count`,
      query: toFilters(filter),
      response: countSchema(),
    });
  }

  /** Counts the people of a directory by account status and by role. */
  async stats(directoryId: OrgDirectoryScope = ALL_DIRECTORIES, options: CallOptions = {}): Promise<OrgUserStats> {
    return this.#transport.send({
      ...options,
      operation: 'admin.users.stats',
      method: 'GET',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/users/stats`,
      response: orgUserStatsSchema(),
    });
  }

  /** Walks what a person holds, a row for each resource, with the way to each role. Trails writes by up to 90 s (seen). */
  listRoleAssignments(
    directoryId: OrgDirectoryScope,
    accountId: AtlassianAccountId,
    filter: RoleAssignmentFilter = {},
    options: CallOptions = {},
  ): AsyncGenerator<UserRoleAssignment, void, undefined> {
    return paginate(
      (cursor) => this.listRoleAssignmentsPage(directoryId, accountId, filter, cursor, options),
      'admin.users.listRoleAssignments',
    );
  }

  /** Reads one page of what a person holds. */
  async listRoleAssignmentsPage(
    directoryId: OrgDirectoryScope,
    accountId: AtlassianAccountId,
    filter: RoleAssignmentFilter = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<UserRoleAssignment>> {
    const operation = 'admin.users.listRoleAssignments';
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/users/${accountId}/role-assignments`,
        query: checkRoleAssignmentFilter(operation, filter),
        item: userRoleAssignmentSchema(),
      },
      cursor,
    );
  }

  /** Walks the managed accounts. Without a verified domain there is none (seen), whoever is in the directories. */
  listManaged(options: CallOptions = {}): AsyncGenerator<ManagedUser, void, undefined> {
    return paginate((cursor) => this.listManagedPage(cursor, options), 'admin.users.listManaged');
  }

  /** Reads one page of the managed accounts. Its size is Atlassian's. */
  async listManagedPage(cursor?: string, options: CallOptions = {}): Promise<Page<ManagedUser>> {
    return getUrlLinkPage(
      this.#transport,
      {
        ...options,
        operation: 'admin.users.listManaged',
        path: path`/admin/v1/orgs/${this.#organizationId}/users`,
        item: managedUserSchema(),
      },
      cursor,
    );
  }

  /** Reads when a person last used which product, all parts put together. Limited to 200 calls a minute. */
  async lastActiveDates(accountId: AtlassianAccountId, options: CallOptions = {}): Promise<LastActiveDates> {
    let whole: Omit<LastActiveDates, 'products'> = {};
    const products: LastActiveDate[] = [];
    const parts = paginate(async (cursor) => {
      const { resource, next } = await this.lastActiveDatesPart(accountId, cursor, options);
      return { items: [resource], next };
    }, 'admin.users.lastActiveDates');
    for await (const part of parts) {
      whole = { ...part, ...whole };
      products.push(...part.products);
    }
    return { ...whole, products };
  }

  /** Reads one part of the last active dates. */
  async lastActiveDatesPart(
    accountId: AtlassianAccountId,
    cursor?: string,
    options: CallOptions = {},
  ): Promise<ResourcePart<LastActiveDates>> {
    return getResourcePart(
      this.#transport,
      {
        ...options,
        operation: 'admin.users.lastActiveDates',
        path: path`/admin/v1/orgs/${this.#organizationId}/directory/users/${accountId}/last-active-dates`,
        item: lastActiveDatesSchema(),
      },
      cursor,
    );
  }

  async #listPage(query: OrgUserListQuery, cursor: string | undefined, options: CallOptions): Promise<Page<OrgUser>> {
    const operation = 'admin.users.list';
    checkUserFilter(operation, query).range('limit', query.limit, 1, 100);
    warnOfDeprecation('USERS_LIST', operation, 'admin.users.search');
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v2/orgs/${this.#organizationId}/directories/${query.directoryId ?? ALL_DIRECTORIES}/users`,
        query: { ...toFilters(query), limit: query.limit },
        item: orgUserSchema(),
      },
      cursor,
    );
  }
}

/** The filters alone, by name: unknown properties of a caller's object are not sent. */
function toFilters(filter: OrgUserFilter): Record<keyof Omit<OrgUserFilter, 'directoryId'>, QueryValue> {
  return {
    accountIds: filter.accountIds,
    searchTerm: filter.searchTerm,
    emailDomains: filter.emailDomains,
    groupIds: filter.groupIds,
    directoryIds: filter.directoryIds,
    resourceIds: filter.resourceIds,
    roleIds: filter.roleIds,
    claimStatus: filter.claimStatus,
    status: filter.status,
    accountStatus: filter.accountStatus,
    membershipStatus: filter.membershipStatus,
    mfaEnabled: filter.mfaEnabled,
  };
}
