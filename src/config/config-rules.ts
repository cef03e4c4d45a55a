import type { ConfigFault } from '../errors/config-error.js';
import { isSecret, revealed } from './secret-input.js';

type Settings = Readonly<Record<string, unknown>>;

/** Rules that look at more than one field. They bear with any value: the shape is checked apart, and all faults are told. */
export function ruleFaults(config: unknown): ConfigFault[] {
  const settings = settingsOf(config);
  if (settings === undefined) return [];
  return [
    ...connectionFaults(settings),
    ...siteFaults(settingsOf(settings.site)),
    ...bitbucketFaults(settingsOf(settings.bitbucket)),
    ...cacheFaults(settingsOf(settings.cache)),
    ...repeatedCredentialFaults(settings),
  ];
}

function connectionFaults({ organizationId, scim, admin, site, bitbucket }: Settings): ConfigFault[] {
  if (admin !== undefined && organizationId === undefined)
    return [
      {
        path: 'organizationId',
        message: 'is required with admin.apiKey: the segment after /o/ in the URL of admin.atlassian.com',
      },
    ];
  if (scim === undefined && admin === undefined && site === undefined && bitbucket === undefined)
    return [
      {
        path: '',
        message:
          'At least one of scim.url, admin.apiKey, site.url and bitbucket.workspace is required, with what belongs to it',
      },
    ];
  return [];
}

function siteFaults(site: Settings | undefined): ConfigFault[] {
  return site?.gatewayUrl !== undefined && site.cloudId === undefined
    ? [{ path: 'site.gatewayUrl', message: 'has no effect without site.cloudId, by which the gateway knows the site' }]
    : [];
}

const BITBUCKET_WAYS = 'bitbucket.oauthKey and bitbucket.oauthSecret, or bitbucket.user and bitbucket.apiToken';

function bitbucketFaults(bitbucket: Settings | undefined): ConfigFault[] {
  if (bitbucket === undefined) return [];
  const { oauthKey, oauthSecret, user, apiToken } = bitbucket;
  const path = 'bitbucket';
  const hasConsumer = oauthKey !== undefined || oauthSecret !== undefined;
  const hasToken = user !== undefined || apiToken !== undefined;
  if (!hasConsumer && !hasToken) return [{ path, message: `needs ${BITBUCKET_WAYS}` }];
  if (hasConsumer && hasToken) return [{ path, message: `takes ${BITBUCKET_WAYS}, not both` }];

  const [first, second] = hasConsumer ? (['oauthKey', 'oauthSecret'] as const) : (['user', 'apiToken'] as const);
  if (bitbucket[first] === undefined)
    return [{ path: `${path}.${first}`, message: `is required with ${path}.${second}` }];
  if (bitbucket[second] === undefined)
    return [{ path: `${path}.${second}`, message: `is required with ${path}.${first}` }];
  return [];
}

function cacheFaults(cache: Settings | undefined): ConfigFault[] {
  return cache?.store !== undefined && cache.maxEntries !== undefined
    ? [{ path: 'cache.maxEntries', message: 'has no effect with cache.store, which decides itself' }]
    : [];
}

const CREDENTIALS = [
  ['admin', 'apiKey'],
  ['scim', 'token'],
  ['site', 'token'],
  ['bitbucket', 'apiToken'],
  ['bitbucket', 'oauthSecret'],
] as const;

/** One value in two places is one of them in the wrong place: no credential opens two of these APIs. */
function repeatedCredentialFaults(settings: Settings): ConfigFault[] {
  const places = new Map<string, string>();
  const faults: ConfigFault[] = [];
  for (const [group, name] of CREDENTIALS) {
    const given = settingsOf(settings[group])?.[name];
    if (typeof given !== 'string' && !isSecret(given)) continue;
    const value = revealed(given);
    const first = places.get(value);
    if (value === '') continue;
    if (first === undefined) places.set(value, `${group}.${name}`);
    else
      faults.push({
        path: `${group}.${name}`,
        message: `is the same value as ${first}; each needs a credential of its own`,
      });
  }
  return faults;
}

function settingsOf(value: unknown): Settings | undefined {
  return typeof value === 'object' && value !== null ? (value as Settings) : undefined;
}
