import { z } from 'zod';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import { toBody } from '../admin/json-body.js';
import { noContentSchema } from '../admin/no-content.js';
import { RequestLimits } from '../admin/request-limits.js';
import type { SiteTransport } from '../site/site-connection.js';
import type { JiraPermissionGrantId, JiraPermissionSchemeId, JiraProjectId } from './jira-ids.js';
import {
  jiraPermissionGrantSchema,
  jiraPermissionSchemeSchema,
  type JiraPermissionGrant,
  type JiraPermissionGrantInput,
  type JiraPermissionScheme,
} from './jira-permission-scheme.js';

/** Holders that are one of several: without a value Jira would be asked about nobody. */
const NAMED_HOLDERS: ReadonlySet<string> = new Set([
  'group',
  'user',
  'projectRole',
  'userCustomField',
  'groupCustomField',
]);

/** The permission schemes of a Jira site, their grants, and which project uses which. */
export class JiraPermissionSchemes {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /** Reads all schemes with all their grants, in one answer. */
  async list(options: CallOptions = {}): Promise<readonly JiraPermissionScheme[]> {
    const { permissionSchemes } = await this.#transport.send({
      ...options,
      operation: 'jira.permissionSchemes.list',
      method: 'GET',
      path: path`/rest/api/3/permissionscheme`,
      // Any value brings the grants; this one without the users, groups and roles in them.
      query: { expand: 'permissions' },
      response: z.looseObject({ permissionSchemes: z.array(jiraPermissionSchemeSchema()) }),
    });
    return permissionSchemes;
  }

  /**
   * Reads one scheme with its grants.
   *
   * @throws `not_found` when there is no such scheme.
   */
  async get(schemeId: JiraPermissionSchemeId, options: CallOptions = {}): Promise<JiraPermissionScheme> {
    return this.#transport.send({
      ...options,
      operation: 'jira.permissionSchemes.get',
      method: 'GET',
      path: path`/rest/api/3/permissionscheme/${schemeId}`,
      query: { expand: 'permissions' },
      response: jiraPermissionSchemeSchema(),
    });
  }

  /**
   * Reads which scheme a project uses, without its grants. Needs to administer the project, or Jira.
   *
   * @throws `not_found` for an unknown project.
   */
  async getOfProject(projectId: JiraProjectId, options: CallOptions = {}): Promise<JiraPermissionScheme> {
    return this.#transport.send({
      ...options,
      operation: 'jira.permissionSchemes.getOfProject',
      method: 'GET',
      path: path`/rest/api/3/project/${projectId}/permissionscheme`,
      response: jiraPermissionSchemeSchema(),
    });
  }

  /**
   * Makes a project use a scheme in place of the one it uses. Needs Administer Jira.
   *
   * @throws `forbidden` on a free plan too; `not_found` for an unknown project or scheme.
   */
  async assign(
    projectId: JiraProjectId,
    schemeId: JiraPermissionSchemeId,
    options: CallOptions = {},
  ): Promise<JiraPermissionScheme> {
    const operation = 'jira.permissionSchemes.assign';
    // An empty text would be the number 0.
    new RequestLimits(operation)
      .text('schemeId', schemeId)
      .range('schemeId', Number(schemeId), 0, Number.MAX_SAFE_INTEGER);
    return this.#transport.send({
      ...options,
      operation,
      method: 'PUT',
      path: path`/rest/api/3/project/${projectId}/permissionscheme`,
      body: { id: Number(schemeId) },
      response: jiraPermissionSchemeSchema(),
      repeat: 'idempotent',
    });
  }

  /**
   * Grants a permission in each project that uses the scheme. Needs Administer Jira. Not repeated when the answer is
   * lost, for a second time is refused: read the scheme.
   *
   * @throws `rejected` when the very same grant is there.
   */
  async createGrant(
    schemeId: JiraPermissionSchemeId,
    { permission, holder }: JiraPermissionGrantInput,
    options: CallOptions = {},
  ): Promise<JiraPermissionGrant> {
    const operation = 'jira.permissionSchemes.createGrant';
    const limits = new RequestLimits(operation).text('permission', permission).text('holder.type', holder.type);
    if (NAMED_HOLDERS.has(holder.type)) limits.text('holder.value', holder.value ?? holder.parameter);
    return this.#transport.send({
      ...options,
      operation,
      method: 'POST',
      path: path`/rest/api/3/permissionscheme/${schemeId}/permission`,
      body: {
        permission,
        holder: toBody({ type: holder.type, parameter: holder.parameter, value: holder.value }),
      },
      response: jiraPermissionGrantSchema(),
      repeat: 'once',
    });
  }

  /**
   * Takes a grant out of a scheme. Needs Administer Jira. Not repeated when the answer is lost: read the scheme.
   *
   * @throws `rejected`, and not `not_found`, when there is no such grant (documented).
   */
  async deleteGrant(
    schemeId: JiraPermissionSchemeId,
    grantId: JiraPermissionGrantId,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'jira.permissionSchemes.deleteGrant',
      method: 'DELETE',
      path: path`/rest/api/3/permissionscheme/${schemeId}/permission/${grantId}`,
      response: noContentSchema(),
      repeat: 'once',
    });
  }
}
