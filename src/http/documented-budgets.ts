import type { NamedBudget, RateLimitOptions } from './rate-limiter.js';

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

/** Bursts of Jira: so many calls a second of each operation, over everybody who calls the site. Those that are made often. */
const JIRA_BURSTS: readonly NamedBudget[] = [
  ...eachOf(100, [
    'jira.users.get',
    'jira.groups.listMembers',
    'jira.groups.addMember',
    'jira.projects.get',
    'jira.projectRoles.get',
    'jira.projectRoles.listOfProject',
    'jira.projectRoles.addActors',
    'jira.permissionSchemes.getOfProject',
    'jira.permissionSchemes.createGrant',
  ]),
  ...eachOf(50, [
    'jira.groups.removeMember',
    'jira.projectRoles.setActors',
    'jira.projectRoles.removeActor',
    'jira.permissionSchemes.assign',
    'jira.permissionSchemes.deleteGrant',
  ]),
];

function eachOf(requests: number, operations: readonly string[]): NamedBudget[] {
  return operations.map((operation) => ({ name: operation, operations: [operation], requests, intervalMs: 1_000 }));
}

/**
 * The documented budgets of an API; none for one that is not known.
 *
 * Jira's are left out where the caller has set a budget: that is one for all of its calls.
 */
export function documentedBudgets(
  api: string,
  { budget }: Pick<RateLimitOptions, 'budget'> = {},
): readonly NamedBudget[] {
  if (api === 'jira') return budget === undefined ? JIRA_BURSTS : [];
  return DOCUMENTED_BUDGETS.get(api) ?? [];
}
