import { ConfigError } from '../errors/config-error.js';
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

/**
 * Reads the directory id out of a SCIM base URL.
 *
 * Atlassian shows that URL once, with the key, where provisioning is set up. A host that is not Atlassian's may have any
 * path, a gateway with `/scim/directory/<id>` at its end included.
 *
 * @throws {@link ConfigError} at `path` that says what is wrong with the URL, never the URL itself: a pasted one may
 * carry a key.
 */
export function parseScimUrl(url: string, path = 'url'): ScimUrl {
  const fault = (message: string): ConfigError => new ConfigError([{ path, message }]);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) throw fault(`must be the SCIM base URL; ${EXPECTED}`);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') throw fault('must begin with https://');
  if (parsed.username !== '' || parsed.password !== '')
    throw fault('must not hold a user name or password; the key goes into token');
  if (url.includes('?') || url.includes('#')) throw fault('must end with its path, without ? or #');

  const pathname = parsed.pathname.replace(/\/+$/, '');
  const baseUrl = parsed.origin + pathname;
  const directory = DIRECTORY_PATH.exec(pathname);

  if (directory !== null) {
    const [, id = '', rest = ''] = directory;
    if (id === '') throw fault(`ends before the directory id; ${EXPECTED}`);
    if (rest !== '') throw fault(`goes on after the directory id (${tail(rest)}); leave that out: ${EXPECTED}`);
    return { baseUrl, directoryId: toDirectoryId(id, fault) };
  }

  if (RESOURCE.test(pathname)) throw fault('is the URL of a resource; give the base URL, without what follows it');
  if (ATLASSIAN_HOST.test(parsed.hostname)) throw fault(wrongAtlassianUrl(parsed));
  return { baseUrl, directoryId: undefined };
}

/** What follows the id, if it is one of the usual suffixes; anything else may be a secret. */
function tail(rest: string): string {
  const known = /^\/(?:scim(?:\/v2)?|v2)?(?=\/|$)|^\/(?:Users|Groups)(?=\/|$)/i.exec(rest)?.[0] ?? '';
  return known === '' ? 'further segments' : known;
}

function wrongAtlassianUrl({ hostname, pathname }: URL): string {
  if (hostname === 'admin.atlassian.com')
    return `is a page of the administration; the SCIM base URL is shown there, ${EXPECTED}`;
  if (hostname.endsWith('.atlassian.net')) return `is the URL of a site; ${EXPECTED}`;
  if (pathname.startsWith('/admin')) return `is the URL of the Organizations API; ${EXPECTED}`;
  return `has no /scim/directory/ in it; ${EXPECTED}`;
}

function toDirectoryId(segment: string, fault: (message: string) => ConfigError): ScimDirectoryId {
  try {
    return scimDirectoryId(decodeURIComponent(segment));
  } catch {
    throw fault(`has a directory id that is none; ${EXPECTED}`);
  }
}
