import type { JsonValue } from '../../model/json.js';
import type { FakeFault } from '../faults/fault.js';
import type { FaultScript } from '../faults/fault-script.js';
import type { RateLimits } from '../faults/rate-limits.js';
import type { RequestLog } from '../requests/request-log.js';
import { gatewayTooManyRequests } from '../routes/respond.js';
import { Refusal, type FakeRequestBody, type FakeResponse, type RouteContext } from '../routes/route.js';
import type { Routers } from '../routes/routers.js';
import type { RouteMatch } from '../routes/router.js';
import type { Propagate } from '../rules/group-mirror.js';
import { settle } from '../rules/settle.js';
import type { FakeState } from '../state/fake-state.js';
import type { VisibleState } from '../state/visible-state.js';
import type { FakeSwitches } from '../switches/fake-switches.js';
import { readCredential } from './credential.js';
import { placeOf, type Place } from './place.js';
import { UnknownRouteError } from './unknown-route-error.js';
import type { WireOutcome, WireRequest } from './wire.js';

/** The parts of the fake that serve a request. */
export interface DispatcherParts {
  readonly routers: Routers;
  readonly state: FakeState;
  readonly visible: VisibleState;
  readonly propagate: Propagate;
  readonly switches: FakeSwitches;
  readonly faults: FaultScript;
  readonly rateLimits: RateLimits;
  readonly requests: RequestLog;
  readonly requestDurationMs: number;
}

/** Serves one request after the other, each whole: credentials, faults, limits, the route, and the log. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  #served = 0;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Throws an {@link UnknownRouteError} for a route that the fake does not have. */
  dispatch(request: WireRequest): WireOutcome {
    const { state, requests, faults, requestDurationMs } = this.#parts;
    const place = placeOf(state, request);
    const match = this.#match(request, place);
    const body = parseBody(request.bodyText);
    const path = decodePath(request.path);
    const fault = faults.take(match.route.operation, match.route.method, path);

    state.clock.advance(requestDurationMs + (fault?.delayMs ?? 0));
    settle(state);
    const context = this.#context(request, place, match, body);
    const outcome = this.#serve(context, match, fault);

    requests.append({
      at: new Date(context.now).toISOString(),
      operation: match.route.operation,
      effect: match.route.effect,
      method: match.route.method,
      path,
      query: loggedQuery(request.query),
      body: body.kind === 'json' ? body.value : undefined,
      credential: context.credential,
      status: outcome.type === 'answer' ? outcome.status : undefined,
      faulted: fault !== undefined,
    });
    return outcome;
  }

  #match({ method, path, host }: WireRequest, place: Place): RouteMatch {
    const { routers } = this.#parts;
    const match = routers.match(method, place);
    if (match !== undefined) return match;
    const methods = routers.methodsOf(place);
    const known = methods.length === 0 ? 'the path is unknown' : `the path has ${methods.join(', ')} only`;
    const at = host.type === 'site' ? ` of ${host.url}` : '';
    throw new UnknownRouteError(`FakeAtlassian has no route ${method} ${path}${at}: ${known}`, methods);
  }

  #context(request: WireRequest, place: Place, match: RouteMatch, body: FakeRequestBody): RouteContext {
    const { state, visible, propagate, switches } = this.#parts;
    const now = state.clock.now();
    return {
      state,
      visible,
      propagate,
      switches,
      params: match.params,
      query: request.query,
      body,
      method: match.route.method,
      path: request.path,
      origin: place.origin,
      site: place.site,
      isGateway: place.gateway !== undefined,
      header: request.header,
      now,
      ...readCredential(state, request.authorization, now),
    };
  }

  #serve(context: RouteContext, match: RouteMatch, fault: FakeFault | undefined): WireOutcome {
    if (fault?.reset === 'before') return { type: 'reset' };
    if (fault?.hang === 'before') return { type: 'hang' };
    const scripted = fault === undefined ? undefined : scriptedAnswer(fault);
    const familyHeaders = match.family.headers?.(context);
    if (scripted !== undefined && fault?.takesEffect !== true) return this.#answer(scripted, { ...familyHeaders });

    const verdict = this.#parts.rateLimits.count(match.route.operation, context);
    const { allowed, use } = verdict;
    const limitHeaders = use === undefined ? {} : (match.family.limitHeaders?.(use, context) ?? verdict.headers);
    const headers = { ...familyHeaders, ...limitHeaders };
    const answer = allowed
      ? run(context, match)
      : (match.family.tooManyRequests?.(context) ?? gatewayTooManyRequests());

    if (fault?.reset === 'after') return { type: 'reset' };
    if (fault?.hang === 'after') return { type: 'hang' };
    const outcome = this.#answer(scripted ?? answer, headers);
    if (fault?.malformed !== true || outcome.type !== 'answer') return outcome;
    const bodyText = outcome.bodyText ?? '{"cut":';
    const status = outcome.status === 204 ? 200 : outcome.status;
    return { ...outcome, status, bodyText: bodyText.slice(0, Math.ceil(bodyText.length / 2)) };
  }

  #answer(response: FakeResponse, headers: Record<string, string>): WireOutcome {
    this.#served += 1;
    const bodyText = response.text ?? (response.body === undefined ? undefined : JSON.stringify(response.body));
    const contentType = response.text === undefined ? 'application/json' : 'text/plain';
    return {
      type: 'answer',
      status: response.status,
      headers: {
        ...(bodyText !== undefined && { 'content-type': contentType }),
        'atl-traceid': this.#served.toString(16).padStart(32, '0'),
        ...headers,
        ...response.headers,
      },
      bodyText,
    };
  }
}

function run(context: RouteContext, { family, route }: RouteMatch): FakeResponse {
  try {
    return family.authorize(context, route) ?? route.handle(context);
  } catch (error) {
    if (error instanceof Refusal) return error.response;
    throw error;
  }
}

/** The answer that a fault puts in place of the real one; `undefined` when it only delays, cuts or hangs. */
function scriptedAnswer(fault: FakeFault): FakeResponse | undefined {
  const { body, headers, retryAfter, reset, hang, malformed, delayMs } = fault;
  const otherWay = reset !== undefined || hang !== undefined || malformed === true || delayMs !== undefined;
  const replaced =
    fault.status !== undefined || body !== undefined || headers !== undefined || retryAfter !== undefined;
  if (otherWay && !replaced) return undefined;

  const status = fault.status ?? 503;
  const answer = {
    status,
    headers: { ...headers, ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) },
  };
  if (typeof body === 'string')
    return { ...answer, text: body, headers: { 'content-type': 'application/json', ...answer.headers } };
  if (status === 204 || status === 304) return answer;
  return { ...answer, body: body ?? { code: status, message: 'Scripted fault' } };
}

function parseBody(text: string | undefined): FakeRequestBody {
  if (text === undefined || text === '') return { kind: 'none' };
  try {
    return { kind: 'json', value: JSON.parse(text) as JsonValue };
  } catch {
    return { kind: 'malformed', text };
  }
}

function loggedQuery(query: URLSearchParams): Record<string, string | readonly string[]> {
  const logged: Record<string, string | readonly string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    logged[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return logged;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
