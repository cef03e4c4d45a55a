import { describe, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { Secret } from '../config/secret.js';
import { createTransport } from './create-transport.js';
import type { Credential } from './credentials.js';
import { path, type EncodedPath } from './path.js';
import type { RequestHeaders, Transport } from './transport.js';

declare const token: Secret;
declare function needsOrganizationKey(transport: Transport<'organization-key'>): void;

const common = { api: 'test', baseUrl: 'https://api.test' };

describe('a transport', () => {
  test('is of the kind of its credential', () => {
    const scim = createTransport({ ...common, credential: { kind: 'directory-key', token } });
    const site = createTransport({ ...common, credential: { kind: 'site-token', user: 'rosa@acme.com', token } });
    const bitbucket = createTransport({
      ...common,
      credential: { kind: 'bitbucket', oauthKey: 'key', oauthSecret: token },
    });

    expectTypeOf(scim).toEqualTypeOf<Transport<'directory-key'>>();
    expectTypeOf(site).toEqualTypeOf<Transport<'site-token'>>();
    expectTypeOf(bitbucket).toEqualTypeOf<Transport<'bitbucket'>>();
  });

  test('with a directory key does not go where an organization key is wanted', () => {
    const organization = createTransport({ ...common, credential: { kind: 'organization-key', token } });
    const directory = createTransport({ ...common, credential: { kind: 'directory-key', token } });

    needsOrganizationKey(organization);
    expectTypeOf(directory).not.toExtend<Transport<'organization-key'>>();
    // @ts-expect-error -- one key does not open what the other opens
    needsOrganizationKey(directory);
  });

  test('takes no credential that lacks a part, and no bare string', () => {
    // @ts-expect-error -- a directory key has no user
    createTransport({ ...common, credential: { kind: 'directory-key', user: 'rosa@acme.com', token } });
    // @ts-expect-error -- a string can be printed; a Secret cannot
    createTransport({ ...common, credential: { kind: 'organization-key', token: 'ATCTT' } });
    // @ts-expect-error -- there is no such kind
    createTransport({ ...common, credential: { kind: 'password', token } });
    expectTypeOf<{ kind: 'site-token'; user: string }>().not.toExtend<Credential>();
    // @ts-expect-error -- the kind asked for and the credential differ
    createTransport<'organization-key'>({ ...common, credential: { kind: 'directory-key', token } });
  });

  test('answers with what the schema makes', () => {
    const transport = createTransport({ ...common, credential: { kind: 'organization-key', token } });
    const response = z.looseObject({ id: z.string() }).transform(({ id }) => ({ key: id }));

    const result = transport.send({ operation: 'x', method: 'GET', path: path`/x`, response });

    expectTypeOf(result).resolves.toEqualTypeOf<{ key: string }>();
  });

  test('takes no path but one that was encoded', () => {
    const transport = createTransport({ ...common, credential: { kind: 'organization-key', token } });

    expectTypeOf<string>().not.toExtend<EncodedPath>();
    // @ts-expect-error -- a string may hold a slash that is not meant as one
    void transport.send({ operation: 'x', method: 'GET', path: '/x', response: z.unknown() });
  });

  test('takes no header but those that cannot hold a credential', () => {
    const transport = createTransport({ ...common, credential: { kind: 'organization-key', token } });
    const call = { operation: 'x', method: 'GET', path: path`/x`, response: z.unknown() } as const;

    expectTypeOf<{ 'x-atlassian-token': 'no-check' }>().toExtend<RequestHeaders>();
    // @ts-expect-error -- the transport owns the credential
    void transport.send({ ...call, headers: { authorization: 'Bearer x' } });
    // @ts-expect-error -- its value is fixed
    void transport.send({ ...call, headers: { 'x-atlassian-token': 'x' } });
  });
});
