import { describe, expect, test } from 'vitest';
import { AdminOrgClient } from '../../src/clients/admin/admin-org-client.js';
import { organizationCalls, ORG_ID, userManagementCalls } from './admin-calls.js';
import { assertValidRequest, assertValidResponse } from './openapi/contract.js';
import { missing } from './openapi/load.js';
import { allOperations } from './openapi/operations.js';
import { samplesOf } from './openapi/samples.js';
import { recordedFetch, type PlayedAnswer } from './recorded-fetch.js';

const calls = Object.entries({ ...organizationCalls, ...userManagementCalls });
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

function leavesOf(value: unknown, path = ''): { readonly path: string; readonly value: unknown }[] {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' || typeof value === 'number' ? [{ path, value }] : [];
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return members.flatMap(([name, member]) => leavesOf(member, path === '' ? String(name) : `${path}.${String(name)}`));
}

function organizationThatAnswers(answer: PlayedAnswer) {
  const { fetch, sent } = recordedFetch(() => answer);
  const admin = AdminOrgClient.connect({
    organizationId: ORG_ID,
    apiKey: 'ATCTT-contract',
    fetch,
    retry: { maxAttempts: 1 },
  });
  return { admin, sent };
}

test('the client sends 47 operations of the Organizations API and 10 of User management', () => {
  expect(Object.keys(organizationCalls)).toHaveLength(47);
  expect(Object.keys(userManagementCalls)).toHaveLength(10);
});

describe.skipIf(missing !== undefined)(`the OpenAPI documents of the organization${because}`, () => {
  test('have no operation that the client does not send, and it sends no other', () => {
    const sent = calls.map(([key]) => key);

    expect(sent.toSorted()).toEqual(allOperations('organizations', 'userManagement').toSorted());
  });

  test.each(calls)('hold for every request of %s', async (key, sends) => {
    const [sample] = samplesOf(key);

    for (const send of sends) {
      const { admin, sent } = organizationThatAnswers(sample!);
      await send(admin);

      expect(sent.map(assertValidRequest)).toEqual([key]);
    }
  });

  test.each(calls)('make answers that the client reads, of %s', async (key, [send]) => {
    const samples = samplesOf(key);

    for (const sample of samples) {
      const { admin } = organizationThatAnswers(sample);

      await expect(send!(admin)).resolves.not.toThrow();
    }
  });

  test.each(calls)('make answers of which the client keeps every text and number, of %s', async (key, [send]) => {
    const samples = samplesOf(key).filter(({ fullness }) => fullness === 'full');

    for (const sample of samples) {
      const { admin } = organizationThatAnswers(sample);
      const kept = new Set(leavesOf(await send!(admin)).map(({ value }) => value));

      const lost = leavesOf(sample.body).filter(({ value }) => !kept.has(value));
      expect(lost.map(({ path }) => path).filter((path) => !LEFT_OUT.some((pattern) => pattern.test(path)))).toEqual(
        [],
      );
    }
  });

  test.each(calls)('hold for the answers made of them, of %s', async (key, [send]) => {
    const samples = samplesOf(key).filter(({ fullness }) => fullness !== 'full');
    const { admin, sent } = organizationThatAnswers(samplesOf(key)[0]!);
    await send!(admin);

    const { method, url } = sent[0]!;

    for (const { status, body } of samples) expect(assertValidResponse(method, url.pathname, status, body)).toBe(key);
  });
});
