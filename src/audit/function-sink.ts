import type { AuditEvent } from './audit-event.js';
import type { AuditSink } from './audit-sink.js';

/**
 * Makes a sink of a function, such as one that inserts a row or posts to a collector.
 *
 * The function must throw or reject when the event was not kept, and must settle: a change waits for it.
 */
export function functionSink(write: (event: AuditEvent) => Promise<void> | void): AuditSink {
  return { write };
}
