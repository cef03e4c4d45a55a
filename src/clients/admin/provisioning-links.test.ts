import { expect, test } from 'vitest';
import type { AtlassianAccountId, ScimDirectoryId, ScimUserId } from '../../model/ids.js';
import { organization } from './org-test-server.js';

const ROSA = '712020:rosa' as AtlassianAccountId;

test('a link without an account is one, and gets no account id from elsewhere', async () => {
  const link = { scimUserId: 'u-1', orgId: 'b2c1-org', directoryId: 's-1' };
  const { admin, calls } = organization({
    scimLinks: [link, { ...link, scimUserId: 'u-2', atlassianAccountId: null }, { ...link, atlassianAccountId: ROSA }],
  });

  const links = await admin.provisioningLinks.forEmail('rosa@harbor.example');

  const expected = { scimUserId: 'u-1', organizationId: 'b2c1-org', scimDirectoryId: 's-1' };
  expect(links).toEqual([expected, { ...expected, scimUserId: 'u-2' }, { ...expected, accountId: ROSA }]);
  expect(calls).toMatchObject([
    {
      method: 'POST',
      path: '/admin/user-provisioning/v1/org/b2c1-org/get-scim-links-for-email',
      body: { email: 'rosa@harbor.example' },
      repeat: 'safe',
    },
  ]);
});

test('an account without a record has no link', async () => {
  const { admin } = organization({ scimLinks: [] });

  const links = await admin.provisioningLinks.forAccount(ROSA);

  expect(links).toEqual([]);
});

test('a record is unlinked by its directory and its id, and all records of an account are deleted by the account', async () => {
  const { admin, calls } = organization();

  await admin.provisioningLinks.unlink('s-1' as ScimDirectoryId, 'u-1' as ScimUserId);
  await admin.provisioningLinks.deleteRecords(ROSA);

  expect(calls.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['PATCH', '/admin/user-provisioning/v1/org/b2c1-org/scimDirectoryId/s-1/scimUserId/u-1/unlink', undefined],
    ['DELETE', '/admin/user-provisioning/v1/org/b2c1-org/user/712020%3Arosa/onlyDeleteUserInDB', undefined],
  ]);
});
