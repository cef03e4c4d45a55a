import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrganizationId, ScimDirectoryId, ScimUserId } from '../../model/ids.js';
import { noContentSchema } from './no-content.js';
import type { OrganizationTransport } from './org-paging.js';
import { scimLinksSchema, type ScimLink } from './scim-link.js';

/** The ties between SCIM records and accounts, over all SCIM directories of the organization. */
export class ProvisioningLinks {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /** Reads the SCIM records that are linked to an account: several when several directories sync the person. */
  async forAccount(accountId: AtlassianAccountId, options: CallOptions = {}): Promise<readonly ScimLink[]> {
    return this.#transport.send({
      ...options,
      operation: 'admin.provisioningLinks.forAccount',
      method: 'GET',
      path: path`/admin/user-provisioning/v1/org/${this.#organizationId}/user/${accountId}/get-scim-links`,
      response: scimLinksSchema(),
    });
  }

  /** Reads the SCIM records with an email, those without an account too: the one way to find them. */
  async forEmail(email: string, options: CallOptions = {}): Promise<readonly ScimLink[]> {
    return this.#transport.send({
      ...options,
      operation: 'admin.provisioningLinks.forEmail',
      method: 'POST',
      path: path`/admin/user-provisioning/v1/org/${this.#organizationId}/get-scim-links-for-email`,
      body: { email },
      response: scimLinksSchema(),
      repeat: 'safe',
    });
  }

  /**
   * Breaks the tie between a SCIM record and its account, and deletes neither. The account can then be managed here.
   *
   * No call ties them again: only a later SCIM update that matches an account by email does.
   */
  async unlink(scimDirectoryId: ScimDirectoryId, scimUserId: ScimUserId, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.provisioningLinks.unlink',
      method: 'PATCH',
      path: path`/admin/user-provisioning/v1/org/${this.#organizationId}/scimDirectoryId/${scimDirectoryId}/scimUserId/${scimUserId}/unlink`,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /**
   * Deletes the SCIM records of a managed account in every directory of the organization; the account stays as it is.
   *
   * Its groups have to be provisioned again afterwards.
   */
  async deleteRecords(accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.provisioningLinks.deleteRecords',
      method: 'DELETE',
      path: path`/admin/user-provisioning/v1/org/${this.#organizationId}/user/${accountId}/onlyDeleteUserInDB`,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }
}
