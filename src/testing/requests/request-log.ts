import type { JsonValue } from '../../model/json.js';
import type { FakeMethod, SeenCredential } from '../routes/route.js';
import { matchesOperation } from './operation-pattern.js';

/** A request that the fake has served. It holds the kind of the credential, never the credential. */
export interface LoggedRequest {
  /** From 1, in the order of arrival. */
  readonly number: number;
  /** ISO 8601 instant, UTC, on the clock of the fake. */
  readonly at: string;
  /** As the SDK names the call: `scim.users.get`. */
  readonly operation: string;
  readonly effect: 'read' | 'write';
  readonly method: FakeMethod;
  /** Decoded, without the query. */
  readonly path: string;
  /** A parameter that came several times has all its values. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The parsed body; `undefined` when there was none or it was not JSON. */
  readonly body: JsonValue | undefined;
  readonly credential: SeenCredential;
  /** Status of the answer; `undefined` when the connection was cut, or nothing was answered. */
  readonly status: number | undefined;
  /** Whether a scripted fault took part. */
  readonly faulted: boolean;
}

/** The requests that reached the fake, the oldest first, with assertions that throw a plain `Error`. */
export class RequestLog implements Iterable<LoggedRequest> {
  #requests: LoggedRequest[] = [];

  /** Number of requests. */
  get length(): number {
    return this.#requests.length;
  }

  /** The oldest first. */
  [Symbol.iterator](): IterableIterator<LoggedRequest> {
    return this.#requests[Symbol.iterator]();
  }

  /** As `Array.prototype.at`: `-1` is the last one. */
  at(index: number): LoggedRequest | undefined {
    return this.#requests.at(index);
  }

  /** As `Array.prototype.map`. */
  map<Value>(transform: (request: LoggedRequest, index: number) => Value): Value[] {
    return this.#requests.map(transform);
  }

  /** As `Array.prototype.filter`. */
  filter(keep: (request: LoggedRequest, index: number) => boolean): LoggedRequest[] {
    return this.#requests.filter(keep);
  }

  /** A copy, as an array. */
  toArray(): LoggedRequest[] {
    return [...this.#requests];
  }

  /** The requests of an operation: `scim.users.patch`, or `scim.*` for all that begin so. */
  of(operation: string): LoggedRequest[] {
    return this.#requests.filter((request) => matchesOperation(operation, request.operation));
  }

  /** The requests that may change something. Searches by POST are not among them. */
  writes(): LoggedRequest[] {
    return this.#requests.filter((request) => request.effect === 'write');
  }

  /** The requests that change nothing. */
  reads(): LoggedRequest[] {
    return this.#requests.filter((request) => request.effect === 'read');
  }

  /** The operations in order: the shortest thing to compare. */
  operations(): string[] {
    return this.#requests.map((request) => request.operation);
  }

  /** Forgets everything: for what comes after an arrangement. */
  clear(): void {
    this.#requests = [];
  }

  /** Throws unless no request could have changed anything. */
  expectNoWrites(): void {
    const writes = this.writes();
    if (writes.length > 0) throw new Error(`Expected no write, and there were ${list(writes)}`);
  }

  /** Throws unless an operation (or all that `scim.*` stands for) was requested exactly `times` times. */
  expectCount(operation: string, times: number): void {
    const found = this.of(operation);
    if (found.length !== times)
      throw new Error(
        `Expected ${times} of ${operation}, and there were ${found.length}. All requests: ${list(this.#requests)}`,
      );
  }

  /** Throws unless the writes were exactly these operations, in this order. */
  expectWrites(operations: readonly string[]): void {
    const found = this.writes().map((request) => request.operation);
    if (found.length !== operations.length || found.some((operation, index) => operation !== operations[index]))
      throw new Error(`Expected the writes [${operations.join(', ')}], and there were [${found.join(', ')}]`);
  }

  /** For the dispatcher. */
  append(request: Omit<LoggedRequest, 'number'>): void {
    this.#requests.push({ number: this.#requests.length + 1, ...request });
  }
}

function list(requests: readonly LoggedRequest[]): string {
  if (requests.length === 0) return 'none';
  const lines = requests.map(
    ({ number, operation, method, path, status }) =>
      `\n  ${number}. ${operation} (${method} ${path}) → ${status ?? 'no answer'}`,
  );
  return `${requests.length}:${lines.join('')}`;
}
