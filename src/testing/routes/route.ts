import type { JsonValue } from '../../model/json.js';
import type { Propagate } from '../rules/group-mirror.js';
import type { FakeSite } from '../rules/sites.js';
import type { Account, ApiToken } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';
import type { ApiKey } from '../state/organization-rows.js';
import type { VisibleState } from '../state/visible-state.js';
import type { FakeSwitches } from '../switches/fake-switches.js';
import type { LimitUse } from '../faults/limit-use.js';
import type { BitbucketCredential } from '../wire/bitbucket-credential.js';
import type { SeenHeader } from '../wire/wire.js';

/** HTTP methods the faked APIs use. */
export type FakeMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The kind of credential a request came with. The credential itself goes no further than the dispatcher. */
export type SeenCredential = 'organization-key' | 'directory-key' | 'site-token' | 'bitbucket' | 'unknown' | 'none';

/** The body of a request: nothing, JSON, or something that is not JSON. */
export type FakeRequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: JsonValue }
  | { readonly kind: 'malformed'; readonly text: string };

/** An answer. Without a `body` and a `text` the answer is empty. */
export interface FakeResponse {
  readonly status: number;
  readonly body?: JsonValue;
  /** In place of a `body`, for the answers that are no JSON. It brings `text/plain` unless a header says otherwise. */
  readonly text?: string;
  /** Beside `Content-Type`, which a `body` brings: `application/json` unless given here (in lower case). */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who sent a request with a user's token, or with that of a service account. */
export interface TokenCaller {
  readonly account: Account;
  readonly token: ApiToken;
}

/** What a handler has to work with. */
export interface RouteContext {
  readonly state: FakeState;
  /** The state as reads of the organization show it. */
  readonly visible: VisibleState;
  /** Lets a SCIM write reach the organization, after the lag of the mirror. */
  readonly propagate: Propagate;
  readonly switches: FakeSwitches;
  /** Values of the `:names` in the path pattern, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: FakeRequestBody;
  readonly method: FakeMethod;
  /** As sent, with its leading slash and without the query. */
  readonly path: string;
  /**
   * Where the API is: `https://api.atlassian.com`, `https://acme.atlassian.net`, or where the server listens. Behind the
   * gateway of the products it ends in `/ex/jira/<cloudId>`. Links in answers begin with it.
   */
  readonly origin: string;
  /** The site of a product's API; `undefined` where the gateway was given a `cloudId` that is none, and elsewhere. */
  readonly site: FakeSite | undefined;
  /** Whether the request came through `api.atlassian.com/ex/<product>/<cloudId>`. */
  readonly isGateway: boolean;
  /** The key, when the request came with one that is known, not revoked and not expired. */
  readonly key: ApiKey | undefined;
  /** The key, when it is known and revoked or expired. */
  readonly deadKey: ApiKey | undefined;
  /** Who sent it, when it came with the token of an active account, neither revoked nor expired. */
  readonly caller: TokenCaller | undefined;
  /** A credential that is Bitbucket's own: of an OAuth consumer, an access token, or an app password. */
  readonly bitbucket: BitbucketCredential | undefined;
  readonly credential: SeenCredential;
  /** A header beside the credential; `undefined` when it did not come. */
  readonly header: (name: SeenHeader) => string | undefined;
  /** Milliseconds since the epoch, the same for the whole request. */
  readonly now: number;
}

/**
 * One operation of one API.
 *
 * A handler is synchronous, so that a request is atomic. It checks first and changes then: after a `Refusal` nothing
 * has changed.
 */
export interface Route {
  /** As the SDK names the call: `scim.users.get`, `admin.groups.addMember`. */
  readonly operation: string;
  readonly method: FakeMethod;
  /** `/scim/directory/:directoryId/Users/:userId`. Each `:name` takes exactly one segment. */
  readonly path: string;
  /** A search by POST is a `read`. */
  readonly effect: 'read' | 'write';
  /** Scope that a scoped key needs; absent where no scope opens the operation. */
  readonly scope?: string;
  /** For a product's API: sets of scopes, each of which opens the operation to a scoped token, whole. None: any token. */
  readonly scopes?: readonly (readonly string[])[];
  readonly handle: (context: RouteContext) => FakeResponse;
}

/** The hosts that an API may be on. */
export type FamilyPlace = 'api' | 'site' | 'bitbucket';

/** One API: where it is, its routes, and who may call them. */
export interface ApiFamily {
  readonly name:
    'scim' | 'organizations' | 'user-management' | 'provisioning-links' | 'site' | 'jira' | 'confluence' | 'bitbucket';
  /** `api.atlassian.com` (default), the sites, or Bitbucket. */
  readonly at?: FamilyPlace;
  /** For an API of the sites: the word under `/ex/` of the gateway, which serves it too. */
  readonly gateway?: 'jira' | 'confluence';
  readonly routes: readonly Route[];
  /** Answers with the refusal of this API when the credential does not open the route. Runs before the handler. */
  readonly authorize: (context: RouteContext, route: Route) => FakeResponse | undefined;
  /** The 429 of this API; `{"code":429,"message":…}` of the gateway unless given. */
  readonly tooManyRequests?: (context: RouteContext) => FakeResponse;
  /** Headers that tell of a rate limit; `X-RateLimit-*` with an instant unless given. */
  readonly limitHeaders?: (use: LimitUse, context: RouteContext) => Readonly<Record<string, string>>;
  /** Headers of every answer of this API, refusals included, in lower case. */
  readonly headers?: (context: RouteContext) => Readonly<Record<string, string>>;
}

/** Ends a handler with an answer, from however deep. The dispatcher sends the answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly response: FakeResponse;

  constructor(response: FakeResponse) {
    super(`The fake answers with ${response.status}`);
    this.response = response;
  }
}

/** The value of a `:name` of the route's own path. Throws when the pattern does not have that name. */
export function param(context: RouteContext, name: string): string {
  const value = context.params[name];
  if (value === undefined) throw new Error(`The path pattern of this route has no ":${name}"`);
  return value;
}
