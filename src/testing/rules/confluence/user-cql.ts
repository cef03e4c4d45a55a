import type { Account } from '../../state/account-rows.js';

/** Whether a person is found. */
export type UserPredicate = (account: Account) => boolean;

const STRING = String.raw`"[^"]*"|'[^']*'|[^\s"'(),=!~]+`;
const TERM = new RegExp(
  String.raw`^\s*(?<field>type|user(?:\.accountid|\.fullname)?)\s*(?<operator>!=|=|~|not\s+in|in)\s*(?<value>\((?:\s*(?:${STRING})\s*,?)+\)|${STRING})\s*(?:(?:and)\s+|$)`,
  'iu',
);

/** Reads a query of users; `undefined` when it is malformed, or asks for something else than users. */
export function parseUserCql(cql: string): UserPredicate | undefined {
  const terms: UserPredicate[] = [];
  let rest = cql;
  do {
    const match = TERM.exec(rest);
    const term = match?.groups && termOf(match.groups);
    if (match === null || term === undefined) return undefined;
    terms.push(term);
    rest = rest.slice(match[0].length);
  } while (rest.trim() !== '');
  return (account) => terms.every((term) => term(account));
}

function termOf({ field = '', operator = '', value = '' }: Record<string, string>): UserPredicate | undefined {
  const values = [...value.matchAll(new RegExp(STRING, 'gu'))].map(([text]) => text.replaceAll(/^["']|["']$/gu, ''));
  const isList = value.startsWith('(');
  switch (`${field} ${operator}`.toLowerCase().replaceAll(/\s+/gu, ' ')) {
    case 'type =':
      return values[0]?.toLowerCase() === 'user' ? () => true : undefined;
    case 'user.fullname ~':
      return startsWord(values[0] ?? '');
    case 'user =':
    case 'user.accountid =':
      return isList ? undefined : ({ accountId }) => accountId === values[0];
    case 'user !=':
    case 'user.accountid !=':
      return isList ? undefined : ({ accountId }) => accountId !== values[0];
    case 'user in':
    case 'user.accountid in':
      return isList ? ({ accountId }) => values.includes(accountId) : undefined;
    case 'user not in':
    case 'user.accountid not in':
      return isList ? ({ accountId }) => !values.includes(accountId) : undefined;
    default:
      return undefined;
  }
}

/** Finds the beginnings of words. */
function startsWord(text: string): UserPredicate {
  const wanted = text.replaceAll('*', '').toLowerCase();
  return ({ name }) => ` ${name.toLowerCase()}`.includes(` ${wanted}`);
}
