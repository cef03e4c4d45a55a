import type { AuditApproval, AuditError } from '../audit/audit-event.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { RecordedApproval } from './approval.js';

/** What an audit event tells of an error: codes, and no text. */
export function auditErrorOf(error: ProvisionerError): AuditError {
  const { code, status, atlassianCode, reasonKey } = error as ProvisionerError & Partial<AuditError>;
  return {
    code,
    ...(status !== undefined && { status }),
    ...(atlassianCode !== undefined && { atlassianCode }),
    ...(reasonKey !== undefined && { reasonKey }),
  };
}

/** What an audit event tells of the answer of an approver. */
export function auditApprovalOf(approval: RecordedApproval): AuditApproval {
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
