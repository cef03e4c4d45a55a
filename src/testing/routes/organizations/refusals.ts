import { REFUSALS, type RefusalCode, type Refused } from '../../rules/refusal-codes.js';
import type { FakeState } from '../../state/fake-state.js';
import { json, refuse } from '../respond.js';
import type { FakeResponse, RouteContext } from '../route.js';

/** One error in the shape that the envelope holds, and that workspaces answer with bare. */
export function applicationError(state: FakeState, code: RefusalCode, detail?: string): FakeResponse {
  const { status, title } = REFUSALS[code];
  // `status` is text here, whatever its name says.
  return json(status, {
    id: state.ids.next('error'),
    status: String(status),
    code,
    title,
    ...(detail !== undefined && { detail }),
  });
}

/** The errors envelope with one error. */
export function envelope(state: FakeState, code: RefusalCode, detail?: string): FakeResponse {
  const { status, body = {} } = applicationError(state, code, detail);
  return json(status, { errors: [body] });
}

/** Ends the handler with the errors envelope. */
export function refuseWith({ state }: Pick<RouteContext, 'state'>, code: RefusalCode, detail?: string): never {
  refuse(envelope(state, code, detail));
}

/** Ends the handler when a rule refuses. */
export function refuseIf(context: Pick<RouteContext, 'state'>, refused: Refused | undefined): void {
  if (refused !== undefined) refuseWith(context, refused.code, refused.detail);
}

/** The flat body of the routing layer in front of the service. */
export function routingFailure(
  { state, path, now }: Pick<RouteContext, 'state' | 'path' | 'now'>,
  status: number,
  error: string,
  message: string,
): FakeResponse {
  return json(status, {
    timestamp: new Date(now).toISOString(),
    path,
    status,
    error,
    requestId: state.ids.next('error'),
    message,
  });
}
