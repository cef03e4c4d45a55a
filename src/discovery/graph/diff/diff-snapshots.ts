import type { AuditEvent } from '../../../audit/audit-event.js';
import type { AtlassianAccountId } from '../../../model/ids.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { type AccessGraph, graphOf, indexesOf } from '../access-graph.js';
import { diffAccess } from './access-diff.js';
import { type AuditCoverage, AuditTrail } from './audit-trail.js';
import { diffEntities } from './entity-diff.js';
import { diffMemberships } from './membership-diff.js';
import { refuseUnknown } from '../../refuse-unknown.js';
import { diffProvisioning } from './provisioning-diff.js';
import { naming } from './naming.js';
import { refuseOtherEstates } from './same-estate.js';
import type { SnapshotDiff } from './snapshot-diff.js';

/** What a comparison can be given beside the snapshots. */
export interface DiffOptions {
  /** Events of the SDK's own audit log, in any order. Of several processes it takes the logs of all. */
  readonly audit?: Iterable<AuditEvent>;
  /** The time that the log is of, as ISO 8601 instants. All of it, unless told: then what it does not have was done elsewhere. */
  readonly auditCovers?: AuditCoverage;
}

const OPTIONS: readonly (keyof DiffOptions)[] = ['audit', 'auditCovers'];

/**
 * What was added, removed and changed between two snapshots of one organization, entity by entity, in memberships, in what
 * the SDK provisions, and in who reaches what. With the audit log it tells which changes were not made through the SDK.
 *
 * What a gap of the later snapshot hides is not reported as removed or lost, but counted under `undetermined`, and so are
 * attributes that differ where a gap of either may be why. Takes two snapshots, or graphs where there are some already.
 * Throws `request_invalid` where the second was begun before the first, and where they are of different organizations, sites
 * or workspaces: everything would be removed and added.
 */
export function diffSnapshots(
  before: AccessSnapshot | AccessGraph,
  after: AccessSnapshot | AccessGraph,
  options: DiffOptions = {},
): SnapshotDiff {
  refuseUnknown('diffSnapshots', options, OPTIONS);
  const { audit, auditCovers } = options;
  const earlier = graphOf(before);
  const later = graphOf(after);
  refuseOtherEstates(earlier.snapshot, later.snapshot);
  const trail = audit === undefined ? undefined : new AuditTrail(audit, earlier, later, auditCovers);
  const entities = diffEntities(earlier.snapshot, later.snapshot);
  const memberships = diffMemberships(indexesOf(earlier), indexesOf(later), trail);
  const access = diffAccess(indexesOf(earlier), indexesOf(later));
  const named = naming([indexesOf(later), indexesOf(earlier)]);
  return {
    added: entities.added,
    removed: entities.removed,
    changed: entities.changed,
    memberships: memberships.changes.map((change) => ({ ...change, ...named(change) })),
    provisioning: diffProvisioning(earlier.snapshot, later.snapshot, entities, trail).map((change) => ({
      ...change,
      ...named(change),
    })),
    access: access.changes.map((change) => {
      const { email } = named({ accountId: change.who.id as AtlassianAccountId });
      return { ...change, ...(email !== undefined && { email }) };
    }),
    undetermined: {
      entities: entities.hidden,
      attributes: entities.open,
      accessCount: access.undetermined,
      membershipCount: memberships.undetermined,
    },
  };
}
