import type { LimitUse } from '../../faults/limit-use.js';
import { json } from '../respond.js';
import type { ApiFamily, FakeResponse, Route, RouteContext } from '../route.js';
import { principalOf } from './admission.js';
import { BRANCH_ROUTES } from './branch-routes.js';
import { GRANT_ROUTES } from './grant-routes.js';
import { GROUP_ROUTES } from './group-routes.js';
import { REPOSITORY_ROUTES } from './repository-routes.js';
import { TOKEN_ROUTE } from './token-route.js';
import { USER_ROUTES } from './user-routes.js';
import { WORKSPACE_ROUTES } from './workspace-routes.js';

const CHANGE = {
  announcement_url: 'https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-2770',
} as const;

/** Lists across workspaces ended on 14 April 2026, for every credential. */
const RETIRED_ROUTES: readonly Route[] = [
  ['workspaces', '/2.0/workspaces'],
  ['workspacePermissions', '/2.0/user/permissions/workspaces'],
  ['repositoryPermissions', '/2.0/user/permissions/repositories'],
  ['repositories', '/2.0/repositories'],
].map(([name = '', path = '']) => ({
  operation: `bitbucket.retired.${name}`,
  method: 'GET',
  path,
  effect: 'read',
  handle: () =>
    json(410, {
      type: 'error',
      error: {
        message: 'CHANGE-2770 - Functionality has been deprecated',
        detail: 'Please read the changelog entry for more details.',
        data: { ...CHANGE },
      },
      data: { ...CHANGE },
    }),
}));

/** Bitbucket Cloud, with the endpoint that gives OAuth consumers their tokens. Who may do what, each route asks itself. */
export const BITBUCKET_FAMILY: ApiFamily = {
  name: 'bitbucket',
  at: 'bitbucket',
  routes: [
    TOKEN_ROUTE,
    ...USER_ROUTES,
    ...WORKSPACE_ROUTES,
    ...REPOSITORY_ROUTES,
    ...GRANT_ROUTES,
    ...BRANCH_ROUTES,
    ...GROUP_ROUTES,
    ...RETIRED_ROUTES,
  ],
  authorize: () => undefined,
  headers: scopeHeaders,
  limitHeaders,
  tooManyRequests,
};

function scopeHeaders(context: RouteContext): Record<string, string> {
  const principal = principalOf(context);
  if (principal === undefined || principal.kind === 'anonymous') return {};
  return { 'x-oauth-scopes': [...principal.scopes].join(', '), 'x-credential-type': principal.kind.replace('-', '') };
}

/** Only access tokens are told how much is near; nobody in particular is told when it is over. */
function limitHeaders(use: LimitUse, { bitbucket, credential, now }: RouteContext): Record<string, string> {
  if (bitbucket?.kind === 'access-token')
    return {
      'x-ratelimit-limit': String(use.limit),
      'x-ratelimit-resource': 'api',
      'x-ratelimit-nearlimit': String(use.remaining < use.limit / 5),
    };
  if (credential !== 'none' || !use.exceeded) return {};
  return {
    'x-ratelimit-limit': `${use.limit}, ${use.limit};w=${use.windowMs / 1000}`,
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil((use.resetAt - now) / 1000)),
  };
}

const EXCEEDED = 'Rate limit for this resource has been exceeded';

function tooManyRequests({ switches }: RouteContext): FakeResponse {
  return switches.bitbucketTooManyRequests === 'text'
    ? { status: 429, text: EXCEEDED }
    : json(429, { type: 'error', error: { message: EXCEEDED } });
}
