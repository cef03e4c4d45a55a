import { describe, expect } from 'vitest';
import { AccessGraph, diffSnapshots, findings, toHtmlReport } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const DOCK = { type: 'jira.project', id: 'DOCK' } as const;
const ROSA = 'rosa@acme.com';

/** What JavaScript, or a file of settings, can hand over where the types forbid it. */
const untyped = (value: unknown) => value as never;

function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA });
  fake.addGroup({ name: 'crew', members: [ROSA] });
  fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['crew'] }]);
  fake.addJiraPermissionScheme({
    name: 'Crew only',
    grants: { BROWSE_PROJECTS: ['anyone'], EDIT_ISSUES: ['group:crew'] },
  });
  fake.addJiraProject({ key: 'DOCK', permissionScheme: 'Crew only' });
}

describe('a question to the graph', () => {
  test.for<[string, string, (graph: AccessGraph) => unknown]>([
    ['a level', 'level', (graph) => graph.whoCanAccess(DOCK, { level: untyped('browse') })],
    ['a level, of a person', 'level', (graph) => graph.accessOf(ROSA, { level: untyped('browse') })],
    ['a level, of a path', 'level', (graph) => graph.explain(ROSA, DOCK, { level: untyped('browse') })],
    ['a level, of a verdict', 'level', (graph) => graph.verdict(ROSA, DOCK, { level: untyped('browse') })],
    ['a field', 'administrators', (graph) => graph.whoCanAccess(DOCK, untyped({ administrator: false }))],
    ['a resource', 'resource', (graph) => graph.whoCanAccess(untyped('DOCK'))],
    ['a kind', 'resource.type', (graph) => graph.findResource(untyped({ type: 'jira.projet', id: 'DOCK' }))],
    ['an identity', 'identity', (graph) => graph.accessOf(untyped({ mail: ROSA }))],
    ['a snapshot', 'snapshot', () => AccessGraph.from(untyped(undefined))],
    ['the kind of a finding', 'kinds', (graph) => findings(graph, { kinds: [untyped('dormant')] })],
    ['an option of findings', 'dormantAfterDays', (graph) => findings(graph, untyped({ dormantAfter: 3 }))],
    ['an option of a report', 'subjectsPerFinding', (graph) => toHtmlReport(graph, untyped({ subjectPerFinding: 1 }))],
    ['a snapshot of a report', 'snapshot', () => toHtmlReport(untyped({}))],
    ['a snapshot of a comparison', 'snapshot', (graph) => diffSnapshots(graph, untyped(undefined))],
  ])('with %s that there is not is refused by the name of the field', async ([, field, ask], { fake, connect }) => {
    seed(fake);
    const atlassian = connect({});
    const graph = AccessGraph.from(await atlassian.discover());

    expect(() => ask(graph)).toThrow(
      expect.objectContaining({ code: 'request_invalid', message: expect.stringContaining(field) as string }),
    );
  });

  test('is answered with lists that JSON keeps', async ({ fake, connect }) => {
    seed(fake);
    const atlassian = connect({});
    const graph = AccessGraph.from(await atlassian.discover());

    const stored = JSON.parse(JSON.stringify(graph.whoCanAccess(DOCK, { level: 'write' }))) as object;

    expect(stored).toMatchObject({ people: [{ identity: { email: ROSA }, levels: ['write'] }], blocked: [] });
    expect(JSON.parse(JSON.stringify(graph.accessOf(ROSA).resources))).toEqual(
      expect.arrayContaining([expect.objectContaining({ granted: true })]),
    );
  });

  test('about findings takes a snapshot as well as a graph', async ({ fake, connect }) => {
    seed(fake);
    const atlassian = connect({});
    const snapshot = await atlassian.discover();

    const found = findings(snapshot);

    expect(found).toEqual(findings(AccessGraph.from(snapshot)));
    expect(found).not.toEqual([]);
  });
});

describe('a comparison', () => {
  test('of snapshots in the wrong order is refused', async ({ fake, connect }) => {
    seed(fake);
    const atlassian = connect({});
    const first = await atlassian.discover();
    const second = await atlassian.discover();

    expect(() => diffSnapshots(second, first)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
    expect(diffSnapshots(first, second).removed).toEqual([]);
  });

  test('of snapshots of two organizations is refused', async ({ fake, connect }) => {
    seed(fake);
    const atlassian = connect({});
    const first = await atlassian.discover();
    const second = await atlassian.discover();
    const elsewhere = {
      ...second,
      entities: { ...second.entities, 'admin.tenant': [{ type: 'admin.tenant', id: untyped('another') }] as const },
    };

    expect(() => diffSnapshots(first, elsewhere)).toThrow(/different organizations/u);
  });

  test('names the people by name and email', async ({ fake, connect }) => {
    seed(fake);
    const atlassian = connect({});
    const first = await atlassian.discover();
    await atlassian.deprovisionIdentity({ email: ROSA });

    const { memberships, provisioning, access } = diffSnapshots(first, await atlassian.discover());

    expect(memberships.map(({ change, email }) => [change, email])).toContainEqual(['removed', ROSA]);
    expect(provisioning.map(({ email }) => email)).toContain(ROSA);
    expect(access.map(({ change, email, resource }) => [change, email, resource.key])).toContainEqual([
      'lost',
      ROSA,
      'DOCK',
    ]);
  });
});

test('an administrator of the organization has one path, and not the same twice', async ({ fake, connect }) => {
  seed(fake);
  fake.addOrgAdmin({ email: 'boss@acme.com' });
  const atlassian = connect({});

  const { paths } = AccessGraph.from(await atlassian.discover()).explain('boss@acme.com', DOCK);

  expect(paths.filter(({ names }) => names.includes('atlassian/org-admin'))).toMatchObject([
    { bypass: true, steps: [{ evidence: [{ type: 'admin.roleAssignment' }] }, {}] },
  ]);
});
