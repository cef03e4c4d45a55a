/** Which of Atlassian's hosts a request came to. A server on one port is all of them. */
export type WireHost =
  | { readonly type: 'api' | 'bitbucket' | 'any' }
  | {
      readonly type: 'site';
      /** `https://<site>.atlassian.net`. */
      readonly url: string;
    };

/** Headers beside the credential that some API of the fake looks at. */
export type SeenHeader = 'x-atlassian-token' | 'atl-confluence-with-admin-key';

/** A request, as far as the fake needs it, whichever way it came in. */
export interface WireRequest {
  readonly method: string;
  readonly host: WireHost;
  /** Encoded, from the slash after the base URL on, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Where the APIs of the host are, without a trailing slash: links in answers begin with it. */
  readonly baseUrl: string;
  readonly authorization: string | null;
  /** Another header that the fake looks at; `undefined` when it did not come. */
  readonly header: (name: SeenHeader) => string | undefined;
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
