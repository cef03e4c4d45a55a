import type { OpenApiDocument, Schema } from './document.js';

/** Where an OpenAPI document says one thing and the service does another. */
export interface Defect {
  readonly document: 'organizations' | 'userManagement';
  /** What is wrong, and how that is known. */
  readonly reason: string;
  /** Mends the document. Throws when the defect is not there any more, so that this list cannot outlive it. */
  readonly mend: (document: OpenApiDocument) => void;
}

/** Known defects of the documents themselves. */
export const DOCUMENT_DEFECTS: readonly Defect[] = [
  {
    document: 'userManagement',
    reason: 'The pattern of AccountId ends in a line break, so that every account id fails it.',
    mend: (document) => {
      const schema = schemaOf(document, 'AccountId');
      demand(schema.pattern?.endsWith('\n') === true, 'the line break in AccountId');
      schema.pattern = `^${schema.pattern?.trimEnd() ?? ''}$`;
    },
  },
  {
    document: 'organizations',
    reason: 'Organization and account ids are typed as UUIDs in the role calls; real ones are not.',
    mend: (document) => {
      const typed = Object.entries(document.paths)
        .filter(([path]) => /\/role(s|-assignments)\//.test(path))
        .flatMap(([, item]) => Object.values(item).flatMap(({ parameters = [] }) => parameters))
        .filter((parameter) => 'schema' in parameter && parameter.schema.format === 'uuid');
      demand(typed.length > 0, 'an id of the format uuid');
      for (const parameter of typed) if ('schema' in parameter) delete parameter.schema.format;
    },
  },
  // Two more are not mended in the documents, for there is nothing to correct in place:
  // - the writes document no error body, and the service answers with the errors envelope: see errors.ts;
  // - path parameters have other names than their template: see operations.ts.
];

/** Where the service was seen, or is told elsewhere by Atlassian, to differ from its document. */
export const SERVICE_DIFFERENCES: readonly Defect[] = [
  {
    document: 'organizations',
    reason: 'The cursors of the last page come as null.',
    mend: (document) => {
      for (const [name, properties] of [
        ['LinkPageModel', ['next', 'prev']],
        ['LinkPageCursor', ['next', 'prev']],
        ['CursorNextPageModel', ['next']],
      ] as const)
        allowNull(schemaOf(document, name), properties);
      for (const name of ['EventPage', 'PollingEventPage'])
        allowNull(propertyOf(schemaOf(document, name), 'meta'), ['next']);
    },
  },
  {
    document: 'organizations',
    reason: 'Text that a person or a group does not have comes as null.',
    mend: (document) => {
      for (const name of ['MultiDirectoryUser', 'MultiDirectoryUserDetailsData'])
        allowNull(schemaOf(document, name), ['department', 'organization', 'location', 'timeZone']);
      allowNull(schemaOf(document, 'MultiDirectoryGroup'), ['description']);
      allowNull(propertyOf(schemaOf(document, 'MultiDirectoryGroupDetails'), 'data'), ['description']);
    },
  },
  {
    document: 'organizations',
    reason: 'The list of organizations carries a meta that is null.',
    mend: (document) => {
      addProperty(schemaOf(document, 'OrgPage'), 'meta', { type: 'object', nullable: true });
    },
  },
  {
    document: 'userManagement',
    reason: 'Any part of the changeable profile may be sent alone; the document reuses the schema of the answer.',
    mend: (document) => {
      const content = document.paths['/users/{account_id}/manage/profile']?.patch?.requestBody?.content;
      const media = content?.['application/json'];
      demand(media?.schema?.$ref === '#/components/schemas/AtlassianAccountUser', 'the schema of the answer');
      const patch = structuredClone(schemaOf(document, 'AtlassianAccountUser'));
      for (const part of patch.allOf ?? []) delete part.required;
      const user = structuredClone(schemaOf(document, 'User'));
      delete user.required;
      patch.allOf = [user, ...(patch.allOf ?? []).slice(1)];
      document.components.schemas.AtlassianAccountUserPatch = patch;
      if (media !== undefined) media.schema = { $ref: '#/components/schemas/AtlassianAccountUserPatch' };
    },
  },
  {
    document: 'userManagement',
    reason: 'The permissions name two more fields of the profile as writable, and profiles were seen to have them.',
    mend: (document) => {
      const schema = schemaOf(document, 'ExtendedProfile');
      addProperty(schema, 'phone_number', { type: 'string' });
      addProperty(schema, 'team_type', { type: 'string' });
    },
  },
  {
    document: 'userManagement',
    reason: 'Profiles were seen with the state of the email, with privacy settings, and with a null characteristic.',
    mend: (document) => {
      const user = schemaOf(document, 'User');
      addProperty(user, 'email_verified', { type: 'boolean', readOnly: true });
      addProperty(user, 'privacy_settings', {
        type: 'object',
        additionalProperties: { type: 'string' },
        readOnly: true,
      });
      allowNull(schemaOf(document, 'AccountCharacteristics'), ['not_mentionable']);
    },
  },
  {
    document: 'userManagement',
    reason: 'An answer of Atlassian forbids the deletion of a synced account without a reason.',
    mend: (document) => {
      const schema = schemaOf(document, 'Manageability.Unallowed');
      demand(schema.required?.includes('reason') === true, 'the required reason');
      schema.required = ['allowed'];
    },
  },
  {
    document: 'userManagement',
    reason: 'The permissions were seen with privileges that are not documented.',
    mend: (document) => {
      const answer = document.paths['/users/{account_id}/manage']?.get?.responses['200'];
      const schema =
        answer !== undefined && 'content' in answer ? answer.content['application/json']?.schema : undefined;
      demand(schema !== undefined && schema.additionalProperties === undefined, 'the closed list of privileges');
      if (schema !== undefined) schema.additionalProperties = true;
    },
  },
];

/** Every difference that is allowed for, and no other. */
export const DEFECTS: readonly Defect[] = [...DOCUMENT_DEFECTS, ...SERVICE_DIFFERENCES];

/**
 * What the SDK needs and the document leaves optional: members without which an answer says nothing.
 *
 * An answer without them is refused as `response_invalid`, so the samples that the schemas are tried with have them.
 */
export function requireWhatTheSdkNeeds(name: Defect['document'], document: OpenApiDocument): void {
  if (name !== 'organizations') return;
  // A page without its items would pass for an empty one, and an answer without its resource for nothing.
  for (const schema of Object.values(document.components.schemas))
    if (schema.properties?.data) require(schema, ['data']);
  // Who or what it is.
  require(schemaOf(document, 'MultiDirectoryUser'), ['accountId']);
  require(schemaOf(document, 'MultiDirectoryUserDetailsData'), ['accountId']);
  require(schemaOf(document, 'MultiDirectoryUserGroup'), ['id']);
  require(schemaOf(document, 'MultiDirectoryUserDirectory'), ['directoryId']);
  require(schemaOf(document, 'MultiDirectoryGroup'), ['id', 'name']);
  require(propertyOf(schemaOf(document, 'MultiDirectoryGroupDetails'), 'data'), ['id', 'name']);
  require(schemaOf(document, 'MultiDirectoryRoleAssignment'), ['role']);
  require(propertyOf(schemaOf(document, 'DomainModel'), 'attributes'), ['name']);
  require(schemaOf(document, 'WorkspaceModel'), ['id']);
  // What came of it, and how many.
  for (const name of ['RoleAssignmentResult', 'GroupAssignmentResult']) require(schemaOf(document, name), ['status']);
  require(schemaOf(document, 'AccountStatusCounts'), ['status', 'count']);
  require(schemaOf(document, 'RoleIdCounts'), ['roleId', 'count']);
  require(schemaOf(document, 'GroupTypeCounts'), ['type', 'count']);
  for (const path of ['users', 'groups'].map((kind) => `/v2/orgs/{orgId}/directories/{directoryId}/${kind}/count`)) {
    const answer = document.paths[path]?.get?.responses['200'];
    const schema = answer !== undefined && 'content' in answer ? answer.content['application/json']?.schema : undefined;
    require(schema ?? {}, ['count']);
  }
}

function schemaOf(document: OpenApiDocument, name: string): Schema {
  const schema = document.components.schemas[name];
  if (schema === undefined) throw new Error(`The document has no schema ${name}`);
  return schema;
}

function propertyOf(schema: Schema, name: string): Schema {
  const property = schema.properties?.[name];
  if (property === undefined) throw new Error(`The schema has no property ${name}`);
  return property;
}

function allowNull(schema: Schema, properties: readonly string[]): void {
  const strict = properties.filter((name) => propertyOf(schema, name).nullable !== true);
  demand(strict.length > 0, `a property that cannot be null among ${properties.join(', ')}`);
  for (const name of strict) propertyOf(schema, name).nullable = true;
}

function addProperty(schema: Schema, name: string, property: Schema): void {
  demand(schema.properties?.[name] === undefined, `a schema without ${name}`);
  schema.properties = { ...schema.properties, [name]: property };
}

function require(schema: Schema, properties: readonly string[]): void {
  schema.required = [...new Set([...(schema.required ?? []), ...properties])];
}

function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(`The document does not have ${what} any more; take the defect off the list`);
}
