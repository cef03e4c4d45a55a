import { ConfigError } from '../errors/config-error.js';
import { baseUrlFault } from './base-url.js';
import {
  callable,
  email,
  flag,
  group,
  having,
  identity,
  instant,
  list,
  name,
  oneOf,
  secretWord,
  share,
  text,
  token,
  whole,
  word,
} from './config-fields.js';
import { parseScimUrl } from './scim-url.js';
import { lazySchema } from '../model/lazy-schema.js';

const expiresAt = lazySchema(() =>
  instant('a date such as 2027-03-01, or an ISO 8601 instant with its zone').optional(),
);

const budget = lazySchema(() => ({ requests: whole(1), intervalMs: whole(1) }));

const rateLimit = lazySchema(() =>
  group({
    maxConcurrent: whole(1).optional(),
    budget: group(budget()).optional(),
    budgets: list(
      group({ ...budget(), name: word('a name'), operations: list(word('the name of an operation')) }),
    ).optional(),
  }).optional(),
);

/** The shape of the configuration. What is beyond one field is in `config-rules.ts`. */
export const configSchema = lazySchema(() =>
  group({
    organizationId: text('the id of the organization', organizationIdFault).optional(),
    scim: group({
      url: text('the SCIM base URL', scimUrlFault),
      token: token('directory-key', 'the key of the SCIM directory'),
      directoryId: word('the id of the SCIM directory').optional(),
      expiresAt: expiresAt(),
    }).optional(),
    admin: group({
      apiKey: token('organization-key', 'an organization API key without scopes'),
      baseUrl: text('a base URL', adminUrlFault).optional(),
      expiresAt: expiresAt(),
    }).optional(),
    site: group({
      url: text('the URL of the site', siteUrlFault),
      user: email('the email of the user the token belongs to').optional(),
      token: token('site-token', "the user's API token, or that of a service account"),
      cloudId: text('the id of the site', cloudIdFault).optional(),
      gatewayUrl: text('a base URL', gatewayUrlFault).optional(),
      expiresAt: expiresAt(),
    }).optional(),
    bitbucket: group({
      workspace: word('the id of the workspace'),
      oauthKey: word('the key of the OAuth consumer').optional(),
      oauthSecret: secretWord('the secret of the OAuth consumer').optional(),
      user: email('the email of the user the token belongs to').optional(),
      apiToken: token('bitbucket-api-token', "the user's API token").optional(),
      baseUrl: text('a base URL', baseUrlFault).optional(),
      tokenUrl: text('the URL of the token endpoint', baseUrlFault).optional(),
      expiresAt: expiresAt(),
    }).optional(),
    fetch: callable('a function like fetch').optional(),
    http: group({
      retry: group({
        maxAttempts: whole(1).optional(),
        baseDelayMs: whole(0).optional(),
        maxDelayMs: whole(0).optional(),
        maxWaitMs: whole(0).optional(),
      }).optional(),
      timeouts: group({ attemptMs: whole(1).optional(), totalMs: whole(1).optional() }).optional(),
      rateLimit: group({ scim: rateLimit(), admin: rateLimit(), site: rateLimit(), bitbucket: rateLimit() }).optional(),
      maxResponseBytes: whole(1).optional(),
      onInvalidResponse: oneOf('throw', 'warn').optional(),
      onAttempt: callable('a function').optional(),
    }).optional(),
    audit: group({
      sink: having('an audit sink, an object with a write function', 'write'),
      onFailure: oneOf('stop', 'continue').optional(),
      actor: group({
        type: oneOf('user', 'service', 'system'),
        id: text('an id').optional(),
        name: text('a name').optional(),
      }).optional(),
      onUnrecorded: callable('a function').optional(),
      timeoutMs: whole(1).optional(),
    }).optional(),
    guard: group({
      maxRemovals: group({
        count: whole(0).optional(),
        share: share().optional(),
        minimumMembers: whole(0).optional(),
        windowMs: whole(1).optional(),
      }).optional(),
      maxDeprovisions: group({ count: whole(0), windowMs: whole(1).optional() }).optional(),
      protect: group({
        organizationAdmins: flag().optional(),
        identities: list(identity()).optional(),
        groups: list(name('the name of a group')).optional(),
      }).optional(),
    }).optional(),
    approve: callable('a function').optional(),
    cache: group({
      maxEntries: whole(1).optional(),
      maxAgeMs: whole(0).optional(),
      store: having('an object with get, set and delete', 'get', 'set', 'delete').optional(),
    }).optional(),
    domains: group({
      claimed: list(text('a domain such as acme.com', domainFault)).optional(),
      maxAgeMs: whole(0).optional(),
    }).optional(),
    waits: group({
      linkMs: whole(0).optional(),
      readBackMs: whole(0).optional(),
      verifyMs: whole(0).optional(),
    }).optional(),
    planLifetimeMs: whole(1).optional(),
    discovery: group({
      roles: oneOf('everybody', 'groups', 'none').optional(),
      skipBranchProtection: flag().optional(),
      confluenceAdminKey: flag().optional(),
    }).optional(),
    clock: having('an object with now and sleep', 'now', 'sleep').optional(),
  }),
);

function organizationIdFault(value: string): string | undefined {
  if (value.includes('/')) return 'must be the id alone: the segment after /o/ in the URL of admin.atlassian.com';
  return /[\s\p{Cc}]/u.test(value) || value.length > 256
    ? 'must not hold white space, and at most 256 characters'
    : undefined;
}

function scimUrlFault(value: string): string | undefined {
  try {
    parseScimUrl(value);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ message }) => message).join('; ');
    throw error;
  }
  return baseUrlFault(value);
}

function adminUrlFault(value: string): string | undefined {
  const fault = baseUrlFault(value);
  if (fault !== undefined) return fault;
  const { hostname, pathname } = new URL(value);
  if (hostname === 'admin.atlassian.com') return 'is the administration page; the API is at https://api.atlassian.com';
  return /\/admin(\/|$)/.test(pathname) ? 'must end before /admin: https://api.atlassian.com' : undefined;
}

function siteUrlFault(value: string): string | undefined {
  const fault = baseUrlFault(value);
  if (fault !== undefined) return fault;
  const { hostname } = new URL(value);
  return hostname === 'admin.atlassian.com' || hostname === 'id.atlassian.com'
    ? 'is no site; a site is at https://<name>.atlassian.net'
    : undefined;
}

function cloudIdFault(value: string): string | undefined {
  return /^[\w-]{1,128}$/.test(value)
    ? undefined
    : 'must be the id of the site, as https://<name>.atlassian.net/_edge/tenant_info has it';
}

function gatewayUrlFault(value: string): string | undefined {
  const fault = baseUrlFault(value);
  if (fault !== undefined) return fault;
  return /\/ex(\/|$)/.test(new URL(value).pathname) ? 'must end before /ex: https://api.atlassian.com' : undefined;
}

function domainFault(value: string): string | undefined {
  return /^[^\s@/:]+\.[^\s@/:]+$/.test(value) ? undefined : 'must be a domain such as acme.com';
}
