import type { JsonObject, JsonValue } from '../../../model/json.js';
import type { FakeSite } from '../../rules/sites.js';
import type { Account } from '../../state/account-rows.js';
import { isJsonObject } from '../json-object.js';
import { Refusal, type FakeMethod, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { siteCaller } from '../site/site-access.js';

/** Where every path of Jira begins. */
export const API = '/rest/api/3';

/**
 * Who may call an operation.
 *
 * - `anybody`: a dead token is taken for nobody's, and answered as nobody is
 * - `users`: who can use Jira
 * - `admins`: who has Administer Jira
 * - `site-admins`: who administers the site
 */
export type JiraAccess = 'anybody' | 'users' | 'admins' | 'site-admins';

/** One operation of Jira. */
export interface JiraRoute extends Route {
  readonly access: JiraAccess;
}

/** Makes a route: `GET /users/search` with whoever may call it, and the classic and granular scopes that open it. */
export function jiraRoute(
  operation: string,
  call: `${FakeMethod} /${string}`,
  access: JiraAccess,
  scopes: readonly (readonly string[])[] | undefined,
  handle: Route['handle'],
): JiraRoute {
  const [method = 'GET', path = ''] = call.split(' ');
  return {
    operation,
    method: method as FakeMethod,
    path: API + path,
    effect: method === 'GET' ? 'read' : 'write',
    access,
    ...(scopes !== undefined && { scopes }),
    handle,
  };
}

/** An answer of Jira. */
export function jiraJson(status: number, body: JsonValue): FakeResponse {
  return { status, body, headers: { 'content-type': 'application/json;charset=UTF-8' } };
}

/** An error as Jira writes it: sentences, and what is wrong with which field. */
export function jiraError(
  status: number,
  message: string,
  fields: Readonly<Record<string, string>> = {},
): FakeResponse {
  return jiraJson(status, { errorMessages: message === '' ? [] : [message], errors: { ...fields } });
}

/** Ends the handler with an error of Jira. */
export function refuseJira(status: number, message: string): never {
  throw new Refusal(jiraError(status, message));
}

/** The refusal of a caller who is nobody where somebody is needed. */
export function notAuthenticated(): FakeResponse {
  return jiraError(401, 'You are not authenticated. Authentication required to perform this operation.');
}

/** The site of a request; the family lets none through without one. */
export function siteOf({ site }: RouteContext): FakeSite {
  if (site === undefined) throw new Error('A request reached Jira without a site');
  return site;
}

/** Who calls; `undefined` for nobody, and for somebody whose credential does not count. */
export function callerOf(context: RouteContext): Account | undefined {
  const caller = siteCaller(context);
  return typeof caller === 'string' ? undefined : caller;
}

/** The body, where it must be a JSON object. */
export function jsonBody({ body }: RouteContext): JsonObject {
  if (body.kind !== 'json' || !isJsonObject(body.value))
    refuseJira(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  return body.value;
}

/** Texts of a member of a body that is a list of them; none when it is absent. */
export function texts(body: JsonObject, name: string): string[] {
  const value = body[name];
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string'))
    refuseJira(400, `The ${name} must be a list of strings.`);
  return value as string[];
}

/** Items after the query's `startAt`, at most `cap` and the query's `maxResults`. */
export function pageQuery(
  { query }: RouteContext,
  { standard, cap }: { readonly standard: number; readonly cap: number },
): { readonly startAt: number; readonly maxResults: number } {
  const startAt = wholeNumber(query.get('startAt'), 'startAt', 0);
  return {
    startAt,
    maxResults: Math.min(cap, Math.max(1, wholeNumber(query.get('maxResults'), 'maxResults', standard))),
  };
}

/** One page in a page bean. `nextPage` is there only while there is another page. */
export function pageBean<Row>(
  context: RouteContext,
  rows: readonly Row[],
  page: { readonly startAt: number; readonly maxResults: number },
  view: (row: Row) => JsonValue,
): FakeResponse {
  const { startAt, maxResults } = page;
  const values = rows.slice(startAt, startAt + maxResults);
  const isLast = startAt + values.length >= rows.length;
  const at = (position: number): string => {
    const query = new URLSearchParams(context.query);
    query.set('maxResults', String(maxResults));
    query.set('startAt', String(position));
    return `${context.origin}${API}${context.path.slice(context.path.indexOf(API) + API.length)}?${query.toString()}`;
  };
  return jiraJson(200, {
    self: at(startAt),
    ...(!isLast && { nextPage: at(startAt + maxResults) }),
    maxResults,
    startAt,
    total: rows.length,
    isLast,
    values: values.map(view),
  });
}

/** The values of an `expand`, which is a list with commas. */
export function expansions({ query }: RouteContext): ReadonlySet<string> {
  return new Set((query.get('expand') ?? '').split(',').map((name) => name.trim()));
}

function wholeNumber(text: string | null, name: string, standard: number): number {
  if (text === null) return standard;
  if (!/^\d{1,9}$/u.test(text)) refuseJira(400, `The ${name} must be a whole number.`);
  return Number(text);
}
