import { ProvisionerError } from '../../errors/provisioner-error.js';

/** Checks a request against Atlassian's documented limits, so that what would be refused is not sent. */
export class RequestLimits {
  readonly #operation: string;

  constructor(operation: string) {
    this.#operation = operation;
  }

  /** A list that is given holds `min` (1 unless given) to `max` items. */
  count(field: string, list: readonly unknown[] | undefined, max: number, min = 1): this {
    if (list !== undefined && (list.length < min || list.length > max))
      this.refuse(field, `must hold ${String(min)} to ${String(max)} items, and holds ${String(list.length)}`);
    return this;
  }

  /** A list that is given holds each item once. */
  unique(field: string, list: readonly string[] | undefined): this {
    if (list !== undefined && new Set(list).size < list.length) this.refuse(field, 'must hold each item once');
    return this;
  }

  /** A number that is given is whole and from `min` to `max`. */
  range(field: string, value: number | undefined, min: number, max: number): this {
    if (value !== undefined && (!Number.isInteger(value) || value < min || value > max))
      this.refuse(field, `must be a whole number from ${String(min)} to ${String(max)}, and is ${String(value)}`);
    return this;
  }

  /** A text that is given has `min` to `max` characters. */
  length(field: string, value: string | undefined, min: number, max: number): this {
    if (value !== undefined && (value.length < min || value.length > max))
      this.refuse(field, `must have ${String(min)} to ${String(max)} characters, and has ${String(value.length)}`);
    return this;
  }

  /** Two fields that Atlassian does not take together. */
  notBoth(field: string, value: unknown, other: string, otherValue: unknown): this {
    if (value !== undefined && otherValue !== undefined) this.refuse(field, `cannot be combined with ${other}`);
    return this;
  }

  /** Two fields of which this request needs exactly one. */
  either(field: string, value: unknown, other: string, otherValue: unknown): this {
    if ((value === undefined) === (otherValue === undefined))
      this.refuse(field, `or ${other} must be given, and not both`);
    return this;
  }

  /** A field that this request needs. */
  required(field: string, value: unknown, why: string): this {
    if (value === undefined) this.refuse(field, `is required ${why}`);
    return this;
  }

  /** A text that this request needs: without it, or with an empty one, it would be about something else. */
  text(field: string, value: unknown): this {
    if (typeof value !== 'string' || value === '') this.refuse(field, 'must be a text that is not empty');
    return this;
  }

  /** A list of such texts, which may hold none. */
  texts(field: string, list: unknown): this {
    if (!Array.isArray(list)) this.refuse(field, 'must be a list');
    list.forEach((value: unknown, index) => this.text(`${field}[${String(index)}]`, value));
    return this;
  }

  /** Throws the error that names the field. */
  refuse(field: string, problem: string): never {
    throw new ProvisionerError('request_invalid', `${this.#operation} was not sent: ${field} ${problem}`, {
      advice: `Correct ${field} and call again; the same call cannot succeed.`,
    });
  }
}
