import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Secret } from '../config/secret.js';
import { createTransport, type TransportOptions } from './create-transport.js';
import type { Transport } from './transport.js';
import { createThing, deleteThing, errorOf, readThing, TOKEN } from './transport.fixture.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let handler: Handler;
let received: { readonly method: string; readonly url: string; readonly authorization: string | undefined }[];

beforeEach(async () => {
  received = [];
  server = createServer((request, response) => {
    received.push({
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
    });
    request.resume();
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function origin(host = '127.0.0.1'): string {
  return `http://${host}:${String((server.address() as AddressInfo).port)}`;
}

function open(reaction: Handler, options: TransportOptions = {}): Transport<'organization-key'> {
  handler = reaction;
  return createTransport({
    api: 'test',
    baseUrl: `${origin()}/gateway/`,
    credential: { kind: 'organization-key', token: new Secret(TOKEN) },
    retry: { maxAttempts: 2, baseDelayMs: 0 },
    ...options,
  });
}

test('an honest one gets the credential, the path under the base and the body', async () => {
  let body = '';
  let length: string | undefined;
  const transport = open((request, response) => {
    length = request.headers['content-length'];
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1"}');
    });
  });

  const result = await transport.send({ ...createThing, query: { q: 'a b+c', list: ['x', 'y'], none: undefined } });

  expect(result).toEqual({ id: '1' });
  expect(body).toBe('{"name":"x"}');
  expect(length).toBe('12');
  expect(received).toEqual([
    { method: 'POST', url: '/gateway/things?q=a%20b%2Bc&list=x&list=y', authorization: `Bearer ${TOKEN}` },
  ]);
});

test('is reached through a fetch that takes a URL and an init, as that of a proxy agent does', async () => {
  let body = '';
  const transport = open(
    (request, response) => {
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.end('{"id":"1"}'));
    },
    {
      fetch: async (request) =>
        fetch(request.url, {
          method: request.method,
          headers: [...request.headers],
          body: request.body === null ? null : await request.text(),
          redirect: request.redirect,
          signal: request.signal,
        }),
    },
  );

  const results = [await transport.send(createThing), await transport.send(readThing)];

  expect(results).toEqual([{ id: '1' }, { id: '1' }]);
  expect(body).toBe('{"name":"x"}');
});

describe('a connection that is cut', () => {
  test('before an answer is tried again for a read, and reported for a write', async () => {
    const transport = open((request) => request.socket.destroy());

    const read = await errorOf(transport.send(readThing));
    const write = await errorOf(transport.send(createThing));

    expect(read).toMatchObject({ code: 'network_failed', sent: true, attempts: 2 });
    expect(write).toMatchObject({ code: 'network_failed', sent: true, attempts: 1 });
    expect(received).toHaveLength(3);
  });

  test('in the middle of a good answer is tried again, where the write allows it', async () => {
    const transport = open((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":');
      setImmediate(() => request.socket.destroy());
    });

    const error = await errorOf(transport.send(deleteThing));

    expect(error).toMatchObject({ code: 'network_failed', sent: true, attempts: 2 });
  });

  test('in the middle of an error leaves the status to decide', async () => {
    const transport = open((request, response) => {
      response.writeHead(409, { 'content-length': '100' });
      response.write('{"errors":');
      setImmediate(() => request.socket.destroy());
    });

    const error = await errorOf(transport.send(createThing));

    expect(error).toMatchObject({ code: 'conflict', status: 409 });
  });

  test('by a server that is not there is reported as not sent', async () => {
    const transport = open(() => undefined);
    await new Promise((resolve) => server.close(resolve));

    const error = await errorOf(transport.send(createThing));

    expect(error).toMatchObject({ code: 'network_failed', sent: false, systemCode: 'ECONNREFUSED', attempts: 2 });
  });
});

describe('a slow one', () => {
  test('that does not answer is left after the time of an attempt', async () => {
    const transport = open(() => undefined);

    const error = await errorOf(transport.send({ ...createThing, attemptTimeoutMs: 20 }));

    expect(error).toMatchObject({ code: 'timed_out', limit: 'attempt', sent: true });
  });

  test('that sends its body byte by byte is left after the time of an attempt', async () => {
    let timer: NodeJS.Timeout | undefined;
    const transport = open((_, response) => {
      response.writeHead(200);
      timer = setInterval(() => response.write(' '), 2);
    });

    const error = await errorOf(transport.send({ ...createThing, attemptTimeoutMs: 30 }));
    clearInterval(timer);

    expect(error).toMatchObject({ code: 'timed_out', limit: 'attempt' });
  });

  test('is left when the caller aborts, and its connection is closed', async () => {
    const controller = new AbortController();
    const closed = new Promise<void>((resolve) => {
      handler = (request) => {
        request.socket.on('close', () => resolve());
        controller.abort();
      };
    });
    const transport = open(handler);

    const error = await errorOf(transport.send({ ...createThing, signal: controller.signal }));
    await closed;

    expect(error).toMatchObject({ code: 'aborted', sent: true });
  });
});

describe('a body that does not end', () => {
  const pour: Handler = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = ' '.repeat(16_384);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    response.on('error', () => undefined);
    more();
  };

  test('is refused at the limit, and its connection is closed', async () => {
    const closed = new Promise<void>((resolve) => {
      handler = (request, response) => {
        request.socket.on('close', () => resolve());
        pour(request, response);
      };
    });
    const transport = open(handler, { maxResponseBytes: 100_000 });

    const error = await errorOf(transport.send(readThing));
    await closed;

    expect(error).toMatchObject({ code: 'response_too_large', limitBytes: 100_000, attempts: 1 });
  });

  test('is refused by what it grows to, not by what is sent', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, ' '));
    const transport = open((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb), {
      maxResponseBytes: 1_000_000,
    });

    const error = await errorOf(transport.send(readThing));

    expect(bomb.byteLength).toBeLessThan(1_000_000);
    expect(error).toMatchObject({ code: 'response_too_large' });
  });

  test('leaves the status of an error to decide', async () => {
    const transport = open((request, response) => {
      response.statusCode = 403;
      response.on('error', () => undefined);
      response.write('x'.repeat(500_000));
      setImmediate(() => request.socket.destroy());
    });

    const error = await errorOf(transport.send(createThing));

    expect(error).toMatchObject({ code: 'forbidden', detail: undefined });
  });
});

describe('a redirect', () => {
  test('to another origin takes nothing there', async () => {
    const visits: IncomingMessage[] = [];
    const elsewhere = createServer((request, response) => {
      visits.push(request);
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const target = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;
    const transport = open((_, response) => response.writeHead(302, { location: `${target}/steal` }).end());

    const errors = [await errorOf(transport.send(readThing)), await errorOf(transport.send(createThing))];
    elsewhere.close();

    expect(errors).toMatchObject([
      { code: 'redirect_refused', targetOrigin: target },
      { code: 'redirect_refused', targetOrigin: target },
    ]);
    expect(visits).toEqual([]);
  });

  test('to the same host by another name takes nothing there', async () => {
    const transport = open((_, response) => response.writeHead(302, { location: `${origin('localhost')}/x` }).end());

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'redirect_refused' });
    expect(received).toHaveLength(1);
  });
});

describe('a body', () => {
  test.for([
    ['broken off', '{"id": "1"'],
    ['with bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x7b])],
    ['of another type', '[]'],
    ['with wrong types', '{"id": {"$ne": null}}'],
    ['of a login page', '<html>Log in</html>'],
  ] as const)('%s is an error without its values', async ([, body]) => {
    const transport = open((_, response) => response.writeHead(200).end(body));

    const error = await errorOf(transport.send({ ...readThing, response: z.looseObject({ id: z.string() }) }));

    expect(error).toMatchObject({ code: 'response_invalid', status: 200 });
  });

  test('in UTF-8 with a byte order mark, cut between the bytes of a character, is read', async () => {
    const bytes = Buffer.from('\ufeff{"name":"Zoë 🚢"}', 'utf8');
    const transport = open((_, response) => {
      response.writeHead(200);
      response.write(bytes.subarray(0, 16));
      setImmediate(() => response.end(bytes.subarray(16)));
    });

    const result = await transport.send(readThing);

    expect(result).toEqual({ name: 'Zoë 🚢' });
  });

  test('that pollutes prototypes is read without what does', async () => {
    const transport = open((_, response) =>
      response.end('{"id":"1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    );

    const result = await transport.send({ ...readThing, response: z.looseObject({ id: z.string() }) });

    expect({ ...result }).toEqual({ id: '1' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

test('one that limits the rate is obeyed over HTTP', async () => {
  const transport = open((_, response) => {
    if (received.length === 1)
      response.writeHead(429, { 'retry-after': '0.02', 'x-ratelimit-remaining': '0' }).end('{"code":429}');
    else response.end('{"id":"1"}');
  });

  const result = await transport.send(createThing);

  expect(result).toEqual({ id: '1' });
  expect(received).toHaveLength(2);
});
