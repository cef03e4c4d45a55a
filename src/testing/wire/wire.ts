/** A request, as far as the fake needs it, whichever way it came in. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | null;
  /** `undefined` when there was no body. */
  readonly bodyText: string | undefined;
}

/** What the way in has to do: answer, cut the connection, or keep it open and say nothing. */
export type WireOutcome =
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** `undefined` for an empty answer. */
      readonly bodyText: string | undefined;
    }
  | { readonly type: 'reset' }
  | { readonly type: 'hang' };
