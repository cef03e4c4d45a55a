import { json, refuse } from '../respond.js';
import type { FakeResponse } from '../route.js';

const EXCEPTIONS = 'com.atlassian.confluence.api.service.exceptions';

const CLASSES: ReadonlyMap<number, string> = new Map([
  [400, 'BadRequestException'],
  [403, 'PermissionException'],
  [404, 'NotFoundException'],
  [410, 'GoneException'],
]);

/** An error as version 1 tells it: the Java class in front of the sentence, unless `exception` is empty. */
function v1Error(status: number, sentence: string, exception = CLASSES.get(status)): FakeResponse {
  return json(status, {
    statusCode: status,
    data: {
      authorized: status !== 403,
      valid: status !== 400,
      errors: [{ message: { translation: sentence, args: [] } }],
      successful: false,
    },
    message: exception === undefined || exception === '' ? sentence : `${EXCEPTIONS}.${exception}: ${sentence}`,
  });
}

/** Ends a handler of version 1. */
export function refuseV1(status: number, sentence: string, exception?: string): never {
  return refuse(v1Error(status, sentence, exception));
}

/** An error as version 2 tells it. */
function v2Error(status: number, code: string, title: string): FakeResponse {
  return json(status, { errors: [{ status, code, title, detail: null }] });
}

/** Ends a handler of version 2: there is no such thing, or the caller may not know of it. */
export function refuseHidden(): never {
  return refuse(v2Error(404, 'NOT_FOUND', 'Not Found'));
}

/** Ends a handler of version 2: a parameter or a body that is none. */
export function refuseParameter(title: string): never {
  return refuse(v2Error(400, 'INVALID_REQUEST_PARAMETER', title));
}
