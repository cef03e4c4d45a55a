import { z } from 'zod';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import { lazySchema } from '../../model/lazy-schema.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { SiteTransport } from '../site/site-connection.js';
import type { ConfluenceSpaceId, ConfluenceSpaceRoleId } from './confluence-ids.js';
import { getCursorPage } from './confluence-paging.js';
import { toWirePrincipal, type ConfluenceGrantee } from './confluence-principal.js';
import {
  rolePermissionSchema,
  spaceRoleAssignmentSchema,
  spaceRoleModeSchema,
  spaceRoleSchema,
  type ConfluenceRolePermission,
  type ConfluenceSpaceRole,
  type ConfluenceSpaceRoleAssignment,
  type ConfluenceSpaceRoleMode,
} from './confluence-space-role.js';

/** Which assignments of a space a list has. */
export interface ConfluenceAssignmentQuery {
  readonly roleId?: ConfluenceSpaceRoleId | undefined;
  readonly principal?: ConfluenceGrantee | undefined;
}

/** Assignments to make and to take back in one space, all or none of them. */
export interface ConfluenceAssignmentChange {
  /** A principal has one role in a space: another one replaces it. */
  readonly assign?:
    readonly { readonly principal: ConfluenceGrantee; readonly roleId: ConfluenceSpaceRoleId }[] | undefined;
  /** Whoever has no role here is no error. */
  readonly remove?: readonly ConfluenceGrantee[] | undefined;
}

/** Roles in spaces: for sites in the modes `ROLES` and `ROLES_TRANSITION`. Elsewhere all calls but one answer `not_found`. */
export class ConfluenceSpaceRoles {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /**
   * Tells how the site decides who may do what in its spaces. A site that does not know the question is `PRE_ROLES`.
   *
   * A site whose trial of roles has ended may still say `ROLES` (seen): ask {@link ConfluenceSpaceRoles.findAll} too.
   */
  async getMode(options: CallOptions = {}): Promise<ConfluenceSpaceRoleMode> {
    try {
      return await this.#transport.send({
        ...options,
        operation: 'confluence.spaceRoles.getMode',
        method: 'GET',
        path: path`/wiki/api/v2/space-role-mode`,
        response: spaceRoleModeSchema(),
      });
    } catch (error) {
      if (isProvisionerError(error, 'not_found')) return 'PRE_ROLES';
      throw error;
    }
  }

  /** Walks the roles of the site. */
  list(options: CallOptions = {}): AsyncGenerator<ConfluenceSpaceRole, void, undefined> {
    return paginate((cursor) => this.listPage(cursor, options), 'confluence.spaceRoles.list');
  }

  /** Reads one page of the roles of the site; there are at most 14, which are one page. */
  async listPage(cursor?: string, options: CallOptions = {}): Promise<Page<ConfluenceSpaceRole>> {
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.spaceRoles.list',
        path: path`/wiki/api/v2/space-roles`,
        item: spaceRoleSchema(),
      },
      cursor,
    );
  }

  /** Reads all roles of the site; `undefined` when it has none, whatever its mode says. */
  async findAll(options: CallOptions = {}): Promise<readonly ConfluenceSpaceRole[] | undefined> {
    try {
      const roles: ConfluenceSpaceRole[] = [];
      for await (const role of this.list(options)) roles.push(role);
      return roles;
    } catch (error) {
      if (isProvisionerError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  /** Walks what roles can allow on this site. */
  listPermissions(options: CallOptions = {}): AsyncGenerator<ConfluenceRolePermission, void, undefined> {
    return paginate((cursor) => this.listPermissionsPage(cursor, options), 'confluence.spaceRoles.listPermissions');
  }

  /** Reads one page of what roles can allow. */
  async listPermissionsPage(cursor?: string, options: CallOptions = {}): Promise<Page<ConfluenceRolePermission>> {
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.spaceRoles.listPermissions',
        path: path`/wiki/api/v2/space-permissions`,
        item: rolePermissionSchema(),
      },
      cursor,
    );
  }

  /** Walks who holds which role in a space. */
  listAssignments(
    spaceId: ConfluenceSpaceId,
    query: ConfluenceAssignmentQuery = {},
    options: CallOptions = {},
  ): AsyncGenerator<ConfluenceSpaceRoleAssignment, void, undefined> {
    return paginate(
      (cursor) => this.listAssignmentsPage(spaceId, query, cursor, options),
      'confluence.spaceRoles.listAssignments',
    );
  }

  /**
   * Reads one page of who holds which role in a space. Send the same query with each cursor.
   *
   * @throws `not_found` when there is no such space, when the caller may not view it, and on a site without roles.
   */
  async listAssignmentsPage(
    spaceId: ConfluenceSpaceId,
    query: ConfluenceAssignmentQuery = {},
    cursor?: string,
    options: CallOptions = {},
  ): Promise<Page<ConfluenceSpaceRoleAssignment>> {
    const principal = query.principal && toWirePrincipal(query.principal);
    return getCursorPage(
      this.#transport,
      {
        ...options,
        operation: 'confluence.spaceRoles.listAssignments',
        path: path`/wiki/api/v2/spaces/${spaceId}/role-assignments`,
        query: {
          'role-id': query.roleId,
          'principal-type': principal?.principalType,
          'principal-id': principal?.principalId,
        },
        item: spaceRoleAssignmentSchema(),
      },
      cursor,
    );
  }

  /**
   * Gives roles to some and takes them from others, in one request, all or nothing. A second time changes nothing.
   *
   * An admin can hand out only what they hold themselves. Confluence takes 5 MB at most.
   *
   * @throws `request_invalid` when nothing is to be changed, or a principal comes twice; `not_found` without the right to
   * manage roles; `rejected` when a role or a principal is unknown.
   */
  async setAssignments(
    spaceId: ConfluenceSpaceId,
    change: ConfluenceAssignmentChange,
    options: CallOptions = {},
  ): Promise<readonly ConfluenceSpaceRoleAssignment[]> {
    const operation = 'confluence.spaceRoles.setAssignments';
    const { assign = [], remove = [] } = change;
    const limits = new RequestLimits(operation);
    const principals = [...assign.map(({ principal }) => principal), ...remove];
    if (principals.length === 0) limits.refuse('assign', 'and remove are both empty');
    limits.unique(
      'assign and remove',
      principals.map(({ type, id }) => `${type} ${id}`),
    );
    for (const { id } of principals) limits.text('the id of each principal', id);
    // On the wire an entry without a role takes the role away: a role that is missing by mistake must not.
    if (assign.some(({ roleId }) => typeof roleId !== 'string' || roleId === ''))
      limits.refuse('assign', 'must name a role in each item');

    return this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/wiki/api/v2/spaces/${spaceId}/role-assignments`,
      body: [
        ...assign.map(({ principal, roleId }) => ({ principal: toWirePrincipal(principal), roleId })),
        ...remove.map((principal) => ({ principal: toWirePrincipal(principal) })),
      ],
      response: assignmentsSchema(),
      repeat: 'idempotent',
    });
  }
}

const assignmentsSchema = lazySchema(() =>
  z.looseObject({ results: z.array(spaceRoleAssignmentSchema()) }).transform(({ results }) => results),
);
