import type { JsonObject } from '../../../model/json.js';
import { confluencePeople, levelOf } from '../../rules/confluence/confluence-people.js';
import { visibleEmail } from '../../rules/visible-email.js';
import type { Account } from '../../state/account-rows.js';
import type { RouteContext } from '../route.js';
import { callerOf, productOf } from './confluence-access.js';
import { wikiOf } from './confluence-pages.js';

const FORMER = 'Former user';

/** How users of version 1 are made. */
export interface UserMaking {
  /** `false` leaves out who is a guest. */
  readonly hasGuestFlag?: boolean;
  /** For lists: looks everybody up once, and not each by themselves. */
  readonly isList?: boolean;
}

/** Makes users of version 1, with what the query expands. */
export function userMakerV1(
  context: RouteContext,
  { hasGuestFlag = true, isList = false }: UserMaking = {},
): (account: Account) => JsonObject {
  const expand = context.query.getAll('expand').flatMap((names) => names.split(','));
  const caller = callerOf(context).account;
  const product = productOf(context);
  const wiki = wikiOf(context);
  const people = isList ? confluencePeople(context.state, product) : undefined;
  return (account) => {
    const { state } = context;
    const level = people === undefined ? levelOf(state, product, account) : people.get(account.accountId);
    const isClosed = account.status === 'closed';
    return {
      type: isClosed ? 'unknown' : 'known',
      accountId: account.accountId,
      accountType: account.type,
      email: visibleEmail(state, account, caller) ?? '',
      publicName: isClosed ? FORMER : account.nickname,
      displayName: isClosed ? FORMER : account.name,
      timeZone: account.timeZone ?? null,
      profilePicture: { path: pathOfPicture(account), width: 48, height: 48, isDefault: false },
      ...(hasGuestFlag && { isGuest: level === 'guest' }),
      ...(expand.includes('isExternalCollaborator') && { isExternalCollaborator: level === 'guest' }),
      ...(expand.includes('operations') && {
        operations: level === undefined ? [] : [{ operation: 'use', targetType: 'application' }],
      }),
      _expandable: { ...(!expand.includes('operations') && { operations: '' }), personalSpace: '' },
      _links: { self: `${wiki}/rest/api/user?accountId=${account.accountId}` },
    };
  };
}

/** Makes users of version 2. */
export function userMakerV2(context: RouteContext): (account: Account) => JsonObject {
  const caller = callerOf(context).account;
  const product = productOf(context);
  return (account) => {
    const { state } = context;
    const isClosed = account.status === 'closed';
    return {
      displayName: isClosed ? FORMER : account.name,
      timeZone: account.timeZone ?? null,
      isExternalCollaborator: levelOf(state, product, account) === 'guest',
      accountStatus: account.status,
      accountId: account.accountId,
      email: visibleEmail(state, account, caller) ?? '',
      accountType: account.type,
      publicName: isClosed ? FORMER : account.nickname,
      profilePicture: { path: pathOfPicture(account), isDefault: false },
    };
  };
}

/** What everybody without an account is called. */
export function anonymousDocument(context: RouteContext): JsonObject {
  return {
    type: 'anonymous',
    profilePicture: { path: '/wiki/images/icons/profilepics/anonymous.svg', width: 48, height: 48, isDefault: true },
    displayName: 'Anonymous',
    _expandable: { operations: '' },
    _links: { base: wikiOf(context), context: '/wiki' },
  };
}

function pathOfPicture({ accountId }: Account): string {
  return `/wiki/aa-avatar/${accountId}`;
}
