import type { JsonObject } from '../../../model/json.js';
import { json, refuse } from '../respond.js';
import type { FakeResponse } from '../route.js';

/** An error in Bitbucket's envelope. */
function bitbucketError(status: number, message: string, more: JsonObject = {}): FakeResponse {
  return json(status, { type: 'error', error: { message, ...more } });
}

/** Ends the handler with an error. */
export function refuseBitbucket(status: number, message: string, more: JsonObject = {}): never {
  return refuse(bitbucketError(status, message, more));
}

/** 401 for a credential that does not count here. */
export function unauthorized(isBasic: boolean): FakeResponse {
  return {
    ...bitbucketError(401, 'Token is invalid, expired, or not supported for this endpoint.'),
    ...(isBasic && { headers: { 'www-authenticate': 'Basic realm="Bitbucket.org HTTP"' } }),
  };
}

/** 204. It has a type all the same: clients read it without asking whether it is there. */
export function noContent(): FakeResponse {
  return { status: 204, headers: { 'content-type': 'text/html; charset=utf-8' } };
}

/** 404 for a path that no API is at. */
export function noApiHere(): never {
  return refuseBitbucket(404, 'Resource not found', { detail: 'There is no API hosted at this URL' });
}
