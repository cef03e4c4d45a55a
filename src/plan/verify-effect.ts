import type { Clock } from '../http/clock.js';
import type { ProgressEvent, Verification } from './run-types.js';

/** What looking for an effect needs. */
export interface VerifyBounds {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly limitMs: number;
  readonly onProgress: (event: ProgressEvent) => void;
}

const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Looks, within bounds, until what was written shows in other reads.
 *
 * All writes are done by now: whatever ends the looking, a failing read or the signal, is told and never thrown.
 */
export async function verifyEffect(
  remaining: () => Promise<readonly string[]>,
  { clock, signal, limitMs, onProgress }: VerifyBounds,
): Promise<Verification> {
  let waitedMs = 0;
  for (let round = 0; ; round += 1) {
    const left = await look(remaining);
    const pauseMs = PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)] ?? 0;
    if (left.length === 0) return { verified: true, remaining: left, waitedMs };
    if (waitedMs + pauseMs > limitMs || signal?.aborted === true) return { verified: false, remaining: left, waitedMs };
    onProgress({ type: 'waiting', waitingFor: 'propagation', waitedMs, limitMs });
    try {
      await clock.sleep(pauseMs, signal);
    } catch {
      return { verified: false, remaining: left, waitedMs };
    }
    waitedMs += pauseMs;
  }
}

async function look(remaining: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await remaining();
  } catch (error) {
    return [`reading back failed${error instanceof Error ? `: ${error.message}` : ''}`];
  }
}
