import { FixedLatency } from './fixed-latency.js';
import { loadBuild, loadFake } from './load-build.js';
import type { Ratio } from './ratio.js';

const LATENCY_MS = 100;
/** Requests at once to one API: the default of the SDK. */
const AT_ONCE = 8;
/** A page costs a round trip, and so do the steps before the first one. */
const SIZE = { people: 2_000, groups: 20, jiraProjects: 150, confluenceSpaces: 400, repositories: 150 };

/** Calls that follow one another whatever is done at once: each needs what the one before it told. */
const CHAINS = {
  // The pages of people, and a call about the last of them.
  admin: (people: number) => Math.ceil(people / 100) + 1,
  // The credential, the rights, and the pages of the largest group, or of the projects with the roles of the last.
  jira: (largestGroup: number) => 3 + Math.ceil(largestGroup / 50),
  // The credential, the mode, the roles, the pages of spaces, the last space, and what the site says of anonymous access.
  confluence: (largestGroup: number) => 5 + Math.ceil(largestGroup / 200),
  // The token, the pages of repositories, the two kinds of grants, the model.
  bitbucket: (repositories: number) => 3 + Math.ceil(repositories / 100),
};

/** The time of a discovery on a simulated clock, against the least that its calls, their latency and the limits allow. */
export async function discoveryTime(): Promise<Ratio[]> {
  const { AtlassianProvisioner } = await loadBuild();
  const { FakeAtlassian, generateOrganization } = await loadFake();
  const fake = new FakeAtlassian();
  const { largestGroup } = generateOrganization(fake, SIZE);
  const chains = {
    admin: CHAINS.admin(SIZE.people),
    jira: CHAINS.jira(largestGroup),
    confluence: CHAINS.confluence(largestGroup),
    bitbucket: CHAINS.bitbucket(SIZE.repositories),
  };

  const time = async (products: readonly (keyof typeof chains)[]): Promise<Ratio> => {
    const clock = new FixedLatency(LATENCY_MS);
    const atlassian = new AtlassianProvisioner({ ...fake.connection(), clock, fetch: clock.delayed(fake.fetch) });
    fake.requests.clear();
    const startedAt = clock.now();
    const { gaps } = await atlassian.discover({ products });
    const unread = gaps.filter(({ reason }) => reason !== 'skipped');
    if (unread.length > 0) throw new Error(`The discovery has a gap: ${unread[0]?.message ?? ''}`);
    const operations = fake.requests.operations();
    // Each API has its own connections: the organization, SCIM, Jira, Confluence, Bitbucket.
    const calls = ['admin.', 'scim.', 'jira.', 'confluence.', 'bitbucket.'].map(
      (api) => operations.filter((operation) => operation.startsWith(api)).length,
    );
    const rounds = Math.max(...calls.map((count) => count / AT_ONCE), ...products.map((product) => chains[product]));
    return {
      name: `discover ${products.join(', ')}: time on a simulated clock, by its bound (${String(operations.length)} calls)`,
      measured: clock.now() - startedAt,
      baseline: Math.ceil(rounds) * LATENCY_MS,
      unit: 'ms',
      target: 1.15,
    };
  };

  const ratios: Ratio[] = [];
  for (const product of ['admin', 'jira', 'confluence', 'bitbucket'] as const) ratios.push(await time([product]));
  ratios.push(await time(['admin', 'jira', 'confluence', 'bitbucket']));
  return ratios;
}
