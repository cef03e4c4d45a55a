import type { AuditEvent } from '../../../audit/audit-event.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { AccessGraph, indexesOf } from '../access-graph.js';
import { diffAccess } from './access-diff.js';
import { AuditTrail } from './audit-trail.js';
import { diffEntities } from './entity-diff.js';
import { diffMemberships } from './membership-diff.js';
import type { SnapshotDiff } from './snapshot-diff.js';

/** What a comparison can be given beside the snapshots. */
export interface DiffOptions {
  /** Events of the SDK's own audit log. They must cover the time between the snapshots, or changes count as made elsewhere. */
  readonly audit?: Iterable<AuditEvent>;
}

/**
 * What was added, removed and changed between two snapshots of one organization, entity by entity, in memberships, and in
 * who reaches what.
 *
 * What a gap of the later snapshot hides is not reported as removed or lost, but counted under `undetermined`. Takes two
 * snapshots, or graphs where there are some already.
 */
export function diffSnapshots(
  before: AccessSnapshot | AccessGraph,
  after: AccessSnapshot | AccessGraph,
  { audit }: DiffOptions = {},
): SnapshotDiff {
  const earlier = 'entities' in before ? AccessGraph.from(before) : before;
  const later = 'entities' in after ? AccessGraph.from(after) : after;
  const trail = audit === undefined ? undefined : new AuditTrail(audit, earlier, later);
  const entities = diffEntities(earlier.snapshot, later.snapshot);
  const memberships = diffMemberships(indexesOf(earlier), indexesOf(later), trail);
  const access = diffAccess(indexesOf(earlier), indexesOf(later));
  return {
    added: entities.added,
    removed: entities.removed,
    changed: entities.changed,
    memberships: memberships.changes,
    access: access.changes,
    undetermined: {
      entities: entities.hidden,
      accessCount: access.undetermined,
      membershipCount: memberships.undetermined,
    },
  };
}
