import { GroupAmbiguousError } from '../../errors/identity-errors.js';
import { path } from '../../http/path.js';
import type { CallOptions, Transport } from '../../http/transport.js';
import type { ScimGroupId, ScimUserId } from '../../model/ids.js';
import { aboutId, noContentSchema, resourceOrNothing } from './answers.js';
import { scimFilter, type ScimGroupFilter } from './scim-filter.js';
import { scimGroupSchema, toWireGroup } from './scim-group-wire.js';
import type { ScimGroup, ScimGroupInput } from './scim-group.js';
import {
  pageQuery,
  scimListSchema,
  toScimPage,
  walkList,
  type ScimListQuery,
  type ScimPage,
  type ScimPageQuery,
} from './scim-list.js';
import {
  addMembersOperation,
  patchBody,
  patchRepeatSafety,
  removeMembersOperations,
  type ScimPatchOperation,
} from './scim-patch.js';
import { SCIM_MEDIA_TYPE } from './scim-urns.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** Members in one PATCH. Atlassian publishes no limit; this is what a client known to work sends. */
export const SCIM_MEMBERS_PER_PATCH = 50;

const groupListSchema = lazySchema(() => scimListSchema(scimGroupSchema()));
const groupOrNothing = lazySchema(() => resourceOrNothing(scimGroupSchema()));

/** The groups of a directory. They appear in the organization as groups that only the directory can edit. */
export class ScimGroups {
  readonly #transport: Transport<'directory-key'>;

  constructor(transport: Transport<'directory-key'>) {
    this.#transport = transport;
  }

  /**
   * Reads one group with all its members.
   *
   * @throws `not_found` when the directory has no such group.
   * @see {@link https://developer.atlassian.com/cloud/admin/user-provisioning/rest/api-group-groups/ | Groups}
   */
  async get(id: ScimGroupId, options: CallOptions = {}): Promise<ScimGroup> {
    const found = await this.#transport.send({
      operation: 'scim.groups.get',
      method: 'GET',
      path: path`/Groups/${id}`,
      response: scimGroupSchema(),
      ...options,
    });
    return aboutId(found, id, { operation: 'scim.groups.get', method: 'GET' });
  }

  /**
   * Finds the one group with this whole name, without regard to case.
   *
   * What the server returns is compared again here, so that a server which ignores the filter gives the right group or
   * none, at the price of a walk through all of them. `undefined` when there is none.
   *
   * @throws `group_ambiguous` when two groups match.
   */
  async find(filter: ScimGroupFilter, options: CallOptions = {}): Promise<ScimGroup | undefined> {
    const wanted = filter.displayName.toLowerCase();
    let found: ScimGroup | undefined;
    for await (const group of this.list({ filter }, options)) {
      if (group.displayName.toLowerCase() !== wanted || group.id === found?.id) continue;
      if (found !== undefined)
        throw new GroupAmbiguousError(
          { name: filter.displayName },
          [found, group].map(({ id, displayName }) => ({ name: displayName, scimGroupId: id, foundIn: 'scim' })),
        );
      found = group;
    }
    return found;
  }

  /**
   * Walks all groups with their members, or the one that matches, in no particular order.
   *
   * Pages are cut by offset out of a list that goes on changing: a group created or deleted during the walk can make
   * another one come twice or not at all. To find the groups of one user read `groups` of the user.
   *
   * Every group comes with all its members (seen), so a page of large groups is a large body: ask for a smaller `count`
   * where the transport refuses it with `response_too_large`.
   */
  list(query: ScimListQuery<ScimGroupFilter> = {}, options: CallOptions = {}): AsyncGenerator<ScimGroup> {
    return walkList('scim.groups.list', query.count, (startIndex) => this.listPage({ ...query, startIndex }, options));
  }

  /** Reads one page of groups. */
  async listPage(query: ScimPageQuery<ScimGroupFilter> = {}, options: CallOptions = {}): Promise<ScimPage<ScimGroup>> {
    const { startIndex, count } = pageQuery(query);
    const answer = await this.#transport.send({
      operation: 'scim.groups.list',
      method: 'GET',
      path: path`/Groups`,
      query: { filter: query.filter && scimFilter(query.filter), startIndex, count },
      response: groupListSchema(),
      ...options,
    });
    return toScimPage('scim.groups.list', answer, startIndex);
  }

  /**
   * Creates a group.
   *
   * @throws `conflict` when the organization has a group of that name, in the directory or not.
   */
  async create(input: ScimGroupInput, options: CallOptions = {}): Promise<ScimGroup> {
    return this.#transport.send({
      operation: 'scim.groups.create',
      method: 'POST',
      path: path`/Groups`,
      body: toWireGroup(input),
      contentType: SCIM_MEDIA_TYPE,
      response: scimGroupSchema(),
      repeat: 'once',
      ...options,
    });
  }

  /**
   * Replaces a group: in effect its members, since Atlassian cannot rename it.
   *
   * Without `memberIds` it is not documented whether members stay or go. Prefer `addMembers` and `removeMembers`.
   *
   * @throws `not_found` when the directory has no such group.
   */
  async replace(id: ScimGroupId, input: ScimGroupInput, options: CallOptions = {}): Promise<ScimGroup> {
    const answer = await this.#transport.send({
      operation: 'scim.groups.replace',
      method: 'PUT',
      path: path`/Groups/${id}`,
      body: toWireGroup(input),
      contentType: SCIM_MEDIA_TYPE,
      response: groupOrNothing(),
      repeat: 'idempotent',
      ...options,
    });
    return aboutId(answer, id, { operation: 'scim.groups.replace', method: 'PUT' }) ?? this.get(id, options);
  }

  /**
   * Sends operations of your own. A server that answers 204 is asked for the group once more.
   *
   * @throws `not_found` when the directory has no such group, `request_invalid` when no operation is given.
   */
  async patch(
    id: ScimGroupId,
    operations: readonly ScimPatchOperation[],
    options: CallOptions = {},
  ): Promise<ScimGroup> {
    return (await this.#patch(id, operations, options)) ?? this.get(id, options);
  }

  /**
   * Adds users to a group; who is a member already stays one.
   *
   * Sends {@link SCIM_MEMBERS_PER_PATCH} ids a PATCH, one PATCH after the other. When one fails, those before it have
   * happened, and calling again is safe. Without ids it reads the group.
   *
   * @throws `not_found` when the directory has no such group.
   */
  async addMembers(id: ScimGroupId, userIds: readonly ScimUserId[], options: CallOptions = {}): Promise<ScimGroup> {
    return this.#changeMembers(id, userIds, (chunk) => [addMembersOperation(chunk)], options);
  }

  /**
   * Removes users from a group; who is no member is passed over.
   *
   * Chunked as `addMembers`.
   *
   * @throws `not_found` when the directory has no such group.
   */
  async removeMembers(id: ScimGroupId, userIds: readonly ScimUserId[], options: CallOptions = {}): Promise<ScimGroup> {
    return this.#changeMembers(id, userIds, removeMembersOperations, options);
  }

  /**
   * Deletes a group, in the organization and on all its sites; access that was granted through it ends.
   *
   * @throws `not_found` when the directory has no such group.
   */
  async delete(id: ScimGroupId, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      operation: 'scim.groups.delete',
      method: 'DELETE',
      path: path`/Groups/${id}`,
      response: noContentSchema(),
      repeat: 'idempotent',
      ...options,
    });
  }

  async #changeMembers(
    id: ScimGroupId,
    userIds: readonly ScimUserId[],
    toOperations: (chunk: readonly ScimUserId[]) => readonly ScimPatchOperation[],
    options: CallOptions,
  ): Promise<ScimGroup> {
    const distinct = [...new Set(userIds)];
    let group: ScimGroup | undefined;
    for (let start = 0; start < distinct.length; start += SCIM_MEMBERS_PER_PATCH)
      group = await this.#patch(id, toOperations(distinct.slice(start, start + SCIM_MEMBERS_PER_PATCH)), options);
    return group ?? this.get(id, options);
  }

  async #patch(
    id: ScimGroupId,
    operations: readonly ScimPatchOperation[],
    options: CallOptions,
  ): Promise<ScimGroup | undefined> {
    const answer = await this.#transport.send({
      operation: 'scim.groups.patch',
      method: 'PATCH',
      path: path`/Groups/${id}`,
      body: patchBody(operations),
      contentType: SCIM_MEDIA_TYPE,
      response: groupOrNothing(),
      repeat: patchRepeatSafety(operations),
      ...options,
    });
    return aboutId(answer, id, { operation: 'scim.groups.patch', method: 'PATCH' });
  }
}
