import { AuditFailedError } from '../audit/audit-failed-error.js';
import type { AuditRecorder } from '../audit/audit-recorder.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { PlannedOperation, SubjectIds } from '../operations/operation.js';
import { auditDraftOf, type AuditContext } from './audit-details.js';
import { CallMeter } from './call-meter.js';
import type { GuardRuling } from './guard-ruling.js';
import type { Plan } from './plan.js';
import type { RecentWrites } from './recent-writes.js';
import { runOperation, unexpected, type OperationEnd } from './run-operation.js';
import { RunPerson, type AccountSeen, type PersonWaits } from './run-person.js';
import type { OperationResult } from './run-types.js';

/** What applying a plan needs beside the plan. */
export interface Execution extends PersonWaits, AuditContext {
  readonly recorder: AuditRecorder;
  readonly ruling: GuardRuling;
  readonly recent: RecentWrites;
  /** How long reading back may go on after a lost answer, in milliseconds. */
  readonly readBackMs: number;
}

/** The end of an execution. */
export interface ExecutedPlan {
  readonly operations: readonly OperationResult[];
  readonly subject: SubjectIds;
  readonly cancelled: boolean;
  /** The account of the record as the last operation or wait saw it; absent where none looked. */
  readonly account?: AccountSeen;
  readonly auditFailure?: AuditFailedError;
}

/**
 * Applies the operations of one plan, in order and one at a time, and records each.
 *
 * Never throws: whatever happens to one operation is in its result.
 */
export async function executePlan(plan: Plan, execution: Execution): Promise<ExecutedPlan> {
  const run = new PlanRun(plan, execution);
  for (const operation of plan.operations) await run.step(operation);
  return run.end();
}

const SUCCEEDED: ReadonlySet<OperationOutcome> = new Set(['applied', 'already']);
/** Outcomes after which nothing has come of an operation that the guard counted. */
const NOT_DONE: ReadonlySet<OperationOutcome> = new Set(['failed', 'already', 'skipped', 'staged']);

class PlanRun {
  readonly #plan: Plan;
  readonly #execution: Execution;
  readonly #person: RunPerson;
  readonly #results: OperationResult[] = [];
  #cancelled = false;
  #auditFailure: AuditFailedError | undefined;

  constructor(plan: Plan, execution: Execution) {
    this.#plan = plan;
    this.#execution = execution;
    this.#person = new RunPerson(plan.subject, execution);
  }

  end(): ExecutedPlan {
    const { ids, account } = this.#person;
    return {
      operations: this.#results,
      subject: ids,
      cancelled: this.#cancelled,
      ...(account !== undefined && { account }),
      ...(this.#auditFailure !== undefined && { auditFailure: this.#auditFailure }),
    };
  }

  async step(operation: PlannedOperation): Promise<void> {
    const { clock, onProgress, ruling } = this.#execution;
    const startedAt = clock.now();
    const meter = new CallMeter(this.#execution.call.onAttempt);
    const { learned: _learned, unlinked: _unlinked, ...end } = await this.#carryOut(operation, meter);
    if (NOT_DONE.has(end.outcome)) ruling.release(operation.id);
    const result: OperationResult = Object.freeze({
      operation,
      ...end,
      durationMs: clock.now() - startedAt,
      callsMade: meter.calls,
      traceIds: meter.traceIds,
    });
    this.#results.push(result);
    await this.#record(result);
    onProgress({ type: 'operation-ended', result });
  }

  /** The operations before it have been carried out: what is not foreseen must not hide them. */
  async #carryOut(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd> {
    try {
      return await this.#tryToCarryOut(operation, meter);
    } catch (error) {
      return { outcome: 'unknown', error: unexpected(operation.kind, error) };
    }
  }

  async #tryToCarryOut(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd> {
    const hindrance = this.#hindrance(operation);
    if (hindrance !== undefined) return { outcome: 'skipped', reason: hindrance };

    const objection = this.#execution.ruling.objectionTo(operation.id);
    if (objection !== undefined) return { outcome: 'staged', ...objection };

    const missing = await this.#person.awaitFor(operation, meter);
    if (missing === 'cancelled') return this.#cancel();
    if (missing !== undefined) return missing;

    try {
      await this.#execution.recorder.ready();
    } catch (error) {
      this.#auditFailure = asAuditFailure(error);
      return { outcome: 'skipped', reason: 'the audit sink does not work, and no change is made without a record' };
    }
    return this.#send(operation, meter);
  }

  /** Why an operation is not even tried. */
  #hindrance(operation: PlannedOperation): string | undefined {
    const { approval, signal } = this.#execution;
    if (approval?.approved === false) return `the plan was not approved: ${approval.because}`;
    if (this.#auditFailure !== undefined) return 'the audit sink failed, and no change is made without a record';
    if (this.#cancelled || signal?.aborted === true) {
      this.#cancelled = true;
      return 'the run was cancelled before it';
    }
    for (const id of operation.dependsOn) {
      const earlier = this.#results.find((result) => result.operation.id === id);
      if (earlier === undefined || !SUCCEEDED.has(earlier.outcome))
        return `${id} did not succeed (${earlier?.outcome ?? 'not run'})`;
    }
    return undefined;
  }

  async #send(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd> {
    const { clients, clock, onProgress, readBackMs, call } = this.#execution;
    onProgress({ type: 'operation-started', operation });
    const context = {
      operation: {
        ...clients,
        subject: this.#person.ids,
        wasWrittenOtherwise: this.#execution.recent.contradicts(operation, this.#person.ids.accountId),
      },
      clock,
      call: meter.on(call),
      readBackMs,
      onProgress,
    };
    const first = await runOperation(operation, context);
    const again = await this.#person.cameTooEarly(operation, first, meter);
    if (again === 'cancelled') this.#cancelled = true;
    const end = again === true ? await runOperation(operation, context) : first;
    this.#person.learn(end);
    this.#execution.recent.note(operation, end.outcome, this.#person.ids.accountId);
    return end;
  }

  #cancel(): OperationEnd {
    this.#cancelled = true;
    return { outcome: 'skipped', reason: 'the run was cancelled while it waited' };
  }

  async #record(result: OperationResult): Promise<void> {
    try {
      await this.#execution.recorder.record(
        auditDraftOf(result, this.#plan, this.#person.auditSubject, this.#execution),
      );
    } catch (error) {
      this.#auditFailure = asAuditFailure(error);
    }
  }
}

function asAuditFailure(error: unknown): AuditFailedError {
  return error instanceof AuditFailedError ? error : new AuditFailedError([], error);
}
