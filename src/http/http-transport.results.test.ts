import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { INVALID_RESPONSE_CHANNEL } from './diagnostics.js';
import { errorOf, readThing, scripted } from './transport.fixture.js';

const person = z.looseObject({
  id: z.string(),
  active: z.boolean(),
  nickname: z.string().optional(),
  emails: z.array(z.looseObject({ value: z.string() })).default([]),
  kind: z.enum(['atlassian', 'app']).default('atlassian'),
});

describe('an answer as to nobody, because the credential was not taken', () => {
  const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };

  test.each([200, 400, 401, 403, 404])('is an error of the credential, with a %i', async (status) => {
    const { transport, requests } = scripted([Response.json({ values: [], total: 0 }, { status, headers })]);

    const error = await errorOf(transport.send({ ...readThing, response: z.unknown() }));

    expect(error).toMatchObject({ code: 'unauthenticated', status, operation: 'things.get', retryable: false });
    expect(String(error)).toContain('the credential was not taken');
    expect(requests).toHaveLength(1);
  });

  test('is what its status says where another try may help', async () => {
    const refused = new Response('', { status: 503, headers });
    const { transport } = scripted([refused, Response.json({ id: '1' })]);

    expect(await transport.send({ ...readThing, response: z.unknown() })).toEqual({ id: '1' });
  });

  test('is told from the answer to a credential that was taken', async () => {
    const { transport } = scripted([Response.json({ id: '1' }, { headers: { 'x-seraph-loginreason': 'OK' } })]);

    expect(await transport.send({ ...readThing, response: z.unknown() })).toEqual({ id: '1' });
  });
});

const mapped = person.transform(({ id, nickname }) => ({ personId: id, nickname }));

describe('a body', () => {
  test('that matches is read by its schema', async () => {
    const { transport } = scripted([Response.json({ id: '1', active: true, added: 'tomorrow' })]);

    const result = await transport.send({ ...readThing, response: person });

    expect(result).toEqual({ id: '1', active: true, emails: [], kind: 'atlassian', added: 'tomorrow' });
  });

  test.for([
    ['no body', new Response(null, { status: 204 })],
    ['an empty body', new Response('')],
    ['a body of white space', new Response(' \n')],
  ] as const)('that is missing (%s) reaches the schema as undefined', async ([, answer]) => {
    const { transport } = scripted([answer]);

    const body: unknown[] = [];
    const response = z.unknown().transform((value) => body.push(value));
    await transport.send({ ...readThing, response });

    expect(body).toEqual([undefined]);
  });

  test('that does not match is an error with paths and types, and no value', async () => {
    const body = { id: 'rosa-id', active: 'yes', emails: [{ value: 'rosa@acme.com' }, { value: 7 }], kind: 'martian' };
    const { transport } = scripted([Response.json(body, { headers: { 'x-request-id': 'abc' } })]);

    const error = await errorOf(transport.send({ ...readThing, response: person }));

    expect(error).toMatchObject({
      code: 'response_invalid',
      operation: 'things.get',
      status: 200,
      traceId: 'abc',
      faults: [
        { path: 'active', expected: 'boolean', received: 'string' },
        { path: 'emails[1].value', expected: 'string', received: 'number' },
        { path: 'kind', expected: '"atlassian" or "app"', received: 'string' },
      ],
    });
    expect(String(error)).toContain('active: expected boolean, received string; emails[1].value: expected string');
    expect(JSON.stringify(error) + String(error)).not.toMatch(/yes|rosa|martian/);
  });

  test('with names of its own shows none that could be a person', async () => {
    const { transport } = scripted([Response.json({ 'rosa@acme.com': 1, 'urn:x:User': 1 })]);

    const error = await errorOf(transport.send({ ...readThing, response: z.record(z.string(), z.string()) }));

    expect(error).toMatchObject({ faults: [{ path: '[*]' }, { path: '["urn:x:User"]' }] });
  });

  test.for([
    ['an HTML page', '<!DOCTYPE html><title>Log in</title>', 'HTML'],
    ['half of a JSON text', '{"id":"1","act', 'text'],
    ['plain text', 'Success', 'text'],
  ] as const)('that is no JSON (%s) is an error', async ([, text, received]) => {
    const { transport } = scripted([new Response(text)]);

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'response_invalid', faults: [{ path: '', expected: 'JSON', received }] });
  });

  test('that makes the schema itself fail is an error', async () => {
    const careless = z.looseObject({}).transform(() => {
      throw new TypeError('rosa@acme.com is not iterable');
    });
    const { transport } = scripted([Response.json({})]);

    const error = await errorOf(transport.send({ ...readThing, response: careless }));

    expect(error).toMatchObject({ code: 'response_invalid', faults: [{ path: '', received: 'object' }] });
    expect(String(error)).not.toContain('rosa');
  });

  test('nested deeper than the stack is an error, not a crash', async () => {
    const depth = 100_000;
    const { transport } = scripted([new Response('['.repeat(depth) + ']'.repeat(depth))]);

    const error = await errorOf(transport.send({ ...readThing, response: z.json() }));

    expect(error).toMatchObject({ code: 'response_invalid' });
  });

  test('cannot reach a prototype', async () => {
    const text =
      '{"id":"1","__proto__":{"admin":true},"a":{"\\u005f_proto__":{"admin":true}},"constructor":{"prototype":{"admin":true}}}';
    const { transport } = scripted([() => new Response(text)]);

    const result = await transport.send({ ...readThing, response: z.looseObject({ a: z.looseObject({}) }) });

    expect(Reflect.ownKeys(result as object).toSorted()).toEqual(['a', 'id']);
    expect(Reflect.ownKeys((result as { a: object }).a)).toEqual([]);
    expect(Object.assign({}, result, (result as { a: object }).a)).not.toHaveProperty('admin');
    expect({}).not.toHaveProperty('admin');
  });

  test('over the limit is refused by its declared length', async () => {
    const { transport } = scripted([Response.json({}, { headers: { 'content-length': '1001' } })], {
      maxResponseBytes: 1000,
    });

    const error = await errorOf(transport.send(readThing));

    expect(error).toMatchObject({ code: 'response_too_large', limitBytes: 1000, status: 200 });
  });
});

describe('with the policy to warn, a body that does not match', () => {
  const warn = vi.fn<(message: string, options: unknown) => void>();
  beforeEach(() => {
    warn.mockClear();
    vi.spyOn(process, 'emitWarning').mockImplementation(warn as typeof process.emitWarning);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('comes without the members that do not match, and warns once', async () => {
    const { transport } = scripted([Response.json({ id: '1', active: true, nickname: 5 })], {
      onInvalidResponse: 'warn',
    });
    const request = { ...readThing, operation: 'people.get', response: mapped };

    const results = [await transport.send(request), await transport.send(request)];

    expect(results).toEqual([{ personId: '1' }, { personId: '1' }]);
    expect(warn.mock.calls).toEqual([
      [
        expect.stringContaining('people.get: the body of the 200 does not match: nickname: expected string'),
        { code: 'ATLASSIAN_PROVISIONER_RESPONSE' },
      ],
    ]);
  });

  test('comes as it is when what must be there does not match', async () => {
    const body = { id: 5, active: true };
    const { transport } = scripted([Response.json(body)], { onInvalidResponse: 'warn' });

    const result = await transport.send({ ...readThing, response: person });

    expect(result).toEqual(body);
  });

  test('keeps every element of its lists', async () => {
    const body = { id: '1', active: true, emails: [{ value: 'a' }, 'b'] };
    const { transport } = scripted([Response.json(body)], { onInvalidResponse: 'warn' });

    const result = await transport.send({ ...readThing, response: person });

    expect(result).toEqual(body);
  });

  test('is an error all the same when the result has another form than the body', async () => {
    const { transport } = scripted([Response.json({ id: 5, active: true })], { onInvalidResponse: 'warn' });

    const error = await errorOf(transport.send({ ...readThing, response: mapped }));

    expect(error).toMatchObject({ code: 'response_invalid' });
  });

  test('comes as it is when it is nested too deeply to be copied', async () => {
    const depth = 100_000;
    const text = `{"id":5,"active":true,"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const { transport } = scripted([new Response(text)], { onInvalidResponse: 'warn' });

    const result = await transport.send({ ...readThing, operation: 'people.deep', response: person });

    expect(result).toMatchObject({ id: 5, active: true });
  });

  test('is told of on the diagnostics channel', async () => {
    const seen: unknown[] = [];
    const listen = (event: unknown): void => void seen.push(event);
    const { transport } = scripted([Response.json({ id: '1', active: 'yes' })], { onInvalidResponse: 'warn' });

    subscribe(INVALID_RESPONSE_CHANNEL, listen);
    await transport.send({ ...readThing, operation: 'people.find', response: person });
    unsubscribe(INVALID_RESPONSE_CHANNEL, listen);

    expect(seen).toEqual([
      {
        operation: 'people.find',
        method: 'GET',
        status: 200,
        faults: [{ path: 'active', expected: 'boolean', received: 'string' }],
      },
    ]);
  });
});
