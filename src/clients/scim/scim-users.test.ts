import { describe, expect, test } from 'vitest';
import type { ScimUserId } from '../../model/ids.js';
import { atlassianDirectory, otherDirectory, type Answer, type SeenRequest } from './scim-test-server.js';
import { SCIM_ATLASSIAN_SCHEMA, SCIM_ENTERPRISE_SCHEMA, SCIM_PATCH_MESSAGE, SCIM_USER_SCHEMA } from './scim-urns.js';

const ROSA_ID = 'u-rosa' as ScimUserId;
const rosa = { id: ROSA_ID, userName: 'Rosa@Harbor.example', externalId: 'e-1', active: true };

/** A server that ignores every filter: it has these users and gives them all. */
function ignoringFilters(...users: readonly object[]): () => Answer {
  return () => ({ body: { totalResults: users.length, startIndex: 1, Resources: users } });
}

describe('get', () => {
  test('reads one user by its id, as one segment of the path', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: { ...rosa, id: 'a/../b?c' } }));

    const user = await scim.users.get('a/../b?c' as ScimUserId);

    expect(user.userName).toBe('Rosa@Harbor.example');
    expect(requests).toMatchObject([{ method: 'GET', path: '/Users/a%2F..%2Fb%3Fc', query: {}, body: undefined }]);
  });

  test('refuses an answer about another user', async () => {
    const { scim } = atlassianDirectory(() => ({ body: { ...rosa, id: 'another' } }));

    const read = scim.users.get(ROSA_ID);

    await expect(read).rejects.toMatchObject({ code: 'response_invalid', faults: [{ path: 'id' }] });
  });

  test('asks for the account id too when the attributes are narrowed', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: rosa }));

    await scim.users.get(ROSA_ID, { attributes: ['emails'] });

    expect(requests[0]?.query).toEqual({ attributes: `emails,userName,active,${SCIM_ATLASSIAN_SCHEMA}` });
  });
});

describe('find', () => {
  test('finds by userName without regard to case', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: { totalResults: 1, Resources: [rosa] } }));

    const found = await scim.users.find({ userName: 'rosa@harbor.EXAMPLE' });

    expect(found?.id).toBe(ROSA_ID);
    expect(requests.map(({ query }) => query)).toEqual([
      { filter: 'userName eq "rosa@harbor.EXAMPLE"', startIndex: '1', count: '100' },
    ]);
  });

  test('finds by externalId exactly', async () => {
    const { scim } = atlassianDirectory(ignoringFilters({ ...rosa, externalId: 'E-1' }, { ...rosa, id: 'u-2' }));

    const found = await scim.users.find({ externalId: 'e-1' });

    expect(found?.id).toBe('u-2');
  });

  test('finds nobody when the server says so, without Resources too', async () => {
    const { scim } = otherDirectory(() => ({ body: { totalResults: 0 } }));

    const found = await scim.users.find({ userName: 'nobody' });

    expect(found).toBeUndefined();
  });

  test('does not take somebody else when the server ignores the filter', async () => {
    const { scim } = otherDirectory(ignoringFilters({ id: 'u-1', userName: 'ana' }, { id: 'u-2', userName: 'mia' }));

    const found = await scim.users.find({ userName: 'rosa' });

    expect(found).toBeUndefined();
  });

  test('names both when two users match', async () => {
    const { scim } = otherDirectory(ignoringFilters({ id: 'u-1', userName: 'rosa' }, { id: 'u-2', userName: 'ROSA' }));

    const finding = scim.users.find({ userName: 'rosa' });

    await expect(finding).rejects.toMatchObject({
      code: 'identity_ambiguous',
      message: expect.stringMatching(/u-1.*u-2/) as string,
    });
  });

  test('takes one user that comes twice for one', async () => {
    const { scim } = otherDirectory(ignoringFilters(rosa, rosa));

    const found = await scim.users.find({ userName: rosa.userName });

    expect(found?.id).toBe(ROSA_ID);
  });

  test('asks for the attribute it compares when the attributes are narrowed', async () => {
    const { scim, requests } = otherDirectory(ignoringFilters(rosa));

    await scim.users.find({ externalId: 'e-1' }, { attributes: ['title'] });

    expect(requests[0]?.query.attributes).toBe('title,userName,active,externalId');
  });

  test('sends nothing for an empty value', async () => {
    const { scim, requests } = atlassianDirectory(ignoringFilters(rosa));

    const finding = scim.users.find({ externalId: '' });

    await expect(finding).rejects.toMatchObject({ code: 'request_invalid' });
    expect(requests).toEqual([]);
  });
});

describe('create', () => {
  test.each([200, 201])('sends a User and reads the answer to it, status %i', async (status) => {
    const { scim, requests } = atlassianDirectory(() => ({ status, body: rosa }));

    const created = await scim.users.create({
      userName: 'rosa@harbor.example',
      emails: [{ value: 'rosa@harbor.example', type: 'work', primary: true }],
      displayName: 'Rosa Quell',
      name: { formatted: 'Rosa Quell' },
      department: 'Ops',
      active: true,
    });

    expect(created.id).toBe(ROSA_ID);
    expect(requests).toEqual([
      {
        method: 'POST',
        path: '/Users',
        query: {},
        contentType: 'application/scim+json',
        body: {
          schemas: [SCIM_USER_SCHEMA],
          userName: 'rosa@harbor.example',
          emails: [{ value: 'rosa@harbor.example', type: 'work', primary: true }],
          displayName: 'Rosa Quell',
          name: { formatted: 'Rosa Quell' },
          department: 'Ops',
          active: true,
        },
      },
    ]);
  });
});

describe('replace', () => {
  test('sends a user that was read, changed', async () => {
    const { scim, requests } = atlassianDirectory(() => ({
      body: { ...rosa, title: 'Old', groups: [{ value: 'g' }] },
    }));
    const before = await scim.users.get(ROSA_ID);

    await scim.users.replace(ROSA_ID, { ...before, title: 'Dock planner' });

    expect(requests[1]).toMatchObject({ method: 'PUT', path: '/Users/u-rosa', contentType: 'application/scim+json' });
    expect(requests[1]?.body).toEqual({
      schemas: [SCIM_USER_SCHEMA],
      userName: 'Rosa@Harbor.example',
      externalId: 'e-1',
      active: true,
      title: 'Dock planner',
    });
  });
});

describe('patch', () => {
  const operations = [{ op: 'replace', path: 'title', value: 'Dock planner' }] as const;

  test('sends schemas and Operations', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: rosa }));

    await scim.users.patch(ROSA_ID, operations);

    expect(requests).toEqual([
      {
        method: 'PATCH',
        path: '/Users/u-rosa',
        query: {},
        contentType: 'application/scim+json',
        body: { schemas: [SCIM_PATCH_MESSAGE], Operations: operations },
      },
    ]);
  });

  test('reads the user when the server answers 204, with the same selection', async () => {
    const { scim, requests } = otherDirectory(({ method }) => (method === 'PATCH' ? { status: 204 } : { body: rosa }));

    const user = await scim.users.patch(ROSA_ID, operations, { attributes: ['title'] });

    expect(user.id).toBe(ROSA_ID);
    expect(requests.map(({ method, query }) => [method, query.attributes])).toEqual([
      ['PATCH', 'title,userName,active'],
      ['GET', 'title,userName,active'],
    ]);
  });

  test('sends nothing without operations', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: rosa }));

    const patching = scim.users.patch(ROSA_ID, []);

    await expect(patching).rejects.toMatchObject({ code: 'request_invalid' });
    expect(requests).toEqual([]);
  });

  test.each([true, false])('setActive sends the JSON boolean %o', async (active) => {
    const { scim, requests } = atlassianDirectory(() => ({ body: { ...rosa, active } }));

    const user = await scim.users.setActive(ROSA_ID, active);

    expect(user.active).toBe(active);
    expect(requests[0]?.body).toMatchObject({ Operations: [{ op: 'replace', path: 'active', value: active }] });
  });
});

describe('setAttributes', () => {
  const writes = [
    { path: 'title', value: null },
    { path: 'department', value: 'Ops' },
    { path: 'organization', value: null },
    { path: 'phoneNumbers', value: null },
  ];

  test('clears with an empty string, or list, at Atlassian', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: rosa }));

    await scim.users.setAttributes(ROSA_ID, writes);

    expect(requests[0]?.body).toMatchObject({
      Operations: [
        { op: 'replace', path: 'title', value: '' },
        { op: 'replace', path: 'department', value: 'Ops' },
        { op: 'replace', path: 'organization', value: '' },
        {
          op: 'replace',
          path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization',
          value: '',
        },
        { op: 'replace', path: 'phoneNumbers', value: [] },
      ],
    });
  });

  test('clears with remove, and writes the enterprise extension, at another server', async () => {
    const { scim, requests } = otherDirectory(() => ({ body: rosa }));

    await scim.users.setAttributes(ROSA_ID, writes);

    expect(requests[0]?.body).toMatchObject({
      Operations: [
        { op: 'remove', path: 'title' },
        { op: 'replace', path: `${SCIM_ENTERPRISE_SCHEMA}:department`, value: 'Ops' },
        { op: 'remove', path: `${SCIM_ENTERPRISE_SCHEMA}:organization` },
        { op: 'remove', path: 'phoneNumbers' },
      ],
    });
  });

  test.each(['userName', 'active'])('refuses to clear %s', async (path) => {
    const { scim, requests } = atlassianDirectory(() => ({ body: rosa }));

    const clearing = scim.users.setAttributes(ROSA_ID, [{ path, value: null }]);

    await expect(clearing).rejects.toMatchObject({ code: 'request_invalid' });
    expect(requests).toEqual([]);
  });
});

describe('delete', () => {
  test.each([
    ['nothing, 204', { status: 204 }],
    ['a body, 200', { status: 200, body: rosa }],
  ])('takes an answer of %s', async (_case, answer) => {
    const { scim, requests } = atlassianDirectory(() => answer);

    await scim.users.delete(ROSA_ID);

    expect(requests).toMatchObject([{ method: 'DELETE', path: '/Users/u-rosa' }]);
  });

  test('says that the user is not there the second time', async () => {
    const { scim } = atlassianDirectory(() => ({ status: 404 }));

    const deleting = scim.users.delete(ROSA_ID);

    await expect(deleting).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('refuses a body that is no User, without a value of it in the message', async () => {
  const { scim } = atlassianDirectory(() => ({ body: { id: 'u-1', userName: 7, title: 'private' } }));

  const getting = scim.users.get(ROSA_ID);

  await expect(getting).rejects.toMatchObject({
    code: 'response_invalid',
    message: expect.not.stringContaining('private') as string,
  });
});

test('lists with the filter, the selection and the page size it is given', async () => {
  const { scim, requests } = atlassianDirectory((_request: SeenRequest) => ({
    body: { totalResults: 0, Resources: [] },
  }));

  await scim.users.list({ filter: { externalId: 'e-1' }, count: 20 }, { excludedAttributes: ['timezone'] }).next();

  expect(requests[0]?.query).toEqual({
    filter: 'externalId eq "e-1"',
    count: '20',
    startIndex: '1',
    excludedAttributes: 'timezone',
  });
});
