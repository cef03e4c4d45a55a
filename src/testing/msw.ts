import { http, HttpResponse, type HttpHandler } from 'msw';
import type { FakeAtlassian } from './fake-atlassian.js';
import { BITBUCKET_ORIGINS } from './wire/hosts.js';

/**
 * MSW handlers that send to the fake whatever is asked of `https://api.atlassian.com`, or of the base URL it was made
 * with, of `https://<site>.atlassian.net` and of Bitbucket.
 *
 * A scripted cut of the connection is a network error in MSW's way. A route that the fake does not have throws.
 *
 * @example
 * ```ts
 * const fake = new FakeAtlassian();
 * const server = setupServer(...fakeAtlassianHandlers(fake));
 * ```
 */
export function fakeAtlassianHandlers(fake: FakeAtlassian): HttpHandler[] {
  const { baseUrl } = fake.connection().admin;
  return [baseUrl, 'https://*.atlassian.net', ...BITBUCKET_ORIGINS].map((origin) =>
    http.all(`${origin}/*`, async ({ request }) => answer(fake, request)),
  );
}

async function answer(fake: FakeAtlassian, request: Request): Promise<Response> {
  try {
    return await fake.fetch(request);
  } catch (error) {
    if (isConnectionReset(error)) return HttpResponse.error();
    throw error;
  }
}

function isConnectionReset(error: unknown): boolean {
  const cause = error instanceof TypeError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNRESET';
}
