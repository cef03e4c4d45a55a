import { ProvisionerError } from '../errors/provisioner-error.js';
import type { AuditEvent } from './audit-event.js';

/** The audit sink could not keep an event, so the SDK makes no further change. */
export class AuditFailedError extends ProvisionerError {
  override readonly name = 'AuditFailedError';
  declare readonly code: 'audit_failed';
  /** Private, so that printing the error does not print the personal data of the events. */
  readonly #unrecorded: readonly AuditEvent[];

  constructor(unrecorded: readonly AuditEvent[], cause: unknown) {
    super('audit_failed', describe(unrecorded, cause), {
      cause,
      retryable: true,
      advice: 'Make the audit sink work and call again; what it missed is written first.',
    });
    this.#unrecorded = unrecorded;
  }

  /** Operations that ended and have no record yet, oldest first. Empty when nothing had been sent. */
  get unrecorded(): readonly AuditEvent[] {
    return this.#unrecorded;
  }
}

function describe(unrecorded: readonly AuditEvent[], cause: unknown): string {
  const what =
    unrecorded.length === 0
      ? 'The audit sink could not be opened, and nothing was changed'
      : `The audit sink did not keep ${String(unrecorded.length)} event(s), the first of ${nameOf(unrecorded[0])}`;
  const why = systemCodeOf(cause);
  return why === undefined ? what : `${what}: ${why}`;
}

function nameOf(event: AuditEvent | undefined): string {
  return event === undefined ? 'nothing' : `${event.operation} with the outcome ${event.outcome}`;
}

function systemCodeOf(cause: unknown): string | undefined {
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
