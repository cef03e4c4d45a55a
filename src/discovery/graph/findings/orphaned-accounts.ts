import type { AdminUser } from '../../entities/admin-entities.js';
import type { GraphIndexes } from '../access-graph.js';
import { ADMIN } from '../access-level.js';
import { type Finding, type FindingContext, withEvidence } from './finding.js';
import { pathsTo, reachedBy, subjectsOf } from './reached.js';
import { listed, personText, reachedText } from './wording.js';

interface Orphan {
  /** Follows the name of the person and what the person reaches. */
  readonly because: string;
  readonly certain: boolean;
  /** What the person is told to be. An account that is active, by default. */
  readonly is?: string;
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
  const isOfReadDirectory = readDirectories(graph);
  for (let person = 0; person < people.size; person += 1) {
    const orphan = whyOrphaned(graph, person, unlinked, isOfReadDirectory);
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
        message: `${personText(graph, person)} ${orphan.is ?? 'is active'} and reaches ${reachedText(graph, { count, first }, '')}, but ${orphan.because}`,
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
  isOfReadDirectory: (user: AdminUser) => boolean,
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
      is: `is active in ${listed(products)}`,
      because: `the organization has the account as ${admin.accountStatus}: one of the two answers may be old`,
      certain: false,
    };
  }
  if (admin === undefined || admin.membershipStatus === 'suspended') return undefined;

  const records = people.recordsOf(person);
  const certain = admin.accountStatus === 'active';
  if (records.length > 0)
    return records.some(({ active }) => active)
      ? undefined
      : { because: 'its record in the SCIM directory is not active', certain: certain && isOfReadDirectory(admin) };

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
  return isOfReadDirectory(admin)
    ? { because: 'it was synced and no record of the SCIM directory is linked to it', certain }
    : { because: 'it was synced and no record is linked to it in the SCIM directory that was read', certain: false };
}

/**
 * Tells of whom the SCIM directory that was read would have a record. An organization may have several, and one is read: that
 * of the groups that its records are in. With synced groups of one directory alone, it is that one.
 */
function readDirectories({ snapshot }: GraphIndexes): (user: AdminUser) => boolean {
  const synced = snapshot.entities['admin.group'].filter(({ origin }) => origin === 'synced');
  if (new Set(synced.map(({ directoryId }) => directoryId)).size <= 1) return () => true;
  const read = new Set(
    synced.flatMap(({ scimGroupId, directoryId }) => (scimGroupId === undefined ? [] : directoryId)),
  );
  const groups = new Set(synced.flatMap(({ id, directoryId }) => (read.has(directoryId) ? id : [])));
  return ({ groupIds = [] }) => groupIds.some((id) => groups.has(id));
}
