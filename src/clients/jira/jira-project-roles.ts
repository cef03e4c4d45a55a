import { z } from 'zod';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import { noContentSchema } from '../admin/no-content.js';
import type { SiteTransport } from '../site/site-connection.js';
import type { JiraProjectId, JiraProjectRoleId } from './jira-ids.js';
import { jiraProjectRoleSchema, projectRoleMapSchema, type JiraProjectRole } from './jira-project-role.js';

/** People or groups. One call takes one kind alone. */
export type JiraRoleActors =
  { readonly accountIds: readonly AtlassianAccountId[] } | { readonly groupIds: readonly OrgGroupId[] };

/** One person or one group. */
export type JiraRoleHolder = { readonly accountId: AtlassianAccountId } | { readonly groupId: OrgGroupId };

/** Everybody who is to hold a role. */
export interface JiraRoleHolders {
  readonly accountIds: readonly AtlassianAccountId[];
  readonly groupIds: readonly OrgGroupId[];
}

/** A role of a project, without who holds it. */
export interface JiraProjectRoleName {
  readonly id: JiraProjectRoleId;
  readonly name: string;
}

/**
 * The roles of projects and who holds them.
 *
 * Definitions belong to the site: every company-managed project has each of them. A team-managed project has its own.
 * Who holds a role is kept by each project, and no call reads it for several.
 */
export class JiraProjectRoles {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Reads the catalogue of all roles, those of team-managed projects among them. Needs Administer Jira. */
  async list(options: CallOptions = {}): Promise<readonly JiraProjectRole[]> {
    return this.#transport.send({
      ...options,
      operation: 'jira.projectRoles.list',
      method: 'GET',
      path: path`/rest/api/3/role`,
      response: z.array(jiraProjectRoleSchema()),
    });
  }

  /**
   * Reads the roles of one project, without who holds them. Needs to administer the project, or Jira.
   *
   * @throws `unauthenticated`, of a caller who administers neither (documented); `not_found` for an unknown project.
   */
  async listOfProject(projectId: JiraProjectId, options: CallOptions = {}): Promise<readonly JiraProjectRoleName[]> {
    return this.#transport.send({
      ...options,
      operation: 'jira.projectRoles.listOfProject',
      method: 'GET',
      path: path`/rest/api/3/project/${projectId}/role`,
      response: projectRoleMapSchema(),
    });
  }

  /**
   * Reads who holds one role in one project, all of them in one answer. Needs to administer the project, or Jira.
   *
   * @throws `not_found` for an unknown project or role, and for a caller who administers neither.
   */
  async get(projectId: JiraProjectId, roleId: JiraProjectRoleId, options: CallOptions = {}): Promise<JiraProjectRole> {
    return this.#transport.send({
      ...options,
      operation: 'jira.projectRoles.get',
      method: 'GET',
      path: path`/rest/api/3/project/${projectId}/role/${roleId}`,
      response: jiraProjectRoleSchema(),
    });
  }

  /**
   * Gives a role to people or to groups, and tells who holds it then.
   *
   * A scoped token needs the scope for the configuration of Jira, where taking a role away needs that for projects.
   *
   * @throws `rejected` when one of them holds it already; `not_found` when one is unknown or inactive.
   */
  async addActors(
    projectId: JiraProjectId,
    roleId: JiraProjectRoleId,
    actors: JiraRoleActors,
    options: CallOptions = {},
  ): Promise<JiraProjectRole> {
    return this.#transport.send({
      ...options,
      operation: 'jira.projectRoles.addActors',
      method: 'POST',
      path: path`/rest/api/3/project/${projectId}/role/${roleId}`,
      body: 'groupIds' in actors ? { groupId: [...actors.groupIds] } : { user: [...actors.accountIds] },
      response: jiraProjectRoleSchema(),
      repeat: 'idempotent',
    });
  }

  /** Replaces everybody who holds a role, and tells who holds it then. Who is not named loses it. */
  async setActors(
    projectId: JiraProjectId,
    roleId: JiraProjectRoleId,
    holders: JiraRoleHolders,
    options: CallOptions = {},
  ): Promise<JiraProjectRole> {
    return this.#transport.send({
      ...options,
      operation: 'jira.projectRoles.setActors',
      method: 'PUT',
      path: path`/rest/api/3/project/${projectId}/role/${roleId}`,
      body: {
        categorisedActors: {
          'atlassian-user-role-actor': [...holders.accountIds],
          'atlassian-group-role-actor-id': [...holders.groupIds],
        },
      },
      response: jiraProjectRoleSchema(),
      repeat: 'idempotent',
    });
  }

  /** Takes a role from one person or one group. Who does not hold it is no error (seen). */
  async removeActor(
    projectId: JiraProjectId,
    roleId: JiraProjectRoleId,
    holder: JiraRoleHolder,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'jira.projectRoles.removeActor',
      method: 'DELETE',
      path: path`/rest/api/3/project/${projectId}/role/${roleId}`,
      query: 'groupId' in holder ? { groupId: holder.groupId } : { user: holder.accountId },
      response: noContentSchema,
      repeat: 'idempotent',
    });
  }
}
