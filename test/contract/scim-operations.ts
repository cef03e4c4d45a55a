/**
 * The 24 operations of the provisioning API, written down by hand: there is no OpenAPI document of it.
 *
 * The first 20 take the key of a directory, the last 4 that of the organization.
 */
export const SCIM_OPERATIONS: Readonly<
  Record<string, { readonly success: readonly number[]; readonly hasBody: boolean }>
> = {
  'GET /scim/directory/{directoryId}/Users': { success: [200], hasBody: true },
  'POST /scim/directory/{directoryId}/Users': { success: [200, 201], hasBody: true },
  'GET /scim/directory/{directoryId}/Users/{id}': { success: [200], hasBody: true },
  'PUT /scim/directory/{directoryId}/Users/{id}': { success: [200], hasBody: true },
  'PATCH /scim/directory/{directoryId}/Users/{id}': { success: [200], hasBody: true },
  'DELETE /scim/directory/{directoryId}/Users/{id}': { success: [204], hasBody: false },
  'GET /scim/directory/{directoryId}/Groups': { success: [200], hasBody: true },
  'POST /scim/directory/{directoryId}/Groups': { success: [200, 201], hasBody: true },
  'GET /scim/directory/{directoryId}/Groups/{id}': { success: [200], hasBody: true },
  'PUT /scim/directory/{directoryId}/Groups/{id}': { success: [200], hasBody: true },
  'PATCH /scim/directory/{directoryId}/Groups/{id}': { success: [200], hasBody: true },
  'DELETE /scim/directory/{directoryId}/Groups/{id}': { success: [204], hasBody: false },
  'GET /scim/directory/{directoryId}/Schemas': { success: [200], hasBody: true },
  'GET /scim/directory/{directoryId}/Schemas/urn:ietf:params:scim:schemas:core:2.0:User': {
    success: [200],
    hasBody: true,
  },
  'GET /scim/directory/{directoryId}/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group': {
    success: [200],
    hasBody: true,
  },
  'GET /scim/directory/{directoryId}/Schemas/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
    success: [200],
    hasBody: true,
  },
  'GET /scim/directory/{directoryId}/ServiceProviderConfig': { success: [200], hasBody: true },
  'GET /scim/directory/{directoryId}/ResourceTypes': { success: [200], hasBody: true },
  'GET /scim/directory/{directoryId}/ResourceTypes/User': { success: [200], hasBody: true },
  'GET /scim/directory/{directoryId}/ResourceTypes/Group': { success: [200], hasBody: true },
  'GET /admin/user-provisioning/v1/org/{orgId}/user/{accountId}/get-scim-links': { success: [200], hasBody: true },
  'POST /admin/user-provisioning/v1/org/{orgId}/get-scim-links-for-email': { success: [200], hasBody: true },
  'PATCH /admin/user-provisioning/v1/org/{orgId}/scimDirectoryId/{scimDirectoryId}/scimUserId/{scimUserId}/unlink': {
    success: [200, 204],
    hasBody: false,
  },
  'DELETE /admin/user-provisioning/v1/org/{orgId}/user/{accountId}/onlyDeleteUserInDB': {
    success: [204],
    hasBody: false,
  },
};

/** The operation of a request, or an error when the API has none. A fixed segment wins over a variable one. */
export function scimOperation(method: string, path: string): string {
  const key = Object.keys(SCIM_OPERATIONS)
    .toSorted((a, b) => a.split('{').length - b.split('{').length)
    .find((operation) => {
      const [verb = '', template = ''] = operation.split(' ');
      return verb === method && matches(template, path);
    });
  if (key === undefined) throw new Error(`The provisioning API has no ${method} ${path}`);
  return key;
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const found = path.split('/').map(decodeURIComponent);
  return (
    wanted.length === found.length &&
    wanted.every((part, at) => (part.startsWith('{') ? found[at] !== '' : part === found[at]))
  );
}
