import { describe, expect, test } from 'vitest';
import { atlassianDirectory, otherDirectory } from './scim-test-server.js';
import { SCIM_GROUP_SCHEMA, SCIM_USER_SCHEMA } from './scim-urns.js';

describe('config', () => {
  test('reads the features of the server', async () => {
    const { scim, requests } = atlassianDirectory(() => ({
      body: {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
        patch: { supported: true },
        bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
        filter: { supported: true, maxResults: 10_000 },
        changePassword: { supported: false },
        sort: { supported: false },
        etag: { supported: false },
        authenticationSchemes: [{ type: 'oauthbearertoken', name: 'OAuth Bearer Token', description: null }],
      },
    }));

    const config = await scim.serviceProvider.config();

    expect(config).toEqual({
      patch: true,
      bulk: false,
      filter: true,
      filterMaxResults: 10_000,
      changePassword: false,
      sort: false,
      etag: false,
      authenticationSchemes: [{ type: 'oauthbearertoken', name: 'OAuth Bearer Token' }],
    });
    expect(requests).toMatchObject([{ method: 'GET', path: '/ServiceProviderConfig', query: {} }]);
  });

  test('takes a feature that is not mentioned for one that is not there', async () => {
    const { scim } = otherDirectory(() => ({ body: { documentationUri: 'https://idp.example/docs', patch: null } }));

    const config = await scim.serviceProvider.config();

    expect(config).toEqual({
      documentationUri: 'https://idp.example/docs',
      patch: false,
      bulk: false,
      filter: false,
      changePassword: false,
      sort: false,
      etag: false,
      authenticationSchemes: [],
    });
  });
});

describe('schemas', () => {
  const userSchema = {
    id: SCIM_USER_SCHEMA,
    name: 'User',
    description: 'User Account',
    attributes: [
      { name: 'userName', type: 'string', multiValued: false, required: true, caseExact: false, uniqueness: 'server' },
      {
        name: 'emails',
        type: 'complex',
        multiValued: true,
        required: true,
        mutability: 'readWrite',
        returned: 'default',
        subAttributes: [{ name: 'type', type: 'string', canonicalValues: ['work', 'home', 'other'] }],
      },
    ],
    meta: { resourceType: 'Schema' },
  };
  const expected = {
    id: SCIM_USER_SCHEMA,
    name: 'User',
    description: 'User Account',
    attributes: [
      { name: 'userName', type: 'string', multiValued: false, required: true, caseExact: false, uniqueness: 'server' },
      {
        name: 'emails',
        type: 'complex',
        multiValued: true,
        required: true,
        caseExact: false,
        mutability: 'readWrite',
        returned: 'default',
        subAttributes: [
          {
            name: 'type',
            type: 'string',
            multiValued: false,
            required: false,
            caseExact: false,
            canonicalValues: ['work', 'home', 'other'],
          },
        ],
      },
    ],
  };

  test.each([
    ['a ListResponse', { totalResults: 1, itemsPerPage: 10, startIndex: 1, Resources: [userSchema] }],
    ['a bare list', [userSchema]],
  ])('reads all of them out of %s', async (_case, body) => {
    const { scim, requests } = atlassianDirectory(() => ({ body }));

    const schemas = await scim.serviceProvider.schemas();

    expect(schemas).toEqual([expected]);
    expect(requests).toMatchObject([{ method: 'GET', path: '/Schemas' }]);
  });

  test('reads one, with the URN in the path as the reference writes it', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: userSchema }));

    const schema = await scim.serviceProvider.schema(SCIM_USER_SCHEMA);

    expect(schema).toEqual(expected);
    expect(requests[0]?.path).toBe('/Schemas/urn:ietf:params:scim:schemas:core:2.0:User');
  });

  test('keeps whatever else is in a URN within its segment', async () => {
    const { scim, requests } = otherDirectory(() => ({ body: userSchema }));

    await scim.serviceProvider.schema('urn:x/../y');

    expect(requests[0]?.path).toBe('/Schemas/urn:x%2F..%2Fy');
  });
});

describe('resourceTypes', () => {
  const group = { id: 'Group', name: 'Group', endpoint: '/Groups', schema: SCIM_GROUP_SCHEMA };

  test('reads all of them', async () => {
    const extension = { schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: false };
    const user = { name: 'User', endpoint: '/Users', schema: SCIM_USER_SCHEMA, schemaExtensions: [extension] };
    const { scim } = atlassianDirectory(() => ({ body: { totalResults: 2, Resources: [user, group] } }));

    const types = await scim.serviceProvider.resourceTypes();

    expect(types).toEqual([user, { ...group, schemaExtensions: [] }]);
  });

  test('has none when the server sends no Resources', async () => {
    const { scim } = otherDirectory(() => ({ body: { totalResults: 0 } }));

    const types = await scim.serviceProvider.resourceTypes();

    expect(types).toEqual([]);
  });

  test('reads one by name', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: group }));

    const type = await scim.serviceProvider.resourceType('Group');

    expect(type.endpoint).toBe('/Groups');
    expect(requests).toMatchObject([{ method: 'GET', path: '/ResourceTypes/Group' }]);
  });
});
