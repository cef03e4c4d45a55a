import type { AtlassianAccountId } from '../../../model/ids.js';
import type { Entity, EntityType } from '../../entities/entity.js';
import type { AccessLevel } from '../access-level.js';
import type { PathNode } from '../access-path.js';
import type { Resource } from '../resources.js';

/** An entity that is in one of two snapshots and not in the other. */
export interface EntityChange {
  readonly type: EntityType;
  readonly id: string;
  readonly entity: Entity;
  /** False where the other snapshot may have had it too, behind a gap. */
  readonly certain: boolean;
}

/** An attribute that is not the same in both, as JSON values. Absent where it was not set. */
export interface AttributeDifference {
  readonly attribute: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** Of a list: what is only in the later one, and what is only in the earlier one. */
  readonly added?: readonly unknown[];
  readonly removed?: readonly unknown[];
}

/** An entity that is in both snapshots, with what differs. */
export interface EntityDifference {
  readonly type: EntityType;
  readonly id: string;
  readonly attributes: readonly AttributeDifference[];
}

/**
 * Who made a change.
 *
 * - `sdk`: an event of the audit log says that the SDK did
 * - `elsewhere`: the log covers the time and has no such event
 * - `unknown`: no log was given, or an event whose outcome is not known fits
 */
export type ChangeOrigin = 'sdk' | 'elsewhere' | 'unknown';

/** That somebody came into a group, or left it. */
export interface MembershipChange {
  readonly change: 'added' | 'removed';
  readonly accountId: AtlassianAccountId;
  readonly group: PathNode;
  readonly origin: ChangeOrigin;
  /** Id of the event that says so. */
  readonly auditEventId?: string;
  /** False for an addition that a gap of the earlier snapshot may have hidden. */
  readonly certain: boolean;
}

/** That a person has levels on a resource that the person did not have before, or the other way round. */
export interface AccessChange {
  readonly change: 'gained' | 'lost';
  /** The account, or everybody. */
  readonly who: PathNode;
  readonly resource: Resource;
  readonly levels: readonly AccessLevel[];
  /** Whether there was no access at all before, or is none now. */
  readonly entirely: boolean;
  /** False for a gain that a gap of the earlier snapshot may have hidden. */
  readonly certain: boolean;
}

/** What differs between two snapshots of the same organization. */
export interface SnapshotDiff {
  readonly added: readonly EntityChange[];
  /** Only what is known to be gone. */
  readonly removed: readonly EntityChange[];
  readonly changed: readonly EntityDifference[];
  readonly memberships: readonly MembershipChange[];
  readonly access: readonly AccessChange[];
  /** What was there before and that the later snapshot, for its gaps, does not tell about. */
  readonly undetermined: {
    readonly entities: readonly { readonly type: EntityType; readonly id: string }[];
    /** How many pairs of person and resource. */
    readonly accessCount: number;
    readonly membershipCount: number;
  };
}
