import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { OrganizationId } from '../../model/ids.js';
import { getUrlLinkPage, type OrganizationTransport } from './org-paging.js';
import { organizationAnswerSchema, organizationSchema, type Organization } from './organization.js';

/** The organizations that a key can see. */
export class Organizations {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /**
   * Walks the organizations of the key.
   *
   * Empty for a key with scopes (seen), whatever it may do: never take that for a key without an organization. A key
   * without scopes sees its one organization.
   */
  list(options: CallOptions = {}): AsyncGenerator<Organization, void, undefined> {
    return paginate((cursor) => this.listPage(cursor, options), 'admin.organizations.list');
  }

  /** Reads one page of the organizations. */
  async listPage(cursor?: string, options: CallOptions = {}): Promise<Page<Organization>> {
    return getUrlLinkPage(
      this.#transport,
      { ...options, operation: 'admin.organizations.list', path: path`/admin/v1/orgs`, item: organizationSchema() },
      cursor,
    );
  }

  /**
   * Reads the organization of this client. The cheapest proof that a key and an organization id belong together.
   *
   * @throws `not_found` when there is no such organization.
   */
  async get(options: CallOptions = {}): Promise<Organization> {
    return this.#transport.send({
      ...options,
      operation: 'admin.organizations.get',
      method: 'GET',
      path: path`/admin/v1/orgs/${this.#organizationId}`,
      response: organizationAnswerSchema(),
    });
  }
}
