import { expect, test } from 'vitest';
import type { RequestHeaders } from './transport.js';
import { createThing, errorOf, scripted, TOKEN } from './transport.fixture.js';

test('a call sets its headers beside those of the transport', async () => {
  const { transport, requests } = scripted([new Response('{}')]);

  await transport.send({ ...createThing, headers: { 'x-atlassian-token': 'no-check' } });

  const { headers } = requests[0]!;
  expect(headers.get('x-atlassian-token')).toBe('no-check');
  expect(headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
  expect(headers.get('content-type')).toBe('application/json');
});

test('a header that is undefined is not sent', async () => {
  const { transport, requests } = scripted([new Response('{}')]);

  await transport.send({ ...createThing, headers: { 'atl-confluence-with-admin-key': undefined } });

  expect(requests[0]?.headers.has('atl-confluence-with-admin-key')).toBe(false);
});

test.each([
  ['authorization', 'Bearer other-secret'],
  ['Authorization', 'Bearer other-secret'],
  ['cookie', 'session=other-secret'],
  ['proxy-authorization', 'Basic other-secret'],
  ['x-api-key', 'other-secret'],
  ['x-atlassian-token', 'other-secret'],
  ['X-Atlassian-Token', 'no-check'],
])('no call carries a credential in %s: it is refused, unsent and unrepeated', async (name, value) => {
  const { transport, requests } = scripted([new Response('{}')]);
  const headers = { [name]: value } as RequestHeaders;

  const error = await errorOf(transport.send({ ...createThing, headers }));

  expect(error).toMatchObject({ code: 'request_invalid' });
  expect(String(error)).not.toContain('other-secret');
  expect(requests).toEqual([]);
});
