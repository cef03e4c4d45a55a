import { expect, test } from 'vitest';
import { FakeAtlassian } from './fake-atlassian.js';
import { generateOrganization } from './generate-organization.js';

test('fills a fake with people and groups that its APIs show', async () => {
  const fake = new FakeAtlassian();

  const made = generateOrganization(fake, { people: 500, groups: 20 });

  const { scim } = fake.connection();
  const response = await fake.fetch(`${scim.url}/Users?filter=userName%20eq%20%22person-7@acme.example%22`, {
    headers: { authorization: `Bearer ${scim.token}` },
  });
  expect(await response.json()).toMatchObject({ totalResults: 1 });
  expect(made).toMatchObject({ people: 500, groups: 20 });
  expect(fake.account('person-7@acme.example')).toMatchObject({ managed: true, membership: 'active' });
  expect(fake.group('group-1')?.members).toHaveLength(made.largestGroup);
});

test('gives groups the sizes of a Zipf distribution: the second has half of the first, the fourth a quarter', () => {
  const fake = new FakeAtlassian();

  generateOrganization(fake, { people: 2000, groups: 50, groupsPerPerson: 2 });

  const size = (name: string): number => fake.group(name)?.members.length ?? 0;
  expect(size('group-2') / size('group-1')).toBeCloseTo(1 / 2, 1);
  expect(size('group-4') / size('group-1')).toBeCloseTo(1 / 4, 1);
  expect(size('group-50')).toBeGreaterThan(0);
});

test('keeps both sides of a synced group the same, and puts nobody without a record into it', () => {
  const fake = new FakeAtlassian();

  generateOrganization(fake, { people: 300, groups: 10, unsynced: 0.3, localGroups: 0.5 });

  const groups = Array.from({ length: 10 }, (_, index) => fake.group(`group-${index + 1}`)!);
  const synced = groups.filter((group) => group.origin === 'synced');
  expect(synced.length).toBeGreaterThan(0);
  expect(synced.length).toBeLessThan(10);
  for (const group of synced) expect(group.members).toEqual(group.scimMembers);
});

test('makes the same organization from the same seed, and another from another', () => {
  const make = (seed: number): unknown => {
    const fake = new FakeAtlassian();
    generateOrganization(fake, { people: 200, groups: 5, seed });
    return [fake.group('group-3'), fake.group('group-5')];
  };

  expect(make(7)).toEqual(make(7));
  expect(make(7)).not.toEqual(make(8));
});
