import { describe, expect, test } from 'vitest';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { FakeAtlassian } from '../../testing/fake-atlassian.js';
import type { FakeFault } from '../../testing/faults/fault.js';
import type { ReadCheckpoint, ReadOptions, ReadProgress } from '../reading/discovery-reader.js';
import { ConfluenceReader } from './confluence-reader.js';
import { connect, of, read, ROSA, site, type Found } from './confluence-site.fixture.js';

/** Most people whose status one call tells. */
const MOST = 250;

describe('members who cannot use Confluence', () => {
  test('are asked for their status once, in full calls over all groups', async () => {
    const fake = site();
    const people = former(fake, 130, 130, 0, 245);

    const found = await read(fake);

    const asked = askedFor(fake);
    expect(asked.map(({ length }) => length)).toEqual([250, 250, 6]);
    expect(new Set(asked.flat()).size).toBe(506);
    expect(deactivated(found)).toEqual(people);
    expect(new Set(of(found, 'confluence.user').map(({ id }) => id)).size).toBe(people.length + 3);
  });

  test.for([
    [1, 1],
    [MOST - 1, 1],
    [MOST, 2],
  ] as const)(
    'are asked for with no call more than they fill: %d deactivated, and one without access',
    async ([n, calls]) => {
      const fake = site();
      former(fake, Math.ceil(n / 2), Math.floor(n / 2));

      await read(fake);

      expect(askedFor(fake)).toHaveLength(calls);
    },
  );

  test('are given as they come, before all groups have been read', async () => {
    const fake = site();
    former(fake, ...Array.from({ length: 5 }, () => 200));
    const progress: ReadProgress[] = [];

    const found = await read(fake, { concurrency: 1, onProgress: (one) => progress.push(one) });

    const first = found.findIndex((one) => one.type === 'confluence.user' && one.accountStatus === 'inactive');
    const last = found.findLastIndex(({ type }) => type === 'confluence.group');
    expect(first).toBeLessThan(last);
    const told = progress.filter(({ part }) => part === 'status of accounts');
    expect(told.at(-1)).toMatchObject({ done: 5, expected: 5 });
  });
});

describe('a call for their status that fails', () => {
  test.for<[string, FakeFault]>([
    ['for now', { status: 500 }],
    ['with an answer cut off', { malformed: true }],
    ['because the waits are used up, which holds up the groups too', { status: 429, retryAfter: 90_000 }],
  ])('%s is a gap, and a reading that is taken up asks for those people again', async ([, fault]) => {
    const fake = site();
    const people = former(fake, 200, 200, 200);
    fake.fail('confluence.users.bulk', { ...fault, skip: 1 });
    const first = await kept(fake);

    const rest = await kept(fake, { resumeFrom: first.checkpoint });

    expect(gapsOf(first.found)).toContainEqual(['status of accounts', ['confluence.user']]);
    expect(deactivated(first.found).length).toBeLessThan(people.length);
    expect(first.checkpoint?.outdated?.gaps).toContainEqual(expect.stringMatching(/^confluence\/status of accounts\//));
    expect(gapsOf(rest.found)).toEqual([]);
    expect(deactivated([...first.found, ...rest.found])).toEqual(people);
  });

  test('for want of the right stays a gap', async () => {
    const fake = site();
    former(fake, 10);
    fake.fail('confluence.users.bulk', { status: 403 });
    const { checkpoint, found } = await kept(fake);

    const rest = await kept(fake, { resumeFrom: checkpoint });

    expect(of(found, 'gap')).toMatchObject([{}, {}, { part: 'status of accounts', reason: 'forbidden' }]);
    expect(checkpoint?.outdated).toBeUndefined();
    expect(askedFor(fake)).toHaveLength(0);
    expect(rest.found.map(({ type }) => type)).toEqual(['confluence.user']);
  });
});

test('people who were not asked for when a reading was cut short are asked for by the one that takes it up', async () => {
  const fake = site();
  const people = former(fake, 20, 300, 30);
  const controller = new AbortController();
  const cut = kept(fake, {
    concurrency: 1,
    signal: controller.signal,
    onProgress: ({ part, done }) => {
      if (part === 'members of groups' && done === 4) controller.abort();
    },
  });
  const { found, checkpoint } = await cut;

  const rest = await kept(fake, { resumeFrom: checkpoint });

  expect(deactivated(found).length).toBeLessThan(people.length);
  expect(deactivated([...found, ...rest.found])).toEqual(people);
});

/** Groups of people who are deactivated, each with one who was in the group before too. Returns their ids. */
function former(fake: FakeAtlassian, ...sizes: readonly number[]): string[] {
  const all: string[] = [];
  for (const [group, size] of sizes.entries()) {
    const emails = Array.from({ length: size }, (_, n) => `p${String(group)}-${String(n)}@acme.com`);
    for (const email of emails) fake.addUser({ email, active: false });
    const before = all.at(-1);
    const members = [ROSA, ...emails, ...(before === undefined ? [] : [before])];
    fake.addGroup({ name: `group ${String(group)}`, origin: 'local', members });
    all.push(...emails);
  }
  return all.map((email) => fake.account(email)!.accountId).toSorted();
}

/** What a reading finds, though it be cancelled, and its last checkpoint. */
async function kept(fake: FakeAtlassian, options: ReadOptions = {}) {
  let checkpoint: ReadCheckpoint | undefined;
  const found: Found[] = [];
  fake.requests.clear();
  try {
    const onCheckpoint = (one: ReadCheckpoint) => {
      checkpoint = JSON.parse(JSON.stringify(one)) as ReadCheckpoint;
    };
    for await (const one of new ConfluenceReader(connect(fake)).read({ ...options, onCheckpoint })) found.push(one);
  } catch (error) {
    if (!isProvisionerError(error, 'aborted')) throw error;
  }
  return { found, checkpoint };
}

function askedFor(fake: FakeAtlassian): string[][] {
  return fake.requests.of('confluence.users.bulk').map(({ body }) => (body as { accountIds: string[] }).accountIds);
}

function deactivated(found: readonly Found[]): string[] {
  const users = of(found, 'confluence.user').filter(({ accountStatus }) => accountStatus === 'inactive');
  return [...new Set(users.map(({ id }): string => id))].toSorted();
}

function gapsOf(found: readonly Found[]): unknown[] {
  return of(found, 'gap')
    .filter(({ part }) => part !== 'people in no group' && part !== 'hidden spaces')
    .map(({ part, hides }) => [part, hides]);
}
