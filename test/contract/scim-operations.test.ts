import { expect, test } from 'vitest';
import { AdminOrgClient } from '../../src/clients/admin/admin-org-client.js';
import { ScimDirectoryClient } from '../../src/clients/scim/scim-directory-client.js';
import { ORG_ID, provisioningLinkCalls } from './admin-calls.js';
import { recordedFetch, type PlayedAnswer } from './recorded-fetch.js';
import { scimCalls } from './scim-calls.js';
import { SCIM_OPERATIONS, scimOperation } from './scim-operations.js';

const LINK = { scimUserId: 'u-1', orgId: ORG_ID, directoryId: 'd-1', atlassianAccountId: null };

test('the clients send the 24 operations of the provisioning API and no other', () => {
  const sent = [...Object.keys(scimCalls), ...Object.keys(provisioningLinkCalls)];

  expect(sent).toHaveLength(24);
  expect(sent.toSorted()).toEqual(Object.keys(SCIM_OPERATIONS).toSorted());
});

test.each(Object.entries(scimCalls))('sends %s with the key of the directory', async (key, { answer, sends }) => {
  for (const send of sends) {
    const { fetch, sent } = recordedFetch(() => answer);
    const scim = ScimDirectoryClient.connect({
      url: 'https://api.atlassian.com/scim/directory/7c1f0c52-9b5e-4f2e-8a4b-1f6d2f0a9e11',
      token: 'directory-key',
      fetch,
    });
    await send(scim);

    expect(sent.map(({ method, url }) => scimOperation(method, url.pathname))).toEqual([key]);
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer directory-key');
  }
});

test.each(Object.entries(provisioningLinkCalls))('sends %s with the key of the organization', async (key, [send]) => {
  const { hasBody, success } = SCIM_OPERATIONS[key]!;

  for (const status of success) {
    const answer: PlayedAnswer = hasBody ? { status, body: { scimLinks: [LINK] } } : { status };
    const { fetch, sent } = recordedFetch(() => answer);
    const admin = AdminOrgClient.connect({ organizationId: ORG_ID, apiKey: 'ATCTT-contract', fetch });
    await send(admin);

    expect(sent.map(({ method, url }) => scimOperation(method, url.pathname))).toEqual([key]);
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer ATCTT-contract');
  }
});

test('a request that the provisioning API does not have is an error', () => {
  const bulk = () => scimOperation('POST', '/scim/directory/d-1/Bulk');

  expect(bulk).toThrow('no POST /scim/directory/d-1/Bulk');
});
