import { ConfigError } from '../errors/config-error.js';
import { checkConfig } from './check-config.js';
import type { ProvisionerConfig } from './provisioner-config.js';
import { Secret } from './secret.js';

/** A variable that {@link configFromEnvironment} reads. */
export interface EnvironmentVariable {
  readonly name: string;
  /** Path of the setting it stands for. */
  readonly setting: string;
  readonly description: string;
  /** Whether its value is a credential. */
  readonly secret: boolean;
}

type Row = readonly [name: string, setting: string, description: string, kind?: 'credential'];

const ROWS: readonly Row[] = [
  ['ATLASSIAN_ORGANIZATION_ID', 'organizationId', 'Id of the organization; needed with ATLASSIAN_ADMIN_API_KEY'],
  ['ATLASSIAN_SCIM_URL', 'scim.url', 'SCIM base URL, `https://api.atlassian.com/scim/directory/<id>`'],
  ['ATLASSIAN_SCIM_TOKEN', 'scim.token', 'Key of the SCIM directory', 'credential'],
  ['ATLASSIAN_SCIM_TOKEN_EXPIRES_AT', 'scim.expiresAt', 'When that key ends: a date, or an ISO 8601 instant'],
  ['ATLASSIAN_ADMIN_API_KEY', 'admin.apiKey', 'Organization API key without scopes', 'credential'],
  ['ATLASSIAN_ADMIN_API_KEY_EXPIRES_AT', 'admin.expiresAt', 'When that key ends: a date, or an ISO 8601 instant'],
  ['ATLASSIAN_ADMIN_BASE_URL', 'admin.baseUrl', 'Where the admin APIs are, unless `https://api.atlassian.com`'],
  ['ATLASSIAN_SITE_URL', 'site.url', 'URL of the site, `https://<name>.atlassian.net`'],
  [
    'ATLASSIAN_SITE_USER',
    'site.user',
    'Email of the user that ATLASSIAN_SITE_TOKEN belongs to; without it that is a bearer token',
  ],
  ['ATLASSIAN_SITE_TOKEN', 'site.token', 'API token of that user, or token of a service account', 'credential'],
  ['ATLASSIAN_SITE_CLOUD_ID', 'site.cloudId', 'Id of the site, for tokens that work at the gateway alone'],
  ['ATLASSIAN_SITE_GATEWAY_URL', 'site.gatewayUrl', 'Where the gateway is, unless `https://api.atlassian.com`'],
  ['ATLASSIAN_SITE_TOKEN_EXPIRES_AT', 'site.expiresAt', 'When that token ends: a date, or an ISO 8601 instant'],
  ['ATLASSIAN_BITBUCKET_WORKSPACE', 'bitbucket.workspace', 'Id of the Bitbucket workspace'],
  ['ATLASSIAN_BITBUCKET_OAUTH_KEY', 'bitbucket.oauthKey', 'Key of an OAuth consumer of the workspace'],
  ['ATLASSIAN_BITBUCKET_OAUTH_SECRET', 'bitbucket.oauthSecret', 'Secret of that consumer', 'credential'],
  ['ATLASSIAN_BITBUCKET_USER', 'bitbucket.user', 'Instead of a consumer: email of the user of an API token'],
  ['ATLASSIAN_BITBUCKET_API_TOKEN', 'bitbucket.apiToken', 'API token of that user', 'credential'],
  ['ATLASSIAN_BITBUCKET_BASE_URL', 'bitbucket.baseUrl', 'Where Bitbucket is, unless `https://api.bitbucket.org`'],
  [
    'ATLASSIAN_BITBUCKET_TOKEN_URL',
    'bitbucket.tokenUrl',
    'Where a consumer asks for tokens, unless `https://bitbucket.org/site/oauth2/access_token`',
  ],
  ['ATLASSIAN_BITBUCKET_EXPIRES_AT', 'bitbucket.expiresAt', 'When that credential ends: a date, or an instant'],
];

/** Every variable that {@link configFromEnvironment} reads. An empty one counts as not set. */
export const environmentVariables: readonly EnvironmentVariable[] = ROWS.map(([name, setting, description, kind]) => ({
  name,
  setting,
  description,
  secret: kind === 'credential',
}));

/** The settings that are text, and can be read from variables. */
export type EnvironmentConfig = Pick<ProvisionerConfig, 'organizationId' | 'scim' | 'admin' | 'site' | 'bitbucket'>;

/**
 * Reads the connections of a configuration from the {@link environmentVariables}. What is no text, such as an audit sink
 * or an approver, is for the caller to add.
 *
 * @param env - `process.env` unless given.
 * @throws {@link ConfigError} with every fault at once, each by the name of its variable and never with a value.
 */
export function configFromEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): EnvironmentConfig {
  return mergedWithEnvironment({}, env);
}

/**
 * The settings of the environment with those of the caller over them: a group that the caller gives (`scim`, say) is the
 * caller's alone. What comes of it is checked as a whole.
 *
 * @throws {@link ConfigError} with every fault at once: by the name of its variable, or the path of the caller's setting.
 */
export function mergedWithEnvironment<Options extends ProvisionerConfig>(
  options: Options,
  env: Readonly<Record<string, string | undefined>>,
): EnvironmentConfig & Options {
  const config = { ...readVariables(env), ...options };
  try {
    checkConfig(config);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      error.faults.map(({ path, message }) =>
        Object.hasOwn(options, path.split(/[.[]/)[0] ?? '')
          ? { path, message }
          : { path: variableOf(path), message: inVariables(message) },
      ),
    );
  }
  return config;
}

const VARIABLE_OF: ReadonlyMap<string, string> = new Map(
  environmentVariables.map(({ name, setting }) => [setting, name]),
);

/** The variable of a setting; of a group of settings, its first. */
function variableOf(path: string): string {
  const variableOfGroup = environmentVariables.find(({ setting }) => setting.startsWith(`${path}.`));
  return VARIABLE_OF.get(path) ?? variableOfGroup?.name ?? path;
}

/** Builds what the caller would have written. Whether it is complete, the check says. */
function readVariables(env: Readonly<Record<string, string | undefined>>): EnvironmentConfig {
  const config: Record<string, string | Secret | Record<string, string | Secret>> = {};
  for (const { name, setting, secret } of environmentVariables) {
    const value = env[name];
    if (value === undefined || value === '') continue;
    const [group = '', key] = setting.split('.');
    const read = secret ? new Secret(value) : value;
    if (key === undefined) config[group] = read;
    else config[group] = { ...(config[group] as Record<string, string | Secret> | undefined), [key]: read };
  }
  return config;
}

/** A message names settings by path; whoever sets variables knows them by other names. */
function inVariables(message: string): string {
  return message.replace(/\b[a-z]+\.[a-zA-Z]+\b/g, (path) => VARIABLE_OF.get(path) ?? path);
}
