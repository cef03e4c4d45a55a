import { baseUrlFault, normalizeBaseUrl } from '../../config/base-url.js';
import { Secret } from '../../config/secret.js';
import { ConfigError } from '../../errors/config-error.js';
import { createTransport, type TransportOptions } from '../../http/create-transport.js';
import type { Transport } from '../../http/transport.js';

/** Where Atlassian serves the products of every site, for scoped tokens, service accounts and OAuth. */
const GATEWAY_URL = 'https://api.atlassian.com';

/** How to reach a product of one site. */
export interface SiteConnection extends TransportOptions {
  /** `https://<name>.atlassian.net`, without `/wiki`. */
  readonly url: string;
  /** Email of the user that the token belongs to. Without it the token is sent as a bearer token. */
  readonly user?: string | undefined;
  /** An API token of the user; without `user`, the token of a service account or of OAuth. */
  readonly token: string | Secret;
  /** Id of the site. With it, calls go through the gateway: tokens with scopes and service accounts work only there. */
  readonly cloudId?: string | undefined;
  /** `https://api.atlassian.com` unless given. Used with `cloudId` only. */
  readonly gatewayUrl?: string | undefined;
}

/** Sends calls to a product of a site. */
export interface SiteTransport extends Transport<'site-token'> {
  /** The address of the site, also where calls go through the gateway. */
  readonly siteUrl?: string;
}

/**
 * Makes the transport of one product, on the host of the site or through the gateway. Sends nothing.
 *
 * @throws {@link ConfigError} with every fault of the connection, and never a value.
 */
export function connectSite(product: 'jira' | 'confluence', connection: SiteConnection): SiteTransport {
  const { url, user, token, cloudId, gatewayUrl = GATEWAY_URL, ...options } = connection;
  const faults = [
    { path: 'url', message: siteUrlFault(url) },
    { path: 'gatewayUrl', message: baseUrlFault(gatewayUrl) },
    { path: 'cloudId', message: cloudIdFault(cloudId) },
  ].flatMap(({ path, message }) => (message === undefined ? [] : [{ path, message }]));
  if (faults.length > 0) throw new ConfigError(faults);

  const transport = createTransport<'site-token'>({
    ...options,
    api: product,
    baseUrl: cloudId === undefined ? url : `${normalizeBaseUrl(gatewayUrl)}/ex/${product}/${cloudId}`,
    credential: { kind: 'site-token', user, token: typeof token === 'string' ? new Secret(token) : token },
  });
  return Object.assign(transport, { siteUrl: normalizeBaseUrl(url) });
}

function siteUrlFault(url: string): string | undefined {
  const fault = baseUrlFault(url);
  if (fault !== undefined) return fault;
  return /\/wiki\/?$/.test(new URL(url).pathname) ? 'must be the site alone, without /wiki' : undefined;
}

function cloudIdFault(cloudId: string | undefined): string | undefined {
  return cloudId === undefined || /^[\w-]{1,128}$/.test(cloudId)
    ? undefined
    : 'must be the id of the site, as https://<name>.atlassian.net/_edge/tenant_info has it';
}
