import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import { noContentSchema } from '../admin/no-content.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { SiteTransport } from '../site/site-connection.js';
import { confluenceGroupSchema, type ConfluenceGroup } from './confluence-group.js';
import { getOffsetPage } from './confluence-paging.js';
import { confluenceUserSchema, joined, type ConfluenceUser } from './confluence-user.js';
import type { ConfluenceUserExpansion } from './confluence-users.js';
import { WRITE_HEADERS } from './confluence-writes.js';

/** Which groups a list has. */
export interface ConfluenceGroupQuery {
  /**
   * Only the groups that give this access: those of `user` make up "all licensed users", those of `admin` "all product
   * admins".
   */
  readonly accessType?: 'user' | 'admin' | 'site-admin' | undefined;
}

/** The groups of Confluence, teams included. Its version 2 has none: all calls are of version 1. */
export class ConfluenceGroups {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Walks the groups, by name. */
  list(query: ConfluenceGroupQuery = {}, options: CallOptions = {}): AsyncGenerator<ConfluenceGroup, void, undefined> {
    return paginate((cursor) => this.listPage(query, cursor, options), 'confluence.groups.list');
  }

  /** Reads one page of the groups. Send the same query with each cursor. */
  async listPage(
    query: ConfluenceGroupQuery = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<ConfluenceGroup>> {
    return getOffsetPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.groups.list',
        path: path`/wiki/rest/api/group`,
        query: { accessType: query.accessType },
        item: confluenceGroupSchema(),
      },
      cursor,
    );
  }

  /**
   * Reads one group.
   *
   * @throws `not_found` when there is no such group.
   */
  async get(groupId: OrgGroupId, options: CallOptions = {}): Promise<ConfluenceGroup> {
    return this.#transport.send({
      ...options,
      operation: 'confluence.groups.get',
      method: 'GET',
      path: path`/wiki/rest/api/group/by-id`,
      query: { id: groupId },
      response: confluenceGroupSchema(),
    });
  }

  /** Walks the members of a group. A group that there is not has none (seen): Confluence does not say so. */
  listMembers(
    groupId: OrgGroupId,
    expand: readonly ConfluenceUserExpansion[] = [],
    options: CallOptions = {},
  ): AsyncGenerator<ConfluenceUser, void, undefined> {
    return paginate(
      (cursor) => this.listMembersPage(groupId, expand, cursor, options),
      'confluence.groups.listMembers',
    );
  }

  /** Reads one page of the members of a group. */
  async listMembersPage(
    groupId: OrgGroupId,
    expand: readonly ConfluenceUserExpansion[] = [],
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<ConfluenceUser>> {
    return getOffsetPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.groups.listMembers',
        path: path`/wiki/rest/api/group/${groupId}/membersByGroupId`,
        query: { expand: joined(expand) },
        item: confluenceUserSchema(),
      },
      cursor,
    );
  }

  /**
   * Puts a person into a group. Needs a site admin. Whether a second time answers 201 or 400 is not known: it is not
   * repeated when the answer is lost.
   */
  async addMember(groupId: OrgGroupId, accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    const operation = 'confluence.groups.addMember';
    new RequestLimits(operation).text('groupId', groupId).text('accountId', accountId);
    await this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/wiki/rest/api/group/userByGroupId`,
      query: { groupId },
      body: { accountId },
      headers: WRITE_HEADERS,
      response: noContentSchema(),
      repeat: 'once',
    });
  }

  /** Takes a person out of a group. Needs a site admin. Who is not in it is no error (documented). */
  async removeMember(groupId: OrgGroupId, accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    const operation = 'confluence.groups.removeMember';
    new RequestLimits(operation).text('groupId', groupId).text('accountId', accountId);
    await this.#transport.send({
      ...options,
      operation,
      method: 'DELETE',
      path: path`/wiki/rest/api/group/userByGroupId`,
      query: { groupId, accountId },
      headers: WRITE_HEADERS,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }
}
