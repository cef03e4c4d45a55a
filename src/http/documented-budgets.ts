import type { NamedBudget } from './rate-limiter.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What Atlassian publishes about calls it counts apart. All other limits are unpublished. */
const DOCUMENTED_BUDGETS: ReadonlyMap<string, readonly NamedBudget[]> = new Map([
  [
    'admin',
    [
      {
        name: 'events',
        operations: ['admin.events.list', 'admin.events.get', 'admin.events.listActions'],
        requests: 10,
        intervalMs: MINUTE_MS,
      },
      { name: 'events-stream', operations: ['admin.events.poll'], requests: 50, intervalMs: MINUTE_MS },
      { name: 'last-active-dates', operations: ['admin.users.lastActiveDates'], requests: 200, intervalMs: MINUTE_MS },
    ],
  ],
  [
    'bitbucket',
    [
      {
        // All of `/2.0/repositories`, by consumer, user or access token; other paths are not counted there.
        name: 'repositories',
        operations: [
          'bitbucket.repositories.list',
          'bitbucket.repositories.get',
          'bitbucket.permissions.listRepositoryUsers',
          'bitbucket.permissions.getRepositoryUser',
          'bitbucket.permissions.grantRepositoryUser',
          'bitbucket.permissions.revokeRepositoryUser',
          'bitbucket.permissions.listRepositoryGroups',
          'bitbucket.permissions.getRepositoryGroup',
          'bitbucket.permissions.grantRepositoryGroup',
          'bitbucket.permissions.revokeRepositoryGroup',
          'bitbucket.branchRestrictions.list',
          'bitbucket.branchRestrictions.getEffectiveModel',
        ],
        requests: 1000,
        intervalMs: HOUR_MS,
      },
    ],
  ],
]);

/** The documented budgets of an API; none for one that is not known. */
export function documentedBudgets(api: string): readonly NamedBudget[] {
  return DOCUMENTED_BUDGETS.get(api) ?? [];
}
