import type { AuditEvent } from './audit-event.js';

/**
 * Keeps audit events. An `AuditRecorder` hands it one event at a time, in order.
 *
 * `write` promises that the event is kept once it returns or its promise resolves. When it cannot say so, it throws: the
 * SDK then makes no further change until the event is kept, unless it was told to continue. It may be handed the same
 * event again after it threw; `event.id` tells.
 */
export interface AuditSink {
  /**
   * Called before the first change, once it has succeeded not again. A sink that cannot keep events should find out
   * here, while nothing has happened yet.
   */
  open?(): Promise<void> | void;
  /** Keeps an event, or throws. */
  write(event: AuditEvent): Promise<void> | void;
  /** Lets go of files and connections. */
  close?(): Promise<void> | void;
}
