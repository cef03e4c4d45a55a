import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { OrganizationId } from '../../model/ids.js';
import { searchLoneCursorPage, type OrganizationTransport } from './org-paging.js';
import { orgWorkspaceSchema, type OrgWorkspace } from './org-workspace.js';
import { RequestLimits } from './request-limits.js';

/** A condition on workspaces, as Atlassian's query language has it. `searchWorkspaces` is part of a name or a URL. */
export type OrgWorkspaceCondition =
  | { readonly and: readonly OrgWorkspaceCondition[] }
  | { readonly nor: readonly OrgWorkspaceCondition[] }
  | { readonly field: { readonly name: string; readonly values: readonly string[] } }
  | { readonly searchWorkspaces: string }
  | { readonly features: readonly string[] }
  | { readonly policies: readonly string[] };

/** Which workspaces to search, and in which order. */
export interface OrgWorkspaceQuery {
  readonly query?: OrgWorkspaceCondition | undefined;
  readonly sort?: readonly { readonly field: string; readonly order: 'asc' | 'desc' }[] | undefined;
  /** Workspaces in one page, 1 to 1000; Atlassian takes 20 unless given. */
  readonly limit?: number | undefined;
}

/** The products of the organization on its sites. */
export class OrgWorkspaces {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /** Walks the workspaces that a query finds. Without a query, every one. */
  search(query: OrgWorkspaceQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgWorkspace, void, undefined> {
    return paginate((cursor) => this.searchPage(query, cursor, options), 'admin.workspaces.search');
  }

  /** Reads one page of a search. With a cursor the query is not sent: Atlassian takes the cursor alone. */
  async searchPage(
    query: OrgWorkspaceQuery = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<OrgWorkspace>> {
    const operation = 'admin.workspaces.search';
    new RequestLimits(operation).range('limit', query.limit, 1, 1000);
    return searchLoneCursorPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v2/orgs/${this.#organizationId}/workspaces`,
        body: {
          query: query.query,
          sort: query.sort?.map(({ field, order }) => ({ field, order })),
          limit: query.limit,
        },
        item: orgWorkspaceSchema(),
      },
      cursor,
    );
  }
}
