import type { GraphIndexes } from '../access-graph.js';
import { ADMIN, CREATE, DELETE, WRITE } from '../access-level.js';
import type { AccessPath } from '../access-path.js';
import { type Finding, type FindingContext, withEvidence } from './finding.js';
import { pathsTo, reachedBy, subjectsOf } from './reached.js';
import { personText, reachedText } from './wording.js';

const CHANGES = CREATE | WRITE | DELETE | ADMIN;

/** People from outside who can change something, by product. */
export function* externalWriters(graph: GraphIndexes, context: FindingContext): Generator<Finding, void, undefined> {
  const { people, holders } = graph.evaluation;
  for (let person = 0; person < people.size; person += 1) {
    if (people.isExternal(person) !== true || isApp(graph, person)) continue;
    const node = holders.accountNode(person);
    for (const { product, count, first, mask, onlyPossible } of reachedBy(graph, person, context, CHANGES)) {
      const verb = onlyPossible ? 'may be able to change' : 'can change';
      yield withEvidence(
        {
          id: `external-write:${node.id}:${product}`,
          kind: 'external-write',
          severity: (mask & ADMIN) === 0 ? 'medium' : 'high',
          subjects: [node, ...subjectsOf(graph, first, context)],
          message: `${personText(graph, person)} is from outside and ${verb} ${reachedText(graph, { count, first }, ` of ${product}`)}`,
          certain: !onlyPossible,
        },
        pathsTo(graph, person, first, context, isChange),
      );
    }
  }
}

function isChange({ levels, certain }: AccessPath): boolean {
  return !certain || levels.some((level) => level !== 'read');
}

function isApp({ evaluation: { people } }: GraphIndexes, person: number): boolean {
  const { admin, jira, confluence } = people;
  return [admin, jira, confluence].some((users) => users[person]?.accountType === 'app');
}
