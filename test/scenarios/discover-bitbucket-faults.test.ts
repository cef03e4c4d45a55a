import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AtlassianProvisioner,
  type Discovered,
  type DiscoveryCheckpoint,
  type Gap,
  type ReadCheckpoint,
} from '../../src/index.js';
import { FakeAtlassian, type FakeFault } from '../../src/testing/index.js';

const PEOPLE = ['rosa@acme.com', 'ben@acme.com', 'noor@acme.com', 'ivo@acme.com'] as const;
const GROUPS = ['crew', 'planners'] as const;
const HOLDERS = [...PEOPLE, ...GROUPS];
const OPERATIONS = [
  'bitbucket.oauth.token',
  'bitbucket.workspaces.listPermissions',
  'bitbucket.workspaces.get',
  'bitbucket.groups.list',
  'bitbucket.projects.list',
  'bitbucket.repositories.list',
  'bitbucket.permissions.listRepositoryUsers',
  'bitbucket.permissions.listRepositoryGroups',
  'bitbucket.permissions.listProjectUsers',
  'bitbucket.permissions.listProjectGroups',
  'bitbucket.permissions.listEffective',
  'bitbucket.permissions.listEffectiveOfRepository',
  'bitbucket.branchRestrictions.list',
  'bitbucket.branchRestrictions.getEffectiveModel',
] as const;
const KINDS = ['push', 'force', 'require_approvals_to_merge', 'enforce_merge_checks', 'brand_new'];
const TYPES = ['development', 'production', 'feature', 'release', 'trunk'];

const grants = fc.dictionary(fc.constantFrom(...HOLDERS), fc.constantFrom('read', 'write', 'admin'), { maxKeys: 3 });
const rule = fc.oneof(
  fc.record({ kind: fc.constantFrom(...KINDS), pattern: fc.constantFrom('*', 'main', 'rel*', 'm*n', 'dev') }),
  fc.record({ kind: fc.constantFrom(...KINDS), branchType: fc.constantFrom(...TYPES) }),
);
const repository = fc.record({
  project: fc.constantFrom('PAY', 'OPS'),
  mainBranch: fc.constantFrom('main', 'main', 'release/1', null),
  inheritsBranchRestrictions: fc.boolean(),
  branchRestrictions: fc.array(rule, { maxLength: 3 }),
  grants,
});
/** Some workspace, and how it is read. */
const worlds = fc.record({
  owner: fc.boolean(),
  groups: fc.subarray([...GROUPS]),
  projects: fc.array(grants, { maxLength: 2 }),
  repositories: fc.array(repository, { maxLength: 4 }),
  credential: fc.constantFrom('whole', 'no-project-admin', 'reading', 'member', 'owner', 'admin-of-some'),
  pages: fc.constantFrom('numbered', 'hashed'),
  skipBranchProtection: fc.constantFrom(false, false, false, true),
});
type World = typeof worlds extends fc.Arbitrary<infer Some> ? Some : never;

const passing: fc.Arbitrary<FakeFault> = fc.constantFrom<FakeFault>(
  { status: 500 },
  { status: 429, retryAfter: 90_000 },
  { malformed: true },
  { reset: 'after' },
);
const lasting = fc.constantFrom<FakeFault>({ status: 403 }, { status: 404 }, { status: 401 });
const faultOf = (kind: fc.Arbitrary<FakeFault>) =>
  fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    fault: kind,
    skip: fc.nat({ max: 3 }),
    times: fc.constantFrom(1, 1, Infinity),
  });
const runs = { numRuns: Number(process.env.FAULT_RUNS ?? 20) };

describe('of any workspace, and whatever goes wrong', () => {
  test('a reading that is taken up when it is right again gives what one without a fault does', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.array(faultOf(passing), { minLength: 1, maxLength: 2 }), async (world, faults) => {
        const { fake, connect } = build(world);
        const whole = await reading(connect());
        const scripted = faults.map(({ operation, fault, ...when }) => fake.fail(operation, { ...fault, ...when }));

        const broken = await reading(connect());
        for (const one of scripted) one.cancel();
        const rest = await reading(connect(), broken.checkpoint);

        expect(sharedIds(broken.all)).toEqual([]);
        expect(saysNo(broken.found, whole.found)).toEqual([]);
        expect(withoutWords(merged(broken, rest))).toEqual(withoutWords(whole.found));
      }),
      runs,
    );
  });

  test('nothing is called known that a fault which stays has hidden', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds,
        fc.array(faultOf(fc.oneof(passing, lasting)), { minLength: 1, maxLength: 2 }),
        async (world, faults) => {
          const { fake, connect } = build(world);
          const whole = await reading(connect());
          for (const { operation, fault, ...when } of faults) fake.fail(operation, { ...fault, ...when });

          const broken = await reading(connect());

          expect(sharedIds(broken.all)).toEqual([]);
          expect(saysNo(broken.found, whole.found)).toEqual([]);
        },
      ),
      runs,
    );
  });

  test('a discovery that is cut at any step, with a fault before it, ends as one that was not', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds,
        faultOf(passing),
        fc.nat({ max: 12 }),
        async (world, { operation, fault, ...when }, steps) => {
          const { fake, connect } = build(world);
          const whole = await connect().discover({ concurrency: 2 });
          const scripted = fake.fail(operation, { ...fault, ...when });
          const cut = new AbortController();
          let checkpoint: DiscoveryCheckpoint | undefined;
          let done = 0;

          const first = await connect()
            .discover({
              concurrency: 2,
              signal: cut.signal,
              onProgress: () => {
                if (done === steps) cut.abort();
                done += 1;
              },
              onInterrupted: (one) => {
                checkpoint = JSON.parse(JSON.stringify(one)) as DiscoveryCheckpoint;
              },
            })
            .catch(() => undefined);
          fc.pre(first === undefined);
          scripted.cancel();
          const resumed = await connect().discover({ concurrency: 2, resumeFrom: checkpoint });

          expect(withoutWords(byId(resumed.gaps))).toEqual(withoutWords(byId(whole.gaps)));
          expect(resumed.entities).toEqual(whole.entities);
        },
      ),
      runs,
    );
  });
});

function build(world: World): {
  readonly fake: FakeAtlassian;
  readonly connect: () => AtlassianProvisioner;
} {
  const fake = new FakeAtlassian({ switches: { bitbucketPages: world.pages } });
  for (const email of PEOPLE) fake.addUser({ email });
  for (const name of GROUPS) fake.addGroup({ name, origin: 'local', members: [PEOPLE[0], PEOPLE[2]] });
  fake.addBitbucketMember(PEOPLE[0], { role: 'owner' });
  fake.addBitbucketMember(PEOPLE[1], { role: world.owner ? 'owner' : 'member' });
  for (const name of world.groups) fake.addBitbucketGroup({ name });
  for (const [n, held] of world.projects.entries())
    fake.addBitbucketProject({ key: ['PAY', 'DOC'][n] ?? 'X', grants: held });
  for (const [n, { mainBranch, ...seed }] of world.repositories.entries())
    fake.addRepository({ ...seed, mainBranch, name: `Repo ${String(n)}` });
  const credential = credentialOf(fake, world.credential);
  const { admin: _admin, organizationId: _organization, scim: _scim, site: _site, ...connection } = fake.connection();
  const settings = {
    ...connection,
    bitbucket: { workspace: 'acme', ...credential },
    http: { retry: { maxAttempts: 1 } },
    discovery: { skipBranchProtection: world.skipBranchProtection },
  };
  return { fake, connect: () => new AtlassianProvisioner(settings as never) };
}

function credentialOf(fake: FakeAtlassian, kind: World['credential']): object {
  if (kind === 'whole') return fake.bitbucketConsumer;
  if (kind === 'owner') return fake.addBitbucketToken(PEOPLE[0]);
  if (kind === 'member') return fake.addBitbucketToken(PEOPLE[1]);
  if (kind === 'admin-of-some') return fake.addBitbucketToken(PEOPLE[2]);
  const scopes = ['account', 'team', 'project'];
  return fake.addOauthConsumer({ scopes: kind === 'reading' ? scopes : [...scopes, 'repository:admin'] });
}

interface Read {
  readonly all: readonly Discovered[];
  readonly found: ReadonlyMap<string, Discovered>;
  readonly checkpoint: ReadCheckpoint | undefined;
}

async function reading(atlassian: AtlassianProvisioner, resumeFrom?: ReadCheckpoint): Promise<Read> {
  let checkpoint = resumeFrom;
  const all: Discovered[] = [];
  const stream = atlassian.discovery.bitbucket.read({
    resumeFrom,
    concurrency: 2,
    onCheckpoint: (one) => {
      checkpoint = JSON.parse(JSON.stringify(one)) as ReadCheckpoint;
    },
  });
  for await (const one of stream) all.push(one);
  return { all, checkpoint, found: byId(all) };
}

function byId(found: readonly Discovered[]): ReadonlyMap<string, Discovered> {
  return new Map(found.map((one) => [`${one.type} ${one.id}`, one] as const).sort());
}

/** Answers that were cut off tell their errors in other words. */
function withoutWords(found: ReadonlyMap<string, Discovered>): unknown[] {
  return [...found.values()].map((one) => (one.type === 'gap' ? { ...one, message: '' } : one));
}

/** What a caller holds who took the reading up. */
function merged(broken: Read, rest: Read): ReadonlyMap<string, Discovered> {
  const { gaps = [], kinds = [] } = broken.checkpoint?.outdated ?? {};
  const gone = new Set<string>([...gaps, ...kinds]);
  const kept = broken.all.filter((one) => !gone.has(one.type === 'gap' ? one.id : one.type));
  return byId([...kept, ...rest.all]);
}

/** Ids of gaps that say different things. */
function sharedIds(all: readonly Discovered[]): string[] {
  const said = new Map<string, Set<string>>();
  for (const one of all)
    if (one.type === 'gap')
      said.set(one.id, (said.get(one.id) ?? new Set()).add(`${one.reason} ${one.message.replaceAll(/\d+/g, 'n')}`));
  return [...said].filter(([, words]) => words.size > 1).map(([id]) => id);
}

/** What is there, and is missing or told otherwise, without a gap that may be why. */
function saysNo(found: ReadonlyMap<string, Discovered>, whole: ReadonlyMap<string, Discovered>): string[] {
  const gaps = [...found.values()].filter((one): one is Gap => one.type === 'gap');
  const isHidden = (one: Exclude<Discovered, Gap>) =>
    gaps.some(
      ({ hides, resource }) =>
        hides.includes(one.type) &&
        (resource === undefined || resource.id === one.id || ('resourceId' in one && resource.id === one.resourceId)),
    );
  return [...whole].flatMap(([key, one]) => {
    if (one.type === 'gap') return [];
    const now = found.get(key);
    return JSON.stringify(now) === JSON.stringify(one) || isHidden(one) ? [] : [key];
  });
}
