import { ConfigError } from '../errors/config-error.js';
import { baseUrlFault, normalizeBaseUrl } from './base-url.js';
import { scimDirectoryId, type ScimDirectoryId } from '../model/ids.js';

/** A SCIM base URL, taken apart. */
export interface ScimUrl {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** The segment after `/scim/directory/`; `undefined` where the URL has none, as with another RFC 7644 server. */
  readonly directoryId: ScimDirectoryId | undefined;
}

const DIRECTORY_PATH = /\/scim\/directory(?:\/([^/]*))?(.*)$/;
const RESOURCE = /\/(?:Users|Groups|Schemas|ServiceProviderConfig|ResourceTypes|Me|Bulk)(?:\/.*)?$/i;
const ATLASSIAN_HOST = /(?:^|\.)atlassian\.(?:com|net)$/;

const EXPECTED = 'it looks like https://api.atlassian.com/scim/directory/<directory id>';

/** Says what is wrong with a SCIM base URL, or nothing. Never the URL itself: a pasted one may carry a key. */
export function scimUrlFault(url: string): string | undefined {
  const fault = baseUrlFault(url);
  if (fault !== undefined) return `${fault}; ${EXPECTED}`;

  const { hostname, pathname } = new URL(url);
  const trimmed = pathname.replace(/\/+$/, '');
  const directory = DIRECTORY_PATH.exec(trimmed);
  if (directory !== null) return directoryFault(directory[1] ?? '', directory[2] ?? '');
  if (RESOURCE.test(trimmed)) return 'is the URL of a resource; give the base URL, without what follows it';
  return ATLASSIAN_HOST.test(hostname) ? wrongAtlassianUrl(hostname, trimmed) : undefined;
}

/**
 * Reads the directory id out of a SCIM base URL.
 *
 * Atlassian shows that URL once, with the key, where provisioning is set up. A host that is not Atlassian's may have any
 * path, a gateway with `/scim/directory/<id>` at its end included.
 *
 * @throws {@link ConfigError} at `path`, as {@link scimUrlFault} says it.
 */
export function parseScimUrl(url: string, path = 'url'): ScimUrl {
  const message = scimUrlFault(url);
  if (message !== undefined) throw new ConfigError([{ path, message }]);

  const baseUrl = normalizeBaseUrl(url, path);
  const segment = DIRECTORY_PATH.exec(new URL(baseUrl).pathname)?.[1];
  return { baseUrl, directoryId: segment === undefined ? undefined : toDirectoryId(segment) };
}

function directoryFault(segment: string, rest: string): string | undefined {
  if (segment === '') return `ends before the directory id; ${EXPECTED}`;
  if (rest !== '') return `goes on after the directory id (${tail(rest)}); leave that out: ${EXPECTED}`;
  return toDirectoryId(segment) === undefined ? `has a directory id that is none; ${EXPECTED}` : undefined;
}

/** What follows the id, if it is one of the usual suffixes; anything else may be a secret. */
function tail(rest: string): string {
  const known = /^\/(?:scim(?:\/v2)?|v2)?(?=\/|$)|^\/(?:Users|Groups)(?=\/|$)/i.exec(rest)?.[0] ?? '';
  return known === '' ? 'further segments' : known;
}

function wrongAtlassianUrl(hostname: string, pathname: string): string {
  if (hostname === 'admin.atlassian.com')
    return `is a page of the administration; the SCIM base URL is shown there, ${EXPECTED}`;
  if (hostname.endsWith('.atlassian.net')) return `is the URL of a site; ${EXPECTED}`;
  if (pathname.startsWith('/admin')) return `is the URL of the Organizations API; ${EXPECTED}`;
  return `has no /scim/directory/ in it; ${EXPECTED}`;
}

function toDirectoryId(segment: string): ScimDirectoryId | undefined {
  try {
    return scimDirectoryId(decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}
