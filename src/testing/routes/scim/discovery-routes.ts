import type { JsonObject } from '../../../model/json.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { resourceTypes, schemaDocuments, serviceProviderConfig } from './discovery-documents.js';
import { requireDirectory } from './require-directory.js';
import { listResponse, scimError, scimJson } from './scim-response.js';
import { directoryUrl } from './user-document.js';

const DIRECTORY = '/scim/directory/:directoryId';

/**
 * The eight operations that describe the service, of which those for one schema and one resource type share a route. None of
 * them pages or filters. An unknown name gets 404.
 */
export const DISCOVERY_ROUTES: readonly Route[] = [
  read('scim.serviceProvider.config', 'ServiceProviderConfig', (context) =>
    scimJson(200, serviceProviderConfig(baseOf(context))),
  ),
  read('scim.serviceProvider.schemas', 'Schemas', (context) => listOf(schemaDocuments(baseOf(context), 'listed'))),
  read('scim.serviceProvider.schema', 'Schemas/:schemaId', (context) =>
    one(schemaDocuments(baseOf(context), 'alone'), param(context, 'schemaId')),
  ),
  read('scim.serviceProvider.resourceTypes', 'ResourceTypes', (context) => listOf(resourceTypes(baseOf(context)))),
  read('scim.serviceProvider.resourceType', 'ResourceTypes/:resourceTypeName', (context) =>
    one(resourceTypes(baseOf(context)), param(context, 'resourceTypeName')),
  ),
];

function read(operation: string, path: string, handle: Route['handle']): Route {
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
