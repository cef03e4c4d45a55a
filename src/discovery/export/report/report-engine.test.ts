import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AccessGraph, indexesOf } from '../../graph/access-graph.js';
import type { AccessPath, OpenQuestion, PathNode } from '../../graph/access-path.js';
import type { HolderWithAccess } from '../../graph/answers.js';
import { withoutTwins } from '../../graph/any-gaps.fixture.js';
import { oddSnapshots } from '../../graph/odd-world.fixture.js';
import {
  account as principal,
  entity,
  gap,
  level,
  role,
  scheme,
  snapshotOf as given,
} from '../../graph/snapshot.fixture.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { arbitrarySnapshot } from '../arbitrary-snapshot.fixture.js';
import { sampleSnapshot } from '../sample-snapshot.fixture.js';
import { levelsOf, ReportEngine, type Way } from './browser/report-engine.js';
import { reportData } from './report-data.js';
import { nodeText } from './report-nodes.js';

const WORDS = { yes: 'yes', no: 'no', unknown: 'not known' } as const;

function engineOf(graph: AccessGraph): ReportEngine {
  // As it goes through the file.
  return new ReportEngine(JSON.parse(JSON.stringify(reportData(graph, 'x', {}))) as ReturnType<typeof reportData>);
}

const messagesOf = (open: readonly OpenQuestion[]) => [...new Set(open.map(({ message }) => message))].sort();
const lineOf = (relation: string, text: string) => `${relation} ${text}`;

/** A path without the person it starts from, who is the same in all. */
const linesOfPath = ({ steps, levels, names, bypass, certain, blocked }: AccessPath, resource: string) =>
  JSON.stringify([
    steps.map(({ relation, to }, index) =>
      lineOf(relation.replace('-', ' '), index === steps.length - 1 ? resource : nodeText(to)),
    ),
    levels,
    names,
    bypass,
    certain,
    blocked,
  ]);
const linesOfWay = ({ places, levels, names, bypass, certain, blocked }: Way) =>
  JSON.stringify([
    places.map(({ relation, kind, name }) => lineOf(relation, `${kind}\n${name}`)),
    levels,
    names,
    bypass,
    certain,
    blocked,
  ]);

/** All that the graph says of a snapshot, and all that the report says of it. */
function sayings(snapshot: AccessSnapshot) {
  const graph = AccessGraph.from(snapshot);
  const engine = engineOf(graph);
  const { resources: known, people } = indexesOf(graph).evaluation;
  const said = { graph: [] as unknown[], report: [] as unknown[], verdicts: new Set<string>() };
  const say = (where: string, ofGraph: unknown, ofReport: unknown): void => {
    said.graph.push([where, ofGraph]);
    said.report.push([where, ofReport]);
  };
  // An id that two resources share means one of them to the graph.
  const resources = [...graph.resources()].flatMap((resource, index) =>
    known.find(resource) === index ? [{ resource, told: engine.data.resources[index]! }] : [],
  );

  for (const { resource, told } of resources) {
    const where = `${resource.type} ${resource.id}`;
    const answer = graph.whoCanAccess(resource);
    const holders = engine.holdersOn(told);
    const reached = engine.peopleOn(told);
    const peopleOf = (list: typeof answer.people) =>
      [...list].map(({ identity, levels }) => [people.find(identity.accountId!), levels]);
    const inForce = (wanted: string) =>
      reached
        .filter((one) => one.inForce === wanted)
        .map(({ person, mask }) => [person, levelsOf(mask)] as const)
        .sort(([a], [b]) => a - b);
    const holderOf = ({ type }: PathNode, { levels, names, bypass, memberCount }: HolderWithAccess, text: string) =>
      JSON.stringify([
        type.endsWith('.user') || type === 'account' ? '' : text,
        levels,
        [...names].sort(),
        bypass,
        memberCount,
      ]);

    say(`open on ${where}`, messagesOf(answer.open), engine.openOn(told).sort());
    say(`people on ${where}`, peopleOf(answer.people), inForce('yes'));
    say(`blocked on ${where}`, peopleOf(answer.blocked), inForce('no'));
    say(
      `holders on ${where}`,
      answer.holders.map((one) => holderOf(one.holder, one, nodeText(one.holder))),
      holders
        .filter(({ mask, maybe }) => ((mask | maybe) & 32) !== 0)
        .map(({ holder, mask, names, bypass }) => {
          const [kind, name] = engine.nodeOf(holder);
          const isPerson = engine.data.holders[holder]![0] === 0;
          return JSON.stringify([
            isPerson ? '' : `${kind}\n${name}`,
            levelsOf(mask),
            engine.texts(names).sort(),
            bypass,
            engine.memberCount(holder),
          ]);
        }),
    );
    say(
      `open to on ${where}`,
      answer.openTo.map(({ holder, levels }) => [nodeText(holder), levels]),
      holders
        .filter(({ holder, mask, maybe }) => engine.isOpen(holder) && ((mask | maybe) & 32) !== 0)
        .map(({ holder, mask }) => [engine.nodeOf(holder).join('\n'), levelsOf(mask)]),
    );
  }
  for (const [person, { accountId }] of [...graph.identities()].entries()) {
    const held = engine.heldBy(person);
    for (const { resource, told } of resources) {
      const where = `${String(accountId)} on ${resource.type} ${resource.id}`;
      const explained = graph.explain({ accountId: accountId! }, resource);
      const answer = engine.answer(person, told, held);
      const text = `${told[0]}\n${told[1]}`;

      said.verdicts.add(explained.verdict);
      say(`verdict of ${where}`, WORDS[explained.verdict], answer.verdict);
      say(`levels of ${where}`, explained.levels, levelsOf(answer.certain));
      say(`open of ${where}`, messagesOf(explained.open), [...new Set(engine.texts(answer.open))].sort());
      const licence = explained.licence === undefined ? undefined : WORDS[explained.licence];
      say(`licence of ${where}`, licence, engine.licence(person, told, held));
      say(
        `paths of ${where}`,
        explained.paths.map((path) => linesOfPath(path, text)).sort(),
        engine.ways(person, told, held).map(linesOfWay).sort(),
      );
    }
  }
  return said;
}

describe('the report says what the graph says', () => {
  test('of an organization with every kind of entity', () => {
    const said = sayings(sampleSnapshot());

    expect(said.report).toEqual(said.graph);
    expect(said.verdicts).toEqual(new Set(['yes', 'no', 'unknown']));
  });

  test('of any small organization, whatever is odd in it, was lost on the way, or left out by a gap', () => {
    fc.assert(
      fc.property(oddSnapshots, (snapshot) => {
        const said = sayings(snapshot);

        expect(said.report).toEqual(said.graph);
      }),
      { numRuns: 60 },
    );
  });

  test('of any snapshot that the schema allows', () => {
    fc.assert(
      fc.property(arbitrarySnapshot(), (snapshot) => {
        const said = sayings(withoutTwins(snapshot));

        expect(said.report).toEqual(said.graph);
      }),
      { numRuns: 60 },
    );
  });

  test('of somebody suspended in the organization, of which it is not known whether the workspace is its own', () => {
    const snapshot = given([
      entity('admin.user', 'rosa', { membershipStatus: 'suspended' }),
      entity('bitbucket.user', 'rosa'),
      entity('bitbucket.workspace', 'w'),
      entity('bitbucket.repository', 'b0', { grants: 'effective' }),
      level('repository', 'b0', 'write', principal('rosa'), 'effective'),
    ]);

    const said = sayings(snapshot);

    expect(said.report).toEqual(said.graph);
    expect(said.report).toContainEqual(['verdict of rosa on bitbucket.repository b0', 'not known']);
  });

  test('of an archived project, with the ways that are of no use there', () => {
    const snapshot = given([
      entity('jira.user', 'rosa'),
      entity('jira.project', 'j0', { permissionSchemeId: 's0', archived: true }),
      role('j0', 'r0', [principal('rosa')]),
      scheme('s0', [
        ['BROWSE_PROJECTS', { type: 'jira.projectRole', id: 'r0' }],
        ['EDIT_ISSUES', { type: 'jira.projectRole', id: 'r0' }],
      ]),
    ]);
    const graph = AccessGraph.from(snapshot);
    const engine = engineOf(graph);

    const said = sayings(snapshot);
    const ways = engine.ways(0, engine.data.resources[0]!, engine.heldBy(0));

    expect(said.report).toEqual(said.graph);
    expect(ways.map(({ levels, blocked }) => [levels, blocked])).toEqual([
      [['read'], undefined],
      [['write'], 'The project J0 is archived: it can only be read until an administrator restores it'],
    ]);
  });

  test('of people whom a gap concerns, and of those whom it does not', () => {
    const users = ['p0', 'p1', 'p2', 'p3', 'p4'].map((id) => entity('jira.user', id));
    const about = { resource: { type: 'jira.user' as const, id: 'p2' } };
    const snapshot = given([...users, entity('jira.project', 'j0', { permissionSchemeId: 's0' }), scheme('s0', [])], {
      gaps: [gap(['jira.projectRole'], about)],
    });

    const said = sayings(snapshot);

    expect(said.report).toEqual(said.graph);
  });
});
