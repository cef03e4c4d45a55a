import { z } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import { goneByUs } from '../../http/gone-by-us.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { noContentSchema } from '../admin/no-content.js';
import { present } from '../../model/present.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { SiteTransport } from '../site/site-connection.js';
import type { ConfluencePermissionId, ConfluenceSpaceId, ConfluenceSpaceKey } from './confluence-ids.js';
import { getCursorPage } from './confluence-paging.js';
import { confluencePrincipalSchema, type ConfluencePrincipal } from './confluence-principal.js';
import { WRITE_HEADERS } from './confluence-writes.js';

/** One thing that one principal may do in a space. `read` on `space` is to reach it at all. */
export interface ConfluenceSpacePermission {
  /** Whether {@link ConfluenceSpacePermissions.remove} takes it is not confirmed. */
  readonly id: ConfluencePermissionId;
  /** Absent where Confluence names nobody, as it may for people without an account. */
  readonly principal?: ConfluencePrincipal;
  readonly operation: {
    readonly key: LiteralUnion<
      'read' | 'create' | 'update' | 'delete' | 'administer' | 'export' | 'archive' | 'restrict_content'
    >;
    readonly targetType: LiteralUnion<'space' | 'page' | 'blogpost' | 'comment' | 'attachment'>;
  };
}

/** Something to allow in a space. `read` on `space` comes first: without it the rest is refused. */
export type ConfluencePermissionOperation =
  | { readonly key: 'read' | 'export' | 'administer' | 'restrict_content'; readonly target: 'space' }
  | { readonly key: 'create'; readonly target: 'page' | 'blogpost' | 'comment' | 'attachment' }
  | { readonly key: 'delete'; readonly target: 'page' | 'blogpost' | 'comment' | 'attachment' | 'space' }
  | { readonly key: 'archive'; readonly target: 'page' };

/** Who is to be allowed what. */
export interface ConfluencePermissionInput {
  /** A person, a group, or, as the community has seen, the user `anonymous`. */
  readonly subject:
    | { readonly type: 'user'; readonly id: AtlassianAccountId | 'anonymous' }
    | { readonly type: 'group'; readonly id: OrgGroupId };
  readonly operation: ConfluencePermissionOperation;
}

/**
 * Classic permissions of spaces: for sites in the modes `PRE_ROLES` and `ROLES_TRANSITION`.
 *
 * The writes are of version 1: they need an admin of the space with an API token (apps are refused), and in the mode `ROLES`
 * they are refused with `rejected`, its code `InvalidRbacOperationException`.
 */
export class ConfluenceSpacePermissions {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Walks the permissions of a space. A principal with every right has some 14 to 20 rows. */
  list(
    spaceId: ConfluenceSpaceId,
    options: CallOptions = {},
  ): AsyncGenerator<ConfluenceSpacePermission, void, undefined> {
    return paginate((cursor) => this.listPage(spaceId, cursor, options), 'confluence.spacePermissions.list');
  }

  /**
   * Reads one page of the permissions of a space.
   *
   * @throws `not_found` when there is no such space, and when the caller may not view it.
   */
  async listPage(
    spaceId: ConfluenceSpaceId,
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<ConfluenceSpacePermission>> {
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.spacePermissions.list',
        path: path`/wiki/api/v2/spaces/${spaceId}/permissions`,
        item: permissionSchema(),
      },
      cursor,
    );
  }

  /**
   * Allows one thing, and gives the id to take it back with.
   *
   * @throws `rejected` when it is allowed already, when `read` on `space` is missing, and in the mode `ROLES`; `not_found`
   * when there is no such space or the caller may not view it; `forbidden` to who is no admin of it.
   */
  async add(
    spaceKey: ConfluenceSpaceKey,
    input: ConfluencePermissionInput,
    options: CallOptions = {},
  ): Promise<ConfluencePermissionId> {
    const operation = 'confluence.spacePermissions.add';
    new RequestLimits(operation)
      .text('subject.id', input.subject.id)
      .text('operation.key', input.operation.key)
      .text('operation.target', input.operation.target);
    return this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/wiki/rest/api/space/${spaceKey}/permission`,
      body: {
        subject: { type: input.subject.type, identifier: input.subject.id },
        operation: { key: input.operation.key, target: input.operation.target },
      },
      headers: WRITE_HEADERS,
      response: addedSchema(),
      repeat: 'once',
    });
  }

  /**
   * Takes one permission back. That of `read` on `space` takes all others of the same principal along.
   *
   * @throws `not_found` when there is no such row; `rejected` for the last `administer` of a space, and in the mode `ROLES`.
   */
  async remove(
    spaceKey: ConfluenceSpaceKey,
    permissionId: ConfluencePermissionId,
    options: CallOptions = {},
  ): Promise<void> {
    const removing = this.#transport.send({
      ...options,
      operation: 'confluence.spacePermissions.remove',
      method: 'DELETE',
      path: path`/wiki/rest/api/space/${spaceKey}/permission/${permissionId}`,
      headers: WRITE_HEADERS,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
    await goneByUs(removing);
  }
}

const permissionSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.union([z.string(), z.number()]),
      principal: confluencePrincipalSchema().nullish(),
      operation: z.looseObject({ key: z.string(), targetType: z.string() }),
    })
    .transform(({ id, principal, operation }): ConfluenceSpacePermission =>
      present({
        id: String(id) as ConfluencePermissionId,
        principal,
        operation: { key: operation.key, targetType: operation.targetType },
      }),
    ),
);

const addedSchema = lazySchema(() =>
  z.looseObject({ id: z.union([z.string(), z.number()]) }).transform(({ id }) => String(id) as ConfluencePermissionId),
);
