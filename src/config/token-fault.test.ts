import { expect, test } from 'vitest';
import { tokenFault } from './token-fault.js';

test.for([
  ['directory-key', 'ATATTabc', "is a user's API token (ATATT…); the API key shown with the SCIM base URL"],
  ['directory-key', 'ATCTTabc', 'is an organization API key (ATCTT…); the API key shown with the SCIM base URL'],
  ['organization-key', 'ATATTabc', "is a user's API token (ATATT…); an organization API key without scopes"],
  ['site-token', 'ATCTTabc', 'is an organization API key (ATCTT…); an API token of the user'],
  ['bitbucket-api-token', 'ATCTTabc', 'an API token of the user'],
  ['bitbucket-access-token', 'ATATTabc', 'an API token needs its user beside it'],
  ['bitbucket-api-token', 'ATBBabc', 'is an app password (ATBB…), which has opened nothing since 28 July 2026'],
  ['oauth-secret', 'ATBBabc', 'is an app password'],
  ['organization-key', '', 'must not be empty'],
  ['organization-key', 'Bearer abcdef', 'without "Bearer"'],
  ['organization-key', 'abc def', 'white space'],
  ['organization-key', 'abcdef\n', 'line breaks'],
  ['organization-key', 'abc\u0000def', 'control characters'],
  ['organization-key', 'abc–def', 'ASCII'],
] as const)('a %s cannot be %j', ([use, token, why]) => {
  const fault = tokenFault(use, token);

  expect(fault).toContain(why);
});

test.for([
  ['directory-key', 'rmoLjJ3dRi-0_x'],
  ['organization-key', 'ATCTT3xFf=A1'],
  ['organization-key', 'opaque-and-without-a-prefix'],
  ['site-token', 'ATATT3xFf=A1'],
  ['bitbucket-api-token', 'ATATT3xFf=A1'],
  ['bitbucket-access-token', 'ATCTT3xFf=A1'],
] as const)('a %s can be %s', ([use, token]) => {
  const fault = tokenFault(use, token);

  expect(fault).toBeUndefined();
});
