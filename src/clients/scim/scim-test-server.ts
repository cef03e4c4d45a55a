import { ProvisionerError } from '../../errors/provisioner-error.js';
import type { ApiRequest, Transport } from '../../http/transport.js';
import type { ScimDirectoryId } from '../../model/ids.js';
import { ScimDirectoryClient } from './scim-directory-client.js';

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  /** Below the base URL, decoded nowhere. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string | null;
  readonly body: unknown;
}

/** What the server answers; 200 unless `status` says otherwise, empty without a body. */
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

  const transport: Transport<'directory-key'> = {
    credentialKind: 'directory-key',
    baseUrl: url,
    async send<Result>(request: ApiRequest<Result>): Promise<Result> {
      const target = new URL(url + request.path);
      for (const [name, value] of Object.entries(request.query ?? {}))
        if (value !== undefined) target.searchParams.set(name, String(value));
      const response = await serve(
        new Request(target, {
          method: request.method,
          ...(request.body !== undefined && {
            body: JSON.stringify(request.body),
            headers: { 'content-type': request.contentType ?? 'application/json' },
          }),
        }),
      );
      const text = await response.text();
      if (response.status === 404) throw new ProvisionerError('not_found', request.operation);
      const parsed = request.response.safeParse(text === '' ? undefined : JSON.parse(text));
      if (!parsed.success) throw new ProvisionerError('response_invalid', parsed.error.message);
      return parsed.data;
    },
  };
  const scim = new ScimDirectoryClient(transport, url === ATLASSIAN_URL ? ('7c1f0c52' as ScimDirectoryId) : undefined);
  return { scim, requests };
}
