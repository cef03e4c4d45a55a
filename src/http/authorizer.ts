import { authorizationOf, type BitbucketOauthCredential, type Credential } from './credentials.js';
import { createScrubber, type Scrubber } from './scrubber.js';

/** What goes into the `Authorization` header now, and what keeps it out of everything else. */
export interface Authorization {
  readonly header: string;
  readonly scrub: Scrubber;
}

/** Where a transport gets its authorization. */
export interface Authorizer {
  /** What to send now. Rejects with a `ProvisionerError`, or with the signal's reason. */
  authorize(signal: AbortSignal): Promise<Authorization>;
  /** Told that the server refused an authorization. `true` when another one can be had. */
  refused(authorization: Authorization): boolean;
}

/** An authorizer for a credential that is itself what is sent. */
export function staticAuthorizer(credential: Exclude<Credential, BitbucketOauthCredential>): Authorizer {
  const { header, secrets } = authorizationOf(credential);
  const authorization = Promise.resolve({ header, scrub: createScrubber(secrets) });
  return { authorize: () => authorization, refused: () => false };
}
