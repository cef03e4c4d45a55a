import type { JsonObject, JsonValue } from '../../../model/json.js';
import { refuse } from '../respond.js';
import type { FakeResponse } from '../route.js';
import { URN } from './urns.js';

const HEADERS = { 'content-type': 'application/scim+json' } as const;

/** Values of `scimType` that the fake uses (RFC 7644 section 3.12). */
export type ScimType =
  'invalidFilter' | 'uniqueness' | 'mutability' | 'invalidSyntax' | 'invalidPath' | 'noTarget' | 'invalidValue';

/** An answer with a SCIM resource or message. */
export function scimJson(status: number, body: JsonValue): FakeResponse {
  return { status, headers: HEADERS, body };
}

/** The answer to a creation, with the place of what was made (RFC 7644 section 3.3). */
export function created(location: string, resource: JsonObject): FakeResponse {
  return { status: 201, headers: { ...HEADERS, location }, body: resource };
}

/** A SCIM error. `status` is a string in the body (RFC 7644 section 3.12). */
export function scimError(status: number, detail: string, scimType?: ScimType): FakeResponse {
  return scimJson(status, {
    schemas: [URN.error],
    status: String(status),
    ...(scimType !== undefined && { scimType }),
    detail,
  });
}

/** Ends the handler with a SCIM error. */
export function refuseScim(status: number, detail: string, scimType?: ScimType): never {
  return refuse(scimError(status, detail, scimType));
}

/** A page. `itemsPerPage` is the page size in force, not the number of resources on the page. */
export function listResponse(
  totalResults: number,
  page: { readonly startIndex: number; readonly count: number },
  resources: readonly JsonObject[],
): FakeResponse {
  return scimJson(200, {
    schemas: [URN.listResponse],
    totalResults,
    startIndex: page.startIndex,
    itemsPerPage: page.count,
    Resources: [...resources],
  });
}
