import type { JsonObject } from '../../../model/json.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { resourceTypes, schemaDocuments, serviceProviderConfig } from './discovery-documents.js';
import { requireDirectory } from './require-directory.js';
import { listResponse, scimError, scimJson } from './scim-response.js';
import { URN } from './urns.js';
import { directoryUrl } from './user-document.js';

const DIRECTORY = '/scim/directory/:directoryId';

/** The eight operations that describe the service. None of them pages or filters. */
export const DISCOVERY_ROUTES: readonly Route[] = [
  read('scim.serviceProvider.config', 'ServiceProviderConfig', (context) =>
    scimJson(200, serviceProviderConfig(baseOf(context))),
  ),
  read('scim.serviceProvider.schemas', 'Schemas', (context) => listOf(schemaDocuments(baseOf(context)))),
  ...[URN.user, URN.enterprise, URN.group].map((urn) =>
    read('scim.serviceProvider.schema', `Schemas/${urn}`, (context) => one(schemaDocuments(baseOf(context)), urn)),
  ),
  read('scim.serviceProvider.resourceTypes', 'ResourceTypes', (context) => listOf(resourceTypes(baseOf(context)))),
  ...['User', 'Group'].map((name) =>
    read('scim.serviceProvider.resourceType', `ResourceTypes/${name}`, (context) =>
      one(resourceTypes(baseOf(context)), name),
    ),
  ),
];

function read(operation: string, path: string, handle: Route['handle']): Route {
  // A URN holds colons, and stands in the pattern as it is: only a segment that begins with one is a name.
  return { operation, method: 'GET', path: `${DIRECTORY}/${path}`, effect: 'read', handle };
}

function baseOf(context: RouteContext): string {
  return directoryUrl(context.origin, requireDirectory(context).id);
}

function listOf(documents: readonly JsonObject[]): FakeResponse {
  return listResponse(documents.length, { startIndex: 1, count: 10 }, documents);
}

function one(documents: readonly JsonObject[], id: string): FakeResponse {
  const found = documents.find((document) => document.id === id);
  return found === undefined ? scimError(404, `Resource ${id} not found.`) : scimJson(200, found);
}
