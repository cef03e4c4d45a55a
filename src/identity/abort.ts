import { AbortedError } from '../errors/network-errors.js';
import type { CallOptions } from '../http/transport.js';

/** Ends work that was cancelled, where no call is about to do so. */
export function throwIfAborted(operation: string, { signal }: CallOptions): void {
  if (signal?.aborted === true) throw new AbortedError({ operation, attempts: 0, sent: false });
}
