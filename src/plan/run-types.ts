import type { AuditActor } from '../audit/audit-event.js';
import type { AuditFailedError } from '../audit/audit-failed-error.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { CallOptions } from '../http/transport.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { PlannedOperation } from '../operations/operation.js';
import type { Approve, RecordedApproval } from './approval.js';
import type { Plan, StagedOperation } from './plan.js';

/** What became of one operation of a plan. */
export interface OperationResult {
  readonly operation: PlannedOperation;
  readonly outcome: OperationOutcome;
  /** Whether Atlassian's answer said so or a read-back after a lost answer. Only for `applied` and `already`. */
  readonly confirmedBy?: 'answer' | 'read-back';
  /** Why it was staged or skipped. */
  readonly reason?: string;
  /** What to do about it, where it was staged; of one that failed, its error tells. */
  readonly advice?: string;
  /** Why it failed, or what left it unknown. */
  readonly error?: ProvisionerError;
  /** From its first call to its last, waits included, in milliseconds. */
  readonly durationMs: number;
  /** HTTP attempts, read-backs included. */
  readonly callsMade: number;
  /** Atlassian's trace ids of those attempts, where it gave any. */
  readonly traceIds: readonly string[];
}

/** Something that happened while an action ran. */
export type ProgressEvent =
  | { readonly type: 'planned'; readonly plan: Plan; readonly staged: readonly StagedOperation[] }
  | { readonly type: 'operation-started'; readonly operation: PlannedOperation }
  | { readonly type: 'operation-ended'; readonly result: OperationResult }
  | {
      readonly type: 'waiting';
      /** What it waits for: the link of record and account, a read-back, or a change to show in other reads. */
      readonly waitingFor: 'account-link' | 'read-back' | 'propagation';
      readonly waitedMs: number;
      /** It gives up after so many milliseconds in all. */
      readonly limitMs: number;
    };

/**
 * What a caller may say for one action beside its input.
 *
 * Checked before anything is read: an option that there is not, or a value of another kind, is `request_invalid`.
 */
export interface ActionOptions extends CallOptions {
  /** Stops after the plan: reads only, nothing is written. */
  readonly dryRun?: boolean | undefined;
  /** Why, in the caller's words; part of approvals and audit events. */
  readonly reason?: string | undefined;
  /** On whose behalf; part of audit events. */
  readonly actor?: AuditActor | undefined;
  /** Ties the events of this call to the caller's own records. A UUID unless given. */
  readonly correlationId?: string | undefined;
  /** Decides on the plan, instead of the configured one. */
  readonly approve?: Approve | undefined;
  /** Lets operations through that the guard would stage. The words go to the approver and into the audit events. */
  readonly overrideGuard?: { readonly because: string } | undefined;
  /** Told of what happens while it runs, and not waited for. That it fails is a process warning, and changes nothing. */
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/**
 * How an action can end other than as intended.
 *
 * - `planned`: a dry run
 * - `denied`: the approver said no; nothing was written
 * - `staged`: the guard withheld at least one operation, and none failed
 * - `partial`: some of it was done, some failed or could not be done
 * - `failed`: nothing of it was done
 * - `unknown`: at least one operation was sent and nobody can tell whether it happened
 * - `cancelled`: the caller's signal ended it between two operations
 * - `unverified`: all was applied, and reading back did not show it within the time allowed
 * - `unrecorded`: the audit sink failed, and what was left was not sent
 */
export type RunOutcome =
  'planned' | 'denied' | 'staged' | 'partial' | 'failed' | 'unknown' | 'cancelled' | 'unverified' | 'unrecorded';

/** What reading back after an action showed. */
export interface Verification {
  readonly verified: boolean;
  /** What was still to be seen when it ended, one sentence each. */
  readonly remaining: readonly string[];
  readonly waitedMs: number;
}

/** What an action did, and how it knows. */
export interface ActionResult<Outcome extends string = string> {
  readonly action: string;
  readonly outcome: Outcome | RunOutcome;
  /** The person with every id known at the end. Absent when nobody was found, and nobody created. */
  readonly identity?: ResolvedIdentity;
  readonly plan: Plan;
  /** One for each operation of the plan, in its order. Empty after a dry run. */
  readonly operations: readonly OperationResult[];
  /** What the guard withholds of the plan. */
  readonly staged: readonly StagedOperation[];
  /** HTTP attempts of the whole action, reads included. */
  readonly callsMade: number;
  readonly durationMs: number;
  readonly correlationId: string;
  /** What a reader should know of this result. */
  readonly notes: readonly string[];
  readonly approval?: RecordedApproval;
  readonly verification?: Verification;
  /** Why the audit sink did not keep an event. */
  readonly auditFailure?: AuditFailedError;
}
