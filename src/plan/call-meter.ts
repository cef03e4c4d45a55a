import { tellListener } from '../http/tell-listener.js';
import type { AttemptEvent, CallOptions } from '../http/transport.js';

/** Counts HTTP attempts and keeps their trace ids, without getting in the way of the caller's own listener. */
export class CallMeter {
  readonly #onAttempt: ((event: AttemptEvent) => void) | undefined;
  #calls = 0;
  readonly #traceIds: string[] = [];

  constructor(onAttempt?: (event: AttemptEvent) => void) {
    this.#onAttempt = onAttempt;
  }

  /** The options of a call, with this meter on it. */
  on(call: CallOptions): CallOptions {
    return {
      ...call,
      onAttempt: (event) => {
        this.#count(event);
      },
    };
  }

  get calls(): number {
    return this.#calls;
  }

  get traceIds(): readonly string[] {
    return [...this.#traceIds];
  }

  #count(event: AttemptEvent): void {
    this.#calls += 1;
    if (event.traceId !== undefined) this.#traceIds.push(event.traceId);
    tellListener('onAttempt', this.#onAttempt, event);
  }
}
