import type { OpenApiDocument } from './document.js';
import type { DocumentName } from './load.js';
import { answerOf, propertyOf, requireMembers, schemaOf } from './mending.js';

/**
 * What the SDK needs and the document leaves optional: members without which an answer says nothing.
 *
 * An answer without them is refused as `response_invalid`, so the samples that the schemas are tried with have them.
 */
export function requireWhatTheSdkNeeds(name: DocumentName, document: OpenApiDocument): void {
  if (name !== 'organizations') return;
  // A page without its items would pass for an empty one, and an answer without its resource for nothing.
  for (const schema of Object.values(document.components.schemas))
    if (schema.properties?.data) requireMembers(schema, ['data']);
  // Who or what it is.
  requireMembers(schemaOf(document, 'MultiDirectoryUser'), ['accountId']);
  requireMembers(schemaOf(document, 'MultiDirectoryUserDetailsData'), ['accountId']);
  requireMembers(schemaOf(document, 'MultiDirectoryUserGroup'), ['id']);
  requireMembers(schemaOf(document, 'MultiDirectoryUserDirectory'), ['directoryId']);
  requireMembers(schemaOf(document, 'MultiDirectoryGroup'), ['id', 'name']);
  requireMembers(propertyOf(schemaOf(document, 'MultiDirectoryGroupDetails'), 'data'), ['id', 'name']);
  requireMembers(schemaOf(document, 'MultiDirectoryRoleAssignment'), ['role']);
  requireMembers(propertyOf(schemaOf(document, 'DomainModel'), 'attributes'), ['name']);
  requireMembers(schemaOf(document, 'WorkspaceModel'), ['id']);
  // What came of it, and how many.
  for (const name of ['RoleAssignmentResult', 'GroupAssignmentResult'])
    requireMembers(schemaOf(document, name), ['status']);
  requireMembers(schemaOf(document, 'AccountStatusCounts'), ['status', 'count']);
  requireMembers(schemaOf(document, 'RoleIdCounts'), ['roleId', 'count']);
  requireMembers(schemaOf(document, 'GroupTypeCounts'), ['type', 'count']);
  for (const path of ['users', 'groups'].map((kind) => `/v2/orgs/{orgId}/directories/{directoryId}/${kind}/count`)) {
    requireMembers(answerOf(document, path), ['count']);
  }
}
