import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { BitbucketUserRef, BitbucketUuid } from './bitbucket-ids.js';
import { bitbucketPage, type BitbucketList, type BitbucketTransport } from './bitbucket-paging.js';
import { bitbucketUserSchema, type BitbucketUser } from './bitbucket-user.js';

/** A workspace. */
export interface BitbucketWorkspace {
  readonly uuid: BitbucketUuid;
  readonly slug: string;
  readonly name: string;
  readonly isPrivate?: boolean;
  readonly isPersonal?: boolean;
  readonly forkingMode?: LiteralUnion<'allow_forks' | 'internal_only'>;
}

/** A role in the workspace. `owner` is its administrator; `collaborator` is being withdrawn (documented). */
export type BitbucketWorkspaceRole = LiteralUnion<'owner' | 'collaborator' | 'member' | 'create-project'>;

/** Somebody of the workspace, and their role. */
export interface BitbucketWorkspacePermission {
  readonly permission: BitbucketWorkspaceRole;
  /** Absent in some entries (seen). */
  readonly user?: BitbucketUser;
  /** Comes with each, so that it need not be asked for by itself. */
  readonly workspace?: BitbucketWorkspace;
  /** ISO 8601 instant. Not once the workspace is managed at admin.atlassian.com. */
  readonly addedAt?: string;
  /** ISO 8601 instant. Not once the workspace is managed at admin.atlassian.com. */
  readonly lastAccessedAt?: string;
}

const workspaceSchema = lazySchema(() =>
  z
    .looseObject({
      uuid: z.string(),
      slug: z.string(),
      name: z.string(),
      is_private: z.boolean().nullish(),
      is_personal: z.boolean().nullish(),
      forking_mode: z.string().nullish(),
    })
    .transform((wire): BitbucketWorkspace =>
      present({
        uuid: wire.uuid as BitbucketUuid,
        slug: wire.slug,
        name: wire.name,
        isPrivate: wire.is_private,
        isPersonal: wire.is_personal,
        forkingMode: wire.forking_mode,
      }),
    ),
);

const permissionSchema = lazySchema(() =>
  z
    .looseObject({
      permission: z.string(),
      user: bitbucketUserSchema().nullish(),
      workspace: workspaceSchema().nullish(),
      added_on: z.string().nullish(),
      last_accessed: z.string().nullish(),
    })
    .transform((wire): BitbucketWorkspacePermission =>
      present({
        permission: wire.permission,
        user: wire.user,
        workspace: wire.workspace,
        addedAt: wire.added_on,
        lastAccessedAt: wire.last_accessed,
      }),
    ),
);

const memberSchema = lazySchema(() =>
  z.looseObject({ user: bitbucketUserSchema() }).transform(({ user }): BitbucketUser => user),
);

const PERMISSION_FIELDS = ['user.account_status', 'workspace.is_private', 'workspace.forking_mode']
  .map((name) => `+values.${name}`)
  .join(',');

/** Most addresses of one look-up (documented). */
const MAX_EMAILS = 90;

/** The workspace and its people. */
export class BitbucketWorkspaces {
  readonly #transport: BitbucketTransport;
  readonly #workspace: string;

  constructor(transport: BitbucketTransport, workspace: string) {
    this.#transport = transport;
    this.#workspace = workspace;
  }

  /** Reads the workspace. Every credential that sees it may. */
  async get(options: CallOptions = {}): Promise<BitbucketWorkspace> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.workspaces.get',
      method: 'GET',
      path: path`/2.0/workspaces/${this.#workspace}`,
      response: workspaceSchema(),
    });
  }

  /** Walks the people of the workspace with their roles. Needs `account`. */
  listPermissions(options: CallOptions = {}): AsyncGenerator<BitbucketWorkspacePermission, void, undefined> {
    return paginate((cursor) => this.listPermissionsPage(cursor, options), 'bitbucket.workspaces.listPermissions');
  }

  /** Reads one page of the people with their roles. */
  async listPermissionsPage(cursor?: string, options: CallOptions = {}): Promise<Page<BitbucketWorkspacePermission>> {
    return bitbucketPage(
      this.#transport,
      {
        ...options,
        operation: 'bitbucket.workspaces.listPermissions',
        path: path`/2.0/workspaces/${this.#workspace}/permissions`,
        query: { fields: PERMISSION_FIELDS },
        item: permissionSchema(),
      },
      cursor,
    );
  }

  /** Walks the members. Collaborators are not among them. Needs `account`. */
  listMembers(options: CallOptions = {}): AsyncGenerator<BitbucketUser, void, undefined> {
    return paginate((cursor) => this.listMembersPage(cursor, options), 'bitbucket.workspaces.listMembers');
  }

  /** Reads one page of the members. */
  async listMembersPage(cursor?: string, options: CallOptions = {}): Promise<Page<BitbucketUser>> {
    return bitbucketPage(this.#transport, this.#members('+values.user.account_status', undefined, options), cursor);
  }

  /**
   * Looks up members by their emails, at most 90 in one call. Those that are unknown are left out.
   *
   * Addresses can be confirmed and never enumerated. For administrators of the workspace and its access tokens only.
   *
   * @throws `request_invalid` for more than 90, or none.
   */
  findMembersByEmail(
    emails: readonly string[],
    options: CallOptions = {},
  ): AsyncGenerator<BitbucketUser, void, undefined> {
    new RequestLimits('bitbucket.workspaces.listMembers').count('emails', emails, MAX_EMAILS);
    const quoted = emails.map((email) => `"${email.replace(/["\\]/g, '\\$&')}"`);
    const call = this.#members('+values.user.email', `user.email IN (${quoted.join(', ')})`, options);
    return paginate((cursor) => bitbucketPage(this.#transport, call, cursor), call.operation);
  }

  /**
   * Reads one member.
   *
   * @throws `not_found` when they are not a member.
   */
  async getMember(user: BitbucketUserRef, options: CallOptions = {}): Promise<BitbucketUser> {
    return this.#transport.send({
      ...options,
      operation: 'bitbucket.workspaces.getMember',
      method: 'GET',
      path: path`/2.0/workspaces/${this.#workspace}/members/${user}`,
      response: memberSchema(),
    });
  }

  #members(fields: string, q: string | undefined, options: CallOptions): BitbucketList<BitbucketUser> {
    return {
      ...options,
      operation: 'bitbucket.workspaces.listMembers',
      path: path`/2.0/workspaces/${this.#workspace}/members`,
      query: { q, fields },
      item: memberSchema(),
    };
  }
}
