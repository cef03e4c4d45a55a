import { IdentityAmbiguousError } from '../../errors/identity-errors.js';
import { path } from '../../http/path.js';
import type { CallOptions, Transport } from '../../http/transport.js';
import type { ScimUserId } from '../../model/ids.js';
import { aboutId, mapped, noContentSchema, resourceOrNothing } from './answers.js';
import { scimSelection, type ScimSelection, type ScimSelectionQuery } from './scim-attributes.js';
import { scimFilter, type ScimUserFilter } from './scim-filter.js';
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
  attributeOperations,
  patchBody,
  patchRepeatSafety,
  type ScimAttributeWrite,
  type ScimPatchOperation,
} from './scim-patch.js';
import { SCIM_MEDIA_TYPE, type ScimDialect } from './scim-urns.js';
import { scimUserSchema, toWireUser } from './scim-user-wire.js';
import type { ScimUser, ScimUserInput, ScimUserReplacement } from './scim-user.js';
import { lazySchema } from '../../model/lazy-schema.js';

const userListSchema = lazySchema(() => scimListSchema(scimUserSchema()));
const userOrNothing = lazySchema(() => resourceOrNothing(scimUserSchema()));

/** Options of a call that answers with users. */
export interface ScimUserCallOptions extends CallOptions, ScimSelection {}

/** The users of a directory. */
export class ScimUsers {
  readonly #transport: Transport<'directory-key'>;
  readonly #dialect: ScimDialect;

  constructor(transport: Transport<'directory-key'>, dialect: ScimDialect = 'atlassian') {
    this.#transport = transport;
    this.#dialect = dialect;
  }

  /**
   * Reads one user, an inactive one too.
   *
   * A deleted user answers 404 for good: creating the person again makes a new id.
   *
   * @throws `not_found` when the directory has no such user.
   * @see {@link https://developer.atlassian.com/cloud/admin/user-provisioning/rest/api-group-users/ | Users}
   */
  async get(id: ScimUserId, options: ScimUserCallOptions = {}): Promise<ScimUser> {
    const { call, query } = this.#split(options);
    const found = await this.#transport.send({
      operation: 'scim.users.get',
      method: 'GET',
      path: path`/Users/${id}`,
      query,
      response: scimUserSchema(),
      ...call,
    });
    return aboutId(found, id, { operation: 'scim.users.get', method: 'GET' });
  }

  /**
   * Finds the one user with this `userName` (without regard to case) or this `externalId` (exactly).
   *
   * What the server returns is compared again here, so that a server which ignores the filter gives the right user or
   * none, at the price of a walk through all of them. `undefined` when there is none.
   *
   * @throws `identity_ambiguous` when two users match.
   */
  async find(filter: ScimUserFilter, options: ScimUserCallOptions = {}): Promise<ScimUser | undefined> {
    let found: ScimUser | undefined;
    for await (const user of this.list({ filter }, options)) {
      if (!matches(user, filter) || user.id === found?.id) continue;
      if (found !== undefined)
        throw new IdentityAmbiguousError(
          `scim.users.find: two users match one ${filter.userName === undefined ? 'externalId' : 'userName'}`,
          [found, user].map(({ id, accountId }) => ({
            scimUserId: id,
            ...(accountId !== undefined && { accountId }),
            foundIn: 'scim-record',
          })),
        );
      found = user;
    }
    return found;
  }

  /**
   * Walks all users, or those that match, in no particular order.
   *
   * Pages are cut by offset out of a list that goes on changing: a user created or deleted during the walk can make
   * another one come twice or not at all.
   */
  list(query: ScimListQuery<ScimUserFilter> = {}, options: ScimUserCallOptions = {}): AsyncGenerator<ScimUser> {
    return walkList('scim.users.list', query.count, (startIndex) => this.listPage({ ...query, startIndex }, options));
  }

  /** Reads one page of users. */
  async listPage(
    query: ScimPageQuery<ScimUserFilter> = {},
    options: ScimUserCallOptions = {},
  ): Promise<ScimPage<ScimUser>> {
    // What is filtered on must come back, for `find` compares it.
    const { call, query: selection } = this.#split(
      options,
      query.filter?.externalId === undefined ? [] : ['externalId'],
    );
    const { startIndex, count } = pageQuery(query);
    const answer = await this.#transport.send({
      operation: 'scim.users.list',
      method: 'GET',
      path: path`/Users`,
      query: { filter: query.filter && scimFilter(query.filter), startIndex, count, ...selection },
      response: userListSchema(),
      ...call,
    });
    return toScimPage('scim.users.list', answer, startIndex);
  }

  /**
   * Creates a user.
   *
   * Atlassian links the record to the account of the primary email, and makes the account where the domain is verified
   * and claimed. `accountId` may still be absent from the answer. Not repeated when the answer is lost: look the user
   * up by `userName` then.
   *
   * @throws `conflict` when the `userName` or the email is taken, by another Atlassian account too.
   */
  async create(input: ScimUserInput, options: ScimUserCallOptions = {}): Promise<ScimUser> {
    const { call, query } = this.#split(options);
    return this.#transport.send({
      operation: 'scim.users.create',
      method: 'POST',
      path: path`/Users`,
      query,
      body: toWireUser(input, this.#dialect),
      contentType: SCIM_MEDIA_TYPE,
      response: aboutUserName(input.userName),
      repeat: 'once',
      ...call,
    });
  }

  /**
   * Replaces a user whole: what is not given is cleared.
   *
   * @throws `not_found` when the directory has no such user, `conflict` as for `create`.
   */
  async replace(id: ScimUserId, input: ScimUserReplacement, options: ScimUserCallOptions = {}): Promise<ScimUser> {
    const { call, query } = this.#split(options);
    const answer = await this.#transport.send({
      operation: 'scim.users.replace',
      method: 'PUT',
      path: path`/Users/${id}`,
      query,
      body: toWireUser(input, this.#dialect),
      contentType: SCIM_MEDIA_TYPE,
      response: userOrNothing(),
      repeat: 'idempotent',
      ...call,
    });
    return aboutId(answer, id, { operation: 'scim.users.replace', method: 'PUT' }) ?? this.get(id, options);
  }

  /**
   * Changes some attributes of a user.
   *
   * Moving the primary email to a domain the organization has not verified and claimed succeeds and unlinks the account
   * without a word (documented). A server that answers 204 is asked for the user once more.
   *
   * @throws `not_found` when the directory has no such user, `request_invalid` when no operation is given.
   */
  async patch(
    id: ScimUserId,
    operations: readonly ScimPatchOperation[],
    options: ScimUserCallOptions = {},
  ): Promise<ScimUser> {
    const { call, query } = this.#split(options);
    const answer = await this.#transport.send({
      operation: 'scim.users.patch',
      method: 'PATCH',
      path: path`/Users/${id}`,
      query,
      body: patchBody(operations),
      contentType: SCIM_MEDIA_TYPE,
      response: userOrNothing(),
      repeat: patchRepeatSafety(operations),
      ...call,
    });
    return aboutId(answer, id, { operation: 'scim.users.patch', method: 'PATCH' }) ?? this.get(id, options);
  }

  /**
   * Sets attributes, and clears those given as `null`, in one PATCH.
   *
   * To clear, Atlassian is sent `replace` with `""` (or `[]`), which a client known to work sends; another server is sent
   * `remove`. `department` and `organization` go into the enterprise extension of another server.
   *
   * @throws as `patch`, and `request_invalid` when `userName` or `active` would be cleared.
   */
  async setAttributes(
    id: ScimUserId,
    writes: readonly ScimAttributeWrite[],
    options: ScimUserCallOptions = {},
  ): Promise<ScimUser> {
    return this.patch(id, attributeOperations(writes, this.#dialect), options);
  }

  /**
   * Activates or deactivates a user, and with it the account where the organization manages it.
   *
   * The record and its group memberships are kept, unlike with `delete`.
   */
  async setActive(id: ScimUserId, active: boolean, options: ScimUserCallOptions = {}): Promise<ScimUser> {
    return this.patch(id, [{ op: 'replace', path: 'active', value: active }], options);
  }

  /**
   * Deletes the record, for good, and deactivates the account where the organization manages it. The account stays.
   *
   * A second call answers `not_found`.
   *
   * @throws `not_found` when the directory has no such user.
   */
  async delete(id: ScimUserId, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      operation: 'scim.users.delete',
      method: 'DELETE',
      path: path`/Users/${id}`,
      response: noContentSchema(),
      repeat: 'idempotent',
      ...options,
    });
  }

  #split(
    options: ScimUserCallOptions,
    needed: readonly string[] = [],
  ): { call: CallOptions; query: ScimSelectionQuery } {
    const { attributes, excludedAttributes, ...call } = options;
    return { call, query: scimSelection({ attributes, excludedAttributes }, this.#dialect, needed) };
  }
}

/** The answer to a creation: a user of that name, and nobody else. */
function aboutUserName(userName: string) {
  return mapped(
    scimUserSchema().refine((user) => user.userName.toLowerCase() === userName.toLowerCase(), { path: ['userName'] }),
  );
}

function matches(user: ScimUser, filter: ScimUserFilter): boolean {
  if (filter.userName === undefined) return user.externalId === filter.externalId;
  return user.userName.toLowerCase() === filter.userName.toLowerCase();
}
