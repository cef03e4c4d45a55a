import type { CallOptions } from '../http/transport.js';
import type { Plan, StagedOperation } from './plan.js';

/** What an approver is shown: the plan with its reasons, risks and digest, and what the guard withholds of it. */
export interface ApprovalRequest {
  readonly plan: Plan;
  readonly staged: readonly StagedOperation[];
  /** Why the caller asked for the change, in the caller's words. */
  readonly reason?: string;
  readonly correlationId: string;
}

/** The answer of an approver. It is written into the audit event of each operation. */
export type ApprovalAnswer =
  | { readonly approved: true; readonly approvedBy: string; readonly comment?: string }
  | { readonly approved: false; readonly because: string; readonly deniedBy?: string };

/**
 * Decides on a plan before anything is written.
 *
 * Called only for a plan that writes something. An error it throws stops the action with nothing written.
 */
export type Approve = (
  request: ApprovalRequest,
  options: Pick<CallOptions, 'signal'>,
) => ApprovalAnswer | Promise<ApprovalAnswer>;

/** An answer with the time it was given. */
export type RecordedApproval = ApprovalAnswer & {
  /** ISO 8601 instant, UTC. */
  readonly at: string;
};
