import type { Difference, ErrorDifference } from './differences.js';
import type { OpenApiDocument, Schema } from './document.js';
import { gateway, plainText } from './error-shapes.js';
import { addProperty, allowNull, demand, propertyOf, requireMembers, schemaOf } from './mending.js';

/** Where the document of Jira differs from the service. */
export const JIRA_DIFFERENCES: readonly Difference[] = [
  {
    known: 'from the service',
    document: 'jira',
    reason: 'An email that is hidden comes as null, where it is not left out.',
    mend: (document) => {
      for (const name of ['User', 'UserDetails']) allowNull(schemaOf(document, name), ['emailAddress']);
    },
  },
  {
    known: 'from the service',
    document: 'jira',
    reason: 'The server tells its default locale.',
    mend: (document) => {
      addProperty(schemaOf(document, 'ServerInformation'), 'defaultLocale', {
        type: 'object',
        properties: { locale: { type: 'string' } },
      });
    },
  },
  {
    known: 'from the service',
    document: 'jira',
    reason: 'Times have an offset without a colon, which is no date-time.',
    mend: (document) => {
      const dated = Object.values(document.components.schemas).flatMap(({ properties = {} }) =>
        Object.values(properties).filter(({ format }) => format === 'date-time'),
      );
      demand(dated.length > 0, 'a time');
      for (const schema of dated) delete schema.format;
    },
  },
  {
    known: 'from the service',
    document: 'jira',
    reason: 'There are types of projects that came after those of the document.',
    mend: (document) => {
      for (const name of ['Project', 'ProjectDetails']) {
        const type = propertyOf(schemaOf(document, name), 'projectTypeKey');
        demand(type.enum?.includes('product_discovery') === false, `${name} without product discovery`);
        type.enum = [...(type.enum ?? []), 'product_discovery', 'customer_service'];
      }
    },
  },
];

const errorCollection: Schema = { $ref: '#/components/schemas/ErrorCollection' };
const ROLE_ADDRESS = 'https://acme.atlassian.net/rest/api/3/project/10000/role/10002';
const GATEWAY_STATUSES = [401, 404, 429];

/** Errors of Jira that its document does not have. */
export const JIRA_ERROR_DIFFERENCES: readonly ErrorDifference[] = [
  {
    known: 'from the service',
    document: 'jira',
    reason: 'Most errors are documented without their body, which has one form.',
    shape: errorCollection,
    applies: ({ documented }) => !documented,
  },
  {
    known: 'from the service',
    document: 'jira',
    reason: 'The credential is refused in plain text.',
    shape: plainText,
    applies: ({ status, operation }) => status === 401 && operation.endsWith('/myself'),
  },
  {
    known: 'from the service',
    document: 'jira',
    reason: 'A gateway in front of the service answers for it.',
    shape: gateway,
    applies: ({ status }) => GATEWAY_STATUSES.includes(status),
  },
];

/** Members without which an answer of Jira says nothing. */
export function requireOfJira(document: OpenApiDocument): void {
  const needs: Readonly<Record<string, readonly string[]>> = {
    User: ['accountId'],
    UserDetails: ['accountId'],
    GroupDetails: ['name'],
    GroupName: ['name'],
    Project: ['id', 'key', 'name'],
    ProjectRole: ['id', 'name'],
    PermissionScheme: ['id', 'name'],
    PermissionSchemes: ['permissionSchemes'],
    PermissionGrant: ['id', 'permission', 'holder'],
    ApplicationRole: ['key'],
    Permissions: ['permissions'],
    UserPermission: ['havePermission'],
    PageBeanGroupDetails: ['values'],
    PageBeanUserDetails: ['values'],
    PageBeanProject: ['values'],
  };
  for (const [name, members] of Object.entries(needs)) requireMembers(schemaOf(document, name), members);
  // The addresses of the roles of a project: the last segment is the id.
  const map = document.paths['/rest/api/3/project/{projectIdOrKey}/role']?.get?.responses['200'];
  const schema = map !== undefined && 'content' in map ? map.content['application/json']?.schema : undefined;
  if (schema !== undefined) schema.additionalProperties = { type: 'string', enum: [ROLE_ADDRESS] };
}
