import { path, type EncodedPath } from '../../http/path.js';
import type { CallOptions, HttpMethod } from '../../http/transport.js';
import type { AtlassianAccountId, OrganizationId, OrgDirectoryId, ResourceAri } from '../../model/ids.js';
import { inviteResultSchema, type InviteInput, type InviteResult } from './org-invitation.js';
import { toBody, type BodyFields } from './json-body.js';
import { noContentSchema } from './no-content.js';
import type { OrganizationTransport } from './org-paging.js';
import type { OrganizationRoleId, UserRoleId } from './org-role-id.js';
import { OrgUserReader } from './org-user-reader.js';
import { RequestLimits } from './request-limits.js';

/** A role to give to a person or take from them. `resource` is needed for all but `atlassian/org-admin`. */
export interface UserRoleInput {
  readonly role: UserRoleId;
  readonly resource?: ResourceAri | undefined;
}

/** The people of the organization. Writes to their directories, roles and invitations; never to the account itself. */
export class OrgUsers extends OrgUserReader {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    super(transport, organizationId);
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /**
   * Takes a person's access to every product of a directory; roles and groups are kept for {@link OrgUsers.restore}.
   *
   * The account itself stays active. An organization admin is refused (seen on version 1): take that role first.
   */
  async suspend(directoryId: OrgDirectoryId, accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    const user = path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/users/${accountId}/suspend`;
    await this.#write('admin.users.suspend', 'POST', user, undefined, options);
  }

  /** Gives a suspended person their former roles and groups back. It can fail for want of a seat. */
  async restore(directoryId: OrgDirectoryId, accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    const user = path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/users/${accountId}/restore`;
    await this.#write('admin.users.restore', 'POST', user, undefined, options);
  }

  /**
   * Removes a person from a directory; their groups and roles are lost. A managed account stays, `not_invited`.
   *
   * The removal is queued: the person may be listed for a while.
   */
  async remove(directoryId: OrgDirectoryId, accountId: AtlassianAccountId, options: CallOptions = {}): Promise<void> {
    const user = path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/users/${accountId}`;
    await this.#write('admin.users.remove', 'DELETE', user, undefined, options);
  }

  /**
   * Invites people by email: finds or creates accounts, gives roles, joins groups.
   *
   * Needs a paid subscription, else `payment_required`. A part that failed is in the result, not an error.
   *
   * @throws `request_invalid` unless there are 1 to 25 emails.
   */
  async invite(input: InviteInput, options: CallOptions = {}): Promise<InviteResult> {
    const operation = 'admin.users.invite';
    new RequestLimits(operation).count('emails', input.emails, 25);
    return this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/admin/v2/orgs/${this.#organizationId}/users/invite`,
      body: toBody({
        emails: input.emails,
        permissionRules: input.permissionRules?.map(({ resource, role }) => ({ resource, role })),
        additionalGroups: input.groupIds,
        sendNotification: input.sendNotification,
        notificationText: input.notificationText,
      }),
      response: inviteResultSchema(),
      repeat: 'once',
    });
  }

  /**
   * Gives a person a role on a product directly, apart from any group. A suspended person is refused: restore first.
   *
   * @throws `license_limit` when the product has no seat left; `request_invalid` without a needed `resource`.
   */
  async grantRole(accountId: AtlassianAccountId, input: UserRoleInput, options: CallOptions = {}): Promise<void> {
    const roles = path`/admin/v1/orgs/${this.#organizationId}/users/${accountId}/roles/assign`;
    const operation = 'admin.users.grantRole';
    await this.#write(operation, 'POST', roles, toRoleBody(operation, input), options);
  }

  /** Takes a role that was given directly. The same access through a group stays. */
  async revokeRole(accountId: AtlassianAccountId, input: UserRoleInput, options: CallOptions = {}): Promise<void> {
    const roles = path`/admin/v1/orgs/${this.#organizationId}/users/${accountId}/roles/revoke`;
    const operation = 'admin.users.revokeRole';
    await this.#write(operation, 'POST', roles, toRoleBody(operation, input), options);
  }

  /** Gives a person a role on the organization. Atlassian calls it experimental; reads trail it by up to 30 s. */
  async grantOrganizationRole(
    accountId: AtlassianAccountId,
    role: OrganizationRoleId = 'atlassian/org-admin',
    options: CallOptions = {},
  ): Promise<void> {
    const roles = path`/admin/v1/orgs/${this.#organizationId}/users/${accountId}/role-assignments/assign`;
    await this.#write('admin.users.grantOrganizationRole', 'POST', roles, { role }, options);
  }

  /** Takes a role on the organization. Atlassian calls it experimental; reads trail it by up to 30 s. */
  async revokeOrganizationRole(
    accountId: AtlassianAccountId,
    role: OrganizationRoleId = 'atlassian/org-admin',
    options: CallOptions = {},
  ): Promise<void> {
    const roles = path`/admin/v1/orgs/${this.#organizationId}/users/${accountId}/role-assignments/revoke`;
    await this.#write('admin.users.revokeOrganizationRole', 'POST', roles, { role }, options);
  }

  async #write(
    operation: string,
    method: HttpMethod,
    to: EncodedPath,
    body: BodyFields | undefined,
    options: CallOptions,
  ): Promise<void> {
    await this.#transport.send({
      ...options,
      operation,
      method,
      path: to,
      ...(body !== undefined && { body: toBody(body) }),
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }
}

function toRoleBody(operation: string, { role, resource }: UserRoleInput): BodyFields {
  if (role !== 'atlassian/org-admin')
    new RequestLimits(operation).required('resource', resource, `for the role ${role}`);
  return { role, resource };
}
