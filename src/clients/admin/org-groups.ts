import { path, type EncodedPath } from '../../http/path.js';
import type { CallOptions, HttpMethod } from '../../http/transport.js';
import type { AtlassianAccountId, OrganizationId, OrgDirectoryId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import { toBody, type BodyFields } from './json-body.js';
import { noContentSchema } from './no-content.js';
import { OrgGroupReader } from './org-group-reader.js';
import type { OrganizationTransport } from './org-paging.js';
import type { GroupRoleId } from './org-role-id.js';

/** A group to create. */
export interface OrgGroupInput {
  readonly name: string;
  readonly description?: string | undefined;
}

/** A role for a group to give to its members, or to give no longer. */
export interface GroupRoleInput {
  readonly resourceId: ResourceAri;
  readonly roleId: GroupRoleId;
}

/** The groups of the organization. There is no rename, and no call that changes several members at once. */
export class OrgGroups extends OrgGroupReader {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    super(transport, organizationId);
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /**
   * Creates a group. Atlassian answers without its id, and a search finds it a second or two later (seen).
   *
   * @throws `conflict` when the name is taken.
   */
  async create(directoryId: OrgDirectoryId, input: OrgGroupInput, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.groups.create',
      method: 'POST',
      path: path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups`,
      body: toBody({ name: input.name, description: input.description }),
      response: noContentSchema(),
      repeat: 'once',
    });
  }

  /** Deletes a group for good, with members in it or not. Groups that are synced or built in are refused. */
  async delete(directoryId: OrgDirectoryId, groupId: OrgGroupId, options: CallOptions = {}): Promise<void> {
    const group = path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}`;
    await this.#write('admin.groups.delete', 'DELETE', group, undefined, options);
  }

  /**
   * Puts a person of the same directory into a local group.
   *
   * Who is in already answers 204 or 409 `ADMIN-UAM-409-2`; 409 `ADMIN-UAM-409-3` says that no seat is left. A synced
   * group is refused: its members are written through SCIM.
   *
   * @throws `not_found` when group or person is unknown, and when the person is in no directory with the group.
   */
  async addMember(
    directoryId: OrgDirectoryId,
    groupId: OrgGroupId,
    accountId: AtlassianAccountId,
    options: CallOptions = {},
  ): Promise<void> {
    const members = path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/memberships`;
    await this.#write('admin.groups.addMember', 'POST', members, { accountId }, options);
  }

  /** Takes a person out of a local group. Access from other groups and from direct roles stays. */
  async removeMember(
    directoryId: OrgDirectoryId,
    groupId: OrgGroupId,
    accountId: AtlassianAccountId,
    options: CallOptions = {},
  ): Promise<void> {
    const membership = path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/memberships/${accountId}`;
    await this.#write('admin.groups.removeMember', 'DELETE', membership, undefined, options);
  }

  /**
   * Makes a group give a role on a product to its members. A second time changes nothing (seen).
   *
   * @throws `license_limit` when the members would need more seats than the product has.
   */
  async grantRole(
    directoryId: OrgDirectoryId,
    groupId: OrgGroupId,
    input: GroupRoleInput,
    options: CallOptions = {},
  ): Promise<void> {
    const roles = path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/role-assignments/assign`;
    await this.#write('admin.groups.grantRole', 'POST', roles, toRoleBody(input), options);
  }

  /** Makes a group give a role no longer. It hits every member at once. */
  async revokeRole(
    directoryId: OrgDirectoryId,
    groupId: OrgGroupId,
    input: GroupRoleInput,
    options: CallOptions = {},
  ): Promise<void> {
    const roles = path`/admin/v2/orgs/${this.#organizationId}/directories/${directoryId}/groups/${groupId}/role-assignments/revoke`;
    await this.#write('admin.groups.revokeRole', 'POST', roles, toRoleBody(input), options);
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

/** By name: unknown properties of a caller's object are not sent. */
function toRoleBody({ resourceId, roleId }: GroupRoleInput): BodyFields {
  return { resourceId, roleId };
}
