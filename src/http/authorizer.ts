import type { StaticAuthorization } from './credentials.js';
import { createScrubber, type Scrubber } from './scrubber.js';

/** What goes into the `Authorization` header now, and what keeps it out of everything else. */
export interface Authorization {
  readonly header: string;
  readonly scrub: Scrubber;
}

/** Where a transport gets its authorization. */
export interface Authorizer {
  /** What to send now. Rejects with a `ProvisionerError`, or with the signal's reason. */
  authorize(call: { readonly signal: AbortSignal }): Authorization | Promise<Authorization>;
  /** Told that the server refused an authorization. `true` when another one can be had. */
  refused(authorization: Authorization): boolean;
  /** The scopes of what it sends, where the server that issues it names them. */
  scopes?(call: { readonly signal: AbortSignal }): Promise<ReadonlySet<string> | undefined>;
}

/** An authorizer that sends the same for ever. */
export function fixedAuthorizer({ header, secrets }: StaticAuthorization): Authorizer {
  const authorization = { header, scrub: createScrubber(secrets) };
  return { authorize: () => authorization, refused: () => false };
}
