import { describe, expect } from 'vitest';
import { MemoryLinkCache, type IdentityRef } from '../../src/index.js';
import { idsOf, test } from './support.js';

const ROSA = 'rosa@acme.com';

describe('a person', () => {
  test('is found by any of five ids, with all the others, and where and when each was read', async ({
    fake,
    connect,
  }) => {
    const rosa = fake.addUser({ email: ROSA, userName: 'rquell', externalId: 'e-1' });
    const refs: IdentityRef[] = [
      { email: ROSA },
      { userName: 'rquell' },
      { externalId: 'e-1' },
      { scimUserId: rosa.id },
      { accountId: rosa.accountId ?? ('' as never) },
    ];

    const found = await Promise.all(refs.map(async (ref) => connect({}).ids.resolve(ref)));

    const all = {
      link: 'linked',
      email: ROSA,
      userName: 'rquell',
      externalId: 'e-1',
      scimUserId: rosa.id,
      accountId: rosa.accountId,
    };
    expect(found.map((identity) => idsOf({ identity }))).toEqual(refs.map(() => all));
    for (const { link: _, ...ids } of found)
      for (const { source, observedAt } of Object.values(ids)) {
        expect(source).not.toBe('');
        expect(observedAt).toBe(new Date(observedAt).toISOString());
      }
  });

  test('without an account has none, and is unlinked', async ({ fake, atlassian }) => {
    const { id } = fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });

    const found = await atlassian.ids.resolve({ scimUserId: id });

    expect(found.link).toBe('unlinked');
    expect(found.accountId).toBeUndefined();
  });

  test('whom two records can be is an error that lists both', async ({ fake, atlassian }) => {
    const rosa = fake.addUser({ email: ROSA, externalId: 'e-1' });
    const mia = fake.addUser({ email: 'mia@acme.com' });
    fake.changeUser(mia.id, { externalId: 'e-1' });

    const resolving = atlassian.ids.resolve({ externalId: 'e-1' });

    await expect(resolving).rejects.toMatchObject({
      code: 'identity_ambiguous',
      candidates: [{ scimUserId: rosa.id }, { scimUserId: mia.id }],
    });
  });
});

test('many people cost a page for a hundred of them, and a search for a hundred emails', async ({
  fake,
  atlassian,
}) => {
  const emails = Array.from({ length: 150 }, (_, index) => `p${String(index)}@acme.com`);
  for (const email of emails) fake.addUser({ email });
  const refs = emails.map((email) => ({ email }));

  const outcomes = await atlassian.ids.resolveMany(refs);
  const whole = fake.requests.operations();
  fake.requests.clear();
  await atlassian.ids.observeMany(refs, { need: ['accountId'] });

  expect(outcomes.every(({ status }) => status === 'resolved')).toBe(true);
  expect(whole).toEqual(['scim.users.list', 'scim.users.list']);
  expect(fake.requests.operations()).toEqual(['admin.users.search', 'admin.users.search']);
});

describe('a group', () => {
  test.for([
    ['synced', 'synced', 'scim'],
    ['local', 'local', 'organization'],
    ['foreign', 'foreign', undefined],
  ] as const)('that is %s says so, and which route writes it', async ([seed, origin, route], { fake, atlassian }) => {
    fake.addGroup({ name: 'Berth Crew', origin: seed });

    const group = await atlassian.ids.resolveGroup({ name: 'berth crew' });

    expect(group).toMatchObject({ name: 'Berth Crew', origin });
    expect(group.route).toBe(route);
    expect(group.unwritableBecause === undefined).toBe(route !== undefined);
  });

  test('whose name two groups have is an error that lists both', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'crew', origin: 'local' });
    fake.addGroup({ name: 'Crew', origin: 'local' });

    const resolving = atlassian.ids.resolveGroup({ name: 'crew' });

    await expect(resolving).rejects.toMatchObject({ code: 'group_ambiguous', candidates: [{}, {}] });
  });
});

describe('what was found', () => {
  test('is kept for its time, and asked for again after it', async ({ fake, connect }) => {
    fake.addUser({ email: ROSA });
    const { ids } = connect({ cache: { maxAgeMs: 60_000 } });
    await ids.resolve({ email: ROSA });
    fake.requests.clear();

    await ids.resolve({ email: ROSA });
    const within = fake.requests.length;
    fake.clock.advance(60_001);
    await ids.resolve({ email: ROSA });

    expect(within).toBe(0);
    expect(fake.requests.length).toBe(1);
  });

  test('is forgotten at a write, by whichever id it is asked for', async ({ fake, connect }) => {
    const { id } = fake.addUser({ email: ROSA });
    const atlassian = connect({ cache: { store: new MemoryLinkCache({ maxEntries: 10 }) } });
    await atlassian.ids.resolve({ scimUserId: id });

    await atlassian.syncIdentity({ email: 'rosa.bell@acme.com', identity: { scimUserId: id } });

    expect((await atlassian.ids.resolve({ scimUserId: id })).email?.value).toBe('rosa.bell@acme.com');
    expect(await atlassian.ids.find({ email: ROSA })).toBeUndefined();
  });
});

test('an audit puts everybody in a class, with evidence', async ({ fake, atlassian }) => {
  fake.addUser({ email: ROSA });
  fake.addUser({ email: 'pat@partner.example', link: 'unlinked' });
  const twins = [fake.addUser({ email: 'a@acme.com', externalId: 'e-1' }), fake.addUser({ email: 'b@acme.com' })];
  fake.changeUser(twins[1]?.id ?? '', { externalId: 'e-1' });
  fake.addUser({ email: 'mia@acme.com' });
  fake.changeAccount('mia@acme.com', { email: 'mia.bell@acme.com' });
  fake.addUser({ email: 'tam@acme.com' });
  fake.changeUser('tam@acme.com', { accountId: '712020:none' });

  const { counts, entries } = await atlassian.ids.audit();

  expect(counts).toMatchObject({ linked: 1, unlinked: 1, duplicated: 2, conflicting: 1 });
  expect(counts.orphaned).toBeGreaterThan(0);
  expect(entries.every(({ evidence }) => evidence.length > 0)).toBe(true);
});
