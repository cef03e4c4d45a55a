import type { NamedBudget } from './rate-limiter.js';

const MINUTE_MS = 60_000;

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
]);

/** The documented budgets of an API; none for one that is not known. */
export function documentedBudgets(api: string): readonly NamedBudget[] {
  return DOCUMENTED_BUDGETS.get(api) ?? [];
}
