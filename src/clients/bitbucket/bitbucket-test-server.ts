import { BitbucketClient, type BitbucketConnection } from './bitbucket-client.js';

/** A client, and the requests it has sent so far. */
export interface TestWorkspace {
  readonly bitbucket: BitbucketClient;
  readonly requests: readonly Request[];
  /** Method, path and query of each, as they were sent. */
  readonly lines: () => string[];
}

const API_TOKEN = { user: 'ops@acme.com', apiToken: 'ATATT3xFfGF0planted' };

/** A client of the workspace `acme` that is answered in turn; a number is a status without a body. */
export function workspace(...answers: readonly unknown[]): TestWorkspace {
  return workspaceWith({ ...API_TOKEN }, ...answers);
}

/** The same with a connection of one's own. */
export function workspaceWith(
  connection: Partial<BitbucketConnection> & Record<string, unknown>,
  ...answers: readonly unknown[]
): TestWorkspace {
  const requests: Request[] = [];
  const left = [...answers];
  const bitbucket = BitbucketClient.connect({
    workspace: 'acme',
    retry: { maxAttempts: 1 },
    fetch: (request: Request) => {
      requests.push(request.clone());
      if (left.length === 0) throw new Error(`No answer is left for ${request.url}`);
      const answer = left.shift();
      if (answer instanceof Response) return Promise.resolve(answer);
      return Promise.resolve(
        typeof answer === 'number' ? new Response(null, { status: answer }) : Response.json(answer),
      );
    },
    ...connection,
  } as BitbucketConnection);
  return {
    bitbucket,
    requests,
    lines: () =>
      requests.map(({ method, url }) => `${method} ${decodeURIComponent(url.replace(/^https:\/\/[^/]+/, ''))}`),
  };
}

/** Everything that a walk yields. */
export async function all<Item>(walk: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of walk) items.push(item);
  return items;
}
