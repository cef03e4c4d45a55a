import type { LiteralUnion } from '../../model/literal-union.js';
import type { EntityType } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { AccessLevel } from './access-level.js';

/** Whether something is so, is not so, or cannot be told from the snapshot. `no` is said only where it was established. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** An entity of the snapshot, by kind and id. */
export interface EntityRef {
  readonly type: EntityType;
  readonly id: string;
}

/** Kinds of holders that are no entity of a snapshot. */
export type WildcardType =
  | 'anonymous'
  | 'authenticated'
  | 'licensed'
  | 'product-admins'
  | 'conditional'
  | 'unknown'
  /** An account or group that is named in a grant or a list of members, and is not among the entities. */
  | 'account'
  | 'group';

/** A place on a path: an account, a group, a role, a scheme, a resource, or a holder such as everybody. */
export interface PathNode {
  readonly type: EntityType | WildcardType;
  /** Of a wildcard, what it is about: the product, or the condition. */
  readonly id: string;
  readonly name?: string;
}

/**
 * How one place leads to the next.
 *
 * - `member`: is in the group
 * - `actor`: holds the project role, by name or through the group before
 * - `counts-as`: is among the holders that the product calls so: everybody, licensed people, the project lead
 * - `granted`: what comes next is given to what comes before
 * - `applies-to`: the scheme or role before is in force on what comes next
 * - `inherited`: a repository has it from its project
 * - `administers`: an administrator of what comes before reaches all that is inside of it
 */
export type StepRelation = 'member' | 'actor' | 'counts-as' | 'granted' | 'applies-to' | 'inherited' | 'administers';

/** One step of a path, with what in the snapshot says so. */
export interface PathStep {
  readonly relation: StepRelation;
  readonly to: PathNode;
  /** Entities that say so. Empty where the product documents it and no entity does. */
  readonly evidence: readonly EntityRef[];
  /** Of a `granted` step: what is given, in the words of the product, with the id of the grant where it has one. */
  readonly names?: readonly GrantedName[];
}

/** One entitlement in the words of the product: `BROWSE_PROJECTS`, `read/space`, `write`, `atlassian/admin`. */
export interface GrantedName {
  readonly name: string;
  readonly levels: readonly AccessLevel[];
  readonly grantId?: string;
}

/** Through what access comes, where it is not given to the account on the resource itself. */
export type AccessRoute = LiteralUnion<
  'group' | 'role' | 'scheme' | 'project' | 'wildcard' | 'administration' | 'effective'
>;

/** One way from an account, or from everybody, to a resource. */
export interface AccessPath {
  readonly from: PathNode;
  readonly steps: readonly PathStep[];
  readonly levels: readonly AccessLevel[];
  /** The same in the words of the product. */
  readonly names: readonly string[];
  /** Given to the account itself, on the resource itself. */
  readonly direct: boolean;
  /**
   * Through what it comes, in the order of the steps. Empty where it is direct. `effective`: the product told the level
   * that comes out of all ways, and not which way.
   */
  readonly through: readonly AccessRoute[];
  /** An administrator, who needs no grant on the resource. */
  readonly bypass: boolean;
  /** False where a step or a level could not be established: the way may be closed. */
  readonly certain: boolean;
  /**
   * Why it is of no use now: the account is not active, its membership is suspended, or the project is archived and can
   * only be read. What `levels` names is not held then.
   */
  readonly blocked?: string;
}

/** Something that the snapshot does not tell and that an answer hangs on. */
export interface OpenQuestion {
  /**
   * - `gap`: a part was not read, see `gap`
   * - `members-unread`, `actors-unread`, `scheme-unread`, `grants-unread`: a list is missing
   * - `exposure-unread`: whether it is open to everybody was not established
   * - `conditional`: who holds it differs from issue to issue
   * - `unknown-holder`: a kind of holder that this version does not know
   * - `unmapped`: an entitlement of which the levels are not known
   * - `administrators-unread`: who administers the product or the organization is not known
   * - `identity-unknown`: the person, or the person's account, is not in the snapshot, or several match
   * - `resource-unknown`: the resource is not in the snapshot
   */
  readonly kind:
    | 'gap'
    | 'members-unread'
    | 'actors-unread'
    | 'scheme-unread'
    | 'grants-unread'
    | 'exposure-unread'
    | 'conditional'
    | 'unknown-holder'
    | 'unmapped'
    | 'administrators-unread'
    | 'identity-unknown'
    | 'resource-unknown';
  readonly message: string;
  readonly about?: PathNode;
  readonly gap?: Gap;
}
