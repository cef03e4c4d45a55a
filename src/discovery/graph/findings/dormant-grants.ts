import type { Product } from '../../entities/entity-type.js';
import type { GraphIndexes } from '../access-graph.js';
import { levelsOf, READ } from '../access-level.js';
import { productOfRole, siteIdsOf, whoseSite } from '../product-roles.js';
import { type Finding, type FindingContext, withEvidence } from './finding.js';
import { pathsTo, reachedBy, subjectsOf } from './reached.js';
import { counted, personText, reachedText } from './wording.js';

const DAY_MS = 86_400_000;

/** Access that has not been used for long. Only people whose last activity in the product is known are looked at. */
export function* dormantGrants(graph: GraphIndexes, context: FindingContext): Generator<Finding, void, undefined> {
  const { people, holders } = graph.evaluation;
  for (let person = 0; person < people.size; person += 1) {
    const dormant = [...lastActivity(graph, person)].filter(
      ([, at]) => context.asOf - at > context.dormantAfterDays * DAY_MS,
    );
    if (dormant.length === 0) continue;
    const node = holders.accountNode(person);
    for (const { product, count, first, mask, onlyPossible } of reachedBy(graph, person, context)) {
      const at = dormant.find(([name]) => name === product)?.[1];
      if (at === undefined || onlyPossible) continue;
      const days = Math.floor((context.asOf - at) / DAY_MS);
      yield withEvidence(
        {
          id: `dormant-grant:${node.id}:${product}`,
          kind: 'dormant-grant',
          severity: levelsOf(mask & ~READ).length > 0 ? 'medium' : 'low',
          subjects: [node, ...subjectsOf(graph, first, context)],
          message: `${personText(graph, person)} has not used ${product} for ${counted(days, 'day')} and reaches ${reachedText(graph, { count, first }, ' of it')}`,
          certain: true,
        },
        pathsTo(graph, person, first, context),
      );
    }
  }
}

/** The latest known use of each product, in milliseconds. A product of which nothing is known is not in it. */
function lastActivity({ evaluation: { people }, snapshot }: GraphIndexes, person: number): Map<Product, number> {
  const latest = new Map<Product, number>();
  const note = (product: Product, instant: string | undefined): void => {
    const at = Date.parse(instant ?? '');
    if (!Number.isNaN(at)) latest.set(product, Math.max(at, latest.get(product) ?? at));
  };
  for (const { product, resourceId, lastActiveAt } of people.admin[person]?.productAccess ?? []) {
    const owner = productOfRole({
      role: '',
      ...(resourceId !== undefined && { resourceId }),
      ...(product !== undefined && { resourceOwner: product }),
    });
    if (owner !== 'jira' && owner !== 'confluence' && owner !== 'bitbucket') continue;
    // The organization may have other sites: use of those is none of this one.
    const isElsewhere =
      resourceId !== undefined && whoseSite({ resourceId }, siteIdsOf(snapshot.entities, owner)) === 'another';
    if (!isElsewhere) note(owner, lastActiveAt);
  }
  note('jira', people.jira[person]?.lastLoginAt);
  note('bitbucket', people.bitbucket[person]?.lastAccessedAt);
  return latest;
}
