import { z, type ZodType } from 'zod';
import { ProvisionerError } from '../../errors/provisioner-error.js';
import { lazySchema } from '../../model/lazy-schema.js';
import { goneByUs } from '../../http/gone-by-us.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import { RequestLimits } from '../admin/request-limits.js';
import {
  effectivePermissionSchema,
  grantOfGroup,
  grantOfUser,
  groupGrantSchema,
  userGrantSchema,
  type BitbucketEffectivePermission,
  type BitbucketGroupGrant,
  type BitbucketUserGrant,
} from './bitbucket-grant.js';
import type { BitbucketUserRef } from './bitbucket-ids.js';
import { bitbucketPage, keepFields, type BitbucketTransport } from './bitbucket-paging.js';
import { grantOperation, grantPath, type GrantHolder, type GrantPlace, type LevelOf } from './grant-place.js';

/** How a client of Bitbucket authenticates. Only an `api-token` changes permissions. */
export type BitbucketCredentialWay = 'oauth' | 'api-token' | 'access-token';

const USER_FIELDS = keepFields('permission', 'user.account_id', 'user.uuid', 'user.display_name', 'user.nickname');
const GROUP_FIELDS = keepFields('permission', 'group.slug', 'group.name');
const EFFECTIVE_FIELDS = keepFields(
  'permission',
  'user.account_id',
  'user.uuid',
  'user.display_name',
  'user.nickname',
  'repository.uuid',
  'repository.full_name',
);

const nothing = lazySchema((): ZodType<void> => z.unknown().transform((): void => undefined));

/**
 * Who can do what in repositories and projects.
 *
 * Grants are explicit: those of a repository tell neither what its project gives, nor what administrators of the
 * workspace hold, nor access tokens. Effective permissions tell all of it, and not where it comes from.
 */
export class BitbucketPermissions {
  readonly #transport: BitbucketTransport;
  readonly #workspace: string;
  readonly #way: BitbucketCredentialWay;

  constructor(transport: BitbucketTransport, workspace: string, way: BitbucketCredentialWay) {
    this.#transport = transport;
    this.#workspace = workspace;
    this.#way = way;
  }

  /**
   * Walks the explicit grants to people on a repository or project.
   *
   * Needs `repository:admin` or `project:admin`, and a credential that administers it: `forbidden` otherwise.
   */
  listUsers(place: GrantPlace, options: CallOptions = {}): AsyncGenerator<BitbucketUserGrant, void, undefined> {
    return paginate((cursor) => this.listUsersPage(place, cursor, options), grantOperation('list', place, 'user'));
  }

  /** Reads one page of the explicit grants to people. */
  async listUsersPage(
    place: GrantPlace,
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<BitbucketUserGrant>> {
    return this.#grants(place, 'user', userGrantSchema(), USER_FIELDS, cursor, options);
  }

  /**
   * Walks the explicit grants to groups on a repository or project.
   *
   * Needs `repository:admin` or `project:admin`, and a credential that administers it: `forbidden` otherwise.
   */
  listGroups(place: GrantPlace, options: CallOptions = {}): AsyncGenerator<BitbucketGroupGrant, void, undefined> {
    return paginate((cursor) => this.listGroupsPage(place, cursor, options), grantOperation('list', place, 'group'));
  }

  /** Reads one page of the explicit grants to groups. */
  async listGroupsPage(
    place: GrantPlace,
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<BitbucketGroupGrant>> {
    return this.#grants(place, 'group', groupGrantSchema(), GROUP_FIELDS, cursor, options);
  }

  /** Reads what is granted to one person. `permission: 'none'` says that nothing is. */
  async getUser(place: GrantPlace, user: BitbucketUserRef, options: CallOptions = {}): Promise<BitbucketUserGrant> {
    return this.#grant(place, 'user', user, grantOfUser(user), options);
  }

  /** Reads what is granted to one group, by its slug. `permission: 'none'` says that nothing is. */
  async getGroup(place: GrantPlace, slug: string, options: CallOptions = {}): Promise<BitbucketGroupGrant> {
    return this.#grant(place, 'group', slug, grantOfGroup(slug), options);
  }

  /**
   * Grants a level to a person, in place of the one they have there. They must be of the workspace already.
   *
   * Bitbucket takes it from an API token only, whose user administers the place. The owner of the workspace is refused
   * (`rejected`), and so is a person beyond the seats of the plan (`payment_required`).
   *
   * @throws `capability_missing` with any other credential, `request_invalid` for an empty id; nothing is sent then.
   */
  async grantUser<Place extends GrantPlace>(
    place: Place,
    user: BitbucketUserRef,
    permission: LevelOf<Place>,
    options: CallOptions = {},
  ): Promise<BitbucketUserGrant> {
    return this.#put(place, 'user', user, permission, grantOfUser(user), options);
  }

  /**
   * Grants a level to a group, by its slug, in place of the one it has there.
   *
   * Bitbucket takes it from an API token only, whose user administers the place.
   *
   * @throws `capability_missing` with any other credential, `request_invalid` for an empty id; nothing is sent then.
   */
  async grantGroup<Place extends GrantPlace>(
    place: Place,
    slug: string,
    permission: LevelOf<Place>,
    options: CallOptions = {},
  ): Promise<BitbucketGroupGrant> {
    return this.#put(place, 'group', slug, permission, grantOfGroup(slug), options);
  }

  /**
   * Takes the explicit grant of a person back. What a group, the project or the workspace gives them stays.
   *
   * Without such a grant it may be refused with `not_found`, or be done without a word: neither is documented.
   *
   * @throws `capability_missing` with any credential but an API token, `request_invalid` for an empty id; nothing is sent
   * then.
   */
  async revokeUser(place: GrantPlace, user: BitbucketUserRef, options: CallOptions = {}): Promise<void> {
    return this.#delete(place, 'user', user, options);
  }

  /**
   * Takes the explicit grant of a group back, by its slug.
   *
   * Without such a grant it may be refused with `not_found`, or be done without a word: neither is documented.
   *
   * @throws `capability_missing` with any credential but an API token, `request_invalid` for an empty id; nothing is sent
   * then.
   */
  async revokeGroup(place: GrantPlace, slug: string, options: CallOptions = {}): Promise<void> {
    return this.#delete(place, 'group', slug, options);
  }

  /**
   * Walks the effective permissions of people on every repository of the workspace. Needs `account`.
   *
   * @throws `forbidden` when the credential is no administrator of the workspace.
   */
  listEffective(options: CallOptions = {}): AsyncGenerator<BitbucketEffectivePermission, void, undefined> {
    return paginate((cursor) => this.listEffectivePage(cursor, options), 'bitbucket.permissions.listEffective');
  }

  /** Reads one page of the effective permissions on every repository. */
  async listEffectivePage(cursor?: string, options: CallOptions = {}): Promise<Page<BitbucketEffectivePermission>> {
    return bitbucketPage(
      this.#transport,
      {
        ...options,
        operation: 'bitbucket.permissions.listEffective',
        path: path`/2.0/workspaces/${this.#workspace}/permissions/repositories`,
        query: { fields: EFFECTIVE_FIELDS },
        item: effectivePermissionSchema(),
      },
      cursor,
    );
  }

  /**
   * Walks the effective permissions of people on one repository. Needs `repository`.
   *
   * @throws `forbidden` when the credential is no administrator of the repository.
   */
  listEffectiveOfRepository(
    slug: string,
    options: CallOptions = {},
  ): AsyncGenerator<BitbucketEffectivePermission, void, undefined> {
    const operation = 'bitbucket.permissions.listEffectiveOfRepository';
    return paginate((cursor) => this.listEffectiveOfRepositoryPage(slug, cursor, options), operation);
  }

  /** Reads one page of the effective permissions on one repository. */
  async listEffectiveOfRepositoryPage(
    slug: string,
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<BitbucketEffectivePermission>> {
    return bitbucketPage(
      this.#transport,
      {
        ...options,
        operation: 'bitbucket.permissions.listEffectiveOfRepository',
        path: path`/2.0/workspaces/${this.#workspace}/permissions/repositories/${slug}`,
        query: { fields: EFFECTIVE_FIELDS },
        item: effectivePermissionSchema(),
      },
      cursor,
    );
  }

  async #grants<Grant>(
    place: GrantPlace,
    holder: GrantHolder,
    item: ZodType<Grant>,
    fields: string,
    cursor: string | undefined,
    options: CallOptions,
  ): Promise<Page<Grant>> {
    const operation = grantOperation('list', place, holder);
    const call = { ...options, operation, path: grantPath(this.#workspace, place, holder), query: { fields }, item };
    return bitbucketPage(this.#transport, call, cursor);
  }

  async #grant<Grant>(
    place: GrantPlace,
    holder: GrantHolder,
    id: string,
    response: ZodType<Grant>,
    options: CallOptions,
  ): Promise<Grant> {
    const operation = grantOperation('get', place, holder);
    new RequestLimits(operation).text(holder, id);
    return this.#transport.send({
      ...options,
      operation,
      method: 'GET',
      path: grantPath(this.#workspace, place, holder, id),
      response,
    });
  }

  async #put<Grant>(
    place: GrantPlace,
    holder: GrantHolder,
    id: string,
    permission: string,
    response: ZodType<Grant>,
    options: CallOptions,
  ): Promise<Grant> {
    const operation = grantOperation('grant', place, holder);
    this.#needApiToken(operation);
    new RequestLimits(operation).text(holder, id).text('permission', permission);
    return this.#transport.send({
      ...options,
      operation,
      method: 'PUT',
      path: grantPath(this.#workspace, place, holder, id),
      body: { permission },
      response,
      repeat: 'idempotent',
    });
  }

  async #delete(place: GrantPlace, holder: GrantHolder, id: string, options: CallOptions): Promise<void> {
    const operation = grantOperation('revoke', place, holder);
    this.#needApiToken(operation);
    new RequestLimits(operation).text(holder, id);
    const removing = this.#transport.send({
      ...options,
      operation,
      method: 'DELETE',
      path: grantPath(this.#workspace, place, holder, id),
      response: nothing(),
      repeat: 'idempotent',
    });
    await goneByUs(removing);
  }

  #needApiToken(operation: string): void {
    if (this.#way === 'api-token') return;
    const held = this.#way === 'oauth' ? 'an OAuth consumer' : 'an access token';
    throw new ProvisionerError(
      'capability_missing',
      `${operation} needs an API token, and the credential is ${held}: Bitbucket would refuse it, and nothing was sent`,
      { advice: "Configure `bitbucket.user` and `bitbucket.apiToken`: a person's token who administers this." },
    );
  }
}
