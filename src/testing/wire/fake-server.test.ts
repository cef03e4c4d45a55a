import { Agent, request as httpRequest } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeAtlassian, type RunningFake } from '../fake-atlassian.js';

let fake: FakeAtlassian;
let server: RunningFake;
beforeEach(async () => {
  fake = new FakeAtlassian();
  server = await fake.listen();
});
afterEach(async () => {
  await server.close();
});

const rosa = { userName: 'rosa@acme.com', emails: [{ value: 'rosa@acme.com', primary: true }] };

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const { scim } = server.connection();
  return fetch(scim.url + path, {
    method,
    headers: { authorization: `Bearer ${scim.token}`, 'content-type': 'application/scim+json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

test('answers over HTTP as it does in process, with its own origin in links', async () => {
  const created = await send('POST', '/Users', rosa);
  const { meta, id } = (await created.json()) as { meta: { location: string }; id: string };

  expect(created.status).toBe(201);
  expect(created.headers.get('content-type')).toBe('application/scim+json');
  expect(meta.location).toBe(`${server.url}/scim/directory/${fake.directoryId}/Users/${id}`);
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
});

test('answers an empty body with 204', async () => {
  const { id } = fake.addUser();

  const response = await send('DELETE', `/Users/${id}`);

  expect([response.status, await response.text()]).toEqual([204, '']);
});

test('answers 501, naming the route, for one that it does not have', async () => {
  const response = await send('GET', '/Nothing');

  expect(response.status).toBe(501);
  expect(await response.text()).toContain(`no route GET /scim/directory/${fake.directoryId}/Nothing`);
});

test('answers 405 with what is allowed, and does nothing, for a method that the path does not have', async () => {
  const response = await send('POST', '/Schemas', { id: 'urn:acme:schema' });

  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  expect(await response.text()).toContain('the path has GET only');
  expect(fake.requests.writes()).toEqual([]);
});

test.each([
  ['before', false],
  ['after', true],
] as const)('destroys the socket %s the effect', async (reset, happened) => {
  fake.failNext('scim.users.create', { reset });

  const error: unknown = await send('POST', '/Users', rosa).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(TypeError);
  expect(fake.user('rosa@acme.com') !== undefined).toBe(happened);
});

test('says nothing where it is to hang, until the caller leaves or it closes', async () => {
  fake.failNext('scim.users.list', { hang: 'before' });

  const answer = send('GET', '/Users');
  const closed = answer.catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await server.close();

  expect(await closed).toBeInstanceOf(TypeError);
});

test('keeps a connection alive for the next request', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { scim } = server.connection();
  const get = async (): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      httpRequest(`${scim.url}/Users`, { agent, headers: { authorization: `Bearer ${scim.token}` } }, (response) => {
        const { localPort } = response.socket;
        response.resume().on('end', () => {
          resolve(localPort);
        });
      })
        .on('error', reject)
        .end();
    });

  const first = await get();
  const second = await get();
  agent.destroy();

  expect(second).toBe(first);
});

test('closes twice without complaint, and is gone then', async () => {
  await server.close();
  await server.close();

  await expect(send('GET', '/Users')).rejects.toBeInstanceOf(TypeError);
});

test('rejects when the port is taken', async () => {
  const port = Number(new URL(server.url).port);

  await expect(new FakeAtlassian().listen({ port })).rejects.toThrow('EADDRINUSE');
});
