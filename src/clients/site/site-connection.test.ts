import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../../errors/config-error.js';
import { path } from '../../http/path.js';
import { connectSite, type SiteConnection } from './site-connection.js';

const token = 'ATATT-site';

async function requestOf(connection: SiteConnection): Promise<Request> {
  const requests: Request[] = [];
  const transport = connectSite('confluence', {
    ...connection,
    fetch: async (request) => {
      requests.push(request);
      return new Response('{}');
    },
  });
  await transport.send({ operation: 'x', method: 'GET', path: path`/wiki/api/v2/spaces`, response: z.unknown() });
  return requests[0]!;
}

test('a user and an API token are sent to the host of the site', async () => {
  const request = await requestOf({ url: 'https://acme.atlassian.net/', user: 'rosa@acme.com', token });

  expect(request.url).toBe('https://acme.atlassian.net/wiki/api/v2/spaces');
  expect(request.headers.get('authorization')).toBe(
    `Basic ${Buffer.from(`rosa@acme.com:${token}`).toString('base64')}`,
  );
});

test('with the id of the site, calls go through the gateway', async () => {
  const request = await requestOf({ url: 'https://acme.atlassian.net', user: 'rosa@acme.com', token, cloudId: 'c-1' });

  expect(request.url).toBe('https://api.atlassian.com/ex/confluence/c-1/wiki/api/v2/spaces');
});

test('without a user, the token is a bearer token', async () => {
  const request = await requestOf({
    url: 'https://acme.atlassian.net',
    token,
    cloudId: 'c-1',
    gatewayUrl: 'http://127.0.0.1:8080/',
  });

  expect(request.url).toBe('http://127.0.0.1:8080/ex/confluence/c-1/wiki/api/v2/spaces');
  expect(request.headers.get('authorization')).toBe(`Bearer ${token}`);
});

test.each([
  [{ url: 'http://acme.atlassian.net', token }, 'url'],
  [{ url: 'https://acme.atlassian.net/wiki', token }, 'url'],
  [{ url: 'https://acme.atlassian.net', token, cloudId: 'a/b' }, 'cloudId'],
  [{ url: 'https://acme.atlassian.net', token, gatewayUrl: 'gateway' }, 'gatewayUrl'],
])('refuses %o for its %#. fault, by path', (connection, fault) => {
  const connect = (): unknown => connectSite('jira', connection);

  expect(connect).toThrow(ConfigError);
  expect(connect).toThrow(fault);
});
