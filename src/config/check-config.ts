import { ConfigError, type ConfigFault } from '../errors/config-error.js';
import { organizationId, scimDirectoryId, type OrganizationId, type ScimDirectoryId } from '../model/ids.js';
import type { IdentityRef } from '../model/identity.js';
import { normalizeBaseUrl } from './base-url.js';
import { toInstant } from './config-fields.js';
import { ruleFaults } from './config-rules.js';
import { configSchema } from './config-schema.js';
import type { BitbucketConfig, GuardConfig, ProvisionerConfig } from './provisioner-config.js';
import { parseScimUrl } from './scim-url.js';
import type { Secret } from './secret.js';
import { toSecret } from './secret-input.js';
import { unknownKeyFaults } from './unknown-keys.js';

/** How to reach the SCIM directory. */
interface ScimAccess {
  /** Without a trailing slash. */
  readonly url: string;
  /** `undefined` for another RFC 7644 server. */
  readonly directoryId: ScimDirectoryId | undefined;
  readonly token: Secret;
  /** ISO 8601 instant, UTC. */
  readonly expiresAt: string | undefined;
}

/** How to reach the organization. */
interface AdminAccess {
  readonly organizationId: OrganizationId;
  readonly apiKey: Secret;
  readonly baseUrl: string | undefined;
  /** ISO 8601 instant, UTC. */
  readonly expiresAt: string | undefined;
}

/** How to reach the site. */
export interface SiteAccess {
  readonly url: string;
  /** `undefined` for a bearer token. */
  readonly user: string | undefined;
  readonly token: Secret;
  /** With it, calls go through the gateway. */
  readonly cloudId: string | undefined;
  readonly gatewayUrl: string | undefined;
  /** ISO 8601 instant, UTC. */
  readonly expiresAt: string | undefined;
}

/** How to reach the Bitbucket workspace. */
export interface BitbucketAccess {
  readonly workspace: string;
  readonly credential:
    | {
        readonly kind: 'oauth';
        readonly key: string;
        readonly secret: Secret;
        readonly tokenUrl: string | undefined;
      }
    | { readonly kind: 'api-token'; readonly user: string; readonly token: Secret };
  readonly baseUrl: string | undefined;
  /** ISO 8601 instant, UTC. */
  readonly expiresAt: string | undefined;
}

/** The rules of the guard, complete. */
interface GuardSettings {
  readonly maxRemovals: {
    readonly count: number | undefined;
    readonly share: number | undefined;
    readonly minimumMembers: number;
    readonly windowMs: number;
  };
  readonly maxDeprovisions: { readonly count: number | undefined; readonly windowMs: number };
  readonly protect: {
    readonly organizationAdmins: boolean;
    readonly identities: readonly IdentityRef[];
    readonly groups: readonly string[];
  };
}

/** A configuration without faults. Its credentials are wrapped: it can be printed. */
export interface CheckedConfig<Config extends ProvisionerConfig = ProvisionerConfig> {
  readonly organizationId: OrganizationId | undefined;
  readonly scim: ScimAccess | undefined;
  readonly admin: AdminAccess | undefined;
  readonly site: SiteAccess | undefined;
  readonly bitbucket: BitbucketAccess | undefined;
  readonly guard: GuardSettings;
  /** Every credential in it, for keeping them out of records. */
  readonly secrets: readonly Secret[];
  /** The other settings, as they were given. */
  readonly given: { readonly [Key in PassedOn]: Config[Key] };
}

/** Settings that hold no credential. */
type PassedOn =
  'fetch' | 'http' | 'audit' | 'approve' | 'cache' | 'domains' | 'waits' | 'planLifetimeMs' | 'discovery' | 'clock';

/**
 * Checks a configuration as a whole. Sends nothing.
 *
 * @throws {@link ConfigError} with every fault at once: a missing or unknown setting, a value of the wrong kind, a
 * credential in the place of another. Each is named by its path and never shows a value.
 */
export function checkConfig<Config extends ProvisionerConfig>(config: Config): CheckedConfig<Config> {
  const faults = [...shapeFaults(config), ...unknownKeyFaults(configSchema(), config), ...ruleFaults(config)];
  if (faults.length > 0) throw new ConfigError(faults);

  const scim = scimAccess(config.scim);
  const admin = adminAccess(config.organizationId, config.admin);
  const site = siteAccess(config.site);
  const bitbucket = bitbucketAccess(config.bitbucket);
  return {
    organizationId: config.organizationId === undefined ? undefined : organizationId(config.organizationId),
    scim,
    admin,
    site,
    bitbucket,
    guard: guardSettings(config.guard),
    secrets: [scim?.token, admin?.apiKey, site?.token, secretOf(bitbucket)].filter((secret) => secret !== undefined),
    given: passedOn(config),
  };
}

function passedOn<Config extends ProvisionerConfig>(config: Config): CheckedConfig<Config>['given'] {
  const { fetch, http, audit, approve, cache, domains, waits, planLifetimeMs, discovery, clock } = config;
  return { fetch, http, audit, approve, cache, domains, waits, planLifetimeMs, discovery, clock };
}

function shapeFaults(config: unknown): ConfigFault[] {
  const { error } = configSchema().safeParse(config);
  return (error?.issues ?? []).map(({ path, message }) => ({ path: pathText(path), message }));
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${String(key)}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function scimAccess(scim: ProvisionerConfig['scim']): ScimAccess | undefined {
  if (scim === undefined) return undefined;
  const { baseUrl, directoryId } = parseScimUrl(scim.url);
  return {
    url: baseUrl,
    directoryId: scim.directoryId === undefined ? directoryId : scimDirectoryId(scim.directoryId),
    token: toSecret(scim.token),
    expiresAt: toInstant(scim.expiresAt),
  };
}

function adminAccess(id: string | undefined, admin: ProvisionerConfig['admin']): AdminAccess | undefined {
  if (admin === undefined || id === undefined) return undefined;
  return {
    organizationId: organizationId(id),
    apiKey: toSecret(admin.apiKey),
    baseUrl: admin.baseUrl === undefined ? undefined : normalizeBaseUrl(admin.baseUrl),
    expiresAt: toInstant(admin.expiresAt),
  };
}

function siteAccess(site: ProvisionerConfig['site']): SiteAccess | undefined {
  if (site === undefined) return undefined;
  return {
    url: normalizeBaseUrl(site.url),
    user: site.user,
    token: toSecret(site.token),
    cloudId: site.cloudId,
    gatewayUrl: site.gatewayUrl === undefined ? undefined : normalizeBaseUrl(site.gatewayUrl),
    expiresAt: toInstant(site.expiresAt),
  };
}

function bitbucketAccess(bitbucket: BitbucketConfig | undefined): BitbucketAccess | undefined {
  if (bitbucket === undefined) return undefined;
  const { workspace, oauthKey, oauthSecret, user, apiToken, baseUrl, tokenUrl, expiresAt } = bitbucket;
  const credential =
    oauthKey !== undefined
      ? ({ kind: 'oauth', key: oauthKey, secret: toSecret(oauthSecret), tokenUrl } as const)
      : ({ kind: 'api-token', user, token: toSecret(apiToken) } as const);
  return {
    workspace,
    credential,
    baseUrl: baseUrl === undefined ? undefined : normalizeBaseUrl(baseUrl),
    expiresAt: toInstant(expiresAt),
  };
}

function secretOf(bitbucket: BitbucketAccess | undefined): Secret | undefined {
  const credential = bitbucket?.credential;
  return credential?.kind === 'oauth' ? credential.secret : credential?.token;
}

const DEFAULT_MINIMUM_MEMBERS = 10;
const DEFAULT_WINDOW_MS = 3_600_000;

function guardSettings({ maxRemovals, maxDeprovisions, protect }: GuardConfig = {}): GuardSettings {
  return {
    maxRemovals: {
      count: maxRemovals?.count,
      share: maxRemovals?.share,
      minimumMembers: maxRemovals?.minimumMembers ?? DEFAULT_MINIMUM_MEMBERS,
      windowMs: maxRemovals?.windowMs ?? DEFAULT_WINDOW_MS,
    },
    maxDeprovisions: { count: maxDeprovisions?.count, windowMs: maxDeprovisions?.windowMs ?? DEFAULT_WINDOW_MS },
    protect: {
      organizationAdmins: protect?.organizationAdmins ?? true,
      identities: (protect?.identities ?? []).map((ref) => trimmed(typeof ref === 'string' ? { email: ref } : ref)),
      groups: (protect?.groups ?? []).map((name) => name.trim()),
    },
  };
}

/** A list that was pasted must protect whom it names. */
function trimmed(ref: IdentityRef): IdentityRef {
  // One id under its own name, as it was.
  return Object.fromEntries(Object.entries(ref).map(([kind, id]) => [kind, id.trim()])) as unknown as IdentityRef;
}
