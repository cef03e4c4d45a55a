import type { AuditEvent } from './audit-event.js';
import type { AuditSink } from './audit-sink.js';

/**
 * Writes each event to several sinks, and counts it as kept when all of them have it.
 *
 * Each sink is tried even when another failed. When the event is handed over again, it goes only to the sinks that
 * failed. All failures together are one `AggregateError`.
 */
export function combineSinks(...sinks: readonly AuditSink[]): AuditSink {
  const opened = new Set<AuditSink>();
  const kept = new WeakMap<AuditEvent, Set<AuditSink>>();

  return {
    async open() {
      await eachOf(sinks, 'opened', async (sink) => {
        if (opened.has(sink)) return;
        await sink.open?.();
        opened.add(sink);
      });
    },
    async write(event) {
      const keptBy = kept.get(event) ?? new Set<AuditSink>();
      kept.set(event, keptBy);
      await eachOf(sinks, 'written', async (sink) => {
        if (keptBy.has(sink)) return;
        await sink.write(event);
        keptBy.add(sink);
      });
    },
    async close() {
      await eachOf(sinks, 'closed', async (sink) => sink.close?.());
    },
  };
}

async function eachOf(
  sinks: readonly AuditSink[],
  done: string,
  doOne: (sink: AuditSink) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled(sinks.map(doOne));
  const failures = results.filter((result) => result.status === 'rejected').map((result): unknown => result.reason);
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      `${String(failures.length)} of ${String(sinks.length)} sinks could not be ${done}`,
    );
}
