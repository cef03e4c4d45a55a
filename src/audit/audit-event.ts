import type { ErrorCode } from '../errors/error-code.js';
import type { AtlassianAccountId, ScimUserId } from '../model/ids.js';
import type { AttributeChange, OperationOutcome, Risk } from '../model/outcome.js';

/**
 * Who caused a change. Entra calls it `initiatedBy`.
 *
 * - `user`: a person asked for it
 * - `service`: a program did, on its own account
 * - `system`: a schedule or a rule did, and nobody in particular
 */
export interface AuditActor {
  readonly type: 'user' | 'service' | 'system';
  /** Id of the actor in the system that asked. */
  readonly id?: string;
  readonly name?: string;
}

/** Whose access an operation is about, by every id that was known when it ran. Entra calls it `sourceIdentity`. */
export interface AuditSubject {
  readonly email?: string;
  readonly userName?: string;
  readonly externalId?: string;
  readonly scimUserId?: ScimUserId;
  readonly accountId?: AtlassianAccountId;
}

/**
 * What kind of thing an operation acts on.
 *
 * - `identity`: the person's record in the SCIM directory, or their place in a directory of the organization
 * - `account`: the Atlassian account itself
 * - `group`: the membership of a group
 * - `product`: a product on a site
 * - `api-token`: an API token of the account
 */
export type AuditTargetType = 'identity' | 'account' | 'group' | 'product' | 'api-token';

/** The thing an operation acts on. Entra calls it `targetIdentity`. */
export interface AuditTarget {
  readonly type: AuditTargetType;
  /** Absent when the thing does not exist yet, or its id was not learnt. */
  readonly id?: string;
  readonly name?: string;
}

/** Why an operation did not succeed, without any text that Atlassian sent. Entra calls it `errorInformation`. */
export interface AuditError {
  readonly code: ErrorCode;
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** Atlassian's own code, such as `ADMIN-UAM-409-3`. */
  readonly atlassianCode?: string;
  /** Atlassian's reason of a refusal by the User management API, such as `externalDirectory.scim`. */
  readonly reasonKey?: string;
}

/** The answer of the approver to the plan that an operation belongs to. */
export interface AuditApproval {
  readonly approved: boolean;
  readonly approvedBy?: string;
  readonly deniedBy?: string;
  /** ISO 8601 instant, UTC. */
  readonly at?: string;
  /** What the approver said to it, or why not. */
  readonly comment?: string;
}

/**
 * The record of one operation: one per operation of a plan, whatever became of it.
 *
 * It holds personal data (names, addresses, the values of changed attributes) and never a credential, a request or an
 * answer. A later release may add fields; `version` grows when the meaning of one changes.
 *
 * Readers of Microsoft Entra's provisioning log (`provisioningObjectSummary`) find the same facts under other names:
 *
 * | Here | There |
 * | --- | --- |
 * | `id` | `id` |
 * | `time` | `activityDateTime` |
 * | `correlationId` | `cycleId` |
 * | `planDigest` | `changeId` |
 * | `action` | `jobId` |
 * | `operation` | `provisioningAction`, more precisely |
 * | `durationMs` | `durationInMilliseconds` |
 * | `actor` | `initiatedBy` |
 * | `subject` | `sourceIdentity` |
 * | `target` | `targetIdentity` |
 * | `outcome`, `error` | `provisioningStatusInfo.status`, `.errorInformation` |
 * | `changes[].attribute`, `.from`, `.to` | `modifiedProperties[].displayName`, `.oldValue`, `.newValue` |
 */
export interface AuditEvent {
  /** Version of this structure. */
  readonly version: 1;
  /** A UUID. A sink may be handed one event twice after a failure; the id tells. */
  readonly id: string;
  /** Place among the events of one recorder, from 1 and without gaps. */
  readonly sequence: number;
  /** When the operation ended. ISO 8601 instant, UTC. */
  readonly time: string;
  readonly actor: AuditActor;
  /** Why the caller asked for it, in the caller's words. */
  readonly reason?: string;
  /** The action or workflow that was called, such as `deprovisionIdentity`. */
  readonly action: string;
  /** The same for all events of one call. */
  readonly correlationId: string;
  /** Digest of the plan the operation belongs to. */
  readonly planDigest?: string;
  readonly subject: AuditSubject;
  readonly target: AuditTarget;
  /** The kind of operation, such as `scim.user.patch`. */
  readonly operation: string;
  readonly risk?: Risk;
  /** What the operation changes; what it would have changed, when it was not applied. */
  readonly changes: readonly AttributeChange[];
  readonly outcome: OperationOutcome;
  /** From the first call of the operation to the end of its last, in milliseconds. 0 when it made none. */
  readonly durationMs: number;
  /** Number of HTTP attempts, read-backs included. */
  readonly calls: number;
  /** Atlassian's trace ids of those attempts, in order, where it gave any. */
  readonly traceIds: readonly string[];
  readonly error?: AuditError;
  readonly approval?: AuditApproval;
  /** Which rule of the guard withheld the operation, in words. */
  readonly guard?: string;
}
