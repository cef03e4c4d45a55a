import { AbortedError } from '../errors/network-errors.js';
import { whenAborted } from '../model/when-aborted.js';

/**
 * Waits for work that takes no signal, as long as the signal lets it. The work itself goes on.
 *
 * @throws `aborted` when the signal ended the wait; else what the work throws.
 */
export function untilAborted<Result>(
  what: string,
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const leave = whenAborted(signal, () => {
      reject(new AbortedError({ operation: what, attempts: 0, sent: false }));
    });
    work.then(resolve, reject).finally(leave);
  });
}
