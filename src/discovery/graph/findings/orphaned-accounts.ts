import type { GraphIndexes } from '../access-graph.js';
import { ADMIN } from '../access-level.js';
import { type Finding, type FindingContext, withEvidence } from './finding.js';
import { pathsTo, reachedBy, subjectsOf } from './reached.js';
import { counted } from './wording.js';

interface Orphan {
  readonly because: string;
  readonly certain: boolean;
}

/**
 * Accounts that are active although the identity provider no longer stands behind them, and users that a product has as
 * active although the account is not.
 */
export function* orphanedAccounts(graph: GraphIndexes, context: FindingContext): Generator<Finding, void, undefined> {
  const { people, holders } = graph.evaluation;
  const unlinked = new Set(
    graph.snapshot.entities['scim.user'].flatMap(({ accountId, email, userName }) =>
      accountId === undefined ? [email?.toLowerCase(), userName.toLowerCase()] : [],
    ),
  );
  for (let person = 0; person < people.size; person += 1) {
    const orphan = whyOrphaned(graph, person, unlinked);
    if (orphan === undefined) continue;
    const node = holders.accountNode(person);
    const reached = reachedBy(graph, person, context);
    const count = reached.reduce((sum, one) => sum + one.count, 0);
    const first = reached.flatMap((one) => one.first);
    const administers = reached.some(({ mask, onlyPossible }) => !onlyPossible && (mask & ADMIN) !== 0);
    yield withEvidence(
      {
        id: `orphaned-account:${node.id}`,
        kind: 'orphaned-account',
        severity: administers ? 'critical' : count > 0 ? 'high' : 'medium',
        subjects: [node, ...subjectsOf(graph, first, context)],
        message: `${node.name ?? node.id} is active and reaches ${counted(count, 'resource')}, but ${orphan.because}`,
        certain: orphan.certain,
      },
      pathsTo(graph, person, first, context),
    );
  }
}

function whyOrphaned(
  graph: GraphIndexes,
  person: number,
  unlinked: ReadonlySet<string | undefined>,
): Orphan | undefined {
  const { people, gaps } = graph.evaluation;
  const admin = people.admin[person];
  if (admin?.accountType === 'app' || admin?.accountType === 'customer') return undefined;
  if (admin?.accountStatus === 'inactive' || admin?.accountStatus === 'closed') {
    const products = [
      ...(people.jira[person]?.active === true ? ['Jira'] : []),
      ...(people.confluence[person]?.accountStatus === 'active' ? ['Confluence'] : []),
      ...(people.bitbucket[person]?.active === true ? ['Bitbucket'] : []),
    ];
    if (products.length === 0) return undefined;
    // Products trail behind the organization: one of the two answers may be old.
    return {
      because: `the account is ${admin.accountStatus} and active only in ${products.join(', ')}`,
      certain: false,
    };
  }
  if (admin === undefined || admin.membershipStatus === 'suspended') return undefined;

  const records = people.recordsOf(person);
  const certain = admin.accountStatus === 'active';
  if (records.length > 0)
    return records.some(({ active }) => active)
      ? undefined
      : { because: 'its record in the SCIM directory is not active', certain };

  if (admin.managementSource !== 'synced') return undefined;
  const gap = [...gaps.everywhere('scim.user'), ...gaps.everywhere('connection')].at(0);
  const { entities, products } = graph.snapshot;
  const all = gap === undefined && products.includes('admin') && entities['scim.user'].length > 0;
  if (!all)
    // Without any record, the directory was not read: everybody would be an orphan.
    return entities['scim.user'].length === 0
      ? undefined
      : { because: 'it was synced and no SCIM record was found, of which not all were read', certain: false };
  if (admin.email !== undefined && unlinked.has(admin.email.toLowerCase())) return undefined;
  return { because: 'it was synced and no record of the SCIM directory is linked to it', certain };
}
