import type { AuditActor, AuditSubject } from '../audit/audit-event.js';
import { AuditFailedError } from '../audit/audit-failed-error.js';
import type { AuditRecorder } from '../audit/audit-recorder.js';
import { IdentityUnlinkedError } from '../errors/identity-unlinked-error.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { Clock } from '../http/clock.js';
import type { CallOptions } from '../http/transport.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { ScimUserId } from '../model/ids.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { Clients } from '../operations/capabilities.js';
import { checkedInput, operationOfKind } from '../operations/catalogue.js';
import type { PlannedOperation, SubjectIds } from '../operations/operation.js';
import type { RecordedApproval } from './approval.js';
import { auditApprovalOf, auditErrorOf } from './audit-details.js';
import { CallMeter } from './call-meter.js';
import type { Guard, GuardFacts } from './guard.js';
import type { Plan } from './plan.js';
import type { RecentWrites } from './recent-writes.js';
import { runOperation, type OperationEnd } from './run-operation.js';
import type { OperationResult, ProgressEvent } from './run-types.js';
import { waitUntilClear } from './wait-until-clear.js';

/** What applying a plan needs beside the plan. */
export interface Execution {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly recorder: AuditRecorder;
  readonly guard: Guard;
  readonly guardFacts: GuardFacts;
  readonly recent: RecentWrites;
  /** Why the guard is overridden; `undefined` when it is not. */
  readonly overrideGuard: string | undefined;
  readonly approval: RecordedApproval | undefined;
  readonly reason: string | undefined;
  readonly actor: AuditActor | undefined;
  readonly correlationId: string;
  readonly call: CallOptions;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (event: ProgressEvent) => void;
  /** How long reading back may go on after a lost answer, in milliseconds. */
  readonly readBackMs: number;
  /** How long to wait for Atlassian to link an account, in milliseconds. */
  readonly linkMs: number;
  /** How long to wait for an earlier operation to take effect for a later one, in milliseconds. */
  readonly readyMs: number;
  /** Reads the account that goes with a record now. */
  readonly findAccount: (scimUserId: ScimUserId, call: CallOptions) => Promise<AccountSeen | undefined>;
}

/** The account that goes with a record, and whether the two are linked. */
type AccountSeen = Pick<ResolvedIdentity, 'link' | 'accountId'>;

/** The end of an execution. */
export interface ExecutedPlan {
  readonly operations: readonly OperationResult[];
  readonly subject: SubjectIds;
  readonly cancelled: boolean;
  /** The account of the record as the last operation or wait saw it; absent where none looked. */
  readonly account?: AccountSeen;
  readonly auditFailure?: AuditFailedError;
}

/** Applies the operations of one plan, in order and one at a time, and records each. */
export async function executePlan(plan: Plan, execution: Execution): Promise<ExecutedPlan> {
  const run = new PlanRun(plan, execution);
  for (const operation of plan.operations) await run.step(operation);
  return run.end();
}

const SUCCEEDED: ReadonlySet<OperationOutcome> = new Set(['applied', 'already']);

class PlanRun {
  readonly #plan: Plan;
  readonly #execution: Execution;
  readonly #results: OperationResult[] = [];
  #subject: SubjectIds;
  #cancelled = false;
  #account: AccountSeen | undefined;
  #linkAwaited = false;
  #readyAwaited = false;
  #auditFailure: AuditFailedError | undefined;

  constructor(plan: Plan, execution: Execution) {
    this.#plan = plan;
    this.#execution = execution;
    const { email, scimUserId, accountId } = plan.subject;
    this.#subject = {
      ...(email !== undefined && { email }),
      ...(scimUserId !== undefined && { scimUserId }),
      ...(accountId !== undefined && { accountId }),
    };
  }

  end(): ExecutedPlan {
    return {
      operations: this.#results,
      subject: this.#subject,
      cancelled: this.#cancelled,
      ...(this.#account !== undefined && { account: this.#account }),
      ...(this.#auditFailure !== undefined && { auditFailure: this.#auditFailure }),
    };
  }

  async step(operation: PlannedOperation): Promise<void> {
    const { clock, onProgress } = this.#execution;
    const startedAt = clock.now();
    const meter = new CallMeter(this.#execution.call.onAttempt);
    const { learned: _learned, unlinked: _unlinked, ...end } = await this.#carryOut(operation, meter);
    const result: OperationResult = {
      operation,
      ...end,
      durationMs: clock.now() - startedAt,
      callsMade: meter.calls,
      traceIds: meter.traceIds,
    };
    this.#results.push(result);
    await this.#record(result);
    onProgress({ type: 'operation-ended', result });
  }

  async #carryOut(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd> {
    const hindrance = this.#hindrance(operation);
    if (hindrance !== undefined) return { outcome: 'skipped', reason: hindrance };

    const { guard, guardFacts, overrideGuard } = this.#execution;
    // Nothing is waited for that would be staged in the end.
    const objection = overrideGuard === undefined ? guard.objectionTo(operation, guardFacts) : undefined;
    if (objection !== undefined) return { outcome: 'staged', reason: objection };

    const waitsFirst = operation.dependsOn.length > 0 && operationOfKind(operation.kind).tooEarly === undefined;
    const missing =
      (await this.#learnWhatItNeeds(operation, meter)) ??
      (waitsFirst ? await this.#awaitReady(operation, meter) : undefined);
    if (missing !== undefined) return missing;

    try {
      await this.#execution.recorder.ready();
    } catch (error) {
      if (!(error instanceof AuditFailedError)) throw error;
      this.#auditFailure = error;
      return { outcome: 'skipped', reason: 'the audit sink does not work, and no change is made without a record' };
    }
    return this.#admitAndSend(operation, meter);
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

  async #admitAndSend(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd> {
    const { guard, guardFacts, overrideGuard, clients, clock, onProgress, readBackMs, call } = this.#execution;
    const admission = guard.admit(operation, guardFacts);
    if (!admission.admitted && overrideGuard === undefined) return { outcome: 'staged', reason: admission.reason };

    onProgress({ type: 'operation-started', operation });
    const context = {
      operation: { ...clients, subject: this.#subject },
      clock,
      call: meter.on(call),
      readBackMs,
      onProgress,
    };
    const first = await runOperation(operation, context);
    const again = await this.#cameTooEarly(operation, first, meter);
    const end = again ? await runOperation(operation, context) : first;
    this.#learn(end);
    this.#execution.recent.note(operation, end.outcome, this.#subject.accountId);
    if (admission.admitted && (end.outcome === 'failed' || end.outcome === 'already')) admission.release();
    return end;
  }

  /** Waits, within bounds, until the account of a new record is known, if an operation needs it. */
  async #learnWhatItNeeds(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd | undefined> {
    const { needs } = operationOfKind(operation.kind);
    const { scimUserId, accountId } = this.#subject;
    if (!needs.includes('accountId') || accountId !== undefined || scimUserId === undefined) return undefined;
    const { findAccount, linkMs } = this.#execution;
    // One wait for the whole plan: what has not come for one operation has one more look for each of the others.
    const limitMs = this.#linkAwaited ? 0 : linkMs;
    this.#linkAwaited = true;
    return this.#wait('account-link', limitMs, meter, async (call) => {
      const found = await findAccount(scimUserId, call);
      if (found?.accountId === undefined) return new IdentityUnlinkedError(operation.kind);
      this.#account = found;
      this.#subject = { ...this.#subject, accountId: found.accountId.value };
      return undefined;
    });
  }

  /** Whether an operation was refused because the person is new; ends when it can be sent again, or the time is over. */
  async #cameTooEarly(operation: PlannedOperation, { error }: OperationEnd, meter: CallMeter): Promise<boolean> {
    const mayBeNew = operation.dependsOn.length > 0 || (this.#account ?? this.#plan.subject).link === 'linked';
    if (error === undefined || !mayBeNew || operationOfKind(operation.kind).tooEarly?.(error) !== true) return false;
    return (await this.#awaitReady(operation, meter)) === undefined;
  }

  /** Waits, within bounds, until what came before has taken effect for an operation. Once for the whole plan. */
  async #awaitReady(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd | undefined> {
    const definition = operationOfKind(operation.kind);
    if (definition.notReady === undefined) return undefined;
    const input = checkedInput(definition, operation.input);
    const { clients, readyMs } = this.#execution;
    const limitMs = this.#readyAwaited ? 0 : readyMs;
    this.#readyAwaited = true;
    return this.#wait('propagation', limitMs, meter, async (call) => {
      const reason = await definition.notReady?.(input, { ...clients, subject: this.#subject }, call);
      return reason === undefined
        ? undefined
        : new ProvisionerError('action_blocked', `${operation.kind}: ${reason}`, { retryable: true });
    });
  }

  async #wait(
    waitingFor: 'account-link' | 'propagation',
    limitMs: number,
    meter: CallMeter,
    hindrance: (call: CallOptions) => Promise<ProvisionerError | undefined>,
  ): Promise<OperationEnd | undefined> {
    const { clock, signal, call, onProgress } = this.#execution;
    const end = await waitUntilClear(() => hindrance(meter.on({ ...call, signal })), {
      waitingFor,
      limitMs,
      clock,
      signal,
      onProgress,
    });
    if (end === 'cancelled') {
      this.#cancelled = true;
      return { outcome: 'skipped', reason: `the run was cancelled while it waited (${waitingFor})` };
    }
    return end && { outcome: 'failed', error: end };
  }

  #learn({ learned, unlinked }: OperationEnd): void {
    this.#subject = { ...this.#subject, ...learned };
    if (learned?.accountId !== undefined) {
      const observedAt = new Date(this.#execution.clock.now()).toISOString();
      this.#account = { link: 'linked', accountId: { value: learned.accountId, source: 'scim-extension', observedAt } };
    }
    if (unlinked !== true || this.#plan.subject.link !== 'linked') return;
    // Atlassian took the account from the record: what follows must not take it for linked.
    const { accountId: _, ...rest } = this.#subject;
    this.#subject = rest;
    this.#account = { link: 'unlinked' };
  }

  async #record(result: OperationResult): Promise<void> {
    const { recorder, reason, actor, approval, correlationId, overrideGuard } = this.#execution;
    const { operation } = result;
    const overridden = overrideGuard === undefined ? undefined : `overridden: ${overrideGuard}`;
    const guardNote = result.outcome === 'staged' ? result.reason : overridden;
    try {
      await recorder.record({
        ...(actor !== undefined && { actor }),
        ...(reason !== undefined && { reason }),
        action: this.#plan.action,
        correlationId,
        planDigest: this.#plan.digest,
        subject: this.#auditSubject(),
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
      });
    } catch (error) {
      if (!(error instanceof AuditFailedError)) throw error;
      this.#auditFailure = error;
    }
  }

  #auditSubject(): AuditSubject {
    const { userName, externalId } = this.#plan.subject;
    return {
      ...this.#subject,
      ...(userName !== undefined && { userName }),
      ...(externalId !== undefined && { externalId }),
    };
  }
}
