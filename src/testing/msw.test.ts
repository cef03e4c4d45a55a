import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { FakeAtlassian } from './fake-atlassian.js';
import { fakeAtlassianHandlers } from './msw.js';

const fake = new FakeAtlassian();
const server = setupServer(...fakeAtlassianHandlers(fake));

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  fake.reset();
});
afterAll(() => {
  server.close();
});

const list = async (path = '/Users') => {
  const { scim } = fake.connection();
  return fetch(`${scim.url}${path}`, { headers: { authorization: `Bearer ${scim.token}` } });
};

test('the global fetch reaches the fake', async () => {
  fake.addUser();

  const response = await list();

  expect(await response.json()).toMatchObject({ totalResults: 1 });
  expect(response.headers.get('content-type')).toBe('application/scim+json');
});

test('a cut connection is a network error', async () => {
  fake.failNext('scim.users.list', { reset: 'before' });

  await expect(list()).rejects.toBeInstanceOf(TypeError);
});

test('a route that the fake does not have is an error of the handler, which MSW tells as 500 with its message', async () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);

  const response = await list('/Nothing');

  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining('no route GET') });
  complaint.mockRestore();
});
