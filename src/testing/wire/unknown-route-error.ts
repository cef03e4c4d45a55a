/** The fake was asked for something that it does not have. In a test that is a typo, and never "not found". */
export class UnknownRouteError extends Error {
  override readonly name = 'UnknownRouteError';
  /** The methods that the path has; none when the path is unknown. */
  readonly methods: readonly string[];

  constructor(message: string, methods: readonly string[] = []) {
    super(message);
    this.methods = methods;
  }
}
