import type { AtlassianProvisionerOptions, Product } from 'atlassian-provisioner';
import type { FakeAtlassian, FakeRateLimit } from 'atlassian-provisioner/testing';
import { FixedLatency } from './fixed-latency.js';
import { loadBuild, loadFake } from './load-build.js';
import type { Ratio } from './ratio.js';

/** Requests at once to one API: the default of the SDK. */
const AT_ONCE = 8;
/** A page costs a round trip, and so do the steps before the first one. */
const SIZE = { people: 2_000, groups: 20, jiraProjects: 150, confluenceSpaces: 400, repositories: 150 };
const ALL = ['admin', 'jira', 'confluence', 'bitbucket'] as const;

/** Calls that follow one another whatever is done at once: each needs what the one before it told. */
const CHAINS: Readonly<
  Record<Product, (size: { people: number; largestGroup: number; repositories: number }) => number>
> = {
  // The pages of people, and a call about the last of them.
  admin: ({ people }) => Math.ceil(people / 100) + 1,
  // The credential, the rights, and the pages of the largest group, or of the projects with the roles of the last.
  jira: ({ largestGroup }) => 3 + Math.ceil(largestGroup / 50),
  // The credential, the mode, the roles, the pages of spaces, the last space, and what the site says of anonymous access.
  confluence: ({ largestGroup }) => 5 + Math.ceil(largestGroup / 200),
  // The token, the pages of repositories, the two kinds of grants, the model.
  bitbucket: ({ repositories }) => 3 + Math.ceil(repositories / 100),
};

/** One discovery, and what bounds it. */
interface Run {
  readonly of: string;
  readonly products: readonly Product[];
  readonly latencyMs: number;
  readonly size?: Partial<typeof SIZE>;
  /** What the server refuses to do faster. */
  readonly serverLimits?: readonly FakeRateLimit[];
  /** What the caller has set, for all calls of an API together. */
  readonly http?: AtlassianProvisionerOptions['http'];
  /** Of the limits, each with the names of the calls that it counts together. */
  readonly budgets?: readonly Budget[];
}

interface Budget {
  /** Beginnings of the names of operations that share it; each operation has one of its own without. */
  readonly together: readonly string[] | 'each of jira';
  readonly requests: number;
  readonly intervalMs: number;
}

/**
 * The time of a discovery on a simulated clock, against the least that its calls, their latency and the rate limits allow.
 *
 * The bound is the largest of: the calls of each API by eight at once, the longest chain of calls that need one another,
 * and for each budget of n calls in a time the whole times that its calls fill, with the rest by eight at once.
 */
export async function discoveryTime(): Promise<Ratio[]> {
  const { DOCUMENTED_RATE_LIMITS } = await loadFake();
  const jiraBursts: Budget = { together: 'each of jira', requests: 100, intervalMs: 1_000 };
  const repositories: Budget = {
    together: ['bitbucket.repositories.', 'bitbucket.branchRestrictions.', 'bitbucket.permissions.listRepository'],
    requests: 1_000,
    intervalMs: 3_600_000,
  };
  const perSecond = { requests: 50, intervalMs: 1_000 };
  const runs: readonly Run[] = [
    ...ALL.map((product): Run => ({ of: product, products: [product], latencyMs: 100 })),
    { of: 'all', products: ALL, latencyMs: 100 },
    {
      of: 'jira, 100 calls a second of each operation',
      products: ['jira'],
      latencyMs: 25,
      serverLimits: DOCUMENTED_RATE_LIMITS,
      budgets: [jiraBursts],
    },
    {
      of: 'jira, set to 50 calls a second',
      products: ['jira'],
      latencyMs: 100,
      http: { rateLimit: { site: { budget: perSecond } } },
      budgets: [{ ...perSecond, together: ['jira.', 'site.'] }],
    },
    {
      of: 'bitbucket, 1,000 calls an hour about repositories',
      products: ['bitbucket'],
      latencyMs: 100,
      size: { repositories: 900 },
      serverLimits: DOCUMENTED_RATE_LIMITS,
      budgets: [repositories],
    },
    {
      of: 'all, with the documented limits',
      products: ALL,
      latencyMs: 25,
      serverLimits: DOCUMENTED_RATE_LIMITS,
      budgets: [jiraBursts, repositories],
    },
  ];

  const ratios: Ratio[] = [];
  for (const run of runs) ratios.push(await timeOf(run));
  return ratios;
}

async function timeOf({ of, products, latencyMs, size, serverLimits, http, budgets = [] }: Run): Promise<Ratio> {
  const { AtlassianProvisioner } = await loadBuild();
  const { FakeAtlassian, generateOrganization } = await loadFake();
  const fake = new FakeAtlassian();
  const whole = { ...SIZE, ...size };
  const { largestGroup } = generateOrganization(fake, whole);
  const clock = new FixedLatency(latencyMs);
  fake.limitRates(serverLimits ?? []);
  const atlassian = new AtlassianProvisioner({
    ...fake.connection(),
    clock,
    fetch: clock.delayed(inStep(fake, clock)),
    ...(http !== undefined && { http }),
  });
  fake.requests.clear();

  const startedAt = clock.now();
  const { gaps } = await atlassian.discover({ products });

  // What the products never tell is no fault of the reading.
  const unread = gaps.filter(({ reason }) => reason !== 'skipped' && reason !== 'truncated');
  if (unread.length > 0) throw new Error(`The discovery has a gap: ${unread[0]?.message ?? ''}`);
  const answered = [...fake.requests].filter(({ status }) => status !== 429).map(({ operation }) => operation);
  const refused = fake.requests.length - answered.length;
  const chains = products.map((product) => CHAINS[product]({ ...whole, largestGroup }));
  // Each API has its own connections: the organization, SCIM, Jira, Confluence, Bitbucket.
  const apis = ['admin.', 'scim.', 'jira.', 'confluence.', 'bitbucket.'];
  const rounds = Math.max(...apis.map((api) => countOf(answered, [api]) / AT_ONCE), ...chains);
  const limited = budgets.flatMap(({ together, requests, intervalMs }) =>
    countsOf(answered, together).map((count) => {
      const full = Math.floor((count - 1) / requests);
      return full * intervalMs + Math.ceil((count - full * requests) / AT_ONCE) * latencyMs;
    }),
  );
  return {
    name: `discover ${of}: time on a simulated clock, by its bound (${String(answered.length)} calls, ${String(refused)} refused)`,
    measured: clock.now() - startedAt,
    baseline: Math.max(Math.ceil(rounds) * latencyMs, ...limited),
    unit: 'ms',
    target: 1.15,
  };
}

/** The fake, whose windows of time are those of the simulated clock. */
function inStep(fake: FakeAtlassian, clock: FixedLatency): (request: Request) => Promise<Response> {
  return async (request) => {
    fake.clock.set(clock.now());
    return fake.fetch(request);
  };
}

function countsOf(operations: readonly string[], together: Budget['together']): number[] {
  if (together !== 'each of jira') return [countOf(operations, together)];
  const names = new Set(operations.filter((operation) => operation.startsWith('jira.')));
  return [...names].map((name) => operations.filter((operation) => operation === name).length);
}

function countOf(operations: readonly string[], beginnings: readonly string[]): number {
  return operations.filter((operation) => beginnings.some((beginning) => operation.startsWith(beginning))).length;
}
