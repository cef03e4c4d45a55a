import { FakeAtlassian, type FakeAtlassianOptions } from '../../src/testing/index.js';

/** An answer of the admin APIs, its body read. Of an empty one, `body` is `undefined`. */
export interface AdminAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Told of each answer, with the path without its query. */
export type AnswerObserver = (method: string, path: string, answer: AdminAnswer) => void;

/** Talks plain HTTP to a fake organization, as a client that knows nothing of this package would. */
export interface AdminSession {
  readonly fake: FakeAtlassian;
  /** Sends to `https://api.atlassian.com` with the key of the organization, or with the one given. */
  readonly send: (method: string, path: string, body?: unknown, key?: string) => Promise<AdminAnswer>;
  /** `/admin/v1/orgs/{orgId}` and what comes after it. */
  readonly v1: (rest?: string) => string;
  /** `/admin/v2/orgs/{orgId}` and what comes after it. */
  readonly v2: (rest?: string) => string;
  /** The directory of the organization: `/admin/v2/orgs/{orgId}/directories/{directoryId}` and what comes after it. */
  readonly directory: (rest?: string) => string;
  /** All directories of the organization: the same with `-`. */
  readonly everywhere: (rest?: string) => string;
}

export function adminSession(
  options: FakeAtlassianOptions = {},
  observe: AnswerObserver = () => undefined,
): AdminSession {
  const fake = new FakeAtlassian(options);
  const { organizationId, orgDirectoryId } = fake;
  return {
    fake,
    send: async (method, path, body, key = fake.organizationKey) => {
      const response = await fake.fetch(`https://api.atlassian.com${path}`, {
        method,
        headers: {
          ...(key !== '' && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const parsed: unknown = text === '' ? undefined : JSON.parse(text);
      const answer = { status: response.status, headers: response.headers, body: parsed };
      observe(method, path.split('?')[0] ?? '', answer);
      return answer;
    },
    v1: (rest = '') => `/admin/v1/orgs/${organizationId}${rest}`,
    v2: (rest = '') => `/admin/v2/orgs/${organizationId}${rest}`,
    directory: (rest = '') => `/admin/v2/orgs/${organizationId}/directories/${orgDirectoryId}${rest}`,
    everywhere: (rest = '') => `/admin/v2/orgs/${organizationId}/directories/-${rest}`,
  };
}

/** An error of the envelope with this code. */
export function errorWith(code: string, status = Number(code.split('-').find((part) => /^\d{3}$/.test(part)))): object {
  return { status, body: { errors: [{ code, status: String(status) }] } };
}

interface Page<Item> {
  readonly data: readonly Item[];
  readonly links: { readonly next?: string | null; readonly prev?: string | null; readonly self?: string };
  readonly meta: { readonly next?: string | null };
}

/** The page that an answer holds. */
export function pageOf<Item = Readonly<Record<string, unknown>>>({ body }: AdminAnswer): Page<Item> {
  return body as Page<Item>;
}

/** One member of each item of the page that an answer holds. */
export function pick(answer: AdminAnswer, member: string): unknown[] {
  return pageOf(answer).data.map((item) => item[member]);
}
