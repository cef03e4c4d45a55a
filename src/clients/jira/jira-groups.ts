import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import { noContentSchema } from '../admin/no-content.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { SiteTransport } from '../site/site-connection.js';
import { getPageBean } from './jira-paging.js';
import { jiraGroupNameSchema, jiraUserSchema, type JiraGroupName, type JiraUser } from './jira-user.js';

/** Largest page of members (documented), and the default of groups, whose cap is not published. */
const MEMBERS_PAGE = 50;

/**
 * What is asked for at once of the groups. The cap is not published, and a page that is lowered costs nothing: the answer
 * says what came.
 */
const GROUPS_PAGE = 1000;

/** Which groups a list has. */
export interface JiraGroupQuery {
  /** Only groups that give this access to an application. */
  readonly accessType?: 'user' | 'admin' | 'site-admin' | undefined;
  /** Only groups that give access to this application. */
  readonly applicationKey?: string | undefined;
}

/** Which members a list has. */
export interface JiraGroupMemberQuery {
  /** Whether people who are deactivated are in it. Default `true`; Jira itself leaves them out unless asked. */
  readonly includeInactive?: boolean | undefined;
}

/**
 * The groups of a Jira site, with the ids that they have in the organization.
 *
 * Jira shows effective members: those of nested groups cannot be told apart.
 */
export class JiraGroups {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Walks the groups. Needs Browse users and groups. System groups, which the organization does not list, are among them. */
  list(query: JiraGroupQuery = {}, options: CallOptions = {}): AsyncGenerator<JiraGroupName, void, undefined> {
    return paginate((cursor) => this.listPage(query, cursor, options), 'jira.groups.list');
  }

  /** Reads one page of the groups. Send the same query with each cursor. */
  async listPage(query: JiraGroupQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<JiraGroupName>> {
    return getPageBean(
      this.#transport,
      {
        ...options,
        operation: 'jira.groups.list',
        path: path`/rest/api/3/group/bulk`,
        query: { accessType: query.accessType, applicationKey: query.applicationKey },
        maxResults: GROUPS_PAGE,
        item: jiraGroupNameSchema(),
      },
      cursor,
    );
  }

  /**
   * Walks the members of a group. Needs Browse users and groups.
   *
   * @throws `not_found` when there is no such group.
   */
  listMembers(
    groupId: OrgGroupId,
    query: JiraGroupMemberQuery = {},
    options: CallOptions = {},
  ): AsyncGenerator<JiraUser, void, undefined> {
    return paginate((cursor) => this.listMembersPage(groupId, query, cursor, options), 'jira.groups.listMembers');
  }

  /** Reads one page of the members of a group, at most 50. */
  async listMembersPage(
    groupId: OrgGroupId,
    query: JiraGroupMemberQuery = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<JiraUser>> {
    return getPageBean(
      this.#transport,
      {
        ...options,
        operation: 'jira.groups.listMembers',
        path: path`/rest/api/3/group/member`,
        query: { groupId, includeInactiveUsers: query.includeInactive ?? true },
        maxResults: MEMBERS_PAGE,
        item: jiraUserSchema(),
      },
      cursor,
    );
  }

  /**
   * Puts a person into a group. Needs a site admin. A synced group is refused: its members are written through SCIM.
   * Not repeated when the answer is lost, for a second time is refused: read the members.
   *
   * @throws `request_invalid` for an empty id; `rejected` when the person is in it already; `not_found` when group or person is unknown.
   */
  async addMember(groupId: OrgGroupId, accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    const operation = 'jira.groups.addMember';
    new RequestLimits(operation).text('groupId', groupId).text('accountId', accountId);
    await this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/rest/api/3/group/user`,
      query: { groupId },
      body: { accountId },
      response: noContentSchema(),
      repeat: 'once',
    });
  }

  /**
   * Takes a person out of a group. Needs a site admin. Not repeated when the answer is lost: read the members.
   *
   * @throws `request_invalid` for an empty id; `rejected` when the person is not in it; `not_found` when group or person is unknown.
   */
  async removeMember(groupId: OrgGroupId, accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    const operation = 'jira.groups.removeMember';
    new RequestLimits(operation).text('groupId', groupId).text('accountId', accountId);
    await this.#transport.send({
      ...options,
      operation,
      method: 'DELETE',
      path: path`/rest/api/3/group/user`,
      query: { groupId, accountId },
      response: noContentSchema(),
      repeat: 'once',
    });
  }
}
