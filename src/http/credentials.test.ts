import { expect, test } from 'vitest';
import { Secret } from '../config/secret.js';
import { authorizationOf, credentialFaults, type Credential } from './credentials.js';

test.for([
  [
    'a site token with a user that cannot stand in the header, and a key for a token',
    { kind: 'site-token', user: 'rosa:x', token: new Secret('ATCTTabc') },
    ['credential.user', 'credential.token'],
  ],
  ['a site token without a user', { kind: 'site-token', user: '', token: new Secret('abc') }, ['credential.user']],
  [
    'a consumer without a key, with a token for a secret, and a token URL without TLS',
    { kind: 'bitbucket', oauthKey: '', oauthSecret: new Secret('ATATTabc'), tokenUrl: 'http://acme.com' },
    ['credential.oauthKey', 'credential.oauthSecret', 'credential.tokenUrl'],
  ],
  ['a good one', { kind: 'organization-key', token: new Secret('ATCTTabc') }, []],
] satisfies [string, Credential, string[]][])('of %s the faults are named by path', ([, credential, paths]) => {
  const faults = credentialFaults(credential);

  expect(faults.map(({ path }) => path)).toEqual(paths);
});

test('stands where the caller says it stands', () => {
  const faults = credentialFaults({ kind: 'directory-key', token: new Secret('') }, 'scim');

  expect(faults).toMatchObject([{ path: 'scim.token' }]);
});

test('makes no header of a credential that cannot be used', () => {
  expect(() => authorizationOf({ kind: 'directory-key', token: new Secret('a\nb') })).toThrow(
    expect.objectContaining({ code: 'config_invalid' }),
  );
});
