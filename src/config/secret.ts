import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** Holds a credential so that printing, logging or serialising what contains it never shows it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The credential itself, for the one place that puts it into a header. */
  reveal(): string {
    return this.#value;
  }

  /** What stands in its place. */
  toString(): string {
    return HIDDEN;
  }

  /** What stands in its place. */
  toJSON(): string {
    return HIDDEN;
  }

  /** What stands in its place. */
  [inspect.custom](): string {
    return HIDDEN;
  }
}
