import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AccessGraph, indexesOf } from '../../graph/access-graph.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { arbitrarySnapshot } from '../arbitrary-snapshot.fixture.js';
import { organizationId } from '../../../model/ids.js';
import { sampleSnapshot } from '../sample-snapshot.fixture.js';
import { account, snapshotOf } from '../snapshot-of.fixture.js';
import { ReportEngine, withRest } from './browser/report-engine.js';
import { reportData } from './report-data.js';

const WORDS = { yes: 'yes', no: 'no', unknown: 'not known' } as const;

function engineOf(graph: AccessGraph): ReportEngine {
  // As it goes through the file.
  return new ReportEngine(JSON.parse(JSON.stringify(reportData(graph, 'x', {}))) as ReturnType<typeof reportData>);
}

/** What the graph and the report say of each person and each resource. */
function verdictsOf(snapshot: AccessSnapshot) {
  const graph = AccessGraph.from(snapshot);
  const engine = engineOf(graph);
  const resources = [...graph.resources()];
  return [...graph.identities()].flatMap(({ accountId }, person) => {
    const held = engine.heldBy(person);
    return resources.flatMap((resource, index) => {
      // An id that two resources share means one of them to the graph.
      if (accountId === undefined || indexesOf(graph).evaluation.resources.find(resource) !== index) return [];
      const where = `${accountId} on ${resource.type} ${resource.id}`;
      return [
        {
          graph: `${where}: ${WORDS[graph.verdict({ accountId }, resource)]}`,
          report: `${where}: ${engine.answer(person, engine.data.resources[index]!, held).verdict}`,
        },
      ];
    });
  });
}

describe('the answers of the report', () => {
  test('are those of the graph', () => {
    const verdicts = verdictsOf(sampleSnapshot());

    expect(verdicts.map(({ report }) => report)).toEqual(verdicts.map(({ graph }) => graph));
    expect(new Set(verdicts.map(({ report }) => report.split(': ')[1]))).toEqual(new Set(['yes', 'no', 'not known']));
  });

  test('are those of the graph, whatever the snapshot holds', () => {
    fc.assert(
      fc.property(arbitrarySnapshot(), (snapshot) => {
        const verdicts = verdictsOf(snapshot);

        expect(verdicts.map(({ report }) => report)).toEqual(verdicts.map(({ graph }) => graph));
      }),
      { numRuns: 50 },
    );
  });

  test('leave nothing open only where the graph has everything, whatever the snapshot holds', () => {
    fc.assert(
      fc.property(arbitrarySnapshot(), (snapshot) => {
        const graph = AccessGraph.from(snapshot);
        const engine = engineOf(graph);

        for (const [index, resource] of [...graph.resources()].entries()) {
          if (indexesOf(graph).evaluation.resources.find(resource) !== index) continue;
          const closed = engine.openOn(engine.data.resources[index]!).length === 0;
          expect(closed && !graph.whoCanAccess(resource).complete).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('leave open who administers a workspace that may be of the organization', () => {
    const snapshot = snapshotOf([
      { type: 'admin.tenant', id: organizationId('org-1') },
      { type: 'bitbucket.workspace', id: 'w', slug: 'acme', name: 'Acme' },
      { type: 'admin.user', id: account('boss'), platformRoles: ['atlassian/org-admin'] },
      { type: 'admin.user', id: account('rosa') },
    ]);
    const graph = AccessGraph.from(snapshot);
    const workspace = { type: 'bitbucket.workspace', id: 'w' } as const;

    const engine = engineOf(graph);
    const [resource] = engine.data.resources.filter(([kind]) => kind === 'Bitbucket workspace');

    expect(graph.whoCanAccess(workspace).open.map(({ message }) => message)).not.toEqual([]);
    expect(engine.openOn(resource!)).toEqual(graph.whoCanAccess(workspace).open.map(({ message }) => message));
    expect(engine.openOn(resource!, 1)).toEqual([]);
  });

  test('have a way for each path of the graph', () => {
    const graph = AccessGraph.from(sampleSnapshot());
    const engine = engineOf(graph);

    for (const [person, { accountId }] of [...graph.identities()].entries())
      for (const [index, resource] of [...graph.resources()].entries()) {
        const { paths } = graph.explain({ accountId: accountId! }, resource);
        const ways = engine.ways(person, engine.data.resources[index]!);

        expect(ways.length > 0).toBe(paths.length > 0);
      }
  });

  test('tell a way from the person to the resource', () => {
    const engine = engineOf(AccessGraph.from(sampleSnapshot()));
    const rosa = engine.data.people.findIndex(([name]) => name === 'Rosa Quell');
    const project = engine.data.resources.find(([, name]) => name === 'Berth plan')!;

    expect(engine.ways(rosa, project)).toContainEqual({
      places: [
        'Rosa Quell',
        'berth-crew (group)',
        'Berth plan - Developers (project role)',
        'Default (permission scheme)',
        'Berth plan',
      ],
      levels: 'write',
      names: 'EDIT_ISSUES',
      bypass: false,
      certain: true,
    });
  });

  test('list people once, with all their levels', () => {
    const engine = engineOf(AccessGraph.from(sampleSnapshot()));
    const space = engine.data.resources.find(([, name]) => name === 'Harbor')!;

    const people = [...engine.peopleOn(space).keys()].map((person) => engine.data.people[person]?.[0]);

    expect(people).toContain('Guest');
    expect(people).toHaveLength(new Set(people).size);
  });
});

test('a list of open questions says how many more there are where it is cut', () => {
  const messages = Array.from({ length: 1350 }, (_, index) => `Question ${String(index)}`);

  expect(withRest(messages.slice(0, 100))).toEqual(messages.slice(0, 100));
  expect(withRest(messages)).toEqual([...messages.slice(0, 100), '… and 1,250 more']);
});
