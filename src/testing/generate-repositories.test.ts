import { expect, test } from 'vitest';
import { FakeAtlassian } from './fake-atlassian.js';
import { generateOrganization } from './generate-organization.js';

test('makes repositories in projects, which groups and people may use', () => {
  const fake = new FakeAtlassian();

  const made = generateOrganization(fake, { people: 200, groups: 10, repositories: 60 });

  const grants = Array.from({ length: 60 }, (_, index) => fake.bitbucketGrants({ repository: `repo-${index + 1}` }));
  const ofProjects = ['P1', 'P2', 'P3'].map((project) => fake.bitbucketGrants({ project }));
  const count = [...grants, ...ofProjects].flatMap(({ users, groups }) => [
    ...Object.keys(users),
    ...Object.keys(groups),
  ]).length;
  expect(made.repositoryGrants).toBe(count);
  expect(grants.every(({ groups }) => Object.keys(groups).length === 1)).toBe(true);
  expect(grants.some(({ users }) => Object.keys(users).length === 1)).toBe(true);
  expect(fake.connection().bitbucket?.workspace).toBe('acme');
});

test('makes no workspace unless it is asked to', () => {
  const fake = new FakeAtlassian();

  const made = generateOrganization(fake, { people: 20, groups: 2 });

  expect(made.repositoryGrants).toBe(0);
  expect(fake.connection().bitbucket).toBeUndefined();
});
