import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { OrganizationId } from '../../model/ids.js';
import { orgDomainAnswerSchema, orgDomainSchema, type OrgDomain } from './org-domain.js';
import { getUrlLinkPage, type OrganizationTransport } from './org-paging.js';

/** The domains of the organization. They are read here, and claimed in the console only. */
export class OrgDomains {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /** Walks the domains, verified or not. */
  list(options: CallOptions = {}): AsyncGenerator<OrgDomain, void, undefined> {
    return paginate((cursor) => this.listPage(cursor, options), 'admin.domains.list');
  }

  /** Reads one page of the domains. */
  async listPage(cursor?: string, options: CallOptions = {}): Promise<Page<OrgDomain>> {
    return getUrlLinkPage(
      this.#transport,
      {
        ...options,
        operation: 'admin.domains.list',
        path: path`/admin/v1/orgs/${this.#organizationId}/domains`,
        item: orgDomainSchema(),
      },
      cursor,
    );
  }

  /** Reads one domain by its id, which is not its name. */
  async get(domainId: string, options: CallOptions = {}): Promise<OrgDomain> {
    return this.#transport.send({
      ...options,
      operation: 'admin.domains.get',
      method: 'GET',
      path: path`/admin/v1/orgs/${this.#organizationId}/domains/${domainId}`,
      response: orgDomainAnswerSchema(),
    });
  }
}
