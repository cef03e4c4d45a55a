import { FakeAtlassian } from '../../src/testing/index.js';
import type { FakeAtlassianOptions } from '../../src/testing/index.js';

/** What `urn:…:Error` says. */
export const SCIM_ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
/** The extension that carries the account id. */
export const ATLASSIAN = 'urn:scim:schemas:extension:atlassian-external:1.0';
/** The enterprise extension. */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Whatever the SCIM and link operations answer: every test looks at the part it asked for. */
interface WireBody {
  readonly schemas: readonly string[];
  readonly id: string;
  readonly active: boolean;
  readonly title: string;
  readonly displayName: string;
  readonly name: string;
  readonly endpoint: string;
  readonly detail: string;
  readonly meta: {
    readonly created: string;
    readonly lastModified: string;
    readonly resourceType: string;
    readonly location: string;
  };
  readonly emails: readonly unknown[];
  readonly phoneNumbers: readonly unknown[];
  readonly groups: readonly unknown[];
  readonly members: readonly { readonly value: string }[];
  readonly attributes: readonly unknown[];
  readonly schemaExtensions: readonly unknown[];
  readonly scimLinks: readonly unknown[];
  readonly totalResults: number;
  readonly itemsPerPage: number;
  readonly Resources: readonly WireBody[];
  readonly [ATLASSIAN]: { readonly atlassianAccountId: string };
  readonly [ENTERPRISE]: unknown;
}

/** An answer, its body read. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; of an empty one, `undefined` in spite of its type. */
  readonly body: WireBody;
}

type Send = (method: string, path: string, body?: unknown, authorization?: string) => Promise<Answer>;

/** Talks plain HTTP to a fake, as a client that knows nothing of this package would. */
export interface FakeSession {
  readonly fake: FakeAtlassian;
  /** Sends to the SCIM directory with its key, or with the `Authorization` given. */
  readonly scim: Send;
  /** Sends to the admin APIs with the key of the organization, or with the `Authorization` given. */
  readonly admin: Send;
}

export function fakeSession(options: FakeAtlassianOptions = {}): FakeSession {
  const fake = new FakeAtlassian(options);
  const { scim, admin, fetch } = fake.connection();
  const send = async (url: string, method: string, authorization: string, body: unknown): Promise<Answer> => {
    const response = await fetch(url, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: parsed as WireBody };
  };
  return {
    fake,
    scim: async (method, path, body, authorization = `Bearer ${scim.token}`) =>
      send(`${scim.url}${path}`, method, authorization, body),
    admin: async (method, path, body, authorization = `Bearer ${admin.apiKey}`) =>
      send(`${admin.baseUrl}${path}`, method, authorization, body),
  };
}

/** A User as a client sends it, with what the case at hand changes. */
export function rosa(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'Rosa.Quell@acme.com',
    emails: [{ value: 'rosa.quell@acme.com', type: 'work', primary: true }],
    ...changes,
  };
}

/** A PatchOp of these operations. */
export function patchOp(...operations: readonly Record<string, unknown>[]): Record<string, unknown> {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}
