import { whenAborted } from '../model/when-aborted.js';
import { startTimer, stopTimer } from './clock.js';

/** Why a call was ended from outside: by its caller's signal, or by its time limit. */
export type EndReason = 'aborted' | 'expired';

/**
 * The end of a call: when its caller aborts it, or its time is up.
 *
 * Time runs on the timers of the machine, whatever clock the waits are on: work that hangs must end. There is an
 * `AbortSignal` of it for those who need one, made when first asked for: signals are most of the cost of a call.
 */
export class CallEnd {
  #reason: EndReason | undefined;
  #watcher: (() => void) | undefined;
  #controller: AbortController | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #leaveParent: (() => void) | undefined;

  /** `Infinity` is no limit. */
  constructor(parent: AbortSignal | undefined, ms: number) {
    this.#timer = Number.isFinite(ms) ? startTimer(ms, () => this.#end('expired')) : undefined;
    this.#leaveParent = parent && whenAborted(parent, () => this.#end('aborted'));
  }

  /** `undefined` while the call may go on. */
  get reason(): EndReason | undefined {
    return this.#reason;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason !== undefined) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Calls back once when the call ends, at once if it has. One watcher at a time: a call does one thing after another. */
  watch(watcher: () => void): void {
    if (this.#reason === undefined) this.#watcher = watcher;
    else watcher();
  }

  unwatch(): void {
    this.#watcher = undefined;
  }

  /** Frees the timer and lets go of the caller's signal, which may live long and must not collect a listener a call. */
  dispose(): void {
    if (this.#timer !== undefined) stopTimer(this.#timer);
    this.#leaveParent?.();
  }

  #end(reason: EndReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#watcher?.();
    this.#controller?.abort();
  }
}
