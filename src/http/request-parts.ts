import { ProvisionerError } from '../errors/provisioner-error.js';
import type { AttemptRequest } from './ky-transport.js';
import type { ApiRequest, CredentialKind, QueryValue, RequestHeaders } from './transport.js';
import { USER_AGENT } from './version.js';

const JSON_TYPE = 'application/json';

/** The headers a call may set, each with its only value. */
const CALL_HEADERS: ReadonlyMap<string, string> = new Map<keyof RequestHeaders, string>([
  ['x-atlassian-token', 'no-check'],
  ['atl-confluence-with-admin-key', 'true'],
]);

/**
 * Puts together what is sent, but for the credential.
 *
 * @throws {@link ProvisionerError} `request_invalid` when it cannot be written as a request.
 */
export function requestParts(
  request: ApiRequest<unknown>,
  target: { readonly baseUrl: string; readonly credentialKind: CredentialKind },
): AttemptRequest {
  const { operation, method, body, contentType = JSON_TYPE } = request;
  if (!request.path.startsWith('/')) throw invalid(operation, 'its path does not start with a slash');
  for (const limit of [request.attemptTimeoutMs, request.totalTimeoutMs])
    if (limit !== undefined && !(limit > 0)) throw invalid(operation, 'a time limit must be more than 0 ms');
  if (body !== undefined && method === 'GET') throw invalid(operation, 'a GET has no body');

  return {
    url: target.baseUrl + request.path + encodeQuery(operation, request.query ?? {}),
    method,
    headers: {
      // SCIM servers answer in their own type (RFC 7644 section 3.1), Atlassian's too.
      accept: target.credentialKind === 'directory-key' ? `application/scim+json, ${JSON_TYPE}` : JSON_TYPE,
      'user-agent': USER_AGENT,
      ...(body !== undefined && { 'content-type': contentType }),
      ...callHeaders(operation, request.headers ?? {}),
    },
    body: body === undefined ? undefined : encodeBody(operation, body, contentType),
  };
}

/** Refuses, without repeating it, what is not on the list: it could be a credential, or stand in the place of ours. */
function callHeaders(operation: string, headers: RequestHeaders): Record<string, string> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (given.some(([name, value]) => CALL_HEADERS.get(name) !== value))
    throw invalid(operation, 'a call can set certain headers to certain values only, and this one sets another');
  return Object.fromEntries(given);
}

/** Encodes by RFC 3986, where a space is `%20`: a `+` for a space is a convention of forms that not every server keeps. */
function encodeQuery(operation: string, query: Readonly<Record<string, QueryValue>>): string {
  const parts: string[] = [];
  try {
    for (const [name, value] of Object.entries(query)) {
      if (value === undefined) continue;
      for (const one of typeof value === 'object' ? value : [String(value)])
        parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(one)}`);
    }
  } catch {
    throw invalid(operation, 'a query value holds half a character (a lone surrogate)');
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function encodeBody(operation: string, body: unknown, contentType: string): string {
  if (typeof body === 'string' && !/\bjson\b/.test(contentType)) return body;
  try {
    return JSON.stringify(body);
  } catch {
    throw invalid(operation, 'its body cannot be written as JSON');
  }
}

function invalid(operation: string, why: string): ProvisionerError {
  return new ProvisionerError('request_invalid', `${operation} was not sent: ${why}`);
}
