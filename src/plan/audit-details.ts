import type { AuditActor, AuditApproval, AuditError, AuditSubject } from '../audit/audit-event.js';
import type { AuditEventDraft } from '../audit/audit-recorder.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { RecordedApproval } from './approval.js';
import type { Plan } from './plan.js';
import type { OperationResult } from './run-types.js';

/** What every event of one run has in common. */
export interface AuditContext {
  readonly approval: RecordedApproval | undefined;
  readonly reason: string | undefined;
  readonly actor: AuditActor | undefined;
  readonly correlationId: string;
  /** Why the guard is overridden; `undefined` when it is not. */
  readonly overrideGuard: string | undefined;
}

/** The event of one operation, but for what the recorder adds. */
export function auditDraftOf(
  { operation, ...result }: OperationResult,
  plan: Plan,
  subject: AuditSubject,
  { approval, reason, actor, correlationId, overrideGuard }: AuditContext,
): AuditEventDraft {
  const overridden = overrideGuard === undefined ? undefined : `overridden: ${overrideGuard}`;
  const guardNote = result.outcome === 'staged' ? result.reason : overridden;
  return {
    ...(actor !== undefined && { actor }),
    ...(reason !== undefined && { reason }),
    action: plan.action,
    correlationId,
    planDigest: plan.digest,
    subject,
    target: operation.target,
    operation: operation.kind,
    risk: operation.risk,
    changes: operation.changes,
    outcome: result.outcome,
    durationMs: result.durationMs,
    calls: result.callsMade,
    traceIds: result.traceIds,
    ...(result.error !== undefined && { error: auditErrorOf(result.error) }),
    ...(approval !== undefined && { approval: auditApprovalOf(approval) }),
    ...(guardNote !== undefined && { guard: guardNote }),
  };
}

/** What an audit event tells of an error: codes, and no text. */
function auditErrorOf(error: ProvisionerError): AuditError {
  const { code, status, atlassianCode, reasonKey } = error as ProvisionerError & Partial<AuditError>;
  return {
    code,
    ...(status !== undefined && { status }),
    ...(atlassianCode !== undefined && { atlassianCode }),
    ...(reasonKey !== undefined && { reasonKey }),
  };
}

/** What an audit event tells of the answer of an approver. */
function auditApprovalOf(approval: RecordedApproval): AuditApproval {
  const { approved, at } = approval;
  if (!approved)
    return {
      approved,
      at,
      comment: approval.because,
      ...(approval.deniedBy !== undefined && { deniedBy: approval.deniedBy }),
    };
  return {
    approved,
    at,
    approvedBy: approval.approvedBy,
    ...(approval.comment !== undefined && { comment: approval.comment }),
  };
}
