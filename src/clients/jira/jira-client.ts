import { connectSite, type SiteConnection, type SiteTransport } from '../site/site-connection.js';
import { JiraApplicationRoles } from './jira-application-roles.js';
import { JiraGroups } from './jira-groups.js';
import { JiraInstance } from './jira-instance.js';
import { JiraPermissionSchemes } from './jira-permission-schemes.js';
import { JiraProjectRoles } from './jira-project-roles.js';
import { JiraProjects } from './jira-projects.js';
import { JiraUsers } from './jira-users.js';

/**
 * Speaks to the Jira of one site, by version 3 of its API.
 *
 * It sees what the user of the token sees. Jira takes a dead token for nobody's and answers most reads all the same, with
 * less or nothing; here that is the error `unauthenticated`, whatever the status was.
 *
 * @see {@link https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/ | Jira Cloud platform REST API}
 */
export class JiraClient {
  /** The address of the site, or its part of the gateway. */
  readonly baseUrl: string;
  /** The address of the site, as far as the transport knows it. */
  readonly siteUrl: string;
  readonly instance: JiraInstance;
  readonly users: JiraUsers;
  readonly groups: JiraGroups;
  readonly projects: JiraProjects;
  readonly projectRoles: JiraProjectRoles;
  readonly permissionSchemes: JiraPermissionSchemes;
  readonly applicationRoles: JiraApplicationRoles;

  constructor(transport: SiteTransport) {
    this.baseUrl = transport.baseUrl;
    this.siteUrl = transport.siteUrl ?? transport.baseUrl;
    this.instance = new JiraInstance(transport);
    this.users = new JiraUsers(transport);
    this.groups = new JiraGroups(transport);
    this.projects = new JiraProjects(transport);
    this.projectRoles = new JiraProjectRoles(transport);
    this.permissionSchemes = new JiraPermissionSchemes(transport);
    this.applicationRoles = new JiraApplicationRoles(transport);
  }

  /**
   * Makes a client with a transport of its own. Sends nothing.
   *
   * @throws {@link ConfigError} with every fault of the connection, and never a value.
   */
  static connect(connection: SiteConnection): JiraClient {
    return new JiraClient(connectSite('jira', connection));
  }
}
