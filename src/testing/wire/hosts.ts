import type { WireHost } from './wire.js';

/** Where a URL of one of Atlassian's hosts leads. */
export interface Destination {
  readonly host: WireHost;
  readonly baseUrl: string;
  readonly path: string;
}

const SITE_ORIGIN = /^https:\/\/[a-z0-9][a-z0-9-]*\.atlassian\.net$/u;

/** Origins of Bitbucket: its API, and the one that gives out OAuth tokens. */
export const BITBUCKET_ORIGINS = ['https://api.bitbucket.org', 'https://bitbucket.org'] as const;

/** The destination of a URL; `undefined` when no host of the fake is at it. `apiUrl` is where the admin APIs are. */
export function destinationOf(url: URL, apiUrl: string): Destination | undefined {
  const location = url.origin + url.pathname;
  if (location.startsWith(`${apiUrl}/`))
    return { host: { type: 'api' }, baseUrl: apiUrl, path: location.slice(apiUrl.length) };

  const at = { baseUrl: url.origin, path: url.pathname };
  if (SITE_ORIGIN.test(url.origin)) return { ...at, host: { type: 'site', url: url.origin } };
  const isBitbucket = BITBUCKET_ORIGINS.some((origin) => origin === url.origin);
  return isBitbucket ? { ...at, host: { type: 'bitbucket' } } : undefined;
}
