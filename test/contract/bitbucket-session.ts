import { FakeAtlassian, type FakeAtlassianOptions } from '../../src/testing/index.js';

/** Whatever Bitbucket answers: every test looks at the part it asked for. */
interface BitbucketBody {
  readonly access_token: string;
  readonly error_description: string;
  readonly error: {
    readonly message: string;
    readonly detail: { readonly required: unknown; readonly granted: unknown };
  };
  readonly values: readonly BitbucketBody[];
  readonly next: string;
  readonly pagelen: number;
  readonly size: number;
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly permission: string;
  readonly pattern: string;
  readonly added_on: string;
  readonly mainbranch: unknown;
  readonly development: unknown;
  readonly users: readonly unknown[];
  readonly user: { readonly display_name: string; readonly email: string };
  readonly repository: { readonly full_name: string };
  /** Of the bare lists of version 1.0. */
  readonly [index: number]: BitbucketBody;
}

/** An answer of Bitbucket, its body read. */
export interface BitbucketAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body, or its text. */
  readonly body: BitbucketBody;
}

/** A fake workspace, and plain HTTP to it, as a client that knows nothing of this package would send it. */
export interface BitbucketSession {
  readonly fake: FakeAtlassian;
  /** Sends with the API token of an owner of the workspace, or with the `Authorization` given; `null` for none. */
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    authorization?: string | null,
  ) => Promise<BitbucketAnswer>;
  readonly get: (path: string, authorization?: string | null) => Promise<BitbucketAnswer>;
  /** The `Authorization` of a consumer, with a token that it has asked for. */
  readonly bearer: (consumer?: { readonly oauthKey: string; readonly oauthSecret: string }) => Promise<string>;
  /** Asks for a token. */
  readonly askToken: (
    consumer: { readonly oauthKey: string; readonly oauthSecret: string },
    form?: string,
  ) => Promise<BitbucketAnswer>;
}

/** `Authorization` of an email and an API token. */
export function basic({ user, apiToken }: { readonly user: string; readonly apiToken: string }): string {
  return `Basic ${btoa(`${user}:${apiToken}`)}`;
}

/** A workspace `acme` with an owner, a member, a group of one, a project and two repositories. */
export function bitbucketSession(options: FakeAtlassianOptions = {}): BitbucketSession {
  const fake = new FakeAtlassian(options);
  fake.addDomain('acme.com');
  for (const name of ['olga', 'rosa', 'noor']) fake.addAccount({ email: `${name}@acme.com` });
  fake.addBitbucketMember('olga@acme.com', { role: 'owner' });
  fake.addBitbucketMember('noor@acme.com');
  fake.addBitbucketGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments', private: false, grants: { 'berth-crew': 'read' } });
  fake.addRepository({ project: 'PAY', name: 'API', grants: { 'noor@acme.com': 'write', 'berth-crew': 'admin' } });
  fake.addRepository({ project: 'PAY', name: 'Site', private: false });
  const owner = basic(fake.addBitbucketToken('olga@acme.com'));

  const fetchIt = async (request: Request): Promise<BitbucketAnswer> => {
    const response = await fake.fetch(request);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as BitbucketBody,
    };
  };
  const send: BitbucketSession['send'] = async (method, path, body, authorization = owner) =>
    fetchIt(
      new Request(`https://api.bitbucket.org${path}`, {
        method,
        headers: {
          ...(authorization !== null && { authorization }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  const askToken: BitbucketSession['askToken'] = async (consumer, form = 'grant_type=client_credentials') =>
    fetchIt(
      new Request('https://bitbucket.org/site/oauth2/access_token', {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${consumer.oauthKey}:${consumer.oauthSecret}`)}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: form,
      }),
    );
  return {
    fake,
    send,
    get: async (path, authorization) => send('GET', path, undefined, authorization),
    askToken,
    bearer: async (consumer = fake.bitbucketConsumer) => {
      const { body } = await askToken(consumer);
      return `Bearer ${body.access_token}`;
    },
  };
}
