import type { JsonObject } from '../model/json.js';
import type { ErrorCode } from '../errors/error-code.js';
import type { AtlassianAccountId, OrganizationId, ScimDirectoryId, ScimUserId } from '../model/ids.js';
import type { LinkState } from '../model/identity.js';
import type { Risk } from '../model/outcome.js';
import type { OperationTarget, PlannedOperation } from '../operations/operation.js';

/** Whom a plan is about, by the ids known when it was made. */
export interface PlanSubject {
  /** Absent while the person has neither a record nor an account. */
  readonly link?: LinkState;
  readonly email?: string;
  readonly userName?: string;
  readonly externalId?: string;
  readonly scimUserId?: ScimUserId;
  readonly accountId?: AtlassianAccountId;
}

/** Something that was asked for and is so already: no operation is planned for it. */
export interface SatisfiedStep {
  readonly kind: string;
  readonly target: OperationTarget;
  readonly reason: string;
}

/** Something that was asked for and cannot be done, known before anything is written. */
export interface BlockedStep {
  readonly kind: string;
  readonly target: OperationTarget;
  /** The error code that carrying it out would end in. */
  readonly code: ErrorCode;
  readonly reason: string;
  /** Atlassian's own reason key, such as `externalDirectory.scim`, where it gave one. */
  readonly reasonKey?: string;
  readonly advice?: string;
}

/** Operations in order, with the reason of each, computed without writing. JSON throughout, so it can be stored. */
export interface Plan {
  readonly version: 1;
  /** A UUID. */
  readonly id: string;
  /** The action or workflow that made it: `syncIdentity`. */
  readonly action: string;
  /** What was asked, checked. `apply` observes and plans again from it. */
  readonly request: JsonObject;
  readonly organizationId?: OrganizationId;
  readonly scimDirectoryId?: ScimDirectoryId;
  readonly subject: PlanSubject;
  /** ISO 8601 instant, UTC. */
  readonly createdAt: string;
  /** ISO 8601 instant, UTC, after which `apply` refuses it. */
  readonly expiresAt: string;
  /** Outcome of the action when every operation succeeds. */
  readonly intendedOutcome: string;
  readonly operations: readonly PlannedOperation[];
  readonly satisfied: readonly SatisfiedStep[];
  readonly blocked: readonly BlockedStep[];
  /** Whether a blocked step keeps every operation from being sent. */
  readonly blockedStopsAll: boolean;
  /** What a reader should know: what the APIs cannot do, what was chosen and why. */
  readonly notes: readonly string[];
  /** The highest risk of any operation; `none` when there is none. */
  readonly risk: Risk;
  /**
   * SHA-256, 64 hexadecimal digits, over everything above as canonical JSON, as it was when the plan was made.
   *
   * No signature: whoever changes a plan can compute it anew. Keep the digest that was approved where the plan is not.
   */
  readonly digest: string;
}

/** An operation that the guard withholds, and why. Kept beside a plan, for it depends on the moment. */
export interface StagedOperation {
  readonly operationId: string;
  readonly reason: string;
  /** What to do, for the same call ends the same way: the setting that withholds it and, of a limit, until when. */
  readonly advice: string;
}
