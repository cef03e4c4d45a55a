import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { Clock } from '../http/clock.js';
import type { ProgressEvent } from './run-types.js';

/** What a wait is for and how long it may be. */
export interface WaitBounds {
  readonly waitingFor: 'account-link' | 'propagation';
  readonly limitMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (event: ProgressEvent) => void;
}

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];

/**
 * Asks until nothing hinders, within bounds, and tells of each pause.
 *
 * `undefined` when nothing hinders any more; else what hindered last, or `cancelled`.
 */
export async function waitUntilClear(
  hindrance: () => Promise<ProvisionerError | undefined>,
  { waitingFor, limitMs, clock, signal, onProgress }: WaitBounds,
): Promise<ProvisionerError | 'cancelled' | undefined> {
  let waitedMs = 0;
  try {
    for (let round = 0; ; round += 1) {
      const error = await hindrance();
      const pauseMs = PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)] ?? 0;
      if (error === undefined) return undefined;
      if (waitedMs + pauseMs > limitMs) return error;
      onProgress({ type: 'waiting', waitingFor, waitedMs, limitMs });
      await clock.sleep(pauseMs, signal);
      waitedMs += pauseMs;
    }
  } catch (error) {
    if (signal?.aborted === true) return 'cancelled';
    if (isProvisionerError(error)) return error;
    throw error;
  }
}
