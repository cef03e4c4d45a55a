import type { JsonObject } from '../../../model/json.js';
import { canView, findSpace, permissionsOf, type ConfluenceCaller } from '../../rules/confluence/space-access.js';
import type { SpaceRow } from '../../state/confluence-rows.js';
import { json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { callerOf, productOf, requireUse, spaceOfPath } from './confluence-access.js';
import { cursorPage, offsetPage, wikiOf } from './confluence-pages.js';
import { refuseParameter, refuseV1 } from './confluence-refusals.js';

const TYPES = [
  'global',
  'collaboration',
  'knowledge_base',
  'personal',
  'system',
  'onboarding',
  'xflow_sample_space',
] as const;

const ORDERS: ReadonlyMap<string, (space: SpaceRow) => string> = new Map([
  ['id', ({ id }) => id.padStart(20, '0')],
  ['key', ({ key }) => key.toLowerCase()],
  ['name', ({ name }) => name.toLowerCase()],
]);

/** Spaces, and what is left of them in version 1. */
export const SPACE_ROUTES: readonly Route[] = [
  {
    operation: 'confluence.spaces.list',
    method: 'GET',
    path: '/wiki/api/v2/spaces',
    effect: 'read',
    scopes: [['read:space:confluence']],
    handle: listSpaces,
  },
  {
    operation: 'confluence.spaces.get',
    method: 'GET',
    path: '/wiki/api/v2/spaces/:spaceId',
    effect: 'read',
    scopes: [['read:space:confluence']],
    handle: (context) => {
      const space = spaceOfPath(context, callerOf(context));
      const _links = { ...linksOf(space), base: wikiOf(context) };
      return json(200, { ...spaceDocument(space), _links });
    },
  },
  {
    operation: 'confluence.spaces.listV1',
    method: 'GET',
    path: '/wiki/rest/api/space',
    effect: 'read',
    handle: (context) => {
      requireServedV1(context);
      const caller = requireUse(context);
      const spaces = spacesOfSite(context).filter((space) => canView(context.state, space, caller));
      return offsetPage(context, spaces, (space) => spaceV1(context, space), { defaultLimit: 25, cap: 500 });
    },
  },
  {
    operation: 'confluence.spaces.findOpenAccess',
    method: 'GET',
    path: '/wiki/rest/api/space/:spaceKey',
    effect: 'read',
    handle: (context) => {
      requireServedV1(context);
      return json(200, spaceV1(context, spaceOfKey(context, requireUse(context))));
    },
  },
];

/** A space of version 2. */
function spaceDocument(space: SpaceRow): JsonObject {
  return {
    id: space.id,
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status,
    authorId: space.authorId,
    spaceOwnerId: space.authorId,
    currentActiveAlias: space.key,
    createdAt: new Date(space.createdAt).toISOString(),
    homepageId: String(Number(space.id) + 137),
    description: null,
    icon: null,
    _links: linksOf(space),
  };
}

function linksOf({ key }: SpaceRow): JsonObject {
  return { webui: `/spaces/${key}` };
}

/** The space of the path of version 1, by its key, which the caller may see. */
export function spaceOfKey(context: RouteContext, caller: ConfluenceCaller): SpaceRow {
  const key = param(context, 'spaceKey');
  const space = findSpace(context.state, productOf(context).cloudId, key);
  if (space === undefined || !canView(context.state, space, caller)) refuseV1(404, `No space with key : ${key}`);
  return space;
}

function listSpaces(context: RouteContext): FakeResponse {
  const { state, query } = context;
  const caller = callerOf(context);
  const type = oneOf(query, 'type', TYPES);
  const status = oneOf(query, 'status', ['current', 'archived']);
  const ids = listed(query, 'ids');
  const keys = listed(query, 'keys')?.map((key) => key.toLowerCase());
  if (ids?.some((id) => !/^\d+$/u.test(id)) === true) refuseParameter("Provided value for 'ids' is not a list of ids");

  const isWanted = (space: SpaceRow): boolean =>
    (type === undefined || space.type === type) &&
    (status === undefined || space.status === status) &&
    (ids?.includes(space.id) ?? true) &&
    (keys?.includes(space.key.toLowerCase()) ?? true);
  return cursorPage(context, sorted(context), (id) => {
    const space = state.confluence.spaces.get(id);
    return space !== undefined && isWanted(space) && canView(state, space, caller) ? spaceDocument(space) : undefined;
  });
}

/** Ids come in order, so that the default order is that of the table. */
function sorted(context: RouteContext): readonly string[] {
  const { state, query } = context;
  const ids = state.confluence.spaces.idsBy('cloudId', productOf(context).cloudId);
  const sort = query.get('sort') ?? 'id';
  if (sort === 'id') return ids;
  const by = ORDERS.get(sort.replace(/^-/u, ''));
  if (by === undefined) refuseParameter(`Provided value {${sort}} for 'sort' is not supported`);
  const spaces = spacesOfSite(context).sort((a, b) => (by(a) < by(b) ? -1 : 1));
  return (sort.startsWith('-') ? spaces.reverse() : spaces).map(({ id }) => id);
}

function spacesOfSite(context: RouteContext): SpaceRow[] {
  return context.state.confluence.spaces.findAll('cloudId', productOf(context).cloudId);
}

function spaceV1(context: RouteContext, space: SpaceRow): JsonObject {
  const expand = (context.query.get('expand') ?? '').split(',');
  const document = { id: Number(space.id), key: space.key, name: space.name, type: space.type, status: space.status };
  if (!expand.includes('permissions')) return document;
  const permissions = permissionsOf(context.state, space.id).map(({ id, principal, operation }) => {
    const [key = '', targetType = ''] = operation.split('/');
    const subjects =
      principal.type === 'access-class'
        ? undefined
        : {
            [principal.type]: {
              results: [principal.type === 'user' ? { accountId: principal.id } : { id: principal.id }],
            },
          };
    return {
      id: Number(id),
      ...(subjects !== undefined && { subjects }),
      operation: { operation: key, targetType },
      anonymousAccess: principal.id === 'anonymous-users',
      unlicensedAccess: principal.id === 'authenticated-users',
    };
  });
  return { ...document, permissions };
}

function requireServedV1({ switches }: RouteContext): void {
  if (switches.confluenceSpacesV1 === 410) refuseV1(410, 'This deprecated endpoint has been removed.');
}

function oneOf(query: URLSearchParams, name: string, words: readonly string[]): string | undefined {
  const word = query.get(name) ?? undefined;
  if (word !== undefined && !words.includes(word))
    refuseParameter(`Provided value {${word}} for '${name}' is not the correct type`);
  return word;
}

function listed(query: URLSearchParams, name: string): string[] | undefined {
  return query.has(name) ? query.getAll(name).flatMap((values) => values.split(',')) : undefined;
}
