import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AtlassianProvisioner, type Discovered, type ReadCheckpoint } from '../../src/index.js';
import { FakeAtlassian, generateOrganization, type FakeFault } from '../../src/testing/index.js';

const PRODUCTS = ['admin', 'jira', 'confluence', 'bitbucket'] as const;
const SIZE = { people: 8, groups: 2, jiraProjects: 2, confluenceSpaces: 2, repositories: 2 };

const faults = fc.constantFrom<FakeFault>(
  { status: 500 },
  { malformed: true },
  { status: 429, retryAfter: 90_000 },
  { status: 403 },
  { status: 404 },
);

test('two gaps that say different things have two ids, in every product', async () => {
  const operations = await operationsOfDiscovery();
  const scripts = fc.array(
    fc.record({
      operation: fc.constantFrom(...operations),
      fault: faults,
      skip: fc.nat({ max: 2 }),
      lasts: fc.boolean(),
    }),
    { minLength: 2, maxLength: 6 },
  );

  await fc.assert(
    fc.asyncProperty(scripts, async (script) => {
      const { fake, atlassian } = world();
      for (const { operation, fault, skip, lasts } of script)
        fake.fail(operation, { ...fault, skip, times: lasts ? Infinity : 1 });

      const said = new Map<string, Set<string>>();
      for (const product of PRODUCTS)
        for (const one of (await reading(atlassian, product)).found)
          if (one.type === 'gap') {
            const words = `${one.reason} ${one.code ?? ''} ${one.resource?.id ?? ''} ${one.hides.join()}`;
            said.set(one.id, (said.get(one.id) ?? new Set()).add(words));
          }

      expect([...said].filter(([, words]) => words.size > 1)).toEqual([]);
    }),
    { numRuns: Number(process.env.FAULT_RUNS ?? 12) },
  );
});

async function operationsOfDiscovery(): Promise<readonly string[]> {
  const { fake, atlassian } = world();
  await atlassian.discover();
  return [...new Set(fake.requests.operations())];
}

function world(): { readonly fake: FakeAtlassian; readonly atlassian: AtlassianProvisioner } {
  const fake = new FakeAtlassian();
  fake.addDomain('acme.com');
  generateOrganization(fake, SIZE);
  return { fake, atlassian: clientOf(fake) };
}

function clientOf(fake: FakeAtlassian): AtlassianProvisioner {
  return new AtlassianProvisioner({ ...fake.connection(), http: { retry: { maxAttempts: 1 } } });
}

async function reading(
  atlassian: AtlassianProvisioner,
  product: (typeof PRODUCTS)[number],
  resumeFrom?: ReadCheckpoint,
): Promise<{ readonly found: readonly Discovered[]; readonly checkpoint: ReadCheckpoint | undefined }> {
  let checkpoint = resumeFrom;
  const found: Discovered[] = [];
  const stream: AsyncIterable<Discovered> = atlassian.discovery[product].read({
    resumeFrom,
    concurrency: 2,
    onCheckpoint: (one) => {
      checkpoint = JSON.parse(JSON.stringify(one)) as ReadCheckpoint;
    },
  });
  for await (const one of stream) found.push(one);
  return { found, checkpoint };
}

test('a reading of any product that failed for now is whole when it is taken up', async () => {
  const operations = await operationsOfDiscovery();
  const { atlassian: right } = world();
  const wholes = new Map<string, unknown>();
  for (const product of PRODUCTS) wholes.set(product, told(byId((await reading(right, product)).found)));
  const passing = fc.constantFrom<FakeFault>({ status: 500 }, { malformed: true }, { status: 429, retryAfter: 90_000 });
  const scripts = fc.array(
    fc.record({
      operation: fc.constantFrom(...operations),
      fault: passing,
      skip: fc.nat({ max: 3 }),
      lasts: fc.boolean(),
    }),
    { minLength: 1, maxLength: 2 },
  );

  await fc.assert(
    fc.asyncProperty(scripts, fc.constantFrom(...PRODUCTS), async (script, product) => {
      const { fake, atlassian } = world();
      const scripted = script.map(({ operation, fault, skip, lasts }) =>
        fake.fail(operation, { ...fault, skip, times: lasts ? Infinity : 1 }),
      );

      const broken = await reading(atlassian, product);
      fc.pre(scripted.some(({ hits }) => hits > 0));
      for (const one of scripted) one.cancel();
      // Another one: it was not told to wait.
      const rest = await reading(clientOf(fake), product, broken.checkpoint);

      const { gaps = [], kinds = [] } = broken.checkpoint?.outdated ?? {};
      const gone = new Set<string>([...gaps, ...kinds]);
      const kept = broken.found.filter((one) => !gone.has(one.type === 'gap' ? one.id : one.type));
      expect(told(byId([...kept, ...rest.found]))).toEqual(wholes.get(product));
    }),
    { numRuns: Number(process.env.FAULT_RUNS ?? 12) },
  );
});

function byId(found: readonly Discovered[]): ReadonlyMap<string, Discovered> {
  return new Map(found.map((one) => [`${one.type} ${one.id}`, one] as const).sort());
}

function told(found: ReadonlyMap<string, Discovered>): unknown[] {
  return [...found.values()].map((one) => (one.type === 'gap' ? { ...one, message: '' } : one));
}
