import { randomUUID } from 'node:crypto';
import type { Secret } from '../config/secret.js';
import type { AuditActor, AuditEvent } from './audit-event.js';
import { AuditFailedError } from './audit-failed-error.js';
import type { AuditSink } from './audit-sink.js';
import { withoutSecrets } from './without-secrets.js';

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
  /** Told of each event that was lost, with `onFailure: 'continue'`. A process warning unless given, or when it throws. */
  readonly onUnrecorded?: ((event: AuditEvent, error: unknown) => void) | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

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
  readonly #secrets: readonly Secret[];
  readonly #onUnrecorded: (event: AuditEvent, error: unknown) => void;
  readonly #now: () => number;
  readonly #waiting: AuditEvent[] = [];
  #sequence = 0;
  #opened = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: AuditRecorderOptions = {}) {
    this.#sink = options.sink;
    this.#mayContinue = options.onFailure === 'continue';
    this.#actor = options.actor ?? { type: 'service' };
    this.#secrets = options.secrets ?? [];
    this.#onUnrecorded = options.onUnrecorded ?? warn;
    this.#now = options.now ?? Date.now;
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
   * @throws {@link AuditFailedError} when the sink did not keep it. Never with `onFailure: 'continue'`.
   */
  async record(draft: AuditEventDraft): Promise<AuditEvent> {
    const event = this.#complete(draft);
    this.#waiting.push(event);
    try {
      await this.#inTurn(() => this.#drain());
    } catch (error) {
      // An earlier turn may have written this one before it failed at the next.
      if (this.#waiting.includes(event)) throw new AuditFailedError([...this.#waiting], error);
    }
    return event;
  }

  /** Writes what the sink missed, then closes it. The recorder is not to be used after. */
  async close(): Promise<void> {
    try {
      if (this.#waiting.length > 0) await this.ready();
    } finally {
      await this.#sink?.close?.();
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
    return withoutSecrets(event, this.#secrets);
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
      await sink.write(event);
      this.#waiting.shift();
    }
  }

  async #drainAndReport(sink: AuditSink): Promise<void> {
    for (let event = this.#waiting[0]; event !== undefined; event = this.#waiting[0]) {
      try {
        await this.#open(sink);
        await sink.write(event);
      } catch (error) {
        this.#report(event, error);
      }
      this.#waiting.shift();
    }
  }

  #report(event: AuditEvent, error: unknown): void {
    try {
      this.#onUnrecorded(event, error);
    } catch {
      warn(event);
    }
  }

  async #open(sink: AuditSink): Promise<void> {
    if (this.#opened) return;
    await sink.open?.();
    this.#opened = true;
  }
}

function warn(event: AuditEvent): void {
  process.emitWarning(`The audit event ${event.id} (${event.operation}, ${event.outcome}) was not kept by its sink`, {
    code: 'ATLASSIAN_AUDIT_EVENT_LOST',
  });
}
