import { Buffer } from 'node:buffer';
import { FakeAtlassian, type FakeAtlassianOptions } from '../../src/testing/index.js';

/** An answer of Confluence, its body read. Of an empty one, `body` is `undefined`; one that is no JSON is a text. */
export interface ConfluenceAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What to send beside method and path. */
interface ConfluenceRequest {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Email of who calls, with a token made for it. Default: the administrator of the site; `null` for nobody. */
  readonly as?: string | null;
}

/** Talks plain HTTP to the Confluence of a fake site, as a client that knows nothing of this package would. */
export interface ConfluenceSession {
  readonly fake: FakeAtlassian;
  /** Sends to `https://acme.atlassian.net/wiki…`. Writes of version 1 carry the header against forgery. */
  readonly send: (method: string, path: string, request?: ConfluenceRequest) => Promise<ConfluenceAnswer>;
}

/** Told of each answer, with the path without its query. */
export type AnswerObserver = (method: string, path: string, answer: ConfluenceAnswer) => void;

/** A site `acme` with Confluence, which the members of `confluence-users` may use. */
export function confluenceSession(
  options: FakeAtlassianOptions = {},
  observe: AnswerObserver = () => undefined,
): ConfluenceSession {
  const fake = new FakeAtlassian(options);
  fake.addDomain('acme.com');
  fake.addSite('acme', [{ key: 'confluence', grantedBy: ['confluence-users'] }]);
  const tokens = new Map<string, string>();
  const authorizationOf = (email: string): string => {
    const token = tokens.get(email) ?? fake.addUserToken(email);
    tokens.set(email, token);
    return basic(email, token);
  };
  return {
    fake,
    send: async (method, path, { body, headers = {}, as } = {}) => {
      const { user, token } = fake.siteCredential;
      const response = await fake.fetch(`https://acme.atlassian.net${path}`, {
        method,
        headers: {
          ...(as !== null && { authorization: as === undefined ? basic(user, token) : authorizationOf(as) }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(method !== 'GET' && { 'x-atlassian-token': 'no-check' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const answer = { status: response.status, headers: response.headers, body: readBody(await response.text()) };
      observe(method, path.split('?')[0] ?? '', answer);
      return answer;
    },
  };
}

/** The items of the page that an answer holds. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it asked for
export function resultsOf<Item = Readonly<Record<string, unknown>>>({ body }: ConfluenceAnswer): readonly Item[] {
  return (body as { readonly results: readonly Item[] }).results;
}

function basic(user: string, token: string): string {
  return `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
}

function readBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
