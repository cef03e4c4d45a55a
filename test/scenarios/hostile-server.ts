import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AtlassianProvisioner,
  type AtlassianProvisionerOptions,
  type JsonObject,
  type ProvisionerSettings,
} from '../../src/index.js';
import { FakeAtlassian } from '../../src/testing/index.js';

const ATLASSIAN = 'https://api.atlassian.com';

/** Alters what an honest server would answer to a request; `undefined` leaves it. */
export type Twist = (request: Request, honest: () => Promise<Response>) => Promise<Response | undefined>;

/** A server on loopback in the place of Atlassian: the fake behind it, and lies in front. */
export interface HostileServer {
  readonly fake: FakeAtlassian;
  readonly origin: string;
  /** Requests in order, `GET /scim/…`, as they came over the wire. */
  readonly received: readonly string[];
  /** From now on, answers go through this. */
  twist(twist: Twist): void;
  /** A provisioner that takes this server for Atlassian. */
  connect(options?: ProvisionerSettings): AtlassianProvisioner;
  close(): void;
}

/** Starts one. */
export async function startHostileServer(): Promise<HostileServer> {
  const fake = new FakeAtlassian();
  fake.addDomain('acme.com');
  const received: string[] = [];
  let twist: Twist = () => Promise.resolve(undefined);

  const server = createServer((incoming, outgoing) => {
    received.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
    void answer(incoming, outgoing);
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await toRequest(incoming);
    const honest = () => fake.fetch(request.clone());
    await send((await twist(request, honest)) ?? (await honest()), outgoing);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    fake,
    origin,
    received,
    twist: (next) => {
      twist = next;
    },
    connect: (options = {}) =>
      new AtlassianProvisioner({
        organizationId: fake.organizationId,
        scim: { url: `${origin}/scim/directory/${fake.directoryId}`, token: fake.directoryKey },
        admin: { apiKey: fake.organizationKey, baseUrl: origin },
        clock: fake.clock,
        ...options,
        http: { retry: { maxAttempts: 2 }, timeouts: { attemptMs: 2_000 }, maxResponseBytes: 200_000, ...options.http },
      } as AtlassianProvisionerOptions),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The honest answer with another body. */
export async function withBody(
  honest: () => Promise<Response>,
  change: (body: JsonObject) => unknown,
): Promise<Response> {
  const { status, body } = await read(honest);
  return Response.json(change(body), { status });
}

async function read(honest: () => Promise<Response>): Promise<{ status: number; body: JsonObject }> {
  const response = await honest();
  // Only answers of the fake with a JSON object in them are changed.
  return { status: response.status, body: (await response.json()) as JsonObject };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const name of ['authorization', 'content-type', 'accept']) {
    const value = incoming.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  return new Request(`${ATLASSIAN}${incoming.url ?? ''}`, {
    method: incoming.method ?? 'GET',
    headers,
    ...(body !== '' && { body }),
  });
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const reader = response.body?.getReader();
  // The client may hang up first: nothing is to be told of that.
  outgoing.on('close', () => void reader?.cancel().catch(() => undefined));
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done || outgoing.destroyed) break;
    // A turn of the event loop for each part, or a body without an end would leave no time for anything else.
    await new Promise<void>((resolve) => outgoing.write(part.value, () => setImmediate(resolve)));
  }
  outgoing.end();
}
