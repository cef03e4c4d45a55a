import { AbortedError } from '../errors/network-errors.js';

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
    const abort = (): void => {
      reject(new AbortedError({ operation: what, attempts: 0, sent: false }));
    };
    const settle = (): void => {
      signal.removeEventListener('abort', abort);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(settle);
  });
}
