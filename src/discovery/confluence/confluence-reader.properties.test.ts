import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import { FakeAtlassian } from '../../testing/fake-atlassian.js';
import type { FakeFault } from '../../testing/faults/fault.js';
import type { ReadCheckpoint } from '../reading/discovery-reader.js';
import { ConfluenceReader } from './confluence-reader.js';
import { connect, inPages, type Found } from './confluence-site.fixture.js';

const OPERATIONS = [
  'confluence.users.current',
  'confluence.users.search',
  'confluence.users.bulk',
  'confluence.groups.list',
  'confluence.groups.listMembers',
  'confluence.instance.getSystemInfo',
  'confluence.instance.allowsAnonymous',
  'confluence.instance.findAdminKey',
  'confluence.spaceRoles.getMode',
  'confluence.spaceRoles.list',
  'confluence.spaceRoles.listAssignments',
  'confluence.spaces.list',
  'confluence.spacePermissions.list',
] as const;

/** Refusals that are answers: no roles here, no admin key, nobody without an account. */
const ANSWERS: ReadonlySet<string> = new Set([
  '404 confluence.spaceRoles.getMode',
  '404 confluence.spaceRoles.list',
  '404 confluence.instance.findAdminKey',
  '403 confluence.instance.allowsAnonymous',
]);

const HOLDERS = ['all-licensed-users', 'all-product-admins', 'jsm-project-admins', 'group-0', 'group-1', 'p0@acme.com'];

const spaces = fc.array(
  fc.record({
    isPersonal: fc.boolean(),
    status: fc.constantFrom('current' as const, 'archived' as const),
    anonymous: fc.boolean(),
    unlicensed: fc.boolean(),
    productAdmins: fc.boolean(),
    holders: fc.uniqueArray(fc.constantFrom(...HOLDERS), { maxLength: 3 }),
  }),
  { maxLength: 5 },
);

const worlds = fc.record({
  mode: fc.constantFrom('PRE_ROLES' as const, 'ROLES_TRANSITION' as const, 'ROLES' as const, 'absent' as const),
  anonymousAccess: fc.boolean(),
  switches: fc.record({
    confluenceShortPages: fc.constantFrom(0, 1),
    confluenceSearchGuestFlag: fc.boolean(),
    confluenceOpenRows: fc.constantFrom('access-class' as const, 'user' as const, 'null' as const, 'omitted' as const),
    confluenceRoleRows: fc.constantFrom('none' as const, 'flattened' as const),
  }),
  people: fc.array(fc.record({ active: fc.boolean(), groups: fc.subarray([0, 1, 2]) }), { minLength: 1, maxLength: 7 }),
  guests: fc.nat({ max: 3 }),
  spaces,
  hasAdminKey: fc.boolean(),
  isAdministrator: fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, fc.constant(false)),
  page: fc.constantFrom(1, 2, 200),
});
type World = typeof worlds extends fc.Arbitrary<infer Of> ? Of : never;

const passing = fc.constantFrom<FakeFault>(
  { status: 500 },
  { status: 503, times: 2 },
  { status: 401 },
  { status: 429, retryAfter: 90_000 },
  { malformed: true },
  { status: 200, body: {} },
  { reset: 'before' },
);
const faultAt = (fault: fc.Arbitrary<FakeFault>) =>
  fc
    .record({ operation: fc.constantFrom(...OPERATIONS), fault, skip: fc.nat({ max: 3 }) })
    // Of an admin key, an answer without its time is that of another key.
    .filter(({ operation, fault: { status } }) => status !== 200 || operation !== 'confluence.instance.findAdminKey');
/** A reading with faults, which may be cancelled at one of its requests. */
const rounds = fc.array(
  fc.record({
    faults: fc.array(faultAt(passing), { maxLength: 2 }),
    cutAt: fc.option(fc.nat({ max: 30 }), { nil: undefined }),
    concurrency: fc.constantFrom(1, 16),
  }),
  { minLength: 1, maxLength: 3 },
);

test('a reading that is taken up until nothing fails any more is the one that nothing failed in', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, rounds, async (world, failing) => {
      const fake = await build(world);
      const { found: whole } = await reading(fake, world);

      let found: readonly Found[] = [];
      let checkpoint: ReadCheckpoint | undefined;
      for (const { faults, cutAt, concurrency } of [...failing, { faults: [], cutAt: undefined, concurrency: 4 }]) {
        const scripted = faults.map(({ operation, fault, skip }) => fake.fail(operation, { ...fault, skip }));
        const next = await reading(fake, world, { resumeFrom: checkpoint, cutAt, concurrency });
        for (const fault of scripted) fault.cancel();
        found = [...stillGood(found, checkpoint), ...next.found];
        checkpoint = next.checkpoint ?? checkpoint;
      }

      expect(byId(found)).toEqual(byId(whole));
    }),
    { numRuns: 40 },
  );
});

test('a reading in which something failed for good says so', async () => {
  const statuses = fc.constantFrom(400, 401, 403, 404, 410, 429, 500);
  const faults = faultAt(statuses.map((status) => ({ status, times: Infinity })));
  await fc.assert(
    fc.asyncProperty(worlds, faults, async (world, { operation, fault, skip }) => {
      fc.pre(!ANSWERS.has(`${String(fault.status)} ${operation}`));
      const fake = await build(world);
      const { found: whole } = await reading(fake, world);
      const scripted = fake.fail(operation, { ...fault, skip });

      const { found } = await reading(fake, world);

      // Somebody without a licence is told of nothing either way.
      if (scripted.hits === 0 || whole.length === 1) return;
      const known = new Set(whole.map(({ id }) => id));
      expect(found.some(({ type, id }) => type === 'gap' && !known.has(id))).toBe(true);
      // What is missing is absent, and nothing is made up for it. Permissions that roles imply are those that were listed.
      const told = found.filter(({ type }) => type !== 'gap' && type !== 'confluence.grant');
      const so = byId(whole);
      const wholeOf = ({ type, id }: Found) => so.get(`${type} ${id}`);
      expect(told.filter((one) => wholeOf(one) === undefined)).toEqual([]);
      expect(told.map((one) => ({ ...wholeOf(one), ...one }))).toEqual(
        told.map((one) => ({ ...one, ...wholeOf(one) })),
      );
    }),
    { numRuns: 40 },
  );
});

async function build(world: World): Promise<FakeAtlassian> {
  const fake = new FakeAtlassian({ switches: world.switches });
  for (const [n, { active }] of world.people.entries()) fake.addUser({ email: `p${String(n)}@acme.com`, active });
  for (const group of [0, 1, 2]) {
    const members = world.people.flatMap(({ groups }, n) => (groups.includes(group) ? `p${String(n)}@acme.com` : []));
    fake.addGroup({ name: `group-${String(group)}`, origin: 'local', members });
  }
  const [confluence] = fake.addSite('acme', [{ key: 'confluence', grantedBy: ['group-0'] }]);
  for (let n = 0; n < world.guests; n += 1) {
    const { email } = fake.addAccount({ email: `guest${String(n)}@partner.example` });
    fake.addRole(email, confluence!.ari, 'atlassian/guest');
  }
  fake.changeConfluence({ mode: world.mode, anonymousAccess: world.anonymousAccess });
  for (const [n, { isPersonal, holders, ...seed }] of world.spaces.entries())
    fake.addConfluenceSpace({
      ...seed,
      key: `${isPersonal ? '~' : ''}S${String(n)}`,
      roles: { Viewer: holders },
      permissions: holders.map((holder) => ({ holder, operations: ['create/page'] })),
    });
  if (world.hasAdminKey) await connect(fake).instance.enableAdminKey();
  return fake;
}

async function reading(
  fake: FakeAtlassian,
  { page, hasAdminKey, isAdministrator }: World,
  options: { resumeFrom?: ReadCheckpoint | undefined; cutAt?: number | undefined; concurrency?: number } = {},
) {
  const controller = new AbortController();
  const { cutAt, ...rest } = options;
  let requests = 0;
  const paged = inPages(fake, page);
  const fetch: typeof paged = async (input, init) => {
    if (requests++ === cutAt) controller.abort();
    return paged(input, init);
  };
  const user = 'p0@acme.com';
  // Somebody who may have no licence, or be deactivated.
  const credential = isAdministrator ? fake.siteCredential : { user, token: fake.addUserToken(user) };
  const client = connect(fake, fetch, credential);
  const found: Found[] = [];
  let checkpoint: ReadCheckpoint | undefined;
  const stream = new ConfluenceReader(hasAdminKey ? client.withAdminKey() : client).read({
    ...rest,
    signal: controller.signal,
    onCheckpoint: (one) => (checkpoint = JSON.parse(JSON.stringify(one)) as ReadCheckpoint),
  });
  try {
    for await (const one of stream) found.push(one);
  } catch (error) {
    if (!isProvisionerError(error, 'aborted')) throw error;
  }
  return { found, checkpoint };
}

/** As a discovery keeps it that is taken up. */
function stillGood(found: readonly Found[], checkpoint: ReadCheckpoint | undefined): readonly Found[] {
  if (checkpoint === undefined) return [];
  const { gaps = [], kinds = [] } = checkpoint.outdated ?? {};
  const outdated = new Set<string>([...gaps, ...kinds]);
  return found.filter((one) => !outdated.has(one.type === 'gap' ? one.id : one.type));
}

/** What comes twice counts as it came last. */
function byId(found: readonly Found[]): Map<string, Found> {
  return new Map(found.map((one) => [`${one.type} ${one.id}`, one]));
}
