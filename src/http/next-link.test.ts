import { describe, expect, test } from 'vitest';
import { cursorOfNextLink } from './next-link.js';

const context = { operation: 'admin.organizations.list', baseUrl: 'https://gateway.acme.com/atlassian' };

describe('the cursor of a next link', () => {
  test.for([
    ['a URL of the API', 'https://gateway.acme.com/atlassian/admin/v1/orgs?cursor=ab%2Fc%3D', 'ab/c='],
    ["Atlassian's own URL, behind a gateway", 'https://api.atlassian.com/admin/v1/orgs?cursor=abc', 'abc'],
    ['a path', '/admin/v1/orgs?limit=1&cursor=abc', 'abc'],
    ['a query', '?cursor=abc', 'abc'],
    ['a bare cursor', 'YWJj/.=-_', 'YWJj/.=-_'],
    ['a bare cursor that starts with a slash', '/YWJj', '/YWJj'],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['an empty text', '', undefined],
  ] as const)('is found in %s', ([, link, expected]) => {
    const cursor = cursorOfNextLink(link, context);

    expect(cursor).toBe(expected);
  });

  test('is found under another name', () => {
    const cursor = cursorOfNextLink('?page=2', { ...context, parameter: 'page' });

    expect(cursor).toBe('2');
  });

  test.for([
    ['another host', 'https://evil.test/admin/v1/orgs?cursor=abc'],
    ['another port', 'https://gateway.acme.com:444/?cursor=abc'],
    ['plain http', 'http://gateway.acme.com/?cursor=abc'],
    ['a host without a scheme', '//evil.test/?cursor=abc'],
    ['a host that looks like it', 'https://api.atlassian.com.evil.test/?cursor=abc'],
    ['a file', 'file:///etc/passwd?cursor=abc'],
    ['a URL without a cursor', 'https://api.atlassian.com/admin/v1/orgs'],
    ['a URL with an empty cursor', 'https://api.atlassian.com/admin/v1/orgs?cursor='],
  ] as const)('is refused from %s, which the error does not repeat', ([, link]) => {
    expect(() => cursorOfNextLink(link, context)).toThrow(
      expect.objectContaining({
        code: 'response_invalid',
        operation: 'admin.organizations.list',
        message: expect.not.stringContaining('evil'),
      }),
    );
  });
});
