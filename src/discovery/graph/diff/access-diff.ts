import type { GraphIndexes } from '../access-graph.js';
import { ALL, ANY, levelsOf } from '../access-level.js';
import type { PathNode } from '../access-path.js';
import { fingerprintsOf } from './fingerprints.js';
import { holdersOn } from '../holders-on.js';
import { isOpenFor } from '../resource-question.js';
import { productOf, type ResourceType } from '../resources.js';
import type { AccessChange } from './snapshot-diff.js';

/** Access that came or went, and how many pairs of person and resource may have lost it. */
export interface AccessDiff {
  readonly changes: AccessChange[];
  readonly undetermined: number;
}

/**
 * Compares who reaches what, resource by resource. Resources whose holders are the same on both sides are passed over, so
 * that the work grows with what changed.
 */
export function diffAccess(before: GraphIndexes, after: GraphIndexes): AccessDiff {
  const diff: { changes: AccessChange[]; undetermined: number } = { changes: [], undetermined: 0 };
  const earlierPrint = fingerprintsOf(before);
  const laterPrint = fingerprintsOf(after);
  const resources = new Map<string, { earlier?: number; later?: number }>();
  for (const [index, { type, id }] of before.evaluation.resources.entities.entries())
    resources.set(`${type} ${id}`, { earlier: index });
  for (const [index, { type, id }] of after.evaluation.resources.entities.entries())
    resources.set(`${type} ${id}`, { ...resources.get(`${type} ${id}`), later: index });

  for (const { earlier, later } of resources.values()) {
    const isSame = earlier !== undefined && later !== undefined && earlierPrint(earlier) === laterPrint(later);
    if (isSame) continue;
    const gains = compare(after, later, before, earlier, 'gained');
    const losses = compare(before, earlier, after, later, 'lost');
    diff.changes.push(...gains.changes, ...losses.changes);
    diff.undetermined += losses.undetermined;
  }
  return diff;
}

/** What people have in `graph` and not in `other`. */
function compare(
  graph: GraphIndexes,
  resource: number | undefined,
  other: GraphIndexes,
  same: number | undefined,
  change: AccessChange['change'],
): { changes: AccessChange[]; undetermined: number } {
  const changes: AccessChange[] = [];
  let undetermined = 0;
  if (resource === undefined) return { changes, undetermined };
  const described = graph.evaluation.resources.describe(resource);
  const add = (who: PathNode, mask: number, had: number, unsure: number, maybe = 0): void => {
    const extra = mask & ~had;
    const sure = change === 'lost' ? extra & ~unsure : extra;
    if (change === 'lost' && (extra & unsure) !== 0) undetermined += 1;
    if (sure === 0) return;
    changes.push({
      change,
      who,
      resource: described,
      levels: levelsOf(sure),
      entirely: (had & ANY) === 0 && (sure & ANY) !== 0,
      certain: (sure & (unsure | maybe)) === 0,
    });
  };

  const mine = graph.reach.ofResource(resource, true).certain().all;
  const theirs = same === undefined ? undefined : other.reach.ofResource(same, true).certain().all;
  for (let person = 0; person < mine.length; person += 1) {
    const mask = mine[person] ?? 0;
    if (mask === 0) continue;
    const there = other.evaluation.people.find(graph.evaluation.people.ids[person] ?? '');
    const had = there === undefined ? 0 : (theirs?.[there] ?? 0);
    if ((mask & ~had) === 0) continue;
    // Somebody who reaches it as one of everybody has lost, or gained, nothing by a grant.
    const bits = same === undefined ? undefined : other.evaluation.evaluate(there, same, true);
    const unsure = bits === undefined || there === undefined ? unsureOf(other, same, described.type) : bits.possible;
    add(graph.evaluation.holders.accountNode(person), mask, bits?.certain ?? 0, unsure);
  }

  const openThere = same === undefined ? [] : holdersOn(other.evaluation, same, false).filter(({ isOpen }) => isOpen);
  for (const { told, mask, maybe, isOpen } of holdersOn(graph.evaluation, resource, false)) {
    if (!isOpen) continue;
    const had = openThere
      .filter((one) => one.told.holder.type === told.holder.type)
      .reduce((sum, one) => sum | one.mask, 0);
    if ((mask & ~had) !== 0) add(told.holder, mask, had, unsureOf(other, same, described.type), maybe);
  }
  return { changes, undetermined };
}

/** The levels that somebody whom the snapshot does not have may hold. */
function unsureOf(graph: GraphIndexes, resource: number | undefined, type: ResourceType): number {
  const { evaluation } = graph;
  if (resource === undefined) {
    // Gone, or not read: a resource that a gap can hide may be as it was.
    const isHidden = evaluation.gaps.everywhere(type).length > 0 || !evaluation.gaps.covers(productOf(type));
    return isHidden ? ALL | ANY : 0;
  }
  return evaluation
    .questionsOn(resource)
    .filter((question) => isOpenFor(question, undefined, false, true))
    .reduce((sum, { mask }) => sum | mask, 0);
}
