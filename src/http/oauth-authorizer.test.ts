import { describe, expect, test } from 'vitest';
import { Secret } from '../config/secret.js';
import { createTransport } from './create-transport.js';
import { errorOf, InstantClock, readThing, settle } from './transport.fixture.js';

const TOKEN_URL = 'https://bitbucket.org/site/oauth2/access_token';

function open(
  answerToken: (count: number) => Response | Promise<Response>,
  answer: (header: string) => Response = () => Response.json({}),
) {
  const clock = new InstantClock();
  const tokenRequests: Request[] = [];
  const headers: string[] = [];
  const transport = createTransport({
    api: 'bitbucket',
    baseUrl: 'https://api.bitbucket.org/2.0',
    credential: { kind: 'bitbucket', oauthKey: 'consumer', oauthSecret: new Secret('consumer-secret') },
    clock,
    retry: { maxAttempts: 2 },
    fetch: async (request) => {
      if (request.url === TOKEN_URL) {
        tokenRequests.push(request.clone());
        return answerToken(tokenRequests.length);
      }
      headers.push(request.headers.get('authorization') ?? '');
      return answer(headers.at(-1) ?? '');
    },
  });
  return { transport, clock, tokenRequests, headers };
}

const token = (count: number): Response =>
  Response.json({ access_token: `token-${String(count)}`, expires_in: 7200, token_type: 'bearer' });

describe('an OAuth consumer', () => {
  test('asks for a token by its key and secret, and sends it as a bearer', async () => {
    const { transport, tokenRequests, headers } = open(token);

    await transport.send(readThing);

    expect(headers).toEqual(['Bearer token-1']);
    expect(tokenRequests[0]?.method).toBe('POST');
    expect(tokenRequests[0]?.headers.get('authorization')).toBe(`Basic ${btoa('consumer:consumer-secret')}`);
    expect(tokenRequests[0]?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    expect(await tokenRequests[0]?.text()).toBe('grant_type=client_credentials');
  });

  test('shares one token among calls at the same time', async () => {
    const { transport, tokenRequests } = open(token);

    await Promise.all([transport.send(readThing), transport.send(readThing), transport.send(readThing)]);

    expect(tokenRequests).toHaveLength(1);
  });

  test('renews it five minutes before it ends', async () => {
    const { transport, clock, headers } = open(token);

    await transport.send(readThing);
    clock.advance(6_899_000);
    await transport.send(readThing);
    clock.advance(1000);
    await transport.send(readThing);

    expect(headers).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  test('renews it once when it is refused', async () => {
    const { transport, headers } = open(token, (header) =>
      header === 'Bearer token-1' ? new Response(null, { status: 401 }) : Response.json({ id: '1' }),
    );

    const result = await transport.send(readThing);

    expect(result).toEqual({ id: '1' });
    expect(headers).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('lets neither the token nor the one before it into an error', async () => {
    const secretToken = (count: number) => Response.json({ access_token: `a-token-of-some-length-${String(count)}` });
    const { transport } = open(secretToken, (header) =>
      Response.json(
        { error: { message: `${header} came after a-token-of-some-length-1` } },
        { status: header.endsWith('-1') ? 401 : 403 },
      ),
    );

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'forbidden', detail: 'Bearer [secret] came after [secret]' });
  });

  test('takes a lifetime that is written as a text', async () => {
    const { transport, clock, headers } = open((count) =>
      Response.json({ access_token: `token-${String(count)}`, expires_in: '7200' }),
    );

    await transport.send(readThing);
    clock.advance(6_899_000);
    await transport.send(readThing);
    clock.advance(1000);
    await transport.send(readThing);

    expect(headers).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  test('gives up when a new token is refused too', async () => {
    const { transport, headers } = open(token, () => new Response(null, { status: 401 }));

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'unauthenticated', operation: 'things.get' });
    expect(headers).toHaveLength(2);
  });

  test('with a wrong secret says which request failed, and asks again next time', async () => {
    const { transport, tokenRequests, headers } = open((count) =>
      count === 1
        ? Response.json({ error: 'unauthorized_client', error_description: 'Invalid credentials' }, { status: 401 })
        : token(count),
    );

    const error = await errorOf(transport.send(readThing));
    await transport.send(readThing);

    expect(error).toMatchObject({
      code: 'unauthenticated',
      operation: 'bitbucket.oauth.token',
      atlassianCode: 'unauthorized_client',
      detail: 'Invalid credentials',
    });
    expect(tokenRequests).toHaveLength(2);
    expect(headers).toEqual(['Bearer token-2']);
  });

  test('goes on asking for others when one caller gives up', async () => {
    let answer: ((response: Response) => void) | undefined;
    const { transport, tokenRequests } = open(() => new Promise((resolve) => (answer = resolve)));
    const leaving = new AbortController();
    const first = errorOf(transport.send({ ...readThing, signal: leaving.signal }));
    const second = transport.send(readThing);
    await settle();

    leaving.abort();
    const error = await first;
    answer?.(token(1));
    await second;

    expect(error).toMatchObject({ code: 'aborted', sent: false });
    expect(tokenRequests).toHaveLength(1);
  });

  test('takes no token that could not stand in a header', async () => {
    const { transport, headers } = open(() => Response.json({ access_token: 'a\r\nx-evil: 1' }));

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'response_invalid', operation: 'bitbucket.oauth.token' });
    expect(headers).toEqual([]);
  });

  test('renews it once for all calls that come after its end', async () => {
    const { transport, clock, tokenRequests } = open(token);
    await transport.send(readThing);
    clock.advance(7_000_000);

    await Promise.all([transport.send(readThing), transport.send(readThing), transport.send(readThing)]);

    expect(tokenRequests).toHaveLength(2);
  });

  test('renews it once for all calls that were refused with the same one', async () => {
    const { transport, tokenRequests } = open(token, (header) =>
      header === 'Bearer token-1' ? new Response(null, { status: 401 }) : Response.json({}),
    );

    await Promise.all([transport.send(readThing), transport.send(readThing), transport.send(readThing)]);

    expect(tokenRequests).toHaveLength(2);
  });

  test.each([
    ['scope', { scope: 'account project repository:admin' }],
    ['scopes, the name before May 2026', { scopes: 'account project repository:admin' }],
  ])('tells the scopes that its token names as %s, with one request for a token', async (_, named) => {
    const { transport, tokenRequests } = open(() => Response.json({ access_token: 'token-1', ...named }));

    const scopes = await transport.grantedScopes?.();
    await transport.send(readThing);

    expect(scopes).toEqual(new Set(['account', 'project', 'repository:admin']));
    expect(tokenRequests).toHaveLength(1);
  });

  test.each([{}, { scope: '' }, { scope: null }])('does not know the scopes of a token with %j', async (named) => {
    const { transport } = open(() => Response.json({ access_token: 'token-1', ...named }));

    const scopes = await transport.grantedScopes?.();

    expect(scopes).toBeUndefined();
  });

  test('says that asking for the scopes was aborted', async () => {
    const { transport } = open(() => new Promise(() => undefined));
    const leaving = new AbortController();
    const asking = errorOf(transport.grantedScopes?.({ signal: leaving.signal }) ?? Promise.resolve());

    leaving.abort();
    const error = await asking;

    expect(error).toMatchObject({ code: 'aborted' });
  });
});
