import type { AtlassianProvisionerOptions } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';

/** Sends a request. */
export type Fetch = NonNullable<AtlassianProvisionerOptions['fetch']>;

/** What the fake answered, as parsed. */
export type Answer = Record<string, unknown>;

/** Gives another body in the place of an answer; `undefined` leaves it. */
export type Change = (body: Answer, url: URL) => unknown;

/** The fake, with another body in those answers whose path ends so. Give it as the `fetch` of a provisioner. */
export function altering(fake: { readonly fetch: Fetch }, path: string | RegExp, change: Change): Fetch {
  const isMeant = (pathname: string) => (typeof path === 'string' ? pathname.endsWith(path) : path.test(pathname));
  return async (request) => {
    const response = await fake.fetch(request);
    const url = new URL(request.url);
    if (!isMeant(url.pathname)) return response;
    const body = (await response.json()) as Answer;
    const { status } = response;
    return Response.json(change(structuredClone(body), url) ?? body, { status });
  };
}

/** The fake, which answers with this where the path ends so and the query has these parameters. */
export function answering(fake: FakeAtlassian, path: string, status: number, body: unknown): Fetch {
  const [pathname = '', query = ''] = path.split('?');
  return async (request) => {
    const url = new URL(request.url);
    const isMeant = [...new URLSearchParams(query)].every(([name, value]) => url.searchParams.get(name) === value);
    return isMeant && url.pathname.endsWith(pathname) ? Response.json(body, { status }) : fake.fetch(request);
  };
}

/** An answer whose list has other items. */
export function withItems(body: Answer, list: string, change: (item: Answer, index: number) => Answer): Answer {
  return { ...body, [list]: (body[list] as readonly Answer[]).map(change) };
}

/** A copy without a member. */
export function lacking(answer: Answer, member: string): Answer {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== member));
}
