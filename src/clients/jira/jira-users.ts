import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId } from '../../model/ids.js';
import type { SiteTransport } from '../site/site-connection.js';
import { getArrayPage } from './jira-paging.js';
import { jiraUserSchema, type JiraUser } from './jira-user.js';

/** Largest page of users (documented). A larger one is lowered. */
const MAX_USERS_PAGE = 1000;

/** What of a user is left out unless asked for. */
export type JiraUserExpansion = 'groups' | 'applicationRoles';

/** The users of a Jira site: people, apps and portal customers, active or not. */
export class JiraUsers {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /**
   * Walks all users. Needs Browse users and groups.
   *
   * The last page is an empty one: the list has no other end that can be trusted.
   */
  list(options: CallOptions = {}): AsyncGenerator<JiraUser, void, undefined> {
    return paginate((cursor) => this.listPage(cursor, options), 'jira.users.list');
  }

  /** Reads one page of all users, at most 1,000. */
  async listPage(cursor?: string, options: CallOptions = {}): Promise<Page<JiraUser>> {
    return getArrayPage(
      this.#transport,
      {
        ...options,
        operation: 'jira.users.list',
        path: path`/rest/api/3/users/search`,
        maxResults: MAX_USERS_PAGE,
        item: jiraUserSchema(),
      },
      cursor,
    );
  }

  /**
   * Reads one user. Needs Browse users and groups.
   *
   * @throws `not_found` when there is no such user.
   */
  async get(
    accountId: AtlassianAccountId,
    expand: readonly JiraUserExpansion[] = [],
    options: CallOptions = {},
  ): Promise<JiraUser> {
    return this.#transport.send({
      ...options,
      operation: 'jira.users.get',
      method: 'GET',
      path: path`/rest/api/3/user`,
      query: { accountId, expand: joined(expand) },
      response: jiraUserSchema(),
    });
  }

  /**
   * Reads the user of the token: the way to find out whether Jira takes the credential, for most reads answer a dead one
   * with less or nothing.
   *
   * @throws `unauthenticated` when it does not.
   */
  async myself(expand: readonly JiraUserExpansion[] = [], options: CallOptions = {}): Promise<JiraUser> {
    return this.#transport.send({
      ...options,
      operation: 'jira.users.myself',
      method: 'GET',
      path: path`/rest/api/3/myself`,
      query: { expand: joined(expand) },
      response: jiraUserSchema(),
    });
  }
}

function joined(expand: readonly string[]): string | undefined {
  return expand.length === 0 ? undefined : expand.join(',');
}
