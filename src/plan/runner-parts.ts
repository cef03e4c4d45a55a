import type { AuditRecorder } from '../audit/audit-recorder.js';
import type { Clock } from '../http/clock.js';
import type { ClaimedDomains } from '../identity/claimed-domains.js';
import type { IdMapper } from '../identity/id-mapper.js';
import type { Clients } from '../operations/capabilities.js';
import type { Approve, RecordedApproval } from './approval.js';
import type { PlanScope } from './build-plan.js';
import type { Guard } from './guard.js';
import type { Plan } from './plan.js';

/** What all actions of one provisioner share. */
export interface RunnerParts {
  readonly clients: Clients;
  readonly mapper: IdMapper;
  readonly domains: ClaimedDomains;
  readonly clock: Clock;
  readonly recorder: AuditRecorder;
  readonly guard: Guard;
  readonly approve: Approve | undefined;
  readonly scope: PlanScope;
  readonly waits: RunnerWaits;
}

/** How long an action waits for what lags, in milliseconds. */
interface RunnerWaits {
  /** For Atlassian to link a new record to its account. */
  readonly linkMs: number;
  /** For a read-back after a lost answer. */
  readonly readBackMs: number;
  /** For a change to show in other reads, when an action verifies. */
  readonly verifyMs: number;
}

/** A plan that came from elsewhere, with the approval it was given there. */
export interface StoredPlan {
  readonly plan: Plan;
  readonly approval: RecordedApproval | undefined;
}
