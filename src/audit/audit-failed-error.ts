import { isBranded, ProvisionerError } from '../errors/provisioner-error.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { AuditEvent } from './audit-event.js';

/**
 * The audit sink could not keep an event, so the SDK makes no further change.
 *
 * Message and advice are those of the sink where it failed with an error of this SDK, as a `JsonlSink` does. Of any other
 * error only the system's code is told, since its words may hold what the event does; the error itself is the `cause`.
 */
export class AuditFailedError extends ProvisionerError {
  override readonly name = 'AuditFailedError';
  declare readonly code: 'audit_failed';
  /** Private, so that printing the error does not print the personal data of the events. */
  readonly #unrecorded: readonly AuditEvent[];

  constructor(unrecorded: readonly AuditEvent[], cause: unknown) {
    super('audit_failed', describe(unrecorded, cause), {
      cause,
      retryable: true,
      advice: adviceFor(cause),
    });
    this.#unrecorded = unrecorded;
  }

  /** Operations that ended and have no record yet, oldest first. Empty when nothing had been sent. */
  get unrecorded(): readonly AuditEvent[] {
    return this.#unrecorded;
  }
}

const NOT_SENT: ReadonlySet<OperationOutcome> = new Set(['skipped', 'staged']);
/** Failures told of one write, where several sinks are combined. */
const REASONS_TOLD = 3;

function describe(unrecorded: readonly AuditEvent[], cause: unknown): string {
  const reasons = failuresIn(cause).flatMap((failure) => reasonOf(failure) ?? []);
  const what = whatFailed(unrecorded);
  return reasons.length === 0 ? what : `${what}: ${reasons.slice(0, REASONS_TOLD).join('; ')}`;
}

function whatFailed(unrecorded: readonly AuditEvent[]): string {
  const [first] = unrecorded;
  if (first === undefined) return 'The audit sink could not be opened, and nothing was changed';
  const events = `${String(unrecorded.length)} event(s), the first of ${first.operation}`;
  if (unrecorded.every(({ outcome }) => NOT_SENT.has(outcome)))
    return `The audit sink does not work, so the changes it was to record were not sent: ${events}`;
  return `The audit sink did not keep ${events} with the outcome ${first.outcome}`;
}

function adviceFor(cause: unknown): string {
  const advices = failuresIn(cause).flatMap((failure) => (isBranded(failure) ? failure.advice : []));
  const how = advices.length === 0 ? 'Make the audit sink work.' : [...new Set(advices)].join(' ');
  return `${how} Then call again: what the sink missed is written first.`;
}

/** Combined sinks fail together, as one error of several. */
function failuresIn(cause: unknown): readonly unknown[] {
  return cause instanceof AggregateError ? cause.errors.flatMap(failuresIn) : [cause];
}

function reasonOf(failure: unknown): string | undefined {
  if (isBranded(failure)) return failure.message;
  const code: unknown = failure instanceof Error && 'code' in failure ? failure.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
