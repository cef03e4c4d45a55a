import { Secret } from '../../config/secret.js';
import { parseScimUrl, scimUrlFault } from '../../config/scim-url.js';
import { tokenFault } from '../../config/token-fault.js';
import { ConfigError, type ConfigFault } from '../../errors/config-error.js';
import { createTransport, type TransportOptions } from '../../http/create-transport.js';
import type { Transport } from '../../http/transport.js';
import type { ScimDirectoryId } from '../../model/ids.js';
import { ScimGroups } from './scim-groups.js';
import { ScimServiceProvider } from './scim-service-provider.js';
import { ScimUsers } from './scim-users.js';

/** How to reach a SCIM directory. */
export interface ScimConnectOptions extends TransportOptions {
  /**
   * The SCIM base URL: `https://api.atlassian.com/scim/directory/<id>`, the same behind a gateway, or the base URL of
   * any other RFC 7644 server. Users are at `<url>/Users`.
   */
  readonly url: string;
  /** The directory key, or the bearer token of the other server. */
  readonly token: string | Secret;
  /** Only where a gateway hides the `/scim/directory/<id>` of an Atlassian directory. */
  readonly directoryId?: ScimDirectoryId | undefined;
}

/**
 * The 20 operations of a SCIM directory (RFC 7644).
 *
 * Paths are below the base URL of the transport, which is that of the directory:
 * `https://api.atlassian.com/scim/directory/<id>`. So any other RFC 7644 server works in the same way; leave the
 * directory id out for one, and what is particular to Atlassian is left out too.
 */
export class ScimDirectoryClient {
  /** Id of the Atlassian directory; `undefined` for another RFC 7644 server. */
  readonly directoryId: ScimDirectoryId | undefined;
  readonly users: ScimUsers;
  readonly groups: ScimGroups;
  readonly serviceProvider: ScimServiceProvider;

  constructor(transport: Transport<'directory-key'>, directoryId?: ScimDirectoryId) {
    this.directoryId = directoryId;
    this.users = new ScimUsers(transport, directoryId === undefined ? 'rfc7644' : 'atlassian');
    this.groups = new ScimGroups(transport);
    this.serviceProvider = new ScimServiceProvider(transport);
  }

  /**
   * Makes a client from the two values Atlassian shows when provisioning is set up. Sends nothing.
   *
   * @throws {@link ConfigError} with every fault of the connection, and never a value.
   */
  static connect(connection: ScimConnectOptions): ScimDirectoryClient {
    const { url, token, directoryId, ...options } = connection;
    const key = typeof token === 'string' ? new Secret(token) : token;
    const faults = connectionFaults(url, key, directoryId);
    if (faults.length > 0) throw new ConfigError(faults);

    const target = parseScimUrl(url);
    const transport = createTransport({
      ...options,
      api: 'scim',
      baseUrl: target.baseUrl,
      credential: { kind: 'directory-key', token: key },
    });
    return new ScimDirectoryClient(transport, directoryId ?? target.directoryId);
  }
}

function connectionFaults(url: string, key: Secret, directoryId: ScimDirectoryId | undefined): ConfigFault[] {
  const ofUrl = scimUrlFault(url);
  const inUrl = ofUrl === undefined ? parseScimUrl(url).directoryId : undefined;
  const differs = directoryId !== undefined && inUrl !== undefined && directoryId !== inUrl;
  const wrong = {
    url: ofUrl,
    token: tokenFault('directory-key', key.reveal()),
    directoryId: differs ? 'is another id than the one in url; leave it out' : undefined,
  };
  return Object.entries(wrong).flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]));
}
