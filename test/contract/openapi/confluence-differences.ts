import type { Difference, ErrorDifference } from './differences.js';
import { confluenceErrors, gateway, javaException, plainText } from './error-shapes.js';
import { addProperty, allowNull, answerOf, demand, propertyOf, schemaOf } from './mending.js';

/** Where the documents of Confluence differ from the service. */
export const CONFLUENCE_DIFFERENCES: readonly Difference[] = [
  {
    known: 'from the service',
    document: 'confluenceV2',
    reason: 'The text says that several ids or keys are one value with commas; the schema, that they are repeated.',
    mend: (document) => {
      for (const name of ['ids', 'keys']) {
        const parameter = document.paths['/spaces']?.get?.parameters?.find((one) => 'name' in one && one.name === name);
        demand(parameter !== undefined && 'name' in parameter && parameter.explode === undefined, `a repeated ${name}`);
        Object.assign(parameter ?? {}, { explode: false });
      }
    },
  },
  {
    known: 'from the service',
    document: 'confluenceV2',
    reason: 'What a space or a user does not have, or was not asked for, comes as null.',
    mend: (document) => {
      for (const name of ['SpaceBulk', 'SpaceSingle']) {
        allowNull(schemaOf(document, name), ['description', 'icon']);
      }
      allowNull(schemaOf(document, 'SpaceBulk'), ['currentActiveAlias']);
      const single = schemaOf(document, 'SpaceSingle');
      demand(single.properties?.currentActiveAlias === undefined, 'a single space without an alias');
      single.properties = { ...single.properties, currentActiveAlias: { type: 'string', nullable: true } };
      allowNull(schemaOf(document, 'User'), ['timeZone']);
    },
  },
  {
    known: 'from the service',
    document: 'confluenceV2',
    reason: 'The links of a single space are described in two parts, each of which leaves out what the other has.',
    mend: (document) => {
      addProperty(schemaOf(document, 'SpaceLinks'), 'base', { type: 'string' });
      const [, links] = answerOf(document, '/spaces/{id}').allOf ?? [];
      demand(links !== undefined, 'a single space in two parts');
      if (links !== undefined) addProperty(propertyOf(links, '_links'), 'webui', { type: 'string' });
    },
  },
  {
    known: 'from the service',
    document: 'confluenceV2',
    reason: 'Access classes were seen as principals of classic permissions; a row may name nobody.',
    mend: (document) => {
      const assignment = schemaOf(document, 'SpacePermissionAssignment');
      const type = propertyOf(propertyOf(assignment, 'principal'), 'type');
      demand(type.enum?.includes('access-class') === false, 'a list of principal types without access classes');
      type.enum = [...(type.enum ?? []), 'access-class'];
      allowNull(assignment, ['principal']);
    },
  },
  {
    known: 'from the service',
    document: 'confluenceV1',
    reason: 'Customers of Jira Service Management were seen as users.',
    mend: (document) => {
      const type = propertyOf(schemaOf(document, 'User'), 'accountType');
      demand(type.enum?.includes('customer') === false, 'a list of account types without customers');
      type.enum = [...(type.enum ?? []), 'customer'];
    },
  },
];

/** Errors that the documents of Confluence do not describe: none is described. */
export const CONFLUENCE_ERROR_DIFFERENCES: readonly ErrorDifference[] = [
  {
    known: 'from the service',
    document: 'confluenceV1',
    reason: 'No error body of version 1 is documented.',
    shape: javaException,
    applies: ({ status }) => status !== 401,
  },
  {
    known: 'from the service',
    document: 'confluenceV2',
    reason: 'No error body of version 2 is documented.',
    shape: confluenceErrors,
    applies: ({ status }) => status !== 401,
  },
  ...(['confluenceV1', 'confluenceV2'] as const).flatMap((document): ErrorDifference[] => [
    {
      known: 'from the service',
      document,
      reason: 'A gateway in front of the service answers for it.',
      shape: gateway,
      applies: ({ status }) => [401, 404, 429, 502, 503, 504].includes(status),
    },
    {
      known: 'from the service',
      document,
      reason: 'A credential that does not count is refused with plain text.',
      shape: plainText,
      applies: ({ status }) => status === 401,
    },
  ]),
];
