import type { AuditEvent } from './audit-event.js';
import type { AuditSink } from './audit-sink.js';

/** Keeps events in memory, for tests and short runs: it forgets nothing until told to, and everything on exit. */
export class MemorySink implements AuditSink {
  #events: AuditEvent[] = [];

  /** A copy of the list, oldest first. */
  get events(): readonly AuditEvent[] {
    return [...this.#events];
  }

  /** Keeps an event. */
  write(event: AuditEvent): void {
    this.#events.push(event);
  }

  /** Forgets all events. */
  clear(): void {
    this.#events = [];
  }
}
