import { describe, expect, test } from 'vitest';
import { AdminOrgClient } from '../../src/clients/admin/admin-org-client.js';
import { organizationCalls, ORG_ID, userManagementCalls } from './admin-calls.js';
import { describeDocuments } from './describe-documents.js';
import { missing } from './openapi/load.js';
import { allOperations } from './openapi/operations.js';

const calls = { ...organizationCalls, ...userManagementCalls };
const because = missing === undefined ? '' : ` (${missing})`;

/** What the client leaves out on purpose. */
const LEFT_OUT = [
  // Links, but for the cursor of the next page.
  /(^|\.)links\.(self|prev|next|alt|related)$/,
  // The kind of a JSON:API object, which its call says already; that of an app is a word for it.
  /^data(\.0)?\.type$/,
  /\.actor\.app\.type$/,
  // Sizes and positions of pages.
  /^meta\./,
  // Deprecated, and always absent.
  /\.location\.geo$/,
  /^data\.0\.attributes\.updatedAt$/,
  // Policies, entitlements and features of a workspace; who may see which part of a profile.
  /^data\.0\.relationships\./,
  /^account\.privacy_settings\./,
];

test('the client sends 47 operations of the Organizations API and 10 of User management', () => {
  expect(Object.keys(organizationCalls)).toHaveLength(47);
  expect(Object.keys(userManagementCalls)).toHaveLength(10);
});

describe.skipIf(missing !== undefined)(`the OpenAPI documents of the organization${because}`, () => {
  test('have no operation that the client does not send, and it sends no other', () => {
    const sent = Object.keys(calls);

    expect(sent.toSorted()).toEqual(allOperations('organizations', 'userManagement').toSorted());
  });
});

describeDocuments({
  of: 'the organization',
  calls,
  connect: (settings) => AdminOrgClient.connect({ organizationId: ORG_ID, apiKey: 'ATCTT-contract', ...settings }),
  leftOut: LEFT_OUT,
});
