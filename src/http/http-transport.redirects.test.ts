import { describe, expect, test } from 'vitest';
import { createThing, errorOf, readThing, scripted } from './transport.fixture.js';

function redirect(status: number, location?: string): Response {
  return new Response(null, { status, headers: location === undefined ? {} : { location } });
}

describe('a redirect of a read', () => {
  test.for([301, 302, 303, 307, 308])('is followed within the origin (%i)', async (status) => {
    const { transport, requests } = scripted([redirect(status, '/moved?x=1'), Response.json({ id: '1' })]);

    const result = await transport.send(readThing);

    expect(result).toEqual({ id: '1' });
    expect(requests.map(({ url }) => url)).toEqual(['https://api.test/things/1', 'https://api.test/moved?x=1']);
  });

  test.for([
    ['another host', 'https://evil.test/things/1', 'https://evil.test'],
    ['another port', 'https://api.test:444/things/1', 'https://api.test:444'],
    ['plain http', 'http://api.test/things/1', 'http://api.test'],
    ['another host without a scheme', '//evil.test/x', 'https://evil.test'],
    ['an address with credentials', 'https://user:pass@api.test/x', 'https://api.test'],
    ['a scheme of its own', 'javascript:alert(1)', 'null'],
  ] as const)('to %s is refused, and nothing is sent there', async ([, location, targetOrigin]) => {
    const { transport, requests } = scripted([redirect(302, location), Response.json({})]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'redirect_refused', status: 302, targetOrigin });
    expect(requests).toHaveLength(1);
  });

  test('to nowhere is refused', async () => {
    const { transport } = scripted([redirect(302)]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'redirect_refused', targetOrigin: undefined });
  });

  test('in a circle ends', async () => {
    const { transport, requests } = scripted([redirect(302, '/things/1')]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'redirect_refused' });
    expect(requests).toHaveLength(6);
  });

  test('that a fetch followed to another origin on its own is not believed', async () => {
    const elsewhere = Response.json({ id: 'evil' });
    Object.defineProperties(elsewhere, { redirected: { value: true }, url: { value: 'https://evil.test/x' } });
    const { transport } = scripted([() => elsewhere]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'redirect_refused', targetOrigin: 'https://evil.test' });
  });
});

test('a redirect of a write is refused, also within the origin', async () => {
  const { transport, requests } = scripted([redirect(307, '/moved'), Response.json({})]);

  const error = await errorOf(transport.send(createThing));

  expect(error).toMatchObject({
    code: 'redirect_refused',
    message: 'things.create: refused to follow a 307 to https://api.test',
  });
  expect(requests).toHaveLength(1);
});
