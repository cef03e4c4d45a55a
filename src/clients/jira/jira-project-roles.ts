import { z } from 'zod';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import { noContentSchema } from '../admin/no-content.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { SiteTransport } from '../site/site-connection.js';
import type { JiraProjectId, JiraProjectRoleId } from './jira-ids.js';
import { jiraProjectRoleSchema, projectRoleMapSchema, type JiraProjectRole } from './jira-project-role.js';

/** People or groups. One call takes one kind alone. */
export type JiraRoleActors =
  { readonly accountIds: readonly AtlassianAccountId[] } | { readonly groupIds: readonly OrgGroupId[] };

/** One person or one group. */
export type JiraRoleHolder = { readonly accountId: AtlassianAccountId } | { readonly groupId: OrgGroupId };

/** Everybody who is to hold a role. Both lists are needed: the one that is left out would be emptied. */
export interface JiraRoleHolders {
  readonly accountIds: readonly AtlassianAccountId[];
  readonly groupIds: readonly OrgGroupId[];
  /** Whether nobody is to hold it, where both lists are empty. Default `false`: that is refused. */
  readonly allowEmpty?: boolean | undefined;
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
   * A scoped token needs the scope for the configuration of Jira, where taking a role away needs that for projects. Not
   * repeated when the answer is lost, for a second time is refused: read the role.
   *
   * @throws `request_invalid` when nobody is named, or people and groups are; `rejected` when one of them holds it already;
   * `not_found` when one is unknown or inactive.
   */
  async addActors(
    projectId: JiraProjectId,
    roleId: JiraProjectRoleId,
    actors: JiraRoleActors,
    options: CallOptions = {},
  ): Promise<JiraProjectRole> {
    const operation = 'jira.projectRoles.addActors';
    const { accountIds, groupIds }: Partial<JiraRoleHolders> = actors;
    const limits = new RequestLimits(operation).either('accountIds', accountIds, 'groupIds', groupIds);
    const field = groupIds === undefined ? 'accountIds' : 'groupIds';
    const ids = [...(groupIds ?? accountIds ?? [])];
    limits.texts(field, ids);
    if (ids.length === 0) limits.refuse(field, 'is empty');

    return this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/rest/api/3/project/${projectId}/role/${roleId}`,
      body: groupIds === undefined ? { user: ids } : { groupId: ids },
      response: jiraProjectRoleSchema(),
      repeat: 'once',
    });
  }

  /**
   * Replaces everybody who holds a role, and tells who holds it then. Who is not named loses it.
   *
   * @throws `request_invalid` when a list is missing, and when both are empty without `allowEmpty: true`.
   */
  async setActors(
    projectId: JiraProjectId,
    roleId: JiraProjectRoleId,
    holders: JiraRoleHolders,
    options: CallOptions = {},
  ): Promise<JiraProjectRole> {
    const operation = 'jira.projectRoles.setActors';
    const { accountIds, groupIds, allowEmpty } = holders;
    const limits = new RequestLimits(operation).texts('accountIds', accountIds).texts('groupIds', groupIds);
    if (accountIds.length + groupIds.length === 0 && allowEmpty !== true)
      limits.refuse(
        'accountIds',
        'and groupIds are both empty, which takes the role from everybody: say allowEmpty: true',
      );

    return this.#transport.send({
      ...options,
      operation,
      method: 'PUT',
      path: path`/rest/api/3/project/${projectId}/role/${roleId}`,
      body: {
        categorisedActors: {
          'atlassian-user-role-actor': [...accountIds],
          'atlassian-group-role-actor-id': [...groupIds],
        },
      },
      response: jiraProjectRoleSchema(),
      repeat: 'idempotent',
    });
  }

  /**
   * Takes a role from one person or one group. Who does not hold it is no error (seen).
   *
   * @throws `request_invalid` unless it is exactly one.
   */
  async removeActor(
    projectId: JiraProjectId,
    roleId: JiraProjectRoleId,
    holder: JiraRoleHolder,
    options: CallOptions = {},
  ): Promise<void> {
    const operation = 'jira.projectRoles.removeActor';
    const { accountId, groupId }: { accountId?: AtlassianAccountId; groupId?: OrgGroupId } = holder;
    new RequestLimits(operation)
      .either('accountId', accountId, 'groupId', groupId)
      .text(groupId === undefined ? 'accountId' : 'groupId', groupId ?? accountId);

    await this.#transport.send({
      ...options,
      operation,
      method: 'DELETE',
      path: path`/rest/api/3/project/${projectId}/role/${roleId}`,
      query: { groupId, user: accountId },
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }
}
