import { ConfigError } from '../errors/config-error.js';

const LOOPBACK_IPV4 = /^127\.\d+\.\d+\.\d+$/;

/**
 * Says what is wrong with a base URL, or nothing.
 *
 * Credentials travel to it, so it is `https`. Plain `http` is for loopback alone: `localhost`, `127.0.0.0/8`, `[::1]`.
 */
export function baseUrlFault(value: string): string | undefined {
  if (/[\s\p{Cc}]/u.test(value)) return 'must not hold white space or control characters';
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return 'must be an absolute URL that starts with https://';

  const url = new URL(value);
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (value.includes('?') || value.includes('#')) return 'must not hold a query or a fragment';
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return 'must use https; plain http is for localhost, 127.0.0.0/8 and [::1] only';
  return undefined;
}

/**
 * Checks a base URL and brings it into one form: no trailing slash, the path kept.
 *
 * `path` says where the URL stands in the configuration, for the error, which does not repeat the value.
 *
 * @throws {@link ConfigError} when it cannot be used.
 */
export function normalizeBaseUrl(value: string, path = 'baseUrl'): string {
  const fault = baseUrlFault(value);
  if (fault !== undefined) throw new ConfigError([{ path, message: fault }]);

  const { origin, pathname } = new URL(value);
  return origin + pathname.replace(/\/+$/, '');
}

/** Takes a host as the URL parser left it, so `127.1` and `0x7f.0.0.1` are `127.0.0.1` by now. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || LOOPBACK_IPV4.test(hostname);
}
