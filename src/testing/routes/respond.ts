import type { JsonValue } from '../../model/json.js';
import { Refusal, type FakeResponse } from './route.js';

/** An answer with a JSON body. */
export function json(status: number, body: JsonValue): FakeResponse {
  return { status, body };
}

/** An answer without a body. */
export function empty(status: number): FakeResponse {
  return { status };
}

/** Ends the handler with an answer. */
export function refuse(response: FakeResponse): never {
  throw new Refusal(response);
}

/** What the gateway in front of the admin APIs says to a request whose credential it does not know. */
export function gatewayUnauthorized(): FakeResponse {
  return json(401, { code: 401, message: 'Unauthorized' });
}

/** What the gateway says to a request over a rate limit. */
export function gatewayTooManyRequests(): FakeResponse {
  return json(429, { code: 429, message: 'Too Many Requests' });
}
