import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { SiteTransport } from '../site/site-connection.js';
import type { JiraProjectId } from './jira-ids.js';
import { getPageBean } from './jira-paging.js';
import { jiraProjectSchema, type JiraProject } from './jira-project.js';

/** Largest page of projects (documented). A larger one is lowered. */
const MAX_PROJECTS_PAGE = 100;

/** What of a project is left out unless asked for. */
const EXPANSIONS = 'description,lead,url';

/** Which projects a list has. */
export interface JiraProjectQuery {
  /** Found in the key or the name, without regard to case. */
  readonly query?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly ids?: readonly JiraProjectId[] | undefined;
  readonly typeKeys?: readonly string[] | undefined;
  /** Default: `live` alone. Experimental at Atlassian. */
  readonly status?: readonly ('live' | 'archived' | 'deleted')[] | undefined;
}

/** The projects of a Jira site. */
export class JiraProjects {
  readonly #transport: SiteTransport;

  constructor(transport: SiteTransport) {
    this.#transport = transport;
  }

  /**
   * Walks the projects that a query finds, by key, with description, lead and URL. Without a query, every project.
   *
   * A caller without Administer Jira sees those that they may browse, and no sign of the others.
   */
  list(query: JiraProjectQuery = {}, options: CallOptions = {}): AsyncGenerator<JiraProject, void, undefined> {
    return paginate((cursor) => this.listPage(query, cursor, options), 'jira.projects.list');
  }

  /** Reads one page of the projects, at most 100. Send the same query with each cursor. */
  async listPage(query: JiraProjectQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<JiraProject>> {
    return getPageBean(
      this.#transport,
      {
        ...options,
        operation: 'jira.projects.list',
        path: path`/rest/api/3/project/search`,
        query: {
          query: query.query,
          keys: query.keys,
          id: query.ids,
          typeKey: query.typeKeys?.join(','),
          status: query.status,
          expand: EXPANSIONS,
        },
        maxResults: MAX_PROJECTS_PAGE,
        item: jiraProjectSchema(),
      },
      cursor,
    );
  }

  /**
   * Reads one project, by its id or its key.
   *
   * @throws `not_found` when there is none, or none that the caller may see.
   */
  async get(idOrKey: string, options: CallOptions = {}): Promise<JiraProject> {
    return this.#transport.send({
      ...options,
      operation: 'jira.projects.get',
      method: 'GET',
      path: path`/rest/api/3/project/${idOrKey}`,
      query: { expand: EXPANSIONS },
      response: jiraProjectSchema(),
    });
  }
}
