import { expect, test } from 'vitest';
import { FakeAtlassian } from './fake-atlassian.js';
import { generateOrganization } from './generate-organization.js';

test('makes projects whose roles groups and people hold', () => {
  const fake = new FakeAtlassian();

  const made = generateOrganization(fake, { people: 200, groups: 10, jiraProjects: 40 });

  const projects = Array.from({ length: 40 }, (_, index) => fake.jiraProject(`P${index + 1}`)!);
  const actors = projects.flatMap(({ roles }) => Object.values(roles).flat());
  expect(actors).toHaveLength(made.jiraRoleActors);
  expect(actors.some((actor) => actor.startsWith('user:'))).toBe(true);
  expect(actors.some((actor) => actor.startsWith('group:'))).toBe(true);
  expect(new Set(projects.map(({ permissionScheme }) => permissionScheme))).toEqual(
    new Set(['Default Permission Scheme', 'Closed']),
  );
});

test('makes no Jira unless it is asked to', () => {
  const fake = new FakeAtlassian();

  const made = generateOrganization(fake, { people: 20, groups: 2 });

  expect(made.jiraRoleActors).toBe(0);
  expect(fake.connection().site).toBeUndefined();
});
