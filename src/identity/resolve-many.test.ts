import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityWorld, type IdentityWorld } from '../../test/fixtures/identity-world.js';
import { atlassianAccountId, scimUserId } from '../model/ids.js';
import type { IdentityRef } from '../model/identity.js';
import type { FakeUserView } from '../testing/seeding/views.js';
import type { BulkPlan } from './bulk-plan.js';
import type { IdentityOutcome } from './person-outcome.js';

function addUsers({ fake }: IdentityWorld, count: number): FakeUserView[] {
  return Array.from({ length: count }, (_, index) =>
    fake.addUser({ email: `person-${index}@acme.example`, externalId: `e-${index}` }),
  );
}

const byEmail = ({ email }: FakeUserView): IdentityRef => ({ email });
const byAccount = ({ accountId }: FakeUserView): IdentityRef => ({ accountId: atlassianAccountId(accountId ?? '') });
const accountOf = (outcome: IdentityOutcome): string | undefined =>
  outcome.status === 'resolved' ? outcome.identity.accountId?.value : outcome.status;
const counted = (calls: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(calls)].map((call) => [call, calls.filter((other) => other === call).length]));

describe('the calls that many people take', () => {
  test.each([
    { people: 250, directory: 250 },
    { people: 250, directory: 1000 },
    { people: 3, directory: 60 },
    { people: 11, directory: 1000 },
  ])('are a page for 100 records, for $people of $directory people', async ({ people, directory }) => {
    const world = identityWorld();
    const users = addUsers(world, directory);
    const wanted = users.slice(-people);

    const outcomes = await world.mapper.resolveMany(wanted.map(byEmail));

    expect(outcomes.map(accountOf)).toEqual(wanted.map(({ accountId }) => accountId));
    expect(counted(world.calls())).toEqual({ 'scim.users.list': Math.ceil(directory / 100) });
  });

  test('are one for each, and one to know the size, in a directory that is much larger', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 1200).slice(-6);

    await world.mapper.resolveMany(wanted.map(byEmail));
    const first = world.calls();
    await world.mapperWith().resolveMany(wanted.slice(0, 3).map(byEmail));

    expect(first).toHaveLength(1 + 6);
    expect(world.calls()).toHaveLength(1 + 3);
  });

  test('do not ask again how large the directory is', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 1200).slice(-6);
    const mapper = world.mapperWith({ cache: false });
    await mapper.resolveMany(wanted.map(byEmail));
    world.calls();

    await mapper.resolveMany(wanted.map(byEmail));

    expect(world.calls()).toHaveLength(6);
  });

  test('are none more for those on the first page', async () => {
    const world = identityWorld();
    const users = addUsers(world, 1200);
    const wanted = [...users.slice(0, 4), ...users.slice(-2)];

    await world.mapper.resolveMany(wanted.map(byEmail));

    expect(world.calls()).toHaveLength(1 + 2);
  });

  test('are a search for 100 emails, where account ids are all that is needed', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 1200).slice(-250);

    const outcomes = await world.mapper.resolveMany(wanted.map(byEmail), { need: ['accountId'] });

    expect(outcomes.map(accountOf)).toEqual(wanted.map(({ accountId }) => accountId));
    expect(counted(world.calls())).toEqual({ 'admin.users.search': Math.ceil(250 / 100) });
  });

  test('are a search for 10 account ids, where the record is not needed', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 300).slice(-25);

    await world.mapper.resolveMany(wanted.map(byAccount), { need: ['accountId'] });

    expect(counted(world.calls())).toEqual({ 'admin.users.search': Math.ceil(25 / 10) });
  });

  test('are a search for 10 and a look-up for each, for account ids in a large directory', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 1500).slice(-11);

    const outcomes = await world.mapper.resolveMany(wanted.map(byAccount));

    expect(outcomes).toMatchObject(
      wanted.map(({ id }) => ({ identity: { scimUserId: { value: id }, link: 'linked' } })),
    );
    expect(counted(world.calls())).toEqual({ 'scim.users.list': 1 + 11, 'admin.users.search': Math.ceil(11 / 10) });
  });

  test('are the pages alone, for account ids in a small directory', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 150);

    await world.mapper.resolveMany(wanted.map(byAccount));

    expect(counted(world.calls())).toEqual({ 'scim.users.list': 2 });
  });

  test('are searches of 100 for the accounts of many unlinked records, and none for their links', async () => {
    const world = identityWorld();
    const emails = Array.from({ length: 150 }, (_, index) => `guest-${index}@partner.example`);
    for (const email of emails) {
      world.fake.addUser({ email, link: 'unlinked' });
      world.fake.addAccount({ email });
    }

    const outcomes = await world.mapper.resolveMany(emails.map((email) => ({ email })));

    expect(outcomes).toMatchObject(
      emails.map(() => ({ identity: { link: 'unlinked', accountId: { source: 'directory-search' } } })),
    );
    expect(counted(world.calls())).toEqual({ 'scim.users.list': 2, 'admin.users.search': 2 });
  });

  test('are searches of 100 for the users of the organization, beside the records', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 150);

    const outcomes = await world.mapper.observeMany(wanted.map(byEmail), { need: ['scimUser', 'orgUser'] });

    expect(outcomes).toMatchObject(wanted.map(({ id, accountId }) => ({ scimUser: { id }, orgUser: { accountId } })));
    expect(counted(world.calls())).toEqual({ 'scim.users.list': 2, 'admin.users.search': 2 });
  });

  test('are searches alone without a directory', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 120);
    const mapper = world.mapperWith({ scim: undefined });

    const outcomes = await mapper.resolveMany([...wanted.map(byEmail), ...wanted.slice(0, 15).map(byAccount)]);

    expect(outcomes.every(({ status }) => status === 'resolved')).toBe(true);
    expect(counted(world.calls())).toEqual({ 'admin.users.search': Math.ceil(120 / 100) + Math.ceil(15 / 10) });
  });

  test('are those of one for somebody named twice, in whichever case', async () => {
    const world = identityWorld();
    addUsers(world, 1);

    const outcomes = await world.mapper.resolveMany([
      { email: 'person-0@acme.example' },
      { email: 'PERSON-0@acme.example' },
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(['resolved', 'resolved']);
    expect(world.calls()).toHaveLength(1);
  });

  test('are none for those in the cache', async () => {
    const world = identityWorld();
    const [one, two] = addUsers(world, 2);
    await world.mapper.resolve({ email: one?.email ?? '' });
    world.calls();

    const outcomes = await world.mapper.resolveMany([{ externalId: 'e-0' }, { externalId: 'e-1' }]);

    expect(outcomes.map(accountOf)).toEqual([one?.accountId, two?.accountId]);
    expect(world.calls()).toHaveLength(1);
  });

  test('are told before they are sent, as planned', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 450).slice(-40);
    const plans: BulkPlan[] = [];

    await world.mapper.resolveMany(wanted.map(byEmail), { onPlan: (plan) => plans.push(plan) });

    expect(plans).toEqual([{ strategy: 'list', lookUps: 0, listPages: 5, searches: 0, plannedCalls: 5 }]);
    expect(world.calls()).toHaveLength(5);
  });
});

describe('the outcomes for many people', () => {
  test('come one for each reference, in their order', async () => {
    const world = identityWorld();
    const [rosa] = addUsers(world, 1);
    const account = world.fake.addAccount({ email: 'invited@acme.example' });

    const outcomes = await world.mapper.resolveMany([
      { email: 'nobody@acme.example' },
      { email: 'invited@acme.example' },
      { scimUserId: scimUserId(rosa?.id ?? '') },
      { email: '' },
    ]);

    expect(outcomes).toMatchObject([
      { ref: { email: 'nobody@acme.example' }, status: 'not_found' },
      { status: 'resolved', identity: { link: 'unsynced', accountId: { value: account.accountId } } },
      { status: 'resolved', identity: { link: 'linked', accountId: { value: rosa?.accountId } } },
      { ref: { email: '' }, status: 'failed', error: { code: 'request_invalid' } },
    ]);
  });

  test('list the candidates of one that is ambiguous, and do not stop the others', async () => {
    const world = identityWorld();
    const [rosa] = addUsers(world, 1);
    const records = ['scim-1', 'scim-2'].map((id) => ({ id, userName: id, externalId: 'twin', emails: [] }));
    const one = { ...records[0], id: rosa?.id ?? '', externalId: 'e-0', userName: 'rosa' };
    const body = { totalResults: 3, startIndex: 1, itemsPerPage: 100, Resources: [one, ...records] };
    world.fake.failNext('scim.users.list', { status: 200, body });

    const outcomes = await world.mapper.resolveMany([{ externalId: 'twin' }, { externalId: 'e-0' }]);

    expect(outcomes).toMatchObject([
      { status: 'ambiguous', candidates: [{ scimUserId: 'scim-1' }, { scimUserId: 'scim-2' }] },
      { status: 'resolved', identity: { scimUserId: { value: rosa?.id } } },
    ]);
  });

  test('find by themselves those whose address a search for many does not show', async () => {
    const world = identityWorld();
    const emails = ['one@acme.example', 'two@acme.example'];
    const accounts = emails.map((email) => world.fake.addAccount({ email }));
    const users = accounts.map(({ accountId }) => ({ accountId }));
    world.fake.failNext('admin.users.search', { status: 200, body: { data: users, links: {} } });

    const outcomes = await world.mapper.resolveMany(emails.map((email) => ({ email })));

    expect(outcomes.map(accountOf)).toEqual(accounts.map(({ accountId }) => accountId));
  });

  test('say for each what failed for all', async () => {
    const world = identityWorld();
    addUsers(world, 3);
    world.fake.fail('scim.users.list', { status: 403, times: Infinity });

    const outcomes = await world.mapper.resolveMany([{ externalId: 'e-0' }, { externalId: 'e-1' }]);

    expect(outcomes).toMatchObject([
      { status: 'failed', error: { code: 'forbidden' } },
      { status: 'failed', error: { code: 'forbidden' } },
    ]);
    expect(world.calls()).toHaveLength(1);
  });

  test('say of one alone what failed for it', async () => {
    const world = identityWorld();
    const [, rosa] = addUsers(world, 201);
    world.fake.addAccount({ email: 'invited@acme.example' });
    world.fake.failNext('admin.provisioningLinks.forEmail', { status: 403 });

    const outcomes = await world.mapper.resolveMany([
      { email: 'hidden@acme.example' },
      { email: rosa?.email ?? '' },
      { userName: 'person-2@acme.example' },
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'resolved', 'resolved']);
  });

  test('are not there when the work was cancelled', async () => {
    const world = identityWorld();
    const wanted = addUsers(world, 300);
    const controller = new AbortController();

    const resolving = world.mapper.resolveMany(wanted.map(byEmail), {
      signal: controller.signal,
      onAttempt: () => controller.abort(),
    });

    await expect(resolving).rejects.toMatchObject({ code: 'aborted' });
    expect(world.calls()).toHaveLength(1);
  });

  test('are none for nobody', async () => {
    const world = identityWorld();

    expect(await world.mapper.resolveMany([])).toEqual([]);
    expect(world.calls()).toEqual([]);
  });
});

/** A person of a made-up organization. */
const person = fc.record({
  kind: fc.constantFrom('managed', 'unlinked', 'account', 'unlinked-account', 'other-directory'),
  named: fc.boolean(),
  external: fc.boolean(),
});

function populate(world: IdentityWorld, people: readonly { kind: string; named: boolean; external: boolean }[]): void {
  const { fake } = world;
  const other = fake.addScimDirectory();
  fake.addDomain('acme.example');
  for (const [index, { kind, named, external }] of people.entries()) {
    const email = `p-${index}@${external ? 'partner' : 'acme'}.example`;
    const names = { email, externalId: `x-${index}`, ...(named && { userName: `name-${index}` }) };
    const link = external ? ('external' as const) : ('managed' as const);
    if (kind === 'managed') fake.addUser({ ...names, link });
    if (kind === 'unlinked') fake.addUser({ ...names, link: 'unlinked' });
    if (kind === 'account') fake.addAccount({ email });
    if (kind === 'other-directory') fake.addUser({ ...names, link, directoryId: other.id });
    if (kind === 'unlinked-account') {
      fake.addUser({ ...names, link: 'unlinked' });
      if (fake.account(email) === undefined) fake.addAccount({ email });
    }
  }
}

function refsOf({ fake }: IdentityWorld, count: number): IdentityRef[] {
  return Array.from({ length: count }, (_, index): IdentityRef[] => {
    const emails = [`p-${index}@acme.example`, `p-${index}@partner.example`];
    const records = emails.map((email) => fake.user(email)).filter((user) => user?.directoryId === fake.directoryId);
    return [
      ...emails.map((email) => ({ email })),
      { externalId: `x-${index}` },
      ...records.flatMap((user) => (user === undefined ? [] : [{ userName: user.userName }, { scimUserId: user.id }])),
      ...emails.flatMap((email) => {
        const account = fake.account(email);
        return account === undefined ? [] : [{ accountId: account.accountId }];
      }),
    ];
  }).flat();
}

const idsOf = (outcome: IdentityOutcome | undefined): unknown =>
  outcome?.status === 'resolved'
    ? Object.entries(outcome.identity).map(([name, id]) => [
        name,
        typeof id === 'string' ? id : (id as { value: string }).value,
      ])
    : outcome?.status;

describe('in any organization', () => {
  test('many together are who they are alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 150 }),
        async (people, others) => {
          const world = identityWorld();
          addUsers(world, others);
          populate(world, people);
          const refs = refsOf(world, people.length);
          const mapper = world.mapperWith({ cache: false });

          const together = await mapper.resolveMany(refs);

          for (const [index, ref] of refs.entries()) {
            const [alone] = await mapper.resolveMany([ref]);
            expect(idsOf(together[index])).toEqual(idsOf(alone));
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('every id of a person leads to the same ids, and no account id is a SCIM id', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 3 }), async (people) => {
        const world = identityWorld();
        populate(world, people);
        const mapper = world.mapperWith({ cache: false });

        for (const outcome of await mapper.resolveMany(refsOf(world, people.length))) {
          const identity = outcome.status === 'resolved' ? outcome.identity : undefined;
          const refs: IdentityRef[] = [
            ...(identity?.email === undefined ? [] : [{ email: identity.email.value }]),
            ...(identity?.userName === undefined ? [] : [{ userName: identity.userName.value }]),
            ...(identity?.externalId === undefined ? [] : [{ externalId: identity.externalId.value }]),
            ...(identity?.scimUserId === undefined ? [] : [{ scimUserId: identity.scimUserId.value }]),
            ...(identity?.accountId === undefined ? [] : [{ accountId: identity.accountId.value }]),
          ];
          for (const ref of refs) expect(idsOf((await mapper.resolveMany([ref]))[0])).toEqual(idsOf(outcome));
          expect(world.fake.user(identity?.accountId?.value ?? 'nobody')).toBeUndefined();
        }
      }),
      { numRuns: 15 },
    );
  });
});
