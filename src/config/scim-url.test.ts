import { describe, expect, test } from 'vitest';
import { parseScimUrl } from './scim-url.js';

describe('parseScimUrl', () => {
  test.each([
    'https://api.atlassian.com/scim/directory/7c1f0c52-9b5e',
    'https://api.atlassian.com/scim/directory/7c1f0c52-9b5e/',
    'https://gateway.example/atlassian/scim/directory/7c1f0c52-9b5e',
    'http://127.0.0.1:4010/scim/directory/7c1f0c52-9b5e',
  ])('reads the directory id out of %s', (url) => {
    const parsed = parseScimUrl(url);

    expect(parsed).toEqual({ baseUrl: url.replace(/\/$/, ''), directoryId: '7c1f0c52-9b5e' });
  });

  test('takes any path for another RFC 7644 server, which has no directory id', () => {
    const parsed = parseScimUrl('https://idp.example/scim/v2/');

    expect(parsed).toEqual({ baseUrl: 'https://idp.example/scim/v2', directoryId: undefined });
  });

  test.each([
    ['what is not a URL', 'api.atlassian.com/scim', 'absolute URL that starts with https://'],
    ['another protocol', 'ftp://api.atlassian.com/scim/directory/7c1f', 'https://'],
    ['plain http', 'http://api.atlassian.com/scim/directory/7c1f', 'must use https'],
    ['a key in the URL', 'https://user:pass@api.atlassian.com/scim/directory/7c1f', 'user name or password'],
    ['a query', 'https://api.atlassian.com/scim/directory/7c1f?count=1', 'query or a fragment'],
    ['a missing id', 'https://api.atlassian.com/scim/directory/', 'ends before the directory id'],
    [
      '/scim/v2 after the id',
      'https://api.atlassian.com/scim/directory/7c1f/scim/v2',
      'goes on after the directory id (/scim/v2)',
    ],
    ['/v2 after the id', 'https://api.atlassian.com/scim/directory/7c1f/v2', '(/v2)'],
    ['/Users after the id', 'https://api.atlassian.com/scim/directory/7c1f/Users', '(/Users)'],
    ['something unknown after the id', 'https://api.atlassian.com/scim/directory/7c1f/x', 'further segments'],
    ['an id that is none', 'https://api.atlassian.com/scim/directory/a%20b', 'directory id that is none'],
    ['an id that cannot be decoded', 'https://api.atlassian.com/scim/directory/%E0', 'directory id that is none'],
    ['/Users of another server', 'https://idp.example/scim/v2/Users', 'URL of a resource'],
    ['a resource of another server', 'https://idp.example/scim/v2/Groups/7', 'URL of a resource'],
    ['the administration page', 'https://admin.atlassian.com/o/3f2d/user-provisioning', 'a page of the administration'],
    ['the Organizations API', 'https://api.atlassian.com/admin/v2/orgs/3f2d', 'Organizations API'],
    ['a site', 'https://acme.atlassian.net', 'URL of a site'],
    ['the bare host', 'https://api.atlassian.com', 'no /scim/directory/'],
  ])('refuses %s and says what belongs there', (_case, url, message) => {
    const parse = (): unknown => parseScimUrl(url, 'scim.url');

    expect(parse).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        faults: [{ path: 'scim.url', message: expect.stringContaining(message) as string }],
      }),
    );
  });

  test('never repeats a pasted key in its message', () => {
    const parse = (): unknown => parseScimUrl('https://api.atlassian.com/scim/directory/7c1f/ATCTT3secret');

    expect(parse).toThrow(expect.objectContaining({ message: expect.not.stringContaining('ATCTT3secret') as string }));
  });
});
