/** The state of a budget after a request. */
export interface LimitUse {
  readonly limit: number;
  readonly windowMs: number;
  readonly remaining: number;
  /** Milliseconds since the epoch. */
  readonly resetAt: number;
  /** Whether the request is refused. */
  readonly exceeded: boolean;
}
