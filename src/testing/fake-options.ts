import type { FakeRateLimit } from './faults/rate-limits.js';
import type { FakeClock } from './state/fake-clock.js';
import type { FakeLags } from './state/visible-state.js';
import type { FakeSwitches } from './switches/fake-switches.js';
import type { FakeFetch } from './wire/fake-fetch.js';

/** How a {@link FakeAtlassian} starts. Everything has a default, and most can change later. */
export interface FakeAtlassianOptions {
  /** Name of the organization. Default `Acme`. */
  readonly organizationName?: string;
  /** Whether it has a paid subscription. Default true; without one, inviting answers 402. */
  readonly paid?: boolean;
  /** Whether it has Atlassian Guard. Default true; without it, SCIM is refused. */
  readonly guard?: boolean;
  /** Instant at which its clock starts. Default `2026-01-05T09:00:00Z`, and now for a clock in real time. */
  readonly startsAt?: Date | string;
  /**
   * Whether its clock goes on by itself. Default false. For clients that wait in real time for lags, rate limits or
   * `Retry-After`.
   */
  readonly realTime?: boolean;
  /** How long a request takes on its clock, in milliseconds. Default 1, so that later things have later timestamps. */
  readonly requestDurationMs?: number;
  /** How far reads trail behind writes. Default: not at all. */
  readonly lags?: Partial<FakeLags>;
  /** Behaviour that nobody has confirmed. Default: the likelier. */
  readonly switches?: Partial<FakeSwitches>;
  /** Budgets of requests. Default: none. `DOCUMENTED_RATE_LIMITS` has those that Atlassian publishes. */
  readonly rateLimits?: readonly FakeRateLimit[];
  /** Where `fetch` finds it. Default `https://api.atlassian.com`; a path after the origin is allowed. */
  readonly baseUrl?: string;
}

/** The part of the SDK's configuration that points it at the fake. Spread it: `{ ...fake.connection(), … }`. */
export interface FakeConnection {
  readonly organizationId: string;
  readonly scim: { readonly url: string; readonly token: string };
  readonly admin: { readonly apiKey: string; readonly baseUrl: string };
  /** The first site, and a token of its administrator; absent while no product is on a site. */
  readonly site?: { readonly url: string; readonly user: string; readonly token: string };
  /** The Bitbucket workspace, and an OAuth consumer that may read all of it; absent while there is none. */
  readonly bitbucket?: {
    readonly workspace: string;
    readonly oauthKey: string;
    readonly oauthSecret: string;
    /** Over HTTP only. */
    readonly baseUrl?: string;
    /** Over HTTP only. */
    readonly tokenUrl?: string;
  };
}

/** A connection that opens no socket and takes no real time. */
export interface InProcessConnection extends FakeConnection {
  readonly fetch: FakeFetch;
  readonly clock: FakeClock;
}
