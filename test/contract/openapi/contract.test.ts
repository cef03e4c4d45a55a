import { describe, expect, test } from 'vitest';
import { assertValidRequest, assertValidResponse, isDocumented } from './contract.js';
import { DIFFERENCES } from './differences.js';
import { documents, missing } from './load.js';

const because = missing === undefined ? '' : ` (${missing})`;
const ORG = '/admin/v2/orgs/o-1';
const ROSA = '712020:4f0a7d1c-6f0b-4a7e-8c49-0b6c6f3f9a21';
const envelope = (code: string) => ({ errors: [{ id: '1', status: '404', code, title: 'x', detail: 'y' }] });

function request(method: string, path: string, body?: unknown, type = 'application/json') {
  return {
    method,
    url: new URL(path, 'https://api.atlassian.com'),
    headers: new Headers({ accept: 'application/json', ...(body !== undefined && { 'content-type': type }) }),
    text: body === undefined ? '' : JSON.stringify(body),
  };
}

describe.skipIf(missing !== undefined)(`a request that its document refuses${because}`, () => {
  test.each([
    ['a path that is not there', request('GET', '/admin/v2/orgs/o-1/users'), /No document has GET/],
    ['a method that is not there', request('DELETE', `${ORG}/directories`), /No document has DELETE/],
    ['an unknown parameter', request('GET', `${ORG}/directories?groupId=g-1`), /\?groupId is not known/],
    ['a number out of range', request('GET', `${ORG}/directories?limit=101`), /\?limit: it must be <= 100/],
    ['text for a number', request('GET', `${ORG}/directories?limit=ten`), /\?limit: it must be integer/],
    ['one value twice', request('GET', `${ORG}/directories?limit=1&limit=2`), /\?limit comes more than once/],
    [
      'too many values',
      request('GET', `${ORG}/directories?${'directoryIds=d&'.repeat(11)}`),
      /\?directoryIds: it must NOT/,
    ],
    ['an account id of another form', request('GET', '/users/a%20b/manage'), /\{account_id\}: it must match pattern/],
    ['a member that is unknown', request('POST', `${ORG}/directories/-/users/search`, { email: ['a'] }), /"email"/],
    [
      'a value out of an enumeration',
      request('POST', `${ORG}/directories/-/users/search`, { status: ['x'] }),
      /status\/0/,
    ],
    [
      'a missing member',
      request('POST', `${ORG}/directories/d/groups/g/memberships`, { account_id: 'a' }),
      /accountId/,
    ],
    [
      'a member that is read-only',
      request('PATCH', `/users/${ROSA}/manage/profile`, { account_id: ROSA }),
      /"account_id"/,
    ],
    ['a body where there is none', request('POST', `${ORG}/directories/d/users/u/suspend`, {}), /takes none/],
    ['no body where there is one', request('PUT', `/users/${ROSA}/manage/email`), /needs one/],
    [
      'a body of another type',
      request('PUT', `/users/${ROSA}/manage/email`, { email: 'a@b' }, 'text/plain'),
      /"text\/plain"/,
    ],
  ])('%s', (_, sent, problem) => {
    const verdict = () => assertValidRequest(sent);

    expect(verdict).toThrow(problem);
  });
});

describe.skipIf(missing !== undefined)(`an answer that its document refuses${because}`, () => {
  test.each([
    ['a status that is not documented', 'POST', `${ORG}/directories/d/groups`, 200, undefined, /200 is not documented/],
    ['a body where there is none', 'POST', `${ORG}/directories/d/groups`, 201, { id: 'g-1' }, /none is documented/],
    ['a body with a 204', 'DELETE', '/admin/v1/orgs/o/policies/p/resources/r', 204, { data: {} }, /none is documented/],
    ['no body where there is one', 'GET', `${ORG}/directories`, 200, undefined, /there is no value/],
    ['a misspelt member', 'GET', `${ORG}/directories/-/users/u`, 200, { data: { account_id: 'u' } }, /"account_id"/],
    ['a wrong type', 'GET', `${ORG}/directories/-/users/count`, 200, { count: '7' }, /\/count must be integer/],
    ['a null that is not allowed', 'GET', `${ORG}/directories`, 200, { data: [{ name: null }] }, /must be string/],
    ['a 404 with the code of another', 'GET', '/admin/v1/orgs/o', 404, envelope('ADMIN-404-5'), /allowed values/],
    ['an error of another API', 'GET', `/users/${ROSA}/manage`, 404, envelope('ADMIN-404-8'), /"key"|'key'/],
    ['a reason that is not one', 'GET', `/users/${ROSA}/manage`, 403, { key: 'forbidden.weather' }, /allowed values/],
    ['an error without its body', 'GET', `${ORG}/directories`, 401, undefined, /one is documented/],
  ])('%s', (_, method, path, status, body, problem) => {
    const verdict = () => assertValidResponse(method, path, status, body);

    expect(verdict).toThrow(problem);
  });
});

describe.skipIf(missing !== undefined)(`an answer that the service gives apart from its document${because}`, () => {
  test.each([
    ['the error of a write', 'DELETE', `${ORG}/directories/d/users/u`, 404, envelope('ADMIN-UAM-404-1')],
    ['the error of a write without a body', 'DELETE', `${ORG}/directories/d/users/u`, 404, undefined],
    ['the gateway, before the service', 'GET', `${ORG}/directories`, 401, { code: 401, message: 'Unauthorized' }],
    ['the gateway, of another API', 'GET', `/users/${ROSA}/manage`, 401, { code: 401, message: 'Unauthorized' }],
    ['the routing', 'GET', `${ORG}/directories/-/users/u`, 404, { status: 404, error: 'Not Found', message: 'TCS' }],
    ['a key with scopes', 'GET', `${ORG}/directories`, 403, envelope('ADMIN-UAM-403-1')],
    [
      'a key with scopes, managing an account',
      'GET',
      `/users/${ROSA}/manage`,
      403,
      { key: 'forbidden.insufficientScope' },
    ],
    [
      'a refusal with its reason twice',
      'PUT',
      `/users/${ROSA}/manage/email`,
      403,
      {
        key: 'forbidden.action',
        context: { allowed: false, reason: { key: 'externalDirectory.scim' } },
        errorKey: 'forbidden.action',
        errorDetail: { allowed: false, reason: { key: 'externalDirectory.scim' } },
      },
    ],
    ['the last page', 'GET', `${ORG}/directories`, 200, { data: [], links: { self: 's', prev: null, next: null } }],
    ['no organization', 'GET', '/admin/v1/orgs', 200, { data: [], links: { self: 's' }, meta: null }],
    ['a synced account', 'GET', `/users/${ROSA}/manage`, 200, { 'lifecycle.delete': { allowed: false } }],
  ])('%s', (_, method, path, status, body) => {
    const verdict = () => assertValidResponse(method, path, status, body);

    expect(verdict).not.toThrow();
  });
});

test.skipIf(missing !== undefined)(`knows which calls a document has${because}`, () => {
  const known = isDocumented('GET', '/admin/v1/orgs/o-1');
  const ended = isDocumented('POST', '/admin/v1/orgs/o-1/users/search');

  expect([known, ended]).toEqual([true, false]);
});

describe.skipIf(missing !== undefined)(`the list of differences${because}`, () => {
  test.each(DIFFERENCES.map((difference) => [difference.reason, difference] as const))(
    'is mended once: %s',
    (_, { document, mend }) => {
      const mended = structuredClone(documents.find(({ name }) => name === document)!.document);

      expect(() => mend(mended)).toThrow();
    },
  );
});
