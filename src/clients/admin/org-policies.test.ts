import { expect, test } from 'vitest';
import { organization } from './org-test-server.js';

const wire = {
  id: 'p-1',
  type: 'policy',
  attributes: {
    type: 'data-residency',
    name: 'EU only',
    status: 'disabled',
    rule: { in: ['eu'] },
    resources: [
      {
        id: 'ari:cloud:jira::site/1',
        applicationStatus: 'scheduled',
        meta: { scheduledDate: '2026-09-01', migrationEndDataTime: null },
        links: { ticket: 'https://support.example/1' },
      },
    ],
  },
};

test('a policy is read with how far it is applied', async () => {
  const { admin } = organization({ data: wire });

  const policy = await admin.policies.get('p-1');

  expect(policy).toEqual({
    id: 'p-1',
    type: 'data-residency',
    name: 'EU only',
    status: 'disabled',
    allowed: ['eu'],
    resources: [
      {
        id: 'ari:cloud:jira::site/1',
        applicationStatus: 'scheduled',
        meta: { scheduledDate: '2026-09-01' },
        ticketUrl: 'https://support.example/1',
      },
    ],
  });
});

test('a policy is created with every field that Atlassian wants, and replaced by its id', async () => {
  const input = {
    type: 'ip-allowlist',
    name: 'Office',
    status: 'enabled',
    allowed: ['203.0.113.0/24'],
    resources: [{ id: 'ari:cloud:jira::site/1', ticketUrl: 'https://support.example/1' }],
  } as const;
  const { admin, calls } = organization({ data: wire }, { data: wire });

  await admin.policies.create(input);
  await admin.policies.replace('p-1', input);

  const data = {
    type: 'policy',
    attributes: {
      type: 'ip-allowlist',
      name: 'Office',
      status: 'enabled',
      rule: { in: ['203.0.113.0/24'] },
      resources: [{ id: 'ari:cloud:jira::site/1', links: { ticket: 'https://support.example/1' } }],
    },
  };
  expect(calls.map(({ method, body, repeat }) => [method, body, repeat])).toEqual([
    ['POST', { data }, 'once'],
    ['PUT', { data: { id: 'p-1', ...data } }, 'idempotent'],
  ]);
});

test('a resource is added, replaced and taken out', async () => {
  const { admin, calls } = organization({ data: wire }, { data: wire }, undefined);

  await admin.policies.addResource('p-1', { id: 'r-1', meta: { scheduledDate: '2026-09-01' } });
  await admin.policies.replaceResource('p-1', 'r/1', {});
  await admin.policies.deleteResource('p-1', 'r/1');

  expect(calls.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/admin/v1/orgs/b2c1-org/policies/p-1/resources', { id: 'r-1', meta: { scheduledDate: '2026-09-01' } }],
    ['PUT', '/admin/v1/orgs/b2c1-org/policies/p-1/resources/r%2F1', {}],
    ['DELETE', '/admin/v1/orgs/b2c1-org/policies/p-1/resources/r%2F1', undefined],
  ]);
});
