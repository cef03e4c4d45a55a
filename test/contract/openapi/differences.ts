import type { OpenApiDocument, Parameter, Schema } from './document.js';
import { follow } from './document.js';
import { envelope, gateway, insufficientScope, routing } from './error-shapes.js';
import { CONFLUENCE_DIFFERENCES, CONFLUENCE_ERROR_DIFFERENCES } from './confluence-differences.js';
import { BITBUCKET_DIFFERENCES, BITBUCKET_ERROR_DIFFERENCES } from './bitbucket-differences.js';
import { JIRA_DIFFERENCES, JIRA_ERROR_DIFFERENCES } from './jira-differences.js';
import type { DocumentName } from './load.js';
import { addProperty, allowNull, answerOf, demand, propertyOf, schemaOf } from './mending.js';

interface Known {
  readonly document: DocumentName;
  /**
   * How the difference is known.
   *
   * - `as a defect`: it is on the list of defects that comes with the documents
   * - `from the service`: the service was seen to differ, or another text of Atlassian's says that it does
   */
  readonly known: 'as a defect' | 'from the service';
  readonly reason: string;
}

/** A place where a document says one thing and the service does another. */
export interface Difference extends Known {
  /** Mends the document. Throws when there is nothing to mend any more, so that this list cannot outlive it. */
  readonly mend: (document: OpenApiDocument) => void;
}

/** An error that the service sends and the document of an operation does not have. */
export interface ErrorDifference extends Known {
  readonly shape: Schema;
  readonly applies: (answer: {
    readonly status: number;
    /** `GET /admin/v1/orgs`. */
    readonly operation: string;
    /** Whether the document has a body for this status. */
    readonly documented: boolean;
  }) => boolean;
}

/** Every difference in requests and in answers to them. There is no other exception. */
export const DIFFERENCES: readonly Difference[] = [
  {
    known: 'as a defect',
    document: 'userManagement',
    reason: 'The pattern of AccountId ends in a line break, so that every account id fails it.',
    mend: (document) => {
      const schema = schemaOf(document, 'AccountId');
      demand(schema.pattern?.endsWith('\n') === true, 'the line break in AccountId');
      schema.pattern = `^${schema.pattern?.trimEnd() ?? ''}$`;
    },
  },
  {
    known: 'as a defect',
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
  {
    known: 'as a defect',
    document: 'organizations',
    reason: 'Path parameters have another name than their place in the path.',
    mend: (document) => {
      const mended = Object.entries(document.paths).filter(([path, item]) =>
        Object.values(item).some((operation) => {
          const { parameters = [] } = operation;
          const inPath = parameters
            .map((parameter) => follow<Parameter>(document, parameter))
            .filter((parameter) => parameter.in === 'path');
          const unnamed = [...path.matchAll(/\{([^}]+)\}/g)]
            .map(([, place = '']) => place)
            .filter((place) => !inPath.some(({ name }) => name === place));
          const misnamed = inPath.filter(({ name }) => !path.includes(`{${name}}`));
          operation.parameters = [
            ...parameters.filter((parameter) => !misnamed.includes(follow<Parameter>(document, parameter))),
            ...misnamed.map((parameter, index) => ({ ...parameter, name: unnamed[index] ?? parameter.name })),
          ];
          return misnamed.length > 0;
        }),
      );
      demand(mended.length > 0, 'a path parameter with another name');
    },
  },
  {
    known: 'from the service',
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
    known: 'from the service',
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
    known: 'from the service',
    document: 'organizations',
    reason: 'The list of organizations carries a meta that is null.',
    mend: (document) => {
      addProperty(schemaOf(document, 'OrgPage'), 'meta', { type: 'object', nullable: true });
    },
  },
  {
    known: 'from the service',
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
    known: 'from the service',
    document: 'userManagement',
    reason: 'The permissions name two more fields of the profile as writable, and profiles were seen to have them.',
    mend: (document) => {
      const schema = schemaOf(document, 'ExtendedProfile');
      addProperty(schema, 'phone_number', { type: 'string' });
      addProperty(schema, 'team_type', { type: 'string' });
    },
  },
  {
    known: 'from the service',
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
    known: 'from the service',
    document: 'userManagement',
    reason: 'An answer of Atlassian forbids the deletion of a synced account without a reason.',
    mend: (document) => {
      const schema = schemaOf(document, 'Manageability.Unallowed');
      demand(schema.required?.includes('reason') === true, 'the required reason');
      schema.required = ['allowed'];
    },
  },
  {
    known: 'from the service',
    document: 'userManagement',
    reason: 'The permissions were seen with privileges that are not documented.',
    mend: (document) => {
      const answer = answerOf(document, '/users/{account_id}/manage');
      demand(answer.additionalProperties === undefined, 'the closed list of privileges');
      answer.additionalProperties = true;
    },
  },
  ...CONFLUENCE_DIFFERENCES,
  ...JIRA_DIFFERENCES,
  ...BITBUCKET_DIFFERENCES,
];

/** Every difference in errors. An error that no document and no entry here has is not valid. */
export const ERROR_DIFFERENCES: readonly ErrorDifference[] = [
  {
    known: 'as a defect',
    document: 'organizations',
    reason: 'The writes document no error body, and the service answers with the errors envelope.',
    shape: envelope,
    applies: ({ documented }) => !documented,
  },
  {
    known: 'from the service',
    document: 'organizations',
    reason: 'A gateway in front of the service answers for it.',
    shape: gateway,
    applies: ({ status }) => GATEWAY_STATUSES.includes(status),
  },
  {
    known: 'from the service',
    document: 'userManagement',
    reason: 'A gateway in front of the service answers for it.',
    shape: gateway,
    applies: ({ status }) => GATEWAY_STATUSES.includes(status),
  },
  {
    known: 'from the service',
    document: 'organizations',
    reason: 'The layer that looks for the organization answers flat.',
    shape: routing,
    applies: ({ status }) => status === 403 || status === 404,
  },
  {
    known: 'from the service',
    document: 'organizations',
    reason: 'The errors of the workspace search may come in the envelope; documented is one error without it.',
    shape: envelope,
    applies: ({ operation }) => operation.endsWith('/workspaces'),
  },
  {
    known: 'from the service',
    document: 'userManagement',
    reason: 'A key with scopes is refused with a key that is not documented.',
    shape: insufficientScope,
    applies: ({ status }) => status === 403,
  },
  ...CONFLUENCE_ERROR_DIFFERENCES,
  ...JIRA_ERROR_DIFFERENCES,
  ...BITBUCKET_ERROR_DIFFERENCES,
];

const GATEWAY_STATUSES = [401, 429, 502, 503, 504];
