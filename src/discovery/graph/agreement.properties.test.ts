import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitrarySnapshot } from '../export/arbitrary-snapshot.fixture.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { AccessGraph } from './access-graph.js';
import type { AccessQuestion } from './answers.js';
import type { Resource } from './resources.js';
import { gaps, withoutTwins } from './any-gaps.fixture.js';
import { entitiesOf, LEVELS, worlds } from './small-world.fixture.js';
import { snapshotOf } from './snapshot.fixture.js';

const QUESTIONS: readonly AccessQuestion[] = LEVELS.flatMap((level) =>
  [true, false].map((administrators) => ({ administrators, ...(level !== undefined && { level }) })),
);

/** Where the ways of asking contradict each other: nothing, in a graph that is sound. */
function contradictions(snapshot: AccessSnapshot): string[] {
  const graph = AccessGraph.from(snapshot);
  const found: string[] = [];
  const check = (holds: boolean, claim: string): void => {
    if (!holds) found.push(claim);
  };
  const keyOf = ({ type, id }: Resource): string => `${type} ${id}`;
  const resources = [...graph.resources()];
  const people = [...graph.identities()].flatMap(({ accountId }) => (accountId === undefined ? [] : [accountId]));

  for (const question of QUESTIONS) {
    const answers = resources.map((resource) => {
      const answer = graph.whoCanAccess(resource, question);
      const { people: listed, blocked, openTo, complete, open } = answer;
      const levels = new Map([...listed].map((one) => [one.identity.accountId, one.levels]));
      check(levels.size === listed.size, `size of people on ${keyOf(resource)}`);
      check([...blocked].length === blocked.size, `size of blocked on ${keyOf(resource)}`);
      check(complete === (open.length === 0), `completeness of ${keyOf(resource)}`);
      return { resource, levels, openTo, complete, answer };
    });
    for (const accountId of people) {
      const access = graph.accessOf({ accountId }, question);
      const reached = new Map([...access.resources].map((one) => [keyOf(one.resource), one]));
      const undecided = new Set([...access.undecided].map(keyOf));
      check([...access.resources].length === access.resources.size, `size of resources of ${accountId}`);
      check([...access.undecided].length === access.undecided.size, `size of undecided of ${accountId}`);

      for (const { resource, levels, openTo, complete, answer } of answers) {
        const { verdict, levels: explained, paths, open } = graph.explain({ accountId }, resource, question);
        const here = `${JSON.stringify(question)}: ${accountId} on ${keyOf(resource)} is ${verdict}, but`;
        const one = reached.get(keyOf(resource));
        const sure = paths.filter(({ blocked, certain }) => blocked === undefined && certain);
        const { level } = question;

        check(graph.verdict({ accountId }, resource, question) === verdict, `${here} verdict() differs`);
        check(answer.verdict({ accountId }) === verdict, `${here} the verdict of whoCanAccess differs`);
        check((one !== undefined) === (verdict === 'yes'), `${here} accessOf().resources differs`);
        check(undecided.has(keyOf(resource)) === (verdict === 'unknown'), `${here} accessOf().undecided differs`);
        check(sure.length > 0 === (verdict === 'yes'), `${here} there are ${sure.length} paths`);
        check(one === undefined || one.levels.join() === explained.join(), `${here} accessOf() has other levels`);
        check(level === undefined || explained.includes(level) === (verdict === 'yes'), `${here} explain() has levels`);
        check(verdict !== 'unknown' || open.length > 0, `${here} nothing is open`);
        check(verdict !== 'unknown' || !complete, `${here} whoCanAccess is complete`);
        check(!levels.has(accountId) || verdict === 'yes', `${here} whoCanAccess lists it`);
        check(verdict !== 'yes' || levels.has(accountId) || openTo.length > 0, `${here} whoCanAccess does not list it`);
        check(
          levels.has(accountId) === (one !== undefined && (one.granted || one.administering)),
          `${here} whoCanAccess and accessOf differ in what is granted`,
        );
      }
    }
  }
  return found;
}

describe('who can access, what is reached and why say the same', () => {
  test('of any small organization, whatever was lost on the way and whatever gaps there are', () => {
    fc.assert(
      fc.property(worlds, gaps, fc.infiniteStream(fc.nat(9)), (world, some_, lots) => {
        const entities = entitiesOf(world).filter(() => lots.next().value !== 0);

        expect(contradictions(snapshotOf(entities, { gaps: some_ }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('of any snapshot that the schema allows', () => {
    fc.assert(
      fc.property(arbitrarySnapshot(), (snapshot) => {
        expect(contradictions(withoutTwins(snapshot))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
