import type { AtlassianAccountId, ResourceAri, ScimUserId } from '../../../model/ids.js';
import type { Entity } from '../../entities/entity.js';
import type { EntityType } from '../../entities/entity-type.js';
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
 * - `unknown`: no log was given or it does not cover the time; or an event fits that was not answered, that was undone
 *   later, that came in the minutes before the first snapshot, that may be of another person or group of the same address
 *   or name, or of which the change may be a consequence
 */
export type ChangeOrigin = 'sdk' | 'elsewhere' | 'unknown';

/** That somebody came into a group, or left it. */
export interface MembershipChange {
  readonly change: 'added' | 'removed';
  readonly accountId: AtlassianAccountId;
  /** What the person is called, in the later snapshot or else in the earlier one. Absent where neither tells. */
  readonly name?: string;
  readonly email?: string;
  readonly group: PathNode;
  readonly origin: ChangeOrigin;
  /** Id of the event that says so, or that leaves it open. */
  readonly auditEventId?: string;
  /** False for an addition that a gap of the earlier snapshot may have hidden. */
  readonly certain: boolean;
}

/**
 * What became of a person, as far as operations of the SDK can do it.
 *
 * - `record-…`: the record in the SCIM directory
 * - `account-…`, `deletion-…`: the Atlassian account. One whose deletion is scheduled is not told as disabled too
 * - `access-…`: the membership in the organization's directory
 * - `role-…`: a role on a product that the account holds directly, or of which it is not told how
 */
export type ProvisioningChangeKind =
  | 'record-created'
  | 'record-updated'
  | 'record-activated'
  | 'record-deactivated'
  | 'record-deleted'
  | 'account-disabled'
  | 'account-enabled'
  | 'deletion-scheduled'
  | 'deletion-cancelled'
  | 'access-suspended'
  | 'access-restored'
  | 'role-granted'
  | 'role-revoked';

/** A change of a person that the SDK may have made, and who made it. Memberships are told apart. */
export interface ProvisioningChange {
  readonly change: ProvisioningChangeKind;
  /** Absent where the record has no account. */
  readonly accountId?: AtlassianAccountId;
  /** Of the record that changed. */
  readonly scimUserId?: ScimUserId;
  /** What the person is called, in the later snapshot or else in the earlier one. Absent where neither tells. */
  readonly name?: string;
  readonly email?: string;
  /** Of `record-updated`: one change an attribute. */
  readonly attribute?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** Of a role, as Atlassian names it. */
  readonly role?: string;
  readonly resourceId?: ResourceAri;
  readonly origin: ChangeOrigin;
  /** Id of the event that says so, or that leaves it open. */
  readonly auditEventId?: string;
  /** False for what a gap of the earlier snapshot may have hidden. */
  readonly certain: boolean;
}

/** That a person has levels on a resource that the person did not have before, or the other way round. */
export interface AccessChange {
  readonly change: 'gained' | 'lost';
  /** The account, or everybody. */
  readonly who: PathNode;
  /** Of the account, where a snapshot has it. */
  readonly email?: string;
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
  /** Only what no gap of either snapshot may have brought about. */
  readonly changed: readonly EntityDifference[];
  readonly memberships: readonly MembershipChange[];
  /** Those of the changes above that operations of the SDK make, one by one, with who made them. */
  readonly provisioning: readonly ProvisioningChange[];
  readonly access: readonly AccessChange[];
  /** What was there before and that the later snapshot, for its gaps, does not tell about. */
  readonly undetermined: {
    readonly entities: readonly { readonly type: EntityType; readonly id: string }[];
    /** What is not the same in both, where a gap of either may be why: not read, or filled from what was not read. */
    readonly attributes: readonly EntityDifference[];
    /** How many pairs of person and resource. */
    readonly accessCount: number;
    readonly membershipCount: number;
  };
}
