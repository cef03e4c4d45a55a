import { baseUrlFault, normalizeBaseUrl } from '../../config/base-url.js';
import { Secret } from '../../config/secret.js';
import { ConfigError, type ConfigFault } from '../../errors/config-error.js';
import { createTransport, type TransportOptions } from '../../http/create-transport.js';
import type { CredentialOf } from '../../http/credentials.js';
import type { CallOptions } from '../../http/transport.js';
import { BitbucketBranchRestrictions } from './bitbucket-branch-restrictions.js';
import { BitbucketGroups } from './bitbucket-groups.js';
import { BITBUCKET_API_URL, type BitbucketTransport } from './bitbucket-paging.js';
import { BitbucketPermissions, type BitbucketCredentialWay } from './bitbucket-permissions.js';
import { BitbucketProjects } from './bitbucket-projects.js';
import { BitbucketRepositories } from './bitbucket-repositories.js';
import { BitbucketUsers } from './bitbucket-users.js';
import { BitbucketWorkspaces } from './bitbucket-workspaces.js';

/** An OAuth consumer of the workspace, marked as private. It reads; it cannot change a permission. */
export interface BitbucketConsumer {
  readonly oauthKey: string;
  readonly oauthSecret: string | Secret;
  /** Where tokens are asked for. `https://bitbucket.org/site/oauth2/access_token` unless given. */
  readonly tokenUrl?: string | undefined;
}

/** A person's API token. It acts as that person. */
export interface BitbucketApiToken {
  /** Email of the person. */
  readonly user: string;
  readonly apiToken: string | Secret;
}

/** The access token of a workspace, project or repository. It reads no permissions. */
export interface BitbucketAccessToken {
  readonly accessToken: string | Secret;
}

/** What {@link BitbucketClient.connect} needs. */
export type BitbucketConnection = TransportOptions & {
  /** Slug of the workspace, as in its URL; not its UUID. */
  readonly workspace: string;
  /** `https://api.bitbucket.org` unless given. */
  readonly baseUrl?: string | undefined;
} & (BitbucketConsumer | BitbucketApiToken | BitbucketAccessToken);

/**
 * Speaks to one workspace of Bitbucket Cloud.
 *
 * It says what the API says and decides nothing. Calls to `/2.0/repositories` are counted apart, 1,000 in an hour: give a
 * long run a `totalTimeoutMs` that lets calls wait their turn.
 *
 * @see {@link https://developer.atlassian.com/cloud/bitbucket/rest/intro/ | Bitbucket Cloud REST API}
 */
export class BitbucketClient {
  readonly workspaceSlug: string;
  readonly credentialWay: BitbucketCredentialWay;
  readonly workspace: BitbucketWorkspaces;
  readonly users: BitbucketUsers;
  readonly groups: BitbucketGroups;
  readonly projects: BitbucketProjects;
  readonly repositories: BitbucketRepositories;
  readonly permissions: BitbucketPermissions;
  readonly branchRestrictions: BitbucketBranchRestrictions;
  readonly #transport: BitbucketTransport;

  constructor(transport: BitbucketTransport, workspace: string, credentialWay: BitbucketCredentialWay) {
    this.#transport = transport;
    this.workspaceSlug = workspace;
    this.credentialWay = credentialWay;
    this.workspace = new BitbucketWorkspaces(transport, workspace);
    this.users = new BitbucketUsers(transport, workspace);
    this.groups = new BitbucketGroups(transport, workspace);
    this.projects = new BitbucketProjects(transport, workspace);
    this.repositories = new BitbucketRepositories(transport, workspace);
    this.permissions = new BitbucketPermissions(transport, workspace, credentialWay);
    this.branchRestrictions = new BitbucketBranchRestrictions(transport, workspace);
  }

  /**
   * Makes a client with a transport of its own. Sends nothing.
   *
   * @throws {@link ConfigError} with every fault of the connection, and never a value.
   */
  static connect(connection: BitbucketConnection): BitbucketClient {
    const { workspace, baseUrl = BITBUCKET_API_URL } = connection;
    const faults = [...connectionFaults(workspace, baseUrl), ...credentialFaults(connection)];
    if (faults.length > 0) throw new ConfigError(faults);

    const { credential, way } = credentialOf(connection);
    const transport = createTransport({
      ...transportOptions(connection),
      api: 'bitbucket',
      baseUrl: normalizeBaseUrl(baseUrl),
      credential,
    });
    return new BitbucketClient(transport, workspace, way);
  }

  /**
   * Tells the scopes of an OAuth consumer's token, as far as its answer named them. Asks for a token if there is none.
   *
   * `undefined`: not known, as with any other credential; then a call tells whether it is allowed.
   */
  async grantedScopes(options: CallOptions = {}): Promise<ReadonlySet<string> | undefined> {
    return this.#transport.grantedScopes?.(options);
  }
}

/** The fields of every way. Those of other ways are absent, or `undefined` where a caller filled them from its settings. */
type CredentialFields = Partial<BitbucketConsumer & BitbucketApiToken & BitbucketAccessToken>;

function credentialOf(connection: BitbucketConnection): {
  readonly credential: CredentialOf<'bitbucket'>;
  readonly way: BitbucketCredentialWay;
} {
  const kind = 'bitbucket';
  const { oauthKey, oauthSecret, tokenUrl, user, apiToken, accessToken }: CredentialFields = connection;
  if (oauthKey !== undefined && oauthSecret !== undefined)
    return { way: 'oauth', credential: { kind, oauthKey, oauthSecret: asSecret(oauthSecret), tokenUrl } };
  if (user !== undefined && apiToken !== undefined)
    return { way: 'api-token', credential: { kind, user, token: asSecret(apiToken) } };
  if (accessToken !== undefined) return { way: 'access-token', credential: { kind, token: asSecret(accessToken) } };
  throw new ConfigError([{ path: '', message: WAYS }]);
}

const WAYS = 'needs oauthKey and oauthSecret, or user and apiToken, or accessToken';

/** A way of which a half is missing is not taken for another way. */
function credentialFaults(connection: BitbucketConnection): ConfigFault[] {
  const given: CredentialFields = connection;
  const pairs = [
    ['oauthKey', 'oauthSecret'],
    ['user', 'apiToken'],
  ] as const;
  const halves = pairs.flatMap(([first, second]) => {
    if ((given[first] === undefined) === (given[second] === undefined)) return [];
    const [path, other] = given[first] === undefined ? [first, second] : [second, first];
    return [{ path, message: `is required with ${other}` }];
  });
  if (halves.length > 0) return halves;
  const isNamed = [given.oauthKey, given.apiToken, given.accessToken].some((value) => value !== undefined);
  return isNamed ? [] : [{ path: '', message: WAYS }];
}

function asSecret(value: string | Secret): Secret {
  return typeof value === 'string' ? new Secret(value) : value;
}

function transportOptions(connection: BitbucketConnection): TransportOptions {
  const { fetch, retry, timeouts, rateLimit, maxResponseBytes, onAttempt, onInvalidResponse, clock } = connection;
  return { fetch, retry, timeouts, rateLimit, maxResponseBytes, onAttempt, onInvalidResponse, clock };
}

function connectionFaults(workspace: string, baseUrl: string): ConfigFault[] {
  const wrong = { workspace: workspaceFault(workspace), baseUrl: baseUrlFault(baseUrl) };
  return Object.entries(wrong).flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]));
}

/** Groups and permissions are not served by UUID (seen). */
function workspaceFault(workspace: string): string | undefined {
  if (workspace.startsWith('{')) return 'must be the slug of the workspace, as in its URL, and not its UUID';
  return /^[\w.~-]{1,128}$/.test(workspace) && !/^\.+$/.test(workspace)
    ? undefined
    : 'must be the slug of the workspace, as in its URL';
}
