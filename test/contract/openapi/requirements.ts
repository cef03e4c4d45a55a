import type { OpenApiDocument } from './document.js';
import type { DocumentName } from './load.js';
import { requireOfBitbucket } from './bitbucket-differences.js';
import { requireOfJira } from './jira-differences.js';
import { answerOf, propertyOf, requireMembers, schemaOf } from './mending.js';

/**
 * What the SDK needs and the document leaves optional: members without which an answer says nothing.
 *
 * An answer without them is refused as `response_invalid`, so the samples that the schemas are tried with have them.
 */
export function requireWhatTheSdkNeeds(name: DocumentName, document: OpenApiDocument): void {
  if (name === 'confluenceV1' || name === 'confluenceV2') requireOfConfluence(document);
  if (name === 'jira') requireOfJira(document);
  if (name === 'bitbucket') requireOfBitbucket(document);
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

function requireOfConfluence(document: OpenApiDocument): void {
  const needs: Readonly<Record<string, readonly string[]>> = {
    // Version 2: who or what it is.
    SpaceBulk: ['id', 'key', 'name'],
    SpaceSingle: ['id', 'key', 'name'],
    SpaceRole: ['id', 'name'],
    SpacePermission: ['id'],
    SpaceRoleAssignment: ['principal', 'roleId'],
    SpacePermissionAssignment: ['id', 'operation'],
    // Version 1: an item of the user search is a user.
    SearchResult: ['user'],
  };
  for (const [name, members] of Object.entries(needs)) {
    const schema = document.components.schemas[name];
    if (schema !== undefined) requireMembers(schema, members);
  }
  // An answer of `null` in place of the thing that was asked for says nothing. Whole spaces and pages inside of others, which
  // hold users in turn, would have no end.
  for (const name of ['User', 'SystemInfoEntity']) delete document.components.schemas[name]?.nullable;
  for (const [name, members] of Object.entries({
    User: ['personalSpace'],
    BulkUserLookup: ['personalSpace'],
    SearchResult: ['content', 'space', 'resultParentContainer', 'resultGlobalContainer'],
  }))
    for (const member of members) delete document.components.schemas[name]?.properties?.[member];
  const assignment = document.components.schemas.SpacePermissionAssignment;
  if (assignment !== undefined) requireMembers(propertyOf(assignment, 'operation'), ['key', 'targetType']);
  // A page without its items would pass for an empty one, and an answer without its mode for nothing.
  for (const item of Object.values(document.paths))
    for (const operation of Object.values(item)) {
      const answer = operation.responses['200'];
      const schema =
        answer !== undefined && 'content' in answer ? answer.content['application/json']?.schema : undefined;
      for (const name of ['results', 'mode'])
        if (schema?.properties?.[name] !== undefined) requireMembers(schema, [name]);
    }
}
