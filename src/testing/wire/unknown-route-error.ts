/** The fake was asked for something that it does not have. In a test that is a typo, and never "not found". */
export class UnknownRouteError extends Error {
  override readonly name = 'UnknownRouteError';
}
