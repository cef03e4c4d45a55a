import { randomUUID } from 'node:crypto';
import type { Secret } from '../config/secret.js';
import type { AuditActor, AuditEvent } from './audit-event.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { AuditFailedError } from './audit-failed-error.js';
import type { AuditSink } from './audit-sink.js';
import { createScrubber, type Scrubber } from '../http/scrubber.js';
import { startTimer, stopTimer } from '../http/clock.js';
import { asPlainJson } from './plain-event.js';

/** An event as the executor knows it; the recorder adds the rest. */
export type AuditEventDraft = Omit<AuditEvent, 'version' | 'id' | 'sequence' | 'time' | 'actor'> & {
  /** Who asked for this call. The recorder's own actor unless given. */
  readonly actor?: AuditActor | undefined;
};

/** Settings of an {@link AuditRecorder}. */
export interface AuditRecorderOptions {
  /** Where events go. Without one they are made and given back, and kept nowhere. */
  readonly sink?: AuditSink | undefined;
  /**
   * What a failing sink means. Default `stop`.
   *
   * - `stop`: no further change until what it missed is written
   * - `continue`: changes go on; each event that was lost is told to `onUnrecorded`
   */
  readonly onFailure?: 'stop' | 'continue' | undefined;
  /** Who acts, where the call does not say. Default `{ type: 'service' }`. */
  readonly actor?: AuditActor | undefined;
  /** Credentials in use. Should one appear in a text of an event, `[secret]` is written in its place. */
  readonly secrets?: readonly Secret[] | undefined;
  /** How long the sink may take to open, to keep an event and to close, in milliseconds. Default 30 seconds; then it failed. */
  readonly timeoutMs?: number | undefined;
  /** Told of each event that was lost, with `onFailure: 'continue'`. A process warning unless given, or when it fails. */
  readonly onUnrecorded?: ((event: AuditEvent, error: unknown) => void) | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Makes audit events and hands them to the sink, one at a time and in order.
 *
 * With `onFailure: 'stop'` an event that was not kept stays first in line: it is tried again before the next one and
 * before the next change, so that the record has no gap.
 */
export class AuditRecorder {
  readonly #sink: AuditSink | undefined;
  readonly #mayContinue: boolean;
  readonly #actor: AuditActor;
  readonly #scrub: Scrubber;
  readonly #timeoutMs: number;
  readonly #onUnrecorded: (event: AuditEvent, error: unknown) => unknown;
  readonly #now: () => number;
  readonly #waiting: AuditEvent[] = [];
  /** What the sink was asked and has not answered yet. It is asked nothing else before. */
  #asked: { readonly about: unknown; readonly answer: Promise<unknown> } | undefined;
  #sequence = 0;
  #opened = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: AuditRecorderOptions = {}) {
    this.#sink = options.sink;
    this.#mayContinue = options.onFailure === 'continue';
    this.#actor = options.actor ?? { type: 'service' };
    this.#scrub = createScrubber((options.secrets ?? []).map((secret) => secret.reveal()));
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#onUnrecorded = options.onUnrecorded ?? warn;
    this.#now = options.now ?? Date.now;
  }

  /** Who acts, where a call does not say. */
  get actor(): AuditActor {
    return this.#actor;
  }

  /**
   * Makes sure that a change can be recorded; call it before each one.
   *
   * Opens the sink the first time, and writes what it missed.
   *
   * @throws {@link AuditFailedError} when the sink does not work. Never with `onFailure: 'continue'`.
   */
  async ready(): Promise<void> {
    try {
      await this.#inTurn(() => this.#drain());
    } catch (error) {
      throw new AuditFailedError([...this.#waiting], error);
    }
  }

  /**
   * Records the end of one operation and gives back the event.
   *
   * @throws {@link AuditFailedError} when the sink did not keep it; with `onFailure: 'continue'` only for an event that
   * cannot be written as JSON.
   */
  async record(draft: AuditEventDraft): Promise<AuditEvent> {
    const event = this.#completed(draft);
    this.#waiting.push(event);
    try {
      await this.#inTurn(() => this.#drain());
    } catch (error) {
      // An earlier turn may have written this one before it failed at the next.
      if (this.#waiting.includes(event)) throw new AuditFailedError([...this.#waiting], error);
    }
    return event;
  }

  /**
   * Writes what the sink missed, then closes it. The recorder is not to be used after.
   *
   * @throws {@link AuditFailedError} when the sink does not work still; what the sink throws when it cannot be closed.
   */
  async close(): Promise<void> {
    try {
      if (this.#waiting.length > 0) await this.ready();
    } finally {
      const sink = this.#sink;
      if (sink?.close !== undefined) await this.#inTime('close', () => sink.close?.());
    }
  }

  #completed(draft: AuditEventDraft): AuditEvent {
    try {
      return this.#complete(draft);
    } catch (error) {
      throw new AuditFailedError([...this.#waiting], error);
    }
  }

  #complete(draft: AuditEventDraft): AuditEvent {
    this.#sequence += 1;
    const { actor = this.#actor, ...rest } = draft;
    const event: AuditEvent = {
      version: 1,
      id: randomUUID(),
      sequence: this.#sequence,
      time: new Date(this.#now()).toISOString(),
      actor,
      ...rest,
    };
    return asPlainJson(event, this.#scrub);
  }

  async #inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  async #drain(): Promise<void> {
    const sink = this.#sink;
    if (sink === undefined) {
      this.#waiting.length = 0;
      return;
    }
    if (this.#mayContinue) return this.#drainAndReport(sink);

    await this.#open(sink);
    for (let event = this.#waiting[0]; event !== undefined; event = this.#waiting[0]) {
      await this.#write(sink, event);
      this.#waiting.shift();
    }
  }

  async #drainAndReport(sink: AuditSink): Promise<void> {
    for (let event = this.#waiting[0]; event !== undefined; event = this.#waiting[0]) {
      try {
        await this.#open(sink);
        await this.#write(sink, event);
      } catch (error) {
        this.#report(event, error);
      }
      this.#waiting.shift();
    }
  }

  #report(event: AuditEvent, error: unknown): void {
    const fail = (): void => {
      warn(event);
    };
    try {
      Promise.resolve(this.#onUnrecorded(event, error)).catch(fail);
    } catch {
      fail();
    }
  }

  async #open(sink: AuditSink): Promise<void> {
    if (this.#opened) return;
    await this.#inTime(sink, () => sink.open?.());
    this.#opened = true;
  }

  #write(sink: AuditSink, event: AuditEvent): Promise<void> {
    return this.#inTime(event, () => sink.write(event));
  }

  /**
   * Waits for the sink as long as it may take.
   *
   * One that is late is not asked again for the same thing, but waited for once more: its answer may still come, and an
   * event is not to be kept twice. Anything else waits behind it.
   */
  async #inTime(about: unknown, ask: () => Promise<void> | void): Promise<void> {
    if (this.#asked !== undefined && this.#asked.about !== about) {
      await this.#bounded(this.#asked.answer.catch(() => undefined));
      this.#asked = undefined;
    }
    this.#asked ??= { about, answer: (async () => ask())() };
    const { answer } = this.#asked;
    const forget = (): void => {
      if (this.#asked?.answer === answer) this.#asked = undefined;
    };
    answer.catch(forget); // a refusal that comes late is asked for anew, and a success is kept for whoever asks again
    await this.#bounded(answer);
    forget();
  }

  async #bounded(answer: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = startTimer(this.#timeoutMs, () => {
        reject(
          new ProvisionerError('audit_failed', `The audit sink took more than ${String(this.#timeoutMs)} ms`, {
            retryable: true,
            advice: 'Find out what holds the sink up, or raise `audit.timeoutMs`.',
          }),
        );
      });
    });
    try {
      await Promise.race([answer, late]);
    } finally {
      if (timer !== undefined) stopTimer(timer);
    }
  }
}

function warn(event: AuditEvent): void {
  process.emitWarning(`The audit event ${event.id} (${event.operation}, ${event.outcome}) was not kept by its sink`, {
    code: 'ATLASSIAN_AUDIT_EVENT_LOST',
  });
}
