import { confluencePeople, type ConfluenceLevel } from '../../rules/confluence/confluence-people.js';
import { parseUserCql } from '../../rules/confluence/user-cql.js';
import { cachedIds } from '../../rules/listing-cache.js';
import type { Account } from '../../state/account-rows.js';
import { json } from '../respond.js';
import type { FakeResponse, Route, RouteContext } from '../route.js';
import { productOf, requireUse, requireUseHidden } from './confluence-access.js';
import { offsetPage, wikiOf } from './confluence-pages.js';
import { refuseParameter, refuseV1 } from './confluence-refusals.js';
import { groupDocument } from './group-routes.js';
import { anonymousDocument, userMakerV1, userMakerV2 } from './user-documents.js';
import { isJsonObject } from '../json-object.js';

/** No search finds more (documented). */
const SEARCH_MOST = 10_000;
const BULK_V1_MOST = 100;
const BULK_V2_MOST = 250;

const READ_USER: readonly (readonly string[])[] = [['read:confluence-user'], ['read:content-details:confluence']];

const FILTERS: ReadonlyMap<string, (level: ConfluenceLevel) => boolean> = new Map<
  string,
  (level: ConfluenceLevel) => boolean
>([
  ['none', (level) => level !== 'guest'],
  ['externalCollaborator', (level) => level === 'guest'],
  ['all', () => true],
]);

/** People, by version 1 and 2. */
export const USER_ROUTES: readonly Route[] = [
  {
    operation: 'confluence.users.search',
    method: 'GET',
    path: '/wiki/rest/api/search/user',
    effect: 'read',
    scopes: [['read:content-details:confluence']],
    handle: search,
  },
  {
    operation: 'confluence.users.current',
    method: 'GET',
    path: '/wiki/rest/api/user/current',
    effect: 'read',
    scopes: READ_USER,
    handle: (context) => {
      const { account } = requireUse(context);
      return json(200, account === undefined ? anonymousDocument(context) : userMakerV1(context)(account));
    },
  },
  {
    operation: 'confluence.instance.allowsAnonymous',
    method: 'GET',
    path: '/wiki/rest/api/user/anonymous',
    effect: 'read',
    scopes: READ_USER,
    handle: (context) => {
      requireUse(context);
      const { anonymousAccess } = context.state.confluence.settingsOf(productOf(context).cloudId);
      if (!anonymousAccess) refuseV1(403, 'Anonymous users do not have permission to use Confluence.');
      return json(200, anonymousDocument(context));
    },
  },
  {
    operation: 'confluence.users.bulkV1',
    method: 'GET',
    path: '/wiki/rest/api/user/bulk',
    effect: 'read',
    scopes: READ_USER,
    handle: bulkV1,
  },
  {
    operation: 'confluence.users.listGroups',
    method: 'GET',
    path: '/wiki/rest/api/user/memberof',
    effect: 'read',
    scopes: [['read:confluence-user'], ['read:user:confluence', 'read:group:confluence']],
    handle: (context) => {
      requireUse(context);
      const account = accountOf(context, context.query.get('accountId'));
      const groups = [...context.state.groupMembers.groupsOf(account.accountId)].flatMap(
        (id) => context.state.groups.get(id) ?? [],
      );
      return offsetPage(context, groups, (group) => groupDocument(context, group), { defaultLimit: 200, cap: 200 });
    },
  },
  {
    operation: 'confluence.users.get',
    method: 'GET',
    path: '/wiki/rest/api/user',
    effect: 'read',
    scopes: READ_USER,
    handle: (context) => {
      requireUse(context);
      return json(200, userMakerV1(context)(accountOf(context, context.query.get('accountId'))));
    },
  },
  {
    operation: 'confluence.users.bulk',
    method: 'POST',
    path: '/wiki/api/v2/users-bulk',
    effect: 'read',
    scopes: [['read:user:confluence']],
    handle: bulkV2,
  },
];

function search(context: RouteContext): FakeResponse {
  const { state, query, switches, now } = context;
  requireUse(context);
  const cql = query.get('cql') ?? '';
  const predicate = parseUserCql(cql);
  const filter = FILTERS.get(query.get('sitePermissionTypeFilter') ?? 'none');
  if (predicate === undefined) refuseV1(400, `Could not parse cql : ${cql}`);
  if (filter === undefined) refuseV1(400, 'The sitePermissionTypeFilter is not known.');

  const product = productOf(context);
  const indexed = (account: Account): boolean => account.createdAt + switches.confluenceIndexLagMs <= now;
  const find = (): string[] => {
    const found: string[] = [];
    for (const [accountId, level] of confluencePeople(state, product)) {
      const account = state.accounts.get(accountId);
      if (account !== undefined && filter(level) && predicate(account) && indexed(account)) found.push(accountId);
      if (found.length === SEARCH_MOST) break;
    }
    return found;
  };
  // Numbers that only grow: their sum is another after each change.
  const version = [state.roleBindings, state.groupMembers, state.accounts, state.directoryMemberships].reduce(
    (sum, part) => sum + part.version,
    0,
  );
  const filterName = query.get('sitePermissionTypeFilter') ?? 'none';
  const found =
    switches.confluenceIndexLagMs > 0
      ? find()
      : cachedIds(state, `confluence search ${product.ari} ${filterName} ${cql}`, version, find);

  const document = userMakerV1(context, { hasGuestFlag: switches.confluenceSearchGuestFlag, isList: true });
  const show = (accountId: string) => {
    const account = requireAccount(context, accountId);
    return {
      user: document(account),
      title: account.name,
      excerpt: '',
      url: `/people/${accountId}`,
      breadcrumbs: [],
      entityType: 'user',
      iconCssClass: 'aui-icon',
      lastModified: new Date(account.createdAt).toISOString(),
      score: 0,
    };
  };
  return offsetPage(context, found, show, {
    defaultLimit: 25,
    cap: switches.confluenceSearchCap,
    // The size of the page, not of the list, was seen here.
    extra: (size) => ({ totalSize: size, cqlQuery: cql, searchDuration: 1 }),
  });
}

function bulkV1(context: RouteContext): FakeResponse {
  requireUse(context);
  const ids = context.query
    .getAll('accountId')
    .flatMap((value) => value.split(','))
    .slice(0, BULK_V1_MOST);
  const accounts = ids.flatMap((id) => context.state.accounts.get(id) ?? []);
  const base = wikiOf(context);
  return json(200, {
    results: accounts.map(userMakerV1(context)),
    start: 0,
    limit: BULK_V1_MOST,
    size: accounts.length,
    _links: { base, context: '/wiki', self: `${base}/rest/api/user/bulk` },
  });
}

function bulkV2(context: RouteContext): FakeResponse {
  requireUseHidden(context);
  const { body, state } = context;
  const ids = body.kind === 'json' && isJsonObject(body.value) ? body.value.accountIds : undefined;
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > BULK_V2_MOST || !ids.every(isText))
    refuseParameter(`'accountIds' must hold 1 to ${BULK_V2_MOST} account ids`);
  const accounts = ids.flatMap((id) => (isText(id) ? (state.accounts.get(id) ?? []) : []));
  return json(200, { results: accounts.map(userMakerV2(context)), _links: { base: wikiOf(context) } });
}

/** The account of an id that a request names. */
function accountOf({ state }: RouteContext, accountId: string | null): Account {
  if (accountId === null || accountId === '') refuseV1(400, 'The accountId is missing.');
  const account = state.accounts.get(accountId);
  if (account === undefined) refuseV1(404, `No user found with account id: ${accountId}`);
  return account;
}

function requireAccount({ state }: RouteContext, accountId: string): Account {
  const account = state.accounts.get(accountId);
  if (account === undefined) throw new Error('The search of the fake found nobody');
  return account;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
