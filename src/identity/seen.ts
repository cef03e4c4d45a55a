/** What an answer held, and when it came. */
export interface Seen<Value> {
  readonly value: Value;
  /** ISO 8601 instant, UTC. */
  readonly at: string;
}

/** Milliseconds since 1970, UTC. */
export type Now = () => number;

/** Notes when an answer came. */
export function seenAt<Value>(now: Now, value: Value): Seen<Value> {
  return { value, at: new Date(now()).toISOString() };
}
