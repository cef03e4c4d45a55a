import { expect, test } from 'vitest';
import { FakeAtlassian } from './fake-atlassian.js';
import { generateOrganization } from './generate-organization.js';

test('makes spaces in which groups and people have roles', () => {
  const fake = new FakeAtlassian();

  const made = generateOrganization(fake, { people: 200, groups: 10, confluenceSpaces: 60 });

  const spaces = Array.from({ length: 60 }, (_, index) => fake.confluenceSpace(`S${index + 1}`)!);
  const holders = spaces.flatMap(({ roles }) => Object.keys(roles));
  expect(holders).toHaveLength(made.spaceRoleAssignments);
  for (const kind of [/^group-/, /@acme\.example$/, /^all-product-admins$/, /^all-licensed-users$/, /^a\w+-users$/])
    expect(holders.some((holder) => kind.test(holder))).toBe(true);
});

test('makes no Confluence unless it is asked to', () => {
  const fake = new FakeAtlassian();

  const made = generateOrganization(fake, { people: 20, groups: 2 });

  expect(made.spaceRoleAssignments).toBe(0);
  expect(() => fake.addConfluenceSpace({ key: 'FIN' })).toThrow('addSite');
});
