import { ScimDirectoryClient } from './scim-directory-client.js';

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  /** Below the base URL, as it was encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string | null;
  readonly body: unknown;
}

/** What the server answers; 200 unless `status` says otherwise, empty without a body. A `throw` loses the answer. */
export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
}

/** A client, and the requests it has sent so far. */
export interface TestDirectory {
  readonly scim: ScimDirectoryClient;
  readonly requests: readonly SeenRequest[];
}

const ATLASSIAN_URL = 'https://api.atlassian.com/scim/directory/7c1f0c52';
const OTHER_URL = 'https://idp.example/scim/v2';

/** A client of an Atlassian directory that `answer` plays. */
export function atlassianDirectory(answer: (request: SeenRequest) => Answer): TestDirectory {
  return directory(ATLASSIAN_URL, answer);
}

/** A client of another RFC 7644 server that `answer` plays. */
export function otherDirectory(answer: (request: SeenRequest) => Answer): TestDirectory {
  return directory(OTHER_URL, answer);
}

function directory(url: string, answer: (request: SeenRequest) => Answer): TestDirectory {
  const requests: SeenRequest[] = [];

  async function serve(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const text = await request.text();
    const seen: SeenRequest = {
      method: request.method,
      path: pathname.slice(new URL(url).pathname.length),
      query: Object.fromEntries(searchParams),
      contentType: request.headers.get('content-type'),
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    requests.push(seen);
    const { status = 200, body } = answer(seen);
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/scim+json' },
    });
  }

  const scim = ScimDirectoryClient.connect({
    url,
    token: 'directory-key',
    fetch: serve,
    retry: { baseDelayMs: 0 },
  });
  return { scim, requests };
}
