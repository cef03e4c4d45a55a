import type { AuditEvent } from '../../../audit/audit-event.js';
import type { Loose } from '../snapshot.fixture.js';

/** An event between the snapshots of the fixtures, with ids as plain texts. */
export function auditEvent(operation: string, rest: Partial<Loose<AuditEvent>> = {}): AuditEvent {
  return {
    version: 1,
    id: `event-${operation}`,
    sequence: 1,
    time: '2026-11-01T10:15:00.000Z',
    actor: { type: 'service' },
    action: 'manageRelationships',
    correlationId: 'c1',
    subject: { accountId: 'noor' },
    target: { type: 'account', id: 'noor' },
    operation,
    changes: [],
    outcome: 'applied',
    durationMs: 1,
    calls: 1,
    traceIds: [],
    ...rest,
  } as AuditEvent;
}
