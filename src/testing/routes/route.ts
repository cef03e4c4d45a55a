import type { JsonValue } from '../../model/json.js';
import type { ApiKey } from '../state/organization-rows.js';
import type { Propagate } from '../rules/group-mirror.js';
import type { FakeState } from '../state/fake-state.js';
import type { VisibleState } from '../state/visible-state.js';
import type { FakeSwitches } from '../switches/fake-switches.js';

/** HTTP methods the faked APIs use. */
export type FakeMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The kind of credential a request came with. The credential itself goes no further than the dispatcher. */
export type SeenCredential = 'organization-key' | 'directory-key' | 'site-token' | 'unknown' | 'none';

/** The body of a request: nothing, JSON, or something that is not JSON. */
export type FakeRequestBody =
  { readonly kind: 'none' } | { readonly kind: 'json'; readonly value: JsonValue } | { readonly kind: 'malformed' };

/** An answer. Without a `body` the answer is empty. */
export interface FakeResponse {
  readonly status: number;
  readonly body?: JsonValue;
  /** Beside `Content-Type`, which a `body` brings: `application/json` unless given here (in lower case). */
  readonly headers?: Readonly<Record<string, string>>;
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
  /** `https://api.atlassian.com`, or where the server listens: links in answers begin with it. */
  readonly origin: string;
  /** The key, when the request came with one that is known, not revoked and not expired. */
  readonly key: ApiKey | undefined;
  /** The key, when it is known and revoked or expired. */
  readonly deadKey: ApiKey | undefined;
  readonly credential: SeenCredential;
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
  readonly handle: (context: RouteContext) => FakeResponse;
}

/** One API: its routes, and who may call them. */
export interface ApiFamily {
  readonly name: 'scim' | 'organizations' | 'user-management' | 'provisioning-links';
  readonly routes: readonly Route[];
  /** Answers with the refusal of this API when the credential does not open the route. Runs before the handler. */
  readonly authorize: (context: RouteContext, route: Route) => FakeResponse | undefined;
  /** The 429 of this API; `{"code":429,"message":…}` of the gateway unless given. */
  readonly tooManyRequests?: () => FakeResponse;
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
