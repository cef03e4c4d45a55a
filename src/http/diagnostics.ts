import { channel } from 'node:diagnostics_channel';
import type { ResponseFault } from '../errors/api-errors.js';
import { tellListener } from './tell-listener.js';
import type { AttemptEvent, HttpMethod } from './transport.js';

/** Name of the `node:diagnostics_channel` that gets an {@link AttemptEvent} after each HTTP attempt. */
export const ATTEMPT_CHANNEL = 'atlassian-provisioner:attempt';

/** Name of the `node:diagnostics_channel` that gets an {@link InvalidResponseEvent} for each body that does not match. */
export const INVALID_RESPONSE_CHANNEL = 'atlassian-provisioner:invalid-response';

/** A 2xx body that did not match. It holds no value of the body. */
export interface InvalidResponseEvent {
  /** Name of the call, such as `scim.users.get`. */
  readonly operation: string;
  readonly method: HttpMethod;
  readonly status: number;
  readonly traceId?: string;
  readonly faults: readonly ResponseFault[];
}

const attempts = channel(ATTEMPT_CHANNEL);
const invalidResponses = channel(INVALID_RESPONSE_CHANNEL);

/** Something that wants to know of each attempt. */
export type AttemptListener = (event: AttemptEvent) => void;

/**
 * Tells the channel and the listeners of an attempt; the event is made only if there are any.
 *
 * A listener that throws or rejects is warned about and does not disturb the call. A channel subscriber that throws is
 * Node's to report, as an uncaught exception after the call.
 */
export function publishAttempt(
  listeners: readonly (AttemptListener | undefined)[],
  makeEvent: () => AttemptEvent,
): void {
  if (!attempts.hasSubscribers && listeners.every((listener) => listener === undefined)) return;

  const event = Object.freeze(makeEvent());
  if (attempts.hasSubscribers) attempts.publish(event);
  for (const listener of listeners) tellListener('onAttempt', listener, event);
}

/** Tells the channel of a body that did not match. */
export function publishInvalidResponse(event: InvalidResponseEvent): void {
  if (invalidResponses.hasSubscribers) invalidResponses.publish(Object.freeze(event));
}
