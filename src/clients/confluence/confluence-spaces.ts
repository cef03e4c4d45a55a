import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { SiteTransport } from '../site/site-connection.js';
import type { ConfluenceSpaceId, ConfluenceSpaceKey } from './confluence-ids.js';
import { getCursorPage } from './confluence-paging.js';
import {
  confluenceSpaceSchema,
  openAccessSchema,
  type ConfluenceOpenAccess,
  type ConfluenceSpace,
  type ConfluenceSpaceType,
} from './confluence-space.js';

/** Which spaces a list has. All that the caller may view, unless given. */
export interface ConfluenceSpaceQuery {
  /** Unknown ids are left out without a word. */
  readonly ids?: readonly ConfluenceSpaceId[] | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly type?: ConfluenceSpaceType | undefined;
  /** Both unless given. */
  readonly status?: 'current' | 'archived' | undefined;
  readonly sort?: 'id' | '-id' | 'key' | '-key' | 'name' | '-name' | undefined;
}

/** The spaces of a site, as far as the caller may view them. */
export class ConfluenceSpaces {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /**
   * Walks the spaces that the caller may view. The others are missing without a hint: an admin key shows them
   * (`ConfluenceClient.withAdminKey`).
   */
  list(query: ConfluenceSpaceQuery = {}, options: CallOptions = {}): AsyncGenerator<ConfluenceSpace, void, undefined> {
    return paginate((cursor) => this.listPage(query, cursor, options), 'confluence.spaces.list');
  }

  /** Reads one page of the spaces. Send the same query with each cursor. */
  async listPage(
    query: ConfluenceSpaceQuery = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<ConfluenceSpace>> {
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.spaces.list',
        path: path`/wiki/api/v2/spaces`,
        query: {
          ids: query.ids?.join(','),
          keys: query.keys?.join(','),
          type: query.type,
          status: query.status,
          sort: query.sort,
        },
        item: confluenceSpaceSchema(),
      },
      cursor,
    );
  }

  /**
   * Reads one space.
   *
   * @throws `not_found` when there is none, and when the caller may not view it: Confluence does not tell these apart.
   */
  async get(spaceId: ConfluenceSpaceId, options: CallOptions = {}): Promise<ConfluenceSpace> {
    return this.#transport.send({
      ...options,
      operation: 'confluence.spaces.get',
      method: 'GET',
      path: path`/wiki/api/v2/spaces/${spaceId}`,
      response: confluenceSpaceSchema(),
    });
  }

  /**
   * Reads by version 1 who may view a space without a licence or an account; `undefined` where Confluence has withdrawn
   * that call, which it has on most sites since 2025, or hides the space.
   *
   * A fallback for classic permissions only, one request a space. Anonymous access also needs the switch of the site, see
   * `ConfluenceInstance.allowsAnonymous`.
   */
  async findOpenAccess(
    spaceKey: ConfluenceSpaceKey,
    options: CallOptions = {},
  ): Promise<ConfluenceOpenAccess | undefined> {
    try {
      return await this.#transport.send({
        ...options,
        operation: 'confluence.spaces.findOpenAccess',
        method: 'GET',
        path: path`/wiki/rest/api/space/${spaceKey}`,
        query: { expand: 'permissions' },
        response: openAccessSchema(),
      });
    } catch (error) {
      if (isProvisionerError(error, 'gone') || isProvisionerError(error, 'not_found')) return undefined;
      throw error;
    }
  }
}
