import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrganizationId, OrgDirectoryId } from '../../model/ids.js';
import { orgDirectorySchema, type OrgDirectory } from './org-directory.js';
import { getCursorPage, type OrganizationTransport } from './org-paging.js';
import { RequestLimits } from './request-limits.js';

/** Which directories to list. */
export interface OrgDirectoryQuery {
  /** Only directories that hold this person. */
  readonly accountId?: AtlassianAccountId | undefined;
  /** 1 to 10. */
  readonly directoryIds?: readonly OrgDirectoryId[] | undefined;
  /** Free text over names. */
  readonly searchTerm?: string | undefined;
  /** Directories in one page, 1 to 100; Atlassian takes 20 unless given. */
  readonly limit?: number | undefined;
}

/** The directories of the organization. */
export class OrgDirectories {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /** Walks the directories. A centralized organization has one; elsewhere there is one for each userbase. */
  list(query: OrgDirectoryQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgDirectory, void, undefined> {
    return paginate((cursor) => this.listPage(query, cursor, options), 'admin.directories.list');
  }

  /** Reads one page of the directories. */
  async listPage(
    query: OrgDirectoryQuery = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<OrgDirectory>> {
    const operation = 'admin.directories.list';
    new RequestLimits(operation).count('directoryIds', query.directoryIds, 10).range('limit', query.limit, 1, 100);
    const { accountId, directoryIds, searchTerm, limit } = query;
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation,
        path: path`/admin/v2/orgs/${this.#organizationId}/directories`,
        query: { accountId, directoryIds, searchTerm, limit },
        item: orgDirectorySchema(),
      },
      cursor,
    );
  }
}
