import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { refuseOthers, refuseUnknown } from '../../refuse-unknown.js';
import { type AccessGraph, graphOf, type GraphIndexes, indexesOf } from '../access-graph.js';
import { administratingGroups } from './administrating-groups.js';
import { dormantGrants } from './dormant-grants.js';
import { exposures } from './exposures.js';
import { externalWriters } from './external-writers.js';
import type { Finding, FindingContext, FindingKind, FindingOptions, Severity } from './finding.js';
import { orphanedAccounts } from './orphaned-accounts.js';
import { unprotectedBranches } from './unprotected-branches.js';

type Finder = (graph: GraphIndexes, context: FindingContext) => Iterable<Finding>;

const FINDERS: readonly (readonly [readonly FindingKind[], Finder])[] = [
  [['public-access', 'signed-in-access'], exposures],
  [['external-write'], externalWriters],
  [['orphaned-account'], orphanedAccounts],
  [['dormant-grant'], dormantGrants],
  [['unprotected-branch'], unprotectedBranches],
  [['administrating-group'], administratingGroups],
];

const KINDS = FINDERS.flatMap(([kinds]) => kinds);

const OPTIONS: readonly (keyof FindingOptions)[] = [
  'kinds',
  'dormantAfterDays',
  'asOf',
  'evidencePerFinding',
  'subjectsPerFinding',
];

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/**
 * What stands out in a snapshot, worst first.
 *
 * Nothing is found where a gap hides it: no finding does not mean that all is well. Takes a graph, or a snapshot, of which
 * it makes one. Throws a `RangeError` when `asOf` is no instant or `dormantAfterDays` is no number of days, and
 * `request_invalid` for an option or a kind that there is not.
 */
export function findings(source: AccessSnapshot | AccessGraph, options: FindingOptions = {}): Finding[] {
  refuseUnknown('findings', options, OPTIONS);
  refuseOthers('findings', 'kinds', options.kinds, KINDS);
  const graph = graphOf(source);
  const { kinds, dormantAfterDays = 90, asOf = graph.snapshot.completedAt } = options;
  const { evidencePerFinding = 5, subjectsPerFinding = 100 } = options;
  const instant = Date.parse(asOf);
  if (Number.isNaN(instant)) throw new RangeError(`asOf must be an ISO 8601 instant, not "${asOf}"`);
  if (Number.isNaN(dormantAfterDays) || dormantAfterDays < 0)
    throw new RangeError('dormantAfterDays must be 0 or more');
  const context: FindingContext = { dormantAfterDays, asOf: instant, evidencePerFinding, subjectsPerFinding };

  const indexes = indexesOf(graph);
  const wanted = (kind: FindingKind): boolean => kinds?.includes(kind) ?? true;
  return FINDERS.flatMap(([all, find]) => (all.some(wanted) ? [...find(indexes, context)] : []))
    .filter(({ kind }) => wanted(kind))
    .toSorted((a, b) => order(keyOf(a), keyOf(b)));
}

function keyOf({ severity, id }: Finding): string {
  return `${SEVERITIES.indexOf(severity)} ${id}`;
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
