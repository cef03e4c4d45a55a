import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { SiteTransport } from '../site/site-connection.js';
import { confluenceGroupSchema, type ConfluenceGroup } from './confluence-group.js';
import { getOffsetPage } from './confluence-paging.js';
import { confluenceUserSchema, joined, searchedUserSchema, type ConfluenceUser } from './confluence-user.js';

/** What Confluence adds to a user when asked: `operations` says whether they can use it. */
export type ConfluenceUserExpansion = 'operations' | 'personalSpace' | 'isExternalCollaborator';

/** Which people a search finds. */
export interface ConfluenceUserQuery {
  /** Fields of users only, in Confluence's query language. `type=user` unless given: everybody. */
  readonly cql?: string | undefined;
  /**
   * `none` finds people with a licence, `externalCollaborator` guests, `all` both. `all` unless given.
   *
   * Deactivated people are in none of them (seen).
   */
  readonly sitePermissionTypeFilter?: 'none' | 'externalCollaborator' | 'all' | undefined;
  readonly expand?: readonly ('operations' | 'personalSpace')[] | undefined;
  /** Length of a page. 200 unless given; Confluence gives fewer where its own limit is lower, which is not published. */
  readonly limit?: number | undefined;
}

/** The people of Confluence. */
export class ConfluenceUsers {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Reads who the credential belongs to. */
  async current(expand: readonly ConfluenceUserExpansion[] = [], options: CallOptions = {}): Promise<ConfluenceUser> {
    return this.#transport.send({
      ...options,
      operation: 'confluence.users.current',
      method: 'GET',
      path: path`/wiki/rest/api/user/current`,
      query: { expand: joined(expand) },
      response: confluenceUserSchema(),
    });
  }

  /**
   * Reads one person.
   *
   * @throws `not_found` when there is no such account.
   */
  async get(
    accountId: AtlassianAccountId,
    expand: readonly ConfluenceUserExpansion[] = [],
    options: CallOptions = {},
  ): Promise<ConfluenceUser> {
    return this.#transport.send({
      ...options,
      operation: 'confluence.users.get',
      method: 'GET',
      path: path`/wiki/rest/api/user`,
      query: { accountId, expand: joined(expand) },
      response: confluenceUserSchema(),
    });
  }

  /**
   * Reads up to 250 people at once: the only call that tells the status of their accounts. Unknown ids are left out.
   *
   * @throws `request_invalid` for more than 250 ids, or none.
   */
  async bulk(accountIds: readonly AtlassianAccountId[], options: CallOptions = {}): Promise<readonly ConfluenceUser[]> {
    const operation = 'confluence.users.bulk';
    new RequestLimits(operation).count('accountIds', accountIds, 250);
    return this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/wiki/api/v2/users-bulk`,
      body: { accountIds: [...accountIds] },
      response: usersSchema(),
      repeat: 'safe',
    });
  }

  /**
   * Reads up to 100 people at once by version 1, which tells what they may do. Confluence ignores further ids, so more are
   * refused here.
   *
   * @throws `request_invalid` for more than 100 ids, or none.
   */
  async bulkV1(
    accountIds: readonly AtlassianAccountId[],
    expand: readonly ConfluenceUserExpansion[] = [],
    options: CallOptions = {},
  ): Promise<readonly ConfluenceUser[]> {
    const operation = 'confluence.users.bulkV1';
    new RequestLimits(operation).count('accountIds', accountIds, 100);
    return this.#transport.send({
      ...options,
      operation,
      method: 'GET',
      path: path`/wiki/rest/api/user/bulk`,
      query: { accountId: accountIds.join(','), expand: joined(expand) },
      response: usersSchema(),
    });
  }

  /**
   * Walks the people that a search finds.
   *
   * It ends at 10,000 people without a word (documented): beyond that, the members of the groups are the only full list.
   * People who have just been added come late.
   */
  search(query: ConfluenceUserQuery = {}, options: CallOptions = {}): AsyncGenerator<ConfluenceUser, void, undefined> {
    return paginate((cursor) => this.searchPage(query, cursor, options), 'confluence.users.search');
  }

  /** Reads one page of a search. Send the same query with each cursor. */
  async searchPage(
    query: ConfluenceUserQuery = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<ConfluenceUser>> {
    return getOffsetPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.users.search',
        path: path`/wiki/rest/api/search/user`,
        query: {
          cql: query.cql ?? 'type=user',
          sitePermissionTypeFilter: query.sitePermissionTypeFilter ?? 'all',
          expand: joined(query.expand ?? []),
        },
        limit: query.limit,
        item: searchedUserSchema(),
      },
      cursor,
    );
  }

  /** Walks the groups that a person is in. */
  listGroups(
    accountId: AtlassianAccountId,
    options: CallOptions = {},
  ): AsyncGenerator<ConfluenceGroup, void, undefined> {
    return paginate((cursor) => this.listGroupsPage(accountId, cursor, options), 'confluence.users.listGroups');
  }

  /** Reads one page of the groups that a person is in. */
  async listGroupsPage(
    accountId: AtlassianAccountId,
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<ConfluenceGroup>> {
    return getOffsetPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.users.listGroups',
        path: path`/wiki/rest/api/user/memberof`,
        query: { accountId },
        item: confluenceGroupSchema(),
      },
      cursor,
    );
  }
}

const usersSchema = lazySchema(() =>
  z.looseObject({ results: z.array(confluenceUserSchema()) }).transform(({ results }) => results),
);
