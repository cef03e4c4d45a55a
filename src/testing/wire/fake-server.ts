import { Buffer } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnknownRouteError } from './unknown-route-error.js';
import type { WireOutcome, WireRequest } from './wire.js';

/** Where to listen. */
export interface ListenOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** Default `127.0.0.1`: the fake has no business outside of this machine. */
  readonly host?: string;
}

/** A server that is listening. */
export interface RunningServer {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  /** Stops listening and ends every connection. A second call does nothing. */
  readonly close: () => Promise<void>;
}

/**
 * Serves over HTTP, with keep-alive.
 *
 * A route that the fake does not have answers 501 with a message that names it: a thrown error cannot cross the wire. A
 * method that a path does not have answers 405, for clients that try what may be written. A fault that cuts the connection
 * destroys the socket.
 */
export async function listen(
  dispatch: (request: WireRequest) => WireOutcome,
  { port = 0, host = '127.0.0.1' }: ListenOptions,
): Promise<RunningServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(dispatch, request, Buffer.concat(chunks).toString('utf8'), response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, close: () => close(server) };
}

function answer(
  dispatch: (request: WireRequest) => WireOutcome,
  request: IncomingMessage,
  bodyText: string,
  response: ServerResponse,
): void {
  let outcome: WireOutcome;
  try {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    outcome = dispatch({
      method: request.method ?? 'GET',
      host: { type: 'any' },
      path: url.pathname,
      query: url.searchParams,
      baseUrl: url.origin,
      authorization: request.headers.authorization ?? null,
      header: (name) => request.headers[name]?.toString(),
      bodyText: bodyText === '' ? undefined : bodyText,
    });
  } catch (error) {
    outcome = failure(error);
  }
  if (outcome.type === 'reset') request.socket.resetAndDestroy();
  if (outcome.type !== 'answer') return;
  const { status, headers, bodyText: text } = outcome;
  if (text === undefined) response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': '0' });
  else response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(text)) });
  response.end(text);
}

function failure(error: unknown): WireOutcome {
  const methods = error instanceof UnknownRouteError ? error.methods : undefined;
  const isWrongMethod = methods !== undefined && methods.length > 0;
  const message = error instanceof Error ? error.message : String(error);
  return {
    type: 'answer',
    status: methods === undefined ? 500 : isWrongMethod ? 405 : 501,
    headers: { 'content-type': 'application/json', ...(isWrongMethod && { allow: methods.join(', ') }) },
    bodyText: JSON.stringify({ fakeAtlassian: message }),
  };
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
