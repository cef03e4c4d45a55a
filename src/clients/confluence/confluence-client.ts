import { connectSite, type SiteConnection, type SiteTransport } from '../site/site-connection.js';
import { ConfluenceGroups } from './confluence-groups.js';
import { ConfluenceInstance } from './confluence-instance.js';
import { ConfluenceSpacePermissions } from './confluence-space-permissions.js';
import { ConfluenceSpaceRoles } from './confluence-space-roles.js';
import { ConfluenceSpaces } from './confluence-spaces.js';
import { ConfluenceUsers } from './confluence-users.js';

/**
 * Speaks to the Confluence of one site, by version 2 of its API and, for users, groups and classic permissions, by
 * version 1.
 *
 * It sees what the user of the token sees: a space that is hidden from them is in no list, and `not_found` elsewhere.
 *
 * @see {@link https://developer.atlassian.com/cloud/confluence/rest/v2/intro/ | Confluence REST API v2}
 */
export class ConfluenceClient {
  /** The address of the site, or its part of the gateway. */
  readonly baseUrl: string;
  /** The address of the site, as far as the transport knows it. */
  readonly siteUrl: string;
  readonly instance: ConfluenceInstance;
  readonly users: ConfluenceUsers;
  readonly groups: ConfluenceGroups;
  readonly spaces: ConfluenceSpaces;
  readonly spacePermissions: ConfluenceSpacePermissions;
  readonly spaceRoles: ConfluenceSpaceRoles;
  /** Whether its calls ask for the admin key. */
  readonly usesAdminKey: boolean;
  /** Whether its calls go through the gateway. */
  readonly isAtGateway: boolean;
  readonly #transport: SiteTransport;

  constructor(
    transport: SiteTransport,
    { usesAdminKey = false }: { readonly usesAdminKey?: boolean | undefined } = {},
  ) {
    this.#transport = transport;
    this.usesAdminKey = usesAdminKey;
    this.isAtGateway = transport.baseUrl.includes('/ex/confluence/');
    this.baseUrl = transport.baseUrl;
    this.siteUrl = transport.siteUrl ?? transport.baseUrl;
    this.instance = new ConfluenceInstance(transport);
    this.users = new ConfluenceUsers(transport);
    this.groups = new ConfluenceGroups(transport);
    this.spaces = new ConfluenceSpaces(transport);
    this.spacePermissions = new ConfluenceSpacePermissions(transport);
    this.spaceRoles = new ConfluenceSpaceRoles(transport);
  }

  /**
   * Makes a client with a transport of its own. Sends nothing.
   *
   * @throws {@link ConfigError} with every fault of the connection, and never a value.
   */
  static connect(connection: SiteConnection): ConfluenceClient {
    return new ConfluenceClient(connectSite('confluence', connection));
  }

  /**
   * A client whose calls use the admin key of the user, and so see every space. Turn the key on first, with
   * `instance.enableAdminKey`; without one, Confluence ignores that it is asked for.
   */
  withAdminKey(): ConfluenceClient {
    const transport = this.#transport;
    const keyed: SiteTransport = {
      credentialKind: transport.credentialKind,
      baseUrl: transport.baseUrl,
      siteUrl: this.siteUrl,
      send: (request) =>
        transport.send({ ...request, headers: { ...request.headers, 'atl-confluence-with-admin-key': 'true' } }),
    };
    return new ConfluenceClient(keyed, { usesAdminKey: true });
  }
}
