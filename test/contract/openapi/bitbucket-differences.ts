import type { Difference, ErrorDifference } from './differences.js';
import type { OpenApiDocument, Operation, Parameter, Schema } from './document.js';
import { addProperty, allowNull, demand, propertyOf, requireMembers, schemaOf } from './mending.js';

const LIST_PARAMETERS: readonly (readonly [string, string])[] = [
  ['page', 'string'],
  ['pagelen', 'integer'],
  ['fields', 'string'],
  ['q', 'string'],
  ['sort', 'string'],
];

/** Where Bitbucket's document says one thing and the service another. */
export const BITBUCKET_DIFFERENCES: readonly Difference[] = [
  {
    known: 'as a defect',
    document: 'bitbucket',
    reason: 'The parameters of a path stand once for all of its methods, beside them.',
    mend: (document) => {
      const shared = Object.values(document.paths).filter((item) => 'parameters' in item);
      demand(shared.length > 0, 'parameters beside the methods');
      for (const item of shared) {
        const { parameters, ...methods } = item as unknown as { parameters: Parameter[] } & Record<string, Operation>;
        for (const operation of Object.values(methods as Record<string, Operation>))
          operation.parameters = [...(operation.parameters ?? []), ...parameters];
        delete (item as Record<string, unknown>).parameters;
      }
    },
  },
  {
    known: 'from the service',
    document: 'bitbucket',
    reason: 'Pages, projections and filters are described in words, for every list, and not with the lists.',
    mend: (document) => {
      for (const { get } of Object.values(document.paths)) {
        if (get === undefined) continue;
        const known = new Set((get.parameters ?? []).map((one) => ('name' in one ? one.name : '')));
        const missing = LIST_PARAMETERS.filter(([name]) => !known.has(name));
        demand(missing.length > 0, 'a list without the parameters of lists');
        get.parameters = [
          ...(get.parameters ?? []),
          ...missing.map(([name, type]) => ({ name, in: 'query' as const, schema: { type } })),
        ];
      }
    },
  },
  {
    known: 'from the service',
    document: 'bitbucket',
    reason: 'An empty repository has null for its main branch, and so has a branching model that follows it.',
    mend: (document) => {
      allowNull(partWith(document, 'repository', 'mainbranch'), ['mainbranch']);
      for (const name of ['branching_model', 'effective_repo_branching_model'])
        for (const kind of ['development', 'production'])
          allowNull(propertyOf(partWith(document, name, kind), kind), ['name']);
    },
  },
  {
    known: 'from the service',
    document: 'bitbucket',
    reason: 'Projects were seen with links to themselves and to their repositories.',
    mend: (document) => {
      const links = propertyOf(partWith(document, 'project', 'links'), 'links');
      for (const name of ['self', 'repositories']) addProperty(links, name, { $ref: '#/components/schemas/link' });
    },
  },
  {
    known: 'from the service',
    document: 'bitbucket',
    reason: 'The link for cloning over SSH is an address of SSH, and no URI; that to a filtered list holds quotes.',
    mend: (document) => {
      const href = propertyOf(schemaOf(document, 'link'), 'href');
      demand(href.format === 'uri', 'links that are URIs');
      delete href.format;
    },
  },
  {
    known: 'from the service',
    document: 'bitbucket',
    reason: 'Repositories come with their slug, which paths take, and memberships with the level.',
    mend: (document) => {
      addProperty(partWith(document, 'repository', 'full_name'), 'slug', { type: 'string' });
      addProperty(partWith(document, 'workspace_membership', 'user'), 'permission', { type: 'string' });
    },
  },
];

/** Errors of Bitbucket that its document does not have. */
export const BITBUCKET_ERROR_DIFFERENCES: readonly ErrorDifference[] = [
  {
    known: 'from the service',
    document: 'bitbucket',
    reason:
      'Errors come with a detail that is an object, and with faults by field, in statuses that no operation lists.',
    shape: {
      type: 'object',
      required: ['type', 'error'],
      properties: {
        type: { type: 'string', enum: ['error'] },
        error: {
          type: 'object',
          required: ['message'],
          properties: {
            message: { type: 'string' },
            detail: { anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }] },
            fields: { type: 'object', additionalProperties: true },
          },
        },
      },
    },
    applies: () => true,
  },
];

/** What the SDK needs of Bitbucket and the document leaves optional. */
export function requireOfBitbucket(document: OpenApiDocument): void {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (!name.startsWith('paginated_')) continue;
    requireMembers(schema, ['values']);
    // A made-up link would lead nowhere, and is refused.
    delete schema.properties?.next;
  }
  // Who or what it is, and the level of it.
  const needs: Readonly<Record<string, readonly string[]>> = {
    workspace: ['uuid', 'slug', 'name'],
    project: ['uuid', 'key', 'name'],
    repository: ['uuid', 'slug', 'name', 'full_name'],
    group: ['slug'],
    workspace_membership: ['user', 'permission'],
    repository_user_permission: ['user', 'permission'],
    repository_group_permission: ['group', 'permission'],
    project_user_permission: ['user', 'permission'],
    project_group_permission: ['group', 'permission'],
    repository_permission: ['user', 'permission', 'repository'],
    account: ['uuid'],
  };
  for (const [name, members] of Object.entries(needs))
    requireMembers(partWith(document, name, members.at(-1) ?? ''), members);
  // A repository within a repository would have no end, nor would the commits of a branch.
  for (const [name, member] of [
    ['repository', 'parent'],
    ['branch', 'target'],
    ['ref', 'target'],
  ] as const)
    for (const part of [schemaOf(document, name), ...(schemaOf(document, name).allOf ?? [])])
      delete part.properties?.[member];
}

/** The part of a schema, made of several, that has a property. */
function partWith(document: OpenApiDocument, name: string, property: string): Schema {
  const schema = schemaOf(document, name);
  const part = (schema.allOf ?? [schema]).find(({ properties }) => properties?.[property] !== undefined);
  demand(part !== undefined, `${name}.${property}`);
  return part ?? schema;
}
