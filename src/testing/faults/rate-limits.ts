import type { FakeMethod, RouteContext } from '../routes/route.js';
import type { LimitUse } from './limit-use.js';
import { matchesOperation } from '../requests/operation-pattern.js';

/** A budget of requests in fixed windows, on the clock of the fake. */
export interface FakeRateLimit {
  /** The operations that share it: names, or patterns such as `scim.*` or `*`. */
  readonly operations: string | readonly string[];
  /** Of those, the ones with these methods. Default: all. */
  readonly methods?: readonly FakeMethod[];
  /** Of those, the ones without a credential (`true`), or the ones with one (`false`). Default: all. */
  readonly anonymous?: boolean;
  readonly limit: number;
  readonly windowMs: number;
  /**
   * What has a budget of its own: each key or token, each path of the API, each operation whoever calls it, or the
   * organization as a whole. Default `key`.
   */
  readonly per?: 'key' | 'path' | 'operation' | 'organization';
  /** Headers of a 429, beside `X-RateLimit-*`, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether a 429 carries `Retry-After`, which Atlassian does not document for these APIs. Default false. */
  readonly retryAfter?: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Of each operation of Jira, shared by every caller of the site. */
const JIRA_BURSTS: readonly FakeRateLimit[] = (
  [
    [['GET', 'POST'], 100],
    [['PUT', 'DELETE'], 50],
  ] as const
).map(([methods, limit]) => ({
  operations: 'jira.*',
  methods,
  limit,
  windowMs: 1000,
  per: 'operation',
  retryAfter: true,
  headers: { 'ratelimit-reason': 'jira-burst-based' },
}));

/**
 * The limits that Atlassian publishes for the Organizations API, for Jira and for Bitbucket. Everything else is limited too, by
 * unknown numbers.
 */
export const DOCUMENTED_RATE_LIMITS: readonly FakeRateLimit[] = [
  ...['admin.events.list', 'admin.events.get', 'admin.events.listActions'].flatMap((operations): FakeRateLimit[] => [
    { operations, limit: 10, windowMs: MINUTE, per: 'key' },
    { operations, limit: 10, windowMs: MINUTE, per: 'path' },
  ]),
  { operations: 'admin.events.poll', limit: 60, windowMs: MINUTE, per: 'key' },
  { operations: 'admin.events.poll', limit: 50, windowMs: MINUTE, per: 'path' },
  { operations: 'admin.users.lastActiveDates', limit: 200, windowMs: MINUTE, per: 'organization' },
  {
    operations: [
      'bitbucket.repositories.*',
      'bitbucket.branchRestrictions.*',
      ...['list', 'get', 'grant', 'revoke'].map((verb) => `bitbucket.permissions.${verb}Repository*`),
    ],
    limit: 1000,
    windowMs: HOUR,
    anonymous: false,
  },
  { operations: 'bitbucket.*', limit: 60, windowMs: HOUR, anonymous: true },
  ...JIRA_BURSTS,
];

/** What the limits say about one request. */
export interface RateLimitVerdict {
  readonly allowed: boolean;
  /** How much of the tightest budget is used; absent when nothing limits the operation. */
  readonly use?: LimitUse;
  /** `X-RateLimit-*` of the tightest budget, and `Retry-After`; empty when nothing limits the operation. */
  readonly headers: Readonly<Record<string, string>>;
}

type CountedRequest = Pick<
  RouteContext,
  'key' | 'deadKey' | 'caller' | 'bitbucket' | 'credential' | 'method' | 'path' | 'now'
>;

interface Window {
  startedAt: number;
  used: number;
}

/** Counts requests against the configured budgets. */
export class RateLimits {
  #limits: readonly FakeRateLimit[];
  #windows = new Map<string, Window>();

  constructor(limits: readonly FakeRateLimit[]) {
    this.#limits = limits;
  }

  /** Replaces the budgets and forgets what was used of them. */
  configure(limits: readonly FakeRateLimit[]): void {
    this.#limits = limits;
    this.#windows.clear();
  }

  /** Forgets what was used of the budgets. */
  reset(): void {
    this.#windows.clear();
  }

  /** Counts a request. One that is refused uses nothing up. */
  count(operation: string, context: CountedRequest): RateLimitVerdict {
    const budgets = this.#limits
      .map((limit, index) => ({ limit, index }))
      .filter(({ limit: { operations, methods, anonymous } }) => {
        if (anonymous !== undefined && anonymous !== (context.credential === 'none')) return false;
        return (
          [operations].flat().some((pattern) => matchesOperation(pattern, operation)) &&
          methods?.includes(context.method) !== false
        );
      })
      .map(({ limit, index }) => ({ limit, window: this.#window(limit, index, operation, context) }));
    if (budgets.length === 0) return { allowed: true, headers: {} };

    const full = budgets.filter(({ limit, window }) => window.used >= limit.limit);
    if (full.length === 0) for (const { window } of budgets) window.used += 1;

    const [first, ...rest] = full.length > 0 ? full : budgets;
    if (first === undefined) return { allowed: true, headers: {} };
    const remainingOf = (budget: typeof first): number => budget.limit.limit - budget.window.used;
    const tightest = rest.reduce((least, budget) => (remainingOf(budget) < remainingOf(least) ? budget : least), first);
    const resetAt = tightest.window.startedAt + tightest.limit.windowMs;
    return {
      allowed: full.length === 0,
      use: {
        limit: tightest.limit.limit,
        windowMs: tightest.limit.windowMs,
        remaining: remainingOf(tightest),
        resetAt,
        exceeded: full.length > 0,
      },
      headers: {
        'x-ratelimit-limit': String(tightest.limit.limit),
        'x-ratelimit-remaining': String(remainingOf(tightest)),
        'x-ratelimit-reset': new Date(resetAt).toISOString(),
        ...(full.length > 0 && tightest.limit.headers),
        ...(full.length > 0 &&
          tightest.limit.retryAfter === true && {
            'retry-after': String(Math.max(1, Math.ceil((resetAt - context.now) / 1000))),
          }),
      },
    };
  }

  #window(
    limit: FakeRateLimit,
    index: number,
    operation: string,
    { key, deadKey, caller, bitbucket, path, now }: CountedRequest,
  ): Window {
    const owners = {
      key: (key ?? deadKey ?? caller?.token ?? bitbucket)?.id ?? 'none',
      path,
      operation,
      organization: '',
    };
    const name = `${index} ${owners[limit.per ?? 'key']}`;
    const startedAt = now - (now % limit.windowMs);
    let window = this.#windows.get(name);
    if (window?.startedAt !== startedAt) {
      window = { startedAt, used: 0 };
      this.#windows.set(name, window);
    }
    return window;
  }
}
